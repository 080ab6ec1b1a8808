internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// The facts that a server tells of itself: its version, its access control, and the user. It is asked while a
/// person types, so that the prompt is there at once.
final class ServerFacts {
    private let connection: Connection
    private let now: () -> Instant
    private var effectIDs: EffectIDs
    private var waiting: [String]
    private var underWay: (id: EffectID, question: String)?
    private var version: String?
    private var failure: Failure?
    /// The id of the user that the keys belong to.
    private(set) var user: String?

    init(_ connection: Connection, now: @escaping () -> Instant) {
        self.connection = connection
        self.now = now
        effectIDs = connection.makeEffectIDs()
        // A sandbox says everything in its name.
        waiting = connection.isSandbox ? [] : ["get_lake_fs_version", "get_setup_state"]
        if connection.identity != nil, !waiting.isEmpty { waiting.append("get_current_user") }
    }

    /// Sends the next question, if none is under way.
    func begin() {
        guard underWay == nil, let question = waiting.first else { return }
        let id = effectIDs.next()
        underWay = (id, question)
        var call = OperationCall(command: question, arguments: Record())
        call.options[.retries] = 0
        connection.operations.begin(id, Effect(.call(call), origin: .ofNoScript), now: now())
    }

    /// Takes the question back, before a statement runs; it is asked again later.
    func cancel() {
        if let underWay { connection.operations.cancel(underWay.id, now: now()) }
        underWay = nil
    }

    /// Takes the performer's events; returns the line that says what the server has told, when it has told all.
    func receive(_ events: [Event]) -> String? {
        for case .answer(let id, let answer) in events where id == underWay?.id {
            guard let question = underWay?.question else { continue }
            underWay = nil
            waiting.removeFirst()
            switch answer {
            case .value(let value):
                version = version ?? value["version"].text
                if question == "get_current_user" { user = value["user"]["id"].text }
            case .failure(let failure), .inDoubt(let failure): note(failure, of: question)
            case .finished, .notSent: break
            }
            if waiting.isEmpty { return summary }
        }
        return nil
    }

    private func note(_ failure: Failure, of question: String) {
        // Old servers lack a question; nobody answers where there is no server.
        if failure.status == nil { waiting = [] }
        if failure.status == nil || question == "get_current_user" && [401, 403].contains(failure.status) {
            self.failure = failure
        }
    }

    private var summary: String? {
        if let failure { return "! " + ([failure.message] + failure.notes.prefix(1)).joined(separator: ": ") }
        let facts = [
            version.map { "lakeFS \($0)" }, connection.operations.accessControl, user.map { "as \($0)" },
        ].compactMap(\.self)
        return facts.isEmpty ? nil : facts.joined(separator: " · ")
    }
}
