import LakeScript

/// What `ensure` makes of an error: done already, or to be compared with what is there.
enum EnsureRule {
    enum Verdict {
        /// It is so already; the call's value.
        case done(Value)
        /// What is there must be read first.
        case read(Operation, Record)
        /// The error stands.
        case failed
    }

    /// Judges an error by the operation's rule.
    static func judge(_ failure: Failure, of operation: Operation, _ arguments: Record) -> Verdict {
        switch operation.ensure {
        case .conflict where failure.status == 409: return .done(.null)
        case .absent where failure.status == 404:
            // Where the repository itself is missing, more is wrong than that the thing is gone.
            let isOther = failure.body["message"].text?.contains("repository not found") == true
            return isOther && operation.name != "delete_repository" ? .failed : .done(.null)
        case .existing(let name, _, _) where failure.status == 409:
            guard let read = Catalogue[name] else { return .failed }
            return .read(read, self.arguments(of: read, from: arguments))
        case .conflict, .absent, .existing, nil: return .failed
        }
    }

    /// The arguments that read what a create would make: those of the same name, and the new thing's name for the rest.
    private static func arguments(of read: Operation, from arguments: Record) -> Record {
        let body = arguments.given("body")?.record ?? arguments
        let name = body.given("id") ?? body.given("name") ?? .null
        return Record(
            read.parameters.filter(\.isRequired).map { ($0.name, arguments.given($0.name) ?? name) })
    }

    /// Compares what was given with what is there.
    ///
    /// - Returns: the create's own result.
    /// - Throws: a conflict that shows both sides and names the update, where they differ.
    static func compare(
        _ there: Value, with arguments: Record, of operation: Operation
    ) throws(Failure) -> Value {
        guard case .existing(_, let fields, let update) = operation.ensure else { return there }
        let body = arguments.given("body")?.record ?? arguments
        for field in fields {
            let names = field.split(separator: "=").map(String.init)
            guard let first = names.first, let last = names.last, let given = body.given(first) else { continue }
            guard !isSame(given, there[last]) else { continue }
            var failure = Failure(.conflict, "it is there already, and its \(last) is another")
            failure.operation = operation.name
            failure.notes = ["wanted: \(shown(given))", "there:  \(shown(there[last]))"]
            if let update { failure.notes.append("`\(update)` changes it") }
            throw failure
        }
        return result(there, of: operation)
    }

    /// The create's own result: for a branch the commit's id.
    private static func result(_ there: Value, of operation: Operation) -> Value {
        switch operation.result {
        case .null: .null
        case .string: there["commit_id"]
        default: there
        }
    }

    /// Equal, or the abbreviation of a commit's id.
    private static func isSame(_ given: Value, _ there: Value) -> Bool {
        if given == there { return true }
        guard let given = given.text, let there = there.text else { return false }
        return given.utf8.count >= 6 && there.hasPrefix(given) && given.allSatisfy(\.isHexDigit)
    }

    private static func shown(_ value: Value) -> String {
        String(decoding: JSON.write(value, layout: .compact).prefix(300), as: UTF8.self)
    }
}
