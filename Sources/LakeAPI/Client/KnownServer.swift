import LakeScript

/// The facts known about a server, so that a call which it does not support is refused before anything is sent.
///
/// Each question is asked once, before the first call that its answer matters to: the access control before a write
/// that needs users and groups, the version before a call that uses what only some releases have.
struct KnownServer {
    /// The access control; nil before it was asked.
    private(set) var mode: AccessMode?
    private var version = Version.notAsked
    /// The releases that the server may be by its set-up state; all before that was read.
    private var possible = Releases.Run()

    private enum Version {
        case notAsked
        case number(ServerVersion)
        /// The server was built from source (`dev`), or refused the question.
        case untold
    }

    /// The operations that tell about the server, in the order in which they are asked.
    static let questions = ["get_lake_fs_version", AccessMode.question]

    /// The releases that the server may be; one if it told its version.
    var releases: Releases.Run {
        if case .number(let version) = version { Releases.Run(from: version, to: version) } else { possible }
    }

    /// True if the server did not tell its version.
    var isUntold: Bool { if case .untold = version { true } else { false } }

    /// The operation to ask before a call; nil if everything that matters is known.
    func question(before operation: Operation, _ demands: [Demand]) -> String? {
        if operation.needsAccessControl, operation.effect != .read, mode == nil { return AccessMode.question }
        return demands.isEmpty && !operation.hasPaths ? nil : questionAboutRelease
    }

    /// The operation whose answer tells more about the server's release; nil if none does.
    var questionAboutRelease: String? {
        switch version {
        case .notAsked: KnownServer.questions[0]
        case .number: nil
        case .untold: mode == nil ? AccessMode.question : nil
        }
    }

    /// Takes the answer to a question; null if there is none.
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

    /// The releases that can give such a set-up state: fields were added and removed, and since there is a login
    /// configuration it is always given.
    private static func releases(thatAnswer state: Value) -> Releases.Run {
        guard let operation = Catalogue[AccessMode.question] else { return Releases.Run() }
        return operation.elements(.answer).reduce(Releases.Run()) { possible, field in
            guard let run = field.releases.runs.first, field.releases.runs.count == 1 else { return possible }
            if state.holds(field.name) { return possible.narrowed(to: run) }
            return field.name == "login_config" ? possible.narrowed(to: Releases.Run(to: lastWithoutLogin)) : possible
        }
    }

    /// The last release without a login configuration.
    static let lastWithoutLogin = ServerVersion(0, 91, 0)

    /// The failure if the server lacks the operation of a call or a part that the call uses; nil if it has them, or if
    /// that is not known.
    func refusal(of operation: Operation, _ demands: [Demand]) -> Failure? {
        let lacking = lacking(demands)
        guard lacking.isEmpty else { return refusal(of: operation, lacking: lacking) }
        return operation.effect == .read ? nil : mode?.refusal(of: operation)
    }

    /// The demands that no release meets which the server may be.
    func lacking(_ demands: [Demand]) -> [Demand] {
        let lacking = demands.filter { !$0.releases.overlaps(releases) }
        // If the operation is missing, its options do not matter.
        return lacking.first?.parameter == nil ? Array(lacking.prefix(1)) : lacking
    }

    /// The failure for demands that the server does not meet.
    func refusal(of operation: Operation, lacking: [Demand]) -> Failure {
        let losses = lacking.compactMap(\.loss).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return .unsupported(
            operation,
            "this server is \(name), which has no \(lacking.map(\.what).joined(separator: " and no "))"
                + losses.map { "; " + $0 }.joined(),
            notes: lacking.count == 1
                ? [lacking[0].releases.sentence] : lacking.map { "\($0.what): \($0.releases.sentence)" })
    }

    /// The name of the server in messages.
    private var name: String {
        let releases = releases
        return switch (releases.first, releases.last) {
        case (let first?, let last?): first == last ? "lakeFS \(first)" : "a lakeFS of \(first) to \(last)"
        case (let first?, nil): "a lakeFS of \(first) or later"
        case (nil, let last?): "a lakeFS of \(last) or earlier"
        case (nil, nil): "a lakeFS"
        }
    }

    /// The failure for the status 501 of an operation that needs access control.
    func unsupported(_ operation: Operation) -> Failure {
        if let refusal = mode?.refusal(of: operation) { return refusal }
        switch mode {
        case .single, nil: return AccessMode.noGroups(operation)
        case .lists, .full:
            return .noAccessControl(
                operation, "this server has no `\(operation.name)`: it is not set up for it", needs: nil)
        }
    }

    /// True if the server is known to have only one user.
    var hasOneUser: Bool { if case .single = mode { true } else { false } }
}
