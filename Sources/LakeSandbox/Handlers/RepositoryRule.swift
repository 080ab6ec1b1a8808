import LakeScript

// How the areas about repositories become handlers.
//
// Each area is a table: an operation, the permission it needs, on what, what it checks of its arguments, and the rule, a
// function that reads the exchange and calls the model. The permission comes first, as in the real server, then the
// form of all names, before any of them is looked for; a fault of the model becomes the API's error.

/// A rule that an operation follows once it is allowed.
typealias Rule = @Sendable (inout SandboxState, Exchange) throws(Fault) -> Reply

/// What a permission is about, as an ARN made from the request.
typealias Subject = @Sendable (Exchange) -> String

/// A handler that asks for one permission, checks arguments and follows a rule.
func handler(
    _ action: String, _ subject: @escaping Subject, checks: [Argument.Check] = [Argument.repository],
    _ rule: @escaping Rule
) -> Handler {
    handler({ .need(action, subject($0)) }, checks: checks, rule)
}

/// A handler that asks for permissions, checks arguments and follows a rule.
func handler(
    _ requirement: @escaping @Sendable (Exchange) -> Requirement, checks: [Argument.Check] = [Argument.repository],
    _ rule: @escaping Rule
) -> Handler {
    { (state: inout SandboxState, exchange: Exchange) throws(Refusal) -> Reply in
        try exchange.authorize(requirement(exchange), in: state)
        do throws(Fault) {
            for check in checks { try check(exchange) }
            return try rule(&state, exchange)
        } catch { throw Refusal(error) }
    }
}

/// Asking whether something may be done. Whether it could be is not looked at.
enum Preflight {
    static let rule: Rule = { _, _ throws(Fault) in .noContent }
}

/// What the permissions of these areas are about.
enum Subjects {
    static let repository: Subject = { ARN.repository($0.repositoryID) }
    static let branch: Subject = { ARN.branch($0.path("branch"), in: $0.repositoryID) }
    static let tag: Subject = { ARN.tag($0.path("tag"), in: $0.repositoryID) }
    static let object: Subject = { ARN.object($0.query("path"), in: $0.repositoryID) }

    /// The branch that the path calls by another name.
    static func branch(_ parameter: String) -> Subject {
        { ARN.branch($0.path(parameter), in: $0.repositoryID) }
    }
}

extension Refusal {
    /// The API's error for a fault.
    init(_ fault: Fault) { self.init(fault.kind.rawValue, fault.text) }
}

extension Exchange {
    /// The repository that the path names.
    var repositoryID: String { path("repository") }

    /// The branch that the path names.
    var branchID: String { path("branch") }

    /// Whether the client insists, by the query or in the body.
    var isForced: Bool { flag("force") || body["force"] == .bool(true) }

    /// A flag of the body.
    func bodyFlag(_ name: String) -> Bool { body[name] == .bool(true) }
}

extension Reply {
    /// A page of a list about repositories, which tells the most that a page can have.
    static func listing(_ results: [Value], next: String) -> Reply {
        let pagination: Value = [
            "has_more": .bool(!next.isEmpty), "max_per_page": 1000, "next_offset": .string(next),
            "results": .int(results.count),
        ]
        return .json(200, ["pagination": pagination, "results": .list(results)])
    }

    /// A page of named things.
    static func listing<Item>(_ page: Page<SortedMap<Item>.Entry>, _ value: (SortedMap<Item>.Entry) -> Value) -> Reply {
        .listing(page.items.map(value), next: page.next)
    }
}
