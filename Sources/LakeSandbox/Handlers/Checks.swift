import LakeScript

/// Checks of the requests of many operations, which handlers list in the order of the real server.
///
/// An operation that checks no names treats an impossible repository as one that does not exist.
enum Checks {
    /// The repository in the path.
    static let repository: Check = repository(as: "repository")

    /// The repository in the path, for an operation that calls it by another name.
    static func repository(as argument: String) -> Check {
        { exchange throws(Fault) in try Names.checkRepository(exchange.repositoryID, as: argument) }
    }

    /// The branch in the path.
    static let branch: Check = branch("branch", as: "branch")

    /// A branch in the path.
    static func branch(_ parameter: String, as argument: String) -> Check {
        { exchange throws(Fault) in try Names.checkBranch(exchange.path(parameter), as: argument) }
    }

    /// A ref in the path.
    static func ref(_ parameter: String, as argument: String = "ref") -> Check {
        { exchange throws(Fault) in try Names.checkRef(exchange.path(parameter), as: argument) }
    }

    /// The ref in the body.
    static let refInBody: Check = { exchange throws(Fault) in try Names.checkRef(exchange.field("ref")) }

    /// The tag in the path.
    static let tag: Check = { exchange throws(Fault) in try Names.checkTag(exchange.path("tag")) }

    /// The path of an object.
    static let path: Check = { exchange throws(Fault) in try Names.checkPath(exchange.query("path")) }

    /// An optional part of paths.
    static func pathPart(_ parameter: String) -> Check {
        { exchange throws(Fault) in
            let text = exchange.query(parameter)
            if !text.isEmpty { try Names.checkPath(text, as: parameter) }
        }
    }

    /// The branch and the path of an object that is changed.
    static let objectOnBranch: [Check] = [repository, branch, path]

    // MARK: Kinds of servers

    /// Refuses a server without groups and policies: the one with a single user.
    static let accessControl: Check = { exchange throws(Fault) in
        if exchange.profile.accessControl == .single { throw .notImplemented }
    }

    /// Refuses a server whose policies are only access control lists.
    static let policies: Check = { exchange throws(Fault) in
        if exchange.profile.accessControl == .lists { throw .notImplemented }
    }

    /// Refuses a server without a remote service of users.
    static let remoteUsers: Check = { exchange throws(Fault) in
        guard exchange.profile.accessControl == .remote else { throw .notImplemented }
    }

    // MARK: Names of users, groups and policies

    /// Refuses a `%` in the id of something new, as all servers do.
    static func noPercent(in kind: String) -> Check {
        { exchange throws(Fault) in
            guard !exchange.field("id").utf8.contains(UInt8(ascii: "%")) else {
                throw Fault(.invalid, kind + " name cannot contain '%'")
            }
        }
    }

    /// The id of a new group, by the rules of the store that keeps it.
    static let newGroup: Check = { exchange throws(Fault) in
        try Names.checkIdentity(exchange.field("id"), exchange.profile)
    }
}
