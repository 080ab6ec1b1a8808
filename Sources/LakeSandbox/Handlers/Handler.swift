import LakeScript

/// Rule of an operation: a function that reads the exchange, calls the model and answers.
typealias Rule = @Sendable (inout SandboxState, Exchange) throws(Fault) -> Reply

/// Check of a request that looks at nothing but the request and the kind of server.
typealias Check = @Sendable (Exchange) throws(Fault) -> Void

/// Everything that an operation does with a request.
///
/// The order of its parts can be seen from outside and is the real server's: the preconditions, the permissions, the
/// form of all arguments before any of them is looked for, then the rule.
struct Handler: Sendable {
    /// Caller that an operation demands.
    enum Access: Sendable {
        /// Anybody, also without a login.
        case open
        /// Anybody who is logged in.
        case login
        /// A user who has all of these permissions.
        case permissions([Permission])
    }

    let preconditions: [Check]
    let access: Access
    let checks: [Check]
    /// Permissions that the rule itself asks for, as soon as it knows the resource.
    let later: [Permission]
    private let rule: Rule

    init(
        _ access: Access, first preconditions: [Check] = [], checks: [Check] = [Checks.repository],
        later: [Permission] = [], _ rule: @escaping Rule
    ) {
        self.preconditions = preconditions
        self.access = access
        self.checks = checks
        self.later = later
        self.rule = rule
    }

    /// A handler that asks for one permission.
    init(
        _ action: String, _ resource: String, first preconditions: [Check] = [],
        checks: [Check] = [Checks.repository], later: [Permission] = [], _ rule: @escaping Rule
    ) {
        self.init(
            .permissions([Permission(action, resource)]), first: preconditions, checks: checks, later: later, rule)
    }

    /// Handles a request.
    func answer(_ state: inout SandboxState, _ exchange: Exchange) throws(Fault) -> Reply {
        for check in preconditions { try check(exchange) }
        switch access {
        case .open: break
        case .login: try exchange.requireUser()
        case .permissions(let permissions): try exchange.authorize(permissions, in: state)
        }
        for check in checks { try check(exchange) }
        return try rule(&state, exchange)
    }

    /// All permissions that the operation asks for.
    var permissions: [Permission] {
        guard case .permissions(let permissions) = access else { return later }
        return permissions + later
    }

    /// Rule of a preflight request: the permission is all that is checked.
    static let preflight: Rule = { _, _ throws(Fault) in .noContent }
}

/// Makes a rule that reads the repository in the path.
func reading(
    _ read: @escaping @Sendable (Repository, Exchange) throws(Fault) -> Reply
) -> Rule {
    { state, exchange throws(Fault) in try read(try state.repositories[exchange.repositoryID], exchange) }
}

/// Makes a rule that changes the repository in the path.
func changing(
    _ change: @escaping @Sendable (inout Repository, Exchange) throws(Fault) -> Reply
) -> Rule {
    { state, exchange throws(Fault) in
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try change(&repository, exchange)
        }
    }
}

/// Resources of permissions. `{name}` stands for an argument of the request.
enum Resource {
    static let any = "*"
    static let repository = ARN.repository("{repository}")
    static let branch: String = branch("branch")
    static let tag = ARN.tag("{tag}", in: "{repository}")
    static let object: String = object("path")
    static let user = ARN.user("{userId}")
    static let group = ARN.group("{groupId}")
    static let policy = ARN.policy("{policyId}")

    /// The branch that an argument names.
    static func branch(_ argument: String) -> String { ARN.branch("{\(argument)}", in: "{repository}") }

    /// The object whose path is an argument.
    static func object(_ argument: String) -> String { ARN.object("{\(argument)}", in: "{repository}") }
}
