import LakeScript

/// A response that lists which of many things were not done, as that of `delete_objects`.
///
/// The server does what is allowed and lists the rest, with status 200; if rights are missing, with status 401 and
/// after a JSON document for each refusal. Everything that is not listed is done.
struct PartialRefusal {
    private let response: HTTPResponse
    private let operation: Operation
    /// The listed errors.
    private let errors: [Value]
    /// The requested things that are not listed.
    private let done: [String]

    /// The number of paths that a message names.
    private static let mostNamed = 10

    /// Reads a response; nil if it lists nothing.
    init?(_ response: HTTPResponse, of call: OperationCall, _ operation: Operation) {
        guard operation.listsErrors, let errors = response.errorBody["errors"].items, !errors.isEmpty else {
            return nil
        }
        self.response = response
        self.operation = operation
        self.errors = errors
        let refused = errors.compactMap { $0["path"].text }
        let asked = call.arguments.given("body")?.record ?? call.arguments
        // Compared by bytes: two paths that look the same are two objects.
        done = (asked.given("paths")?.items ?? []).compactMap(\.text).filter { path in
            !refused.contains { $0.utf8.elementsEqual(path.utf8) }
        }
    }

    /// The failure that tells what was refused, why, and what was done.
    var failure: Failure {
        let paths = errors.map { "`\($0["path"].text ?? "")`" }
        let reasons = errors.map(reason)
        let isOneReason = Set(reasons).count == 1
        return .partlyDone(
            "\(errors.count) of \(errors.count + done.count) objects \(errors.count == 1 ? "was" : "were") not deleted: "
                + (isOneReason ? reasons[0] : "for several reasons"),
            response, to: operation.name, isDenied: isDenied, status: errors[0]["status_code"].integer,
            notes: [
                "not deleted: " + list(isOneReason ? paths : zip(paths, reasons).map { "\($0) (\($1))" }),
                done.isEmpty ? "nothing was deleted" : "deleted: " + list(done.map { "`\($0)`" }),
            ], hasChanged: !done.isEmpty)
    }

    /// True if any was refused for a missing right.
    private var isDenied: Bool {
        errors.contains { [401, 403].contains($0["status_code"].integer) }
    }

    /// The reason of a refusal. The list does not name the missing right; the document before it does.
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
    /// True if a success may list things that were not done.
    var listsErrors: Bool {
        guard case .record(let record) = result, case .list(.record(let error))? = record.field("errors")?.type else {
            return false
        }
        return error.field("status_code") != nil
    }
}
