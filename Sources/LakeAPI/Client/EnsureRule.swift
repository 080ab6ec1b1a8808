import LakeScript

/// The rule by which `ensure` treats an error response: the call is done already, or what is there must be compared.
enum EnsureRule {
    enum Verdict {
        /// The wanted state exists; the call gives null.
        case done
        /// The thing that exists must be read first.
        case read(Lookup)
        /// The error stands.
        case failed
    }

    /// Judges an error response by the operation's rule.
    static func judge(_ response: HTTPResponse, of operation: Operation, _ arguments: Record) -> Verdict {
        guard !response.isForeign(to: operation), !response.isUnknownRoute else { return .failed }
        let message = response.errorBody["message"].text ?? ""
        switch operation.ensure {
        case .conflict where response.status == 409: return .done
        case .absent where response.status == 404:
            // If the repository itself is missing, more is wrong than that the thing is gone.
            return message.contains("repository not found") && operation.name != "delete_repository" ? .failed : .done
        // A server that looks at a repository's namespace before its name says that the namespace is taken.
        case .existing(_, _, let listing)
        where response.status == 409
            || response.status == 400 && message.contains("found lakeFS objects in the storage"):
            return (listing ?? operation.probe)?.lookup(for: arguments).map(Verdict.read) ?? .failed
        case .conflict, .absent, .existing, nil: return .failed
        }
    }

    /// The name of the thing that a call creates.
    static func name(in arguments: Record) -> Value {
        let body = arguments.given("body")?.record ?? arguments
        return body.given("id") ?? body.given("name") ?? .null
    }

    /// Compares the arguments of a call with what is there.
    ///
    /// - Returns: the create's own result.
    /// - Throws: a conflict that shows both sides and names the update, if they differ.
    static func compare(
        _ there: Value, with arguments: Record, of operation: Operation
    ) throws(Failure) -> Value {
        guard case .existing(let fields, let update, _) = operation.ensure else { return there }
        let body = arguments.given("body")?.record ?? arguments
        for field in fields {
            let names = field.split(separator: "=").map(String.init)
            guard let first = names.first, let last = names.last, let given = body.given(first) else { continue }
            let type = operation.bodyFields.first { $0.name == first }?.type ?? .any
            guard !isSame(given.withoutNulls(of: type), there[last].withoutNulls(of: type)) else { continue }
            throw .differs(last, wanted: given, there: there[last], update: update)
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

    /// Returns true if both are equal, or the first abbreviates a commit's id.
    private static func isSame(_ given: Value, _ there: Value) -> Bool {
        if given == there { return true }
        guard let given = given.text, let there = there.text else { return false }
        return given.utf8.count >= 6 && there.hasPrefix(given) && given.allSatisfy(\.isHexDigit)
    }
}
