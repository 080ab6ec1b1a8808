/// Why a rule about repositories cannot be followed, in the real server's words.
struct Fault: Error, Sendable, Equatable {
    /// What kind of refusal it is. Raw values are the statuses that the API answers.
    enum Kind: Int, Sendable {
        case invalid = 400
        case forbidden = 403
        case notFound = 404
        case conflict = 409
        case gone = 410
        case precondition = 412
        case rangeNotSatisfiable = 416
        /// What the real server does not translate: an empty required name, an error of its object store.
        case untranslated = 500
        case unsupported = 501
    }

    let kind: Kind
    let text: String

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// The fault with what was being done in front: `update branch main: no changes`.
    func within(_ context: String) -> Fault { Fault(kind, context + ": " + text) }
}

extension Fault {
    static let notFound = Fault(.notFound, "not found")
    static let repositoryNotFound = Fault(.notFound, "repository not found")
    static let branchNotFound = Fault(.notFound, "branch not found")
    static let tagNotFound = Fault(.notFound, "tag not found")
    static let invalidReference = Fault(.invalid, "ref: invalid value: validation error")
    static let noCommit = invalidReference.followed(by: "should point to a commit")
    static let noChanges = Fault(.invalid, "no changes")
    static let dirty = Fault(.invalid, "uncommitted changes (dirty branch)")
    static let conflict = Fault(.conflict, "conflict found")
    static let notUnique = Fault(.conflict, "not unique")
    static let readOnly = Fault(.forbidden, "read-only repository")
    static let protectedFromWrites = Fault(.forbidden, "cannot write to protected branch")
    static let notImplemented = Fault(.unsupported, "Not Implemented")
    static let missingPath = Fault(.invalid, "argument path: missing path: required value: validation error")

    /// The fault with more said about it behind.
    func followed(by text: String) -> Fault { Fault(kind, self.text + ": " + text) }
}

/// Runs a step of a rule; its fault says what was being done.
func within<Result>(
    _ context: String, _ step: () throws(Fault) -> Result
) throws(Fault) -> Result {
    do throws(Fault) { return try step() } catch { throw error.within(context) }
}
