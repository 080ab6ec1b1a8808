internal import LakeRunner
internal import LakeSandbox
internal import LakeScript

/// The options that say where operations go, which `run`, `-e` and the shell share.
enum TargetOptions {
    static let parameters: [Parameter] =
        [
            Parameter(
                "server", isRequired: false, summary: "the server's address, or a profile's name", role: .profile),
            Parameter("sandbox", .bool, default: false, summary: "run in a sandbox in this process"),
        ] + sandboxParameters

    /// What kind of server a sandbox imitates.
    static let sandboxParameters: [Parameter] = [
        Parameter(
            "like", .enumeration(SandboxConfiguration.Likeness.allCases.map(\.rawValue)), isRequired: false,
            summary: "which server the sandbox imitates (v1.84-rbac)"),
        Parameter(
            "storage", .enumeration(SandboxConfiguration.Storage.allCases.map(\.rawValue)), isRequired: false,
            summary: "where the sandbox's objects seem to be (local)"),
    ]

    /// The sandbox that the options ask for.
    static func sandbox(_ options: [String: Value]) -> SandboxConfiguration {
        var configuration = SandboxConfiguration()
        if let like = options["like"]?.text.flatMap(SandboxConfiguration.Likeness.init) { configuration.like = like }
        if let storage = options["storage"]?.text.flatMap(SandboxConfiguration.Storage.init) {
            configuration.storage = storage
        }
        return configuration
    }

    /// The options that ask for a sandbox.
    private static func sandboxWords(_ options: [String: Value]) -> [String] {
        ["sandbox", "like", "storage"].filter { options[$0].map { $0 != false && !$0.isNull } ?? false }
    }

    /// The profiles that a script may name; nil where it runs in a sandbox, which has one of any name.
    static func profiles(_ options: [String: Value]) throws(Failure) -> Profiles? {
        try sandboxWords(options).isEmpty ? Profiles.load() : nil
    }

    /// The connection that the options ask for. What sends nothing needs none; a server that is named is looked for all
    /// the same. `known` are the profiles, where they were read.
    ///
    /// - Throws: a mistake where no server is named anywhere, or its address is none.
    static func connect(
        _ options: [String: Value], _ known: Profiles? = nil, needsServer: Bool = true
    ) throws(Failure) -> Connection {
        let others = sandboxWords(options)
        if options["server"] != nil, let other = others.first {
            throw .commandLine(
                "`--\(other)` is about a sandbox, and `--server` names a server", advice: "leave out one of the two")
        }
        guard others.isEmpty else { return .sandbox(sandbox(options)) }
        let profiles = if let known { known } else { try Profiles.load() }
        guard needsServer || options["server"] != nil else { return .none(profiles: profiles) }
        if let name = options["server"]?.text, !name.contains("://"), !name.isEmpty {
            guard let profile = profiles[name] else { throw profiles.unknown(name) }
            return try .server(profile.endpoint, identity: try profile.identity(), profile: profile, profiles: profiles)
        }
        let configuration = try Configuration.load(server: options["server"]?.text)
        guard let endpoint = configuration.endpoint else {
            throw .noServer
        }
        return try .server(try Endpoint(endpoint), identity: configuration.identity, profiles: profiles)
    }
}
