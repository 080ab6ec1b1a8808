import LakeScript

/// What is known of the server that calls go to, so that what it does not have is said before anything is sent.
///
/// Each question is asked once, and only before the first call that its answer matters to: the kind of access control
/// before a write that needs users and groups, the version before a call that uses what only some releases have.
struct KnownServer {
    /// Nil until it was asked.
    private(set) var mode: AccessMode?
    private var version = Version.notAsked
    /// The releases that the server may be, by its set-up state: all, until that was seen.
    private var possible = Releases.Run()

    private enum Version {
        case notAsked
        case number(ServerVersion)
        /// Built from source (`dev`), or the question was refused.
        case untold
    }

    /// The operations that tell of the server, in the order in which they are asked.
    static let questions = ["get_lake_fs_version", AccessMode.question]

    /// The releases that the server may be: one, where it told its version.
    var releases: Releases.Run {
        if case .number(let version) = version { Releases.Run(from: version, to: version) } else { possible }
    }

    /// Whether it is not known which release it is.
    var isUntold: Bool { if case .untold = version { true } else { false } }

    /// The operation whose answer is wanted before a call; nil where all that matters is known.
    func question(before operation: Operation, _ demands: [Demand]) -> String? {
        if operation.needsAccessControl, operation.effect != .read, mode == nil { return AccessMode.question }
        return demands.isEmpty && !operation.hasPaths ? nil : questionAboutRelease
    }

    /// The operation whose answer tells more of the server's release; nil where nothing does.
    var questionAboutRelease: String? {
        switch version {
        case .notAsked: KnownServer.questions[0]
        case .number: nil
        case .untold: mode == nil ? AccessMode.question : nil
        }
    }

    /// Takes the answer to a question; null where none came.
    mutating func learn(_ answer: Value, to question: String) {
        guard question == AccessMode.question else {
            if let number = ServerVersion(answer["version"].text ?? "") {
                version = .number(number)
            } else if case .notAsked = version {
                version = .untold
            }
            return
        }
        mode = AccessMode(answer)
        if !answer["state"].isNull { possible = KnownServer.releases(thatAnswer: answer) }
    }

    /// The releases that can give such a set-up state: its fields came and went, and the way to log in is always told
    /// since there is one.
    private static func releases(thatAnswer state: Value) -> Releases.Run {
        guard let operation = Catalogue[AccessMode.question] else { return Releases.Run() }
        return operation.elements(.answer).reduce(Releases.Run()) { possible, field in
            guard let run = field.releases.runs.first, field.releases.runs.count == 1 else { return possible }
            if state.holds(field.name) { return possible.narrowed(to: run) }
            return field.name == "login_config" ? possible.narrowed(to: Releases.Run(to: lastWithoutLogin)) : possible
        }
    }

    /// The last release that says nothing of the way to log in.
    static let lastWithoutLogin = ServerVersion(0, 91, 0)

    /// What to say where the server lacks what a call uses, the operation or a part of it; nil where it has it all, or
    /// where that is not known.
    func refusal(of operation: Operation, _ demands: [Demand]) -> Failure? {
        let lacking = lacking(demands)
        guard lacking.isEmpty else { return refusal(of: operation, lacking: lacking) }
        return operation.effect == .read ? nil : mode?.refusal(of: operation)
    }

    /// What of it no release has that the server may be: the operation, or parts of it.
    func lacking(_ demands: [Demand]) -> [Demand] {
        let lacking = demands.filter { !$0.releases.overlaps(releases) }
        // Without the operation its options do not matter.
        return lacking.first?.parameter == nil ? Array(lacking.prefix(1)) : lacking
    }

    /// What to say of what the server lacks.
    func refusal(of operation: Operation, lacking: [Demand]) -> Failure {
        let losses = lacking.compactMap(\.loss).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        var failure = Failure(
            .operation,
            "this server is \(name), which has no \(lacking.map(\.what).joined(separator: " and no "))"
                + losses.map { "; " + $0 }.joined())
        failure.operation = operation.name
        failure.notes =
            lacking.count == 1
            ? [lacking[0].releases.sentence] : lacking.map { "\($0.what): \($0.releases.sentence)" }
        return failure
    }

    /// How the server is called.
    private var name: String {
        let releases = releases
        return switch (releases.first, releases.last) {
        case (let first?, let last?): first == last ? "lakeFS \(first)" : "a lakeFS of \(first) to \(last)"
        case (let first?, nil): "a lakeFS of \(first) or later"
        case (nil, let last?): "a lakeFS of \(last) or earlier"
        case (nil, nil): "a lakeFS"
        }
    }

    /// What a 501 means of an operation that needs access control.
    func unsupported(_ operation: Operation) -> Failure {
        if let refusal = mode?.refusal(of: operation) { return refusal }
        switch mode {
        case .single, nil: return AccessMode.noGroups(operation)
        case .lists, .full:
            var failure = Failure(.operation, "this server has no `\(operation.name)`: it is not set up for it")
            failure.operation = operation.name
            return failure
        }
    }

    /// Whether the server is known to have one user only.
    var hasOneUser: Bool { if case .single = mode { true } else { false } }
}
