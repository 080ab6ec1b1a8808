import LakeScript

/// An answer that says which of many things were not done: what `delete_objects` gets.
///
/// The server does what it may and lists what it did not do, under status 200, or where rights are missing under 401
/// and behind a JSON document for each refusal. What is not listed is done.
struct PartialRefusal {
    private let response: HTTPResponse
    private let operation: Operation
    /// The listed errors.
    private let errors: [Value]
    /// What was asked for and is not listed.
    private let done: [String]

    /// How many paths a message names.
    private static let mostNamed = 10

    /// What an answer lists; nil where it lists nothing, or is of another kind.
    init?(_ response: HTTPResponse, of call: OperationCall, _ operation: Operation) {
        guard operation.listsErrors, let errors = response.errorBody["errors"].items, !errors.isEmpty else {
            return nil
        }
        self.response = response
        self.operation = operation
        self.errors = errors
        let refused = errors.compactMap { $0["path"].text }
        let asked = call.arguments.given("body")?.record ?? call.arguments
        // By bytes: two paths that look the same are two objects.
        done = (asked.given("paths")?.items ?? []).compactMap(\.text).filter { path in
            !refused.contains { $0.utf8.elementsEqual(path.utf8) }
        }
    }

    /// The failure: how many were refused, which and why, and which were done.
    var failure: Failure {
        let paths = errors.map { "`\($0["path"].text ?? "")`" }
        let reasons = errors.map(reason)
        let isOneReason = Set(reasons).count == 1
        var failure = Failure(
            isDenied ? .denied : .operation,
            "\(errors.count) of \(errors.count + done.count) objects \(errors.count == 1 ? "was" : "were") not deleted: "
                + (isOneReason ? reasons[0] : "for several reasons"))
        failure.notes = [
            "not deleted: " + list(isOneReason ? paths : zip(paths, reasons).map { "\($0) (\($1))" }),
            done.isEmpty ? "nothing was deleted" : "deleted: " + list(done.map { "`\($0)`" }),
            response.serverNote,
        ]
        failure.operation = operation.name
        failure.status = response.status < 300 ? errors[0]["status_code"].integer : response.status
        failure.body = response.errorBody
        failure.requestID = response.requestID
        failure.hasChanged = !done.isEmpty
        return failure
    }

    /// Whether any was refused for a right: the caller is known where the server looks at each of many things.
    private var isDenied: Bool {
        errors.contains { [401, 403].contains($0["status_code"].integer) }
    }

    /// Why one was refused. The list says of a missing right only that it is missing; the document before it says which.
    private func reason(_ error: Value) -> String {
        let message = error["message"].text ?? "without a reason"
        return error["status_code"] == 401 && response.status == 401 ? response.words : message
    }

    private func list(_ names: [String]) -> String {
        let more = names.count - PartialRefusal.mostNamed
        return names.prefix(PartialRefusal.mostNamed).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}

extension Operation {
    /// Whether a success may list what was not done.
    var listsErrors: Bool {
        guard case .record(let record) = result, case .list(.record(let error))? = record.field("errors")?.type else {
            return false
        }
        return error.field("status_code") != nil
    }
}
