internal import LakeRunner
internal import LakeSandbox
internal import LakeScript

/// The options that select the server or sandbox; `run`, `-e` and the shell share them.
enum TargetOptions {
    static let parameters: [Parameter] =
        [
            Parameter(
                "server", isRequired: false, summary: "the server's address, or a profile's name", role: .profile),
            Parameter("sandbox", .bool, default: false, summary: "run in a sandbox in this process"),
        ] + sandboxParameters

    /// The server that a sandbox imitates.
    static let sandboxParameters: [Parameter] = [
        Parameter(
            "like", .enumeration(SandboxConfiguration.Likeness.allCases.map(\.rawValue)), isRequired: false,
            summary: "the server that the sandbox imitates (v1.84-rbac)"),
        Parameter(
            "storage", .enumeration(SandboxConfiguration.Storage.allCases.map(\.rawValue)), isRequired: false,
            summary: "the object store that the sandbox imitates (local)"),
    ]

    /// Returns the sandbox configuration of the options.
    static func sandbox(_ options: [String: Value]) -> SandboxConfiguration {
        var configuration = SandboxConfiguration()
        if let like = options["like"]?.text.flatMap(SandboxConfiguration.Likeness.init) { configuration.like = like }
        if let storage = options["storage"]?.text.flatMap(SandboxConfiguration.Storage.init) {
            configuration.storage = storage
        }
        return configuration
    }

    /// Returns the given options that require a sandbox.
    private static func sandboxWords(_ options: [String: Value]) -> [String] {
        ["sandbox", "like", "storage"].filter { options[$0].map { $0 != false && !$0.isNull } ?? false }
    }

    /// Returns the profiles that a script may name; nil in a sandbox, which has every profile.
    static func profiles(_ options: [String: Value]) throws(Failure) -> Profiles? {
        try sandboxWords(options).isEmpty ? Profiles.load() : nil
    }

    /// Makes the connection for the options. A script that sends nothing needs no server, but a server that is named
    /// must exist. `known` are the profiles, if they were read before.
    ///
    /// - Throws: a failure if no server is given, or its address is malformed.
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
