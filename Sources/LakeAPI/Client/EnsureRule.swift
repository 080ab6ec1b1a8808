import LakeScript

/// What `ensure` makes of an error: done already, or to be compared with what is there.
enum EnsureRule {
    enum Verdict {
        /// It is so already; the call's value.
        case done(Value)
        /// What is there must be read first.
        case read(Lookup)
        /// The error stands.
        case failed
    }

    /// A call that tells what is there.
    struct Lookup {
        let operation: Operation
        let arguments: Record
        /// Whether it finds the thing in a listing, since the server may remember what it has no more.
        var isListing = false

        /// What is there, in the call's answer; nil where a listing does not have it.
        func found(in answer: Value) -> Value? {
            guard isListing else { return answer }
            return answer["results"].items?.first { $0["id"] == arguments["prefix"] }
        }
    }

    /// Judges an error by the operation's rule.
    static func judge(_ failure: Failure, of operation: Operation, _ arguments: Record) -> Verdict {
        switch operation.ensure {
        case .conflict where failure.status == 409: return .done(.null)
        case .absent where failure.status == 404:
            // Where the repository itself is missing, more is wrong than that the thing is gone.
            let isOther = failure.body["message"].text?.contains("repository not found") == true
            return isOther && operation.name != "delete_repository" ? .failed : .done(.null)
        case .existing(let read, _, _, let listing) where failure.status == 409 || isTaken(failure):
            return (listing.flatMap { list($0, arguments) } ?? self.read(read, arguments)).map(Verdict.read) ?? .failed
        case .conflict, .absent, .existing, nil: return .failed
        }
    }

    /// Whether a server that looks at a repository's namespace before its name says that the namespace is taken.
    private static func isTaken(_ failure: Failure) -> Bool {
        failure.status == 400 && failure.body["message"].text?.contains("found lakeFS objects in the storage") == true
    }

    /// The look-up past a listing: by the read that the server may answer from its memory.
    static func read(insteadOf listing: Lookup, of operation: Operation, _ arguments: Record) -> Lookup? {
        guard listing.isListing, case .existing(let read, _, _, _) = operation.ensure else { return nil }
        return self.read(read, arguments)
    }

    private static func read(_ name: String, _ arguments: Record) -> Lookup? {
        Catalogue[name].map { Lookup(operation: $0, arguments: self.arguments(of: $0, from: arguments)) }
    }

    /// The listing of what begins as the thing's name does: the name itself comes first.
    private static func list(_ name: String, _ arguments: Record) -> Lookup? {
        Catalogue[name].map {
            Lookup(operation: $0, arguments: ["prefix": self.name(in: arguments), "amount": 1], isListing: true)
        }
    }

    /// How the thing is called that a create would make.
    static func name(in arguments: Record) -> Value {
        let body = arguments.given("body")?.record ?? arguments
        return body.given("id") ?? body.given("name") ?? .null
    }

    /// The arguments that read what a create would make: those of the same name, and the new thing's name for the rest.
    private static func arguments(of read: Operation, from arguments: Record) -> Record {
        let name = name(in: arguments)
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
        guard case .existing(_, let fields, let update, _) = operation.ensure else { return there }
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
