internal import LakeAPI
internal import LakeScript

/// An identity of the run on a server; anonymous if the value is nil.
struct LockoutIdentity: Hashable {
    /// The server's name.
    let server: String
    let value: Value?
}

/// A question to the server before a call is sent, and the identity that asks it.
struct LockoutQuestion: Hashable {
    /// Asks for the identity's user, which does not change during a run.
    static let who = "get_current_user"

    /// The index of the asking identity among those of the run.
    let place: Int
    let command: String
    /// The id of the user, group or policy: bytes, because ids that are equal as strings may be different ones.
    var id: [UInt8] = []
    /// The offset of a page.
    var after: [UInt8] = []

    /// The question as a call with the timeout and the retries of the call that it is asked for.
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
