internal import LakeAPI
internal import LakeScript

/// Somebody whom the run acts as on a server; without an identity nobody.
struct LockoutIdentity: Hashable {
    /// The server's name.
    let server: String
    let value: Value?
}

/// Something that a server is asked before a call is sent, and as whom.
struct LockoutQuestion: Hashable {
    /// Asks who somebody is, which stays so for the run.
    static let who = "get_current_user"

    /// The place of who asks, among the identities of the run.
    let place: Int
    let command: String
    /// The user, group or policy that it is about: bytes, since ids that look alike are different ones.
    var id: [UInt8] = []
    /// Where a page begins.
    var after: [UInt8] = []

    /// The question as a call, which has no more patience than the call that it is asked for.
    func call(for judged: OperationCall) -> OperationCall {
        var arguments = Record()
        let operation = Catalogue[command]
        if let subject = operation?.parameters.first(where: { $0.place == .path }) {
            arguments[subject.name] = .string(String(decoding: id, as: UTF8.self))
        }
        if operation?.paging != nil { arguments["amount"] = 1000 }
        if !after.isEmpty { arguments["after"] = .string(String(decoding: after, as: UTF8.self)) }
        var call = OperationCall(command: command, arguments: arguments)
        call.options[.timeout] = judged.options[.timeout]
        call.options[.retries] = judged.options[.retries]
        return call
    }
}
