import LakeScript

/// What the catalog of lakeFS checks of an operation's arguments before it looks for anything, in the order of the
/// operation's table. Some operations check nothing: a repository that cannot be is then one that is not there.
enum Argument {
    /// Throws where an argument cannot be.
    typealias Check = @Sendable (Exchange) throws(Fault) -> Void

    /// The repository of the path.
    static let repository: Check = repository(as: "repository")

    /// The repository of the path, where the operation calls it by another name.
    static func repository(as argument: String) -> Check {
        { exchange throws(Fault) in try Names.checkRepository(exchange.repositoryID, as: argument) }
    }

    /// The branch of the path.
    static let branch: Check = branch("branch", as: "branch")

    /// A branch of the path.
    static func branch(_ parameter: String, as argument: String) -> Check {
        { exchange throws(Fault) in try Names.checkBranch(exchange.path(parameter), as: argument) }
    }

    /// A reference of the path.
    static func reference(_ parameter: String, as argument: String = "ref") -> Check {
        { exchange throws(Fault) in try Names.checkReference(exchange.path(parameter), as: argument) }
    }

    /// The reference of the body.
    static let referenceOfBody: Check = { exchange throws(Fault) in
        try Names.checkReference(exchange.body["ref"].text ?? "")
    }

    /// The tag of the path.
    static let tag: Check = { exchange throws(Fault) in try Names.checkTag(exchange.path("tag")) }

    /// The path of an object.
    static let path: Check = { exchange throws(Fault) in try Names.checkPath(exchange.query("path")) }

    /// A part of paths, which may be missing.
    static func pathPart(_ parameter: String) -> Check {
        { exchange throws(Fault) in
            let text = exchange.query(parameter)
            if !text.isEmpty { try Names.checkPath(text, as: parameter) }
        }
    }

    /// The branch and the path of an object that is changed.
    static let objectOnBranch: [Check] = [repository, branch, path]
}
