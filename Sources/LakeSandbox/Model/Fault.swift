/// Reason why a request is refused, in the real server's words. The only error of the sandbox.
///
/// Changes that were made to the state before it is thrown stay; a repository changes as a whole or not at all.
struct Fault: Error, Sendable, Equatable {
    /// Kind of fault. Raw values are the statuses of the API's answers.
    enum Kind: Int, Sendable {
        case invalid = 400
        case unauthorized = 401
        case forbidden = 403
        case notFound = 404
        case conflict = 409
        case gone = 410
        case precondition = 412
        case rangeNotSatisfiable = 416
        /// Errors that the real server does not translate: an empty required name, an error of its object store.
        case untranslated = 500
        case unsupported = 501
    }

    let kind: Kind
    let text: String
    /// True if the answer is the plain text, as for arguments that the real server cannot bind; else it is JSON.
    let isPlainText: Bool

    init(_ kind: Kind, _ text: String, isPlainText: Bool = false) {
        self.kind = kind
        self.text = text
        self.isPlainText = isPlainText
    }

    /// Returns the fault with the context in front: `update branch main: no changes`.
    func within(_ context: String) -> Fault { Fault(kind, context + ": " + text) }

    /// Returns the fault as a server tells it: 0.90 does not translate what is forbidden.
    func told(by profile: ServerProfile) -> Fault {
        profile.isOld && kind == .forbidden ? Fault(.untranslated, text, isPlainText: isPlainText) : self
    }

    /// Returns the fault with a detail behind it.
    func followed(by text: String) -> Fault { Fault(kind, self.text + ": " + text) }
}

extension Fault {
    static let unauthenticated = Fault(.unauthorized, "error authenticating request")
    static let notFound = Fault(.notFound, "not found")
    static let repositoryNotFound = Fault(.notFound, "repository not found")
    static let branchNotFound = Fault(.notFound, "branch not found")
    static let tagNotFound = Fault(.notFound, "tag not found")
    static let invalidReference = Fault(.invalid, "ref: invalid value: validation error")
    static let noCommit = invalidReference.followed(by: "should point to a commit")
    static let noChanges = Fault(.invalid, "no changes")
    static let dirty = Fault(.invalid, "uncommitted changes (dirty branch)")
    static let conflict = Fault(.conflict, "conflict found")
    static let alreadyExists = Fault(.conflict, "Already exists")
    static let notUnique = Fault(.conflict, "not unique")
    static let noData = Fault(.gone, "No data")
    static let readOnly = Fault(.forbidden, "read-only repository")
    static let protectedFromWrites = Fault(.forbidden, "cannot write to protected branch")
    static let notImplemented = Fault(.unsupported, "Not Implemented")
    static let missingPath = Fault(.invalid, "argument path: missing path: required value: validation error")
}

/// Runs a step of a rule and puts the context in front of its fault.
func within<Result>(
    _ context: String, _ step: () throws(Fault) -> Result
) throws(Fault) -> Result {
    do throws(Fault) { return try step() } catch { throw error.within(context) }
}
