import LakeScript

/// The search for the paths of a merge conflict, which the server does not name: those that both sides changed since
/// the base, each in its own way.
///
/// It reads three differences, one page of each: base and theirs, base and ours, ours and theirs.
struct ConflictSearch {
    private let repository: Value
    /// The differences that are still to be read.
    private var pairs: [Pair]
    /// The paths that all differences read so far have, in order; nil before the first.
    private var paths: [String]?
    private var isWhole = true

    private typealias Pair = (left: String, right: String, type: String)

    /// The number of changes of a difference that are read: a page's limit.
    private static let mostChanges = 1000
    /// The number of paths that are named.
    private static let mostNames = 10

    /// The search after a response; nil if the response tells no merge conflict.
    init?(_ response: HTTPResponse, of operation: Operation, _ arguments: Record) {
        guard let sides = MergeSides(operation, arguments), sides.isConflict(response) else { return nil }
        repository = arguments["repository"] ?? .null
        if let base = sides.base {
            pairs = [
                (base, sides.theirs, "two_dot"), (base, sides.ours, "two_dot"), (sides.ours, sides.theirs, "two_dot"),
            ]
        } else {
            pairs = [
                (sides.ours, sides.theirs, "three_dot"), (sides.theirs, sides.ours, "three_dot"),
                (sides.ours, sides.theirs, "two_dot"),
            ]
        }
    }

    /// The operation that reads a difference.
    static let operation = Catalogue["diff_refs"]

    /// The arguments of the next read; nil if all was read.
    var arguments: Record? {
        pairs.first.map { pair in
            [
                "repository": repository, "left_ref": .string(pair.left), "right_ref": .string(pair.right),
                "type": .string(pair.type), "amount": .int(ConflictSearch.mostChanges),
            ]
        }
    }

    /// Takes the answer to the next read.
    mutating func take(_ answer: Value) {
        pairs.removeFirst()
        let found = (answer["results"].items ?? []).compactMap { $0["path"].text }
        if answer["pagination"]["has_more"] == true { isWhole = false }
        let others = Set(found.map(ScalarText.init))
        paths = paths.map { $0.filter { others.contains(ScalarText($0)) } } ?? found
    }

    /// The line that names the paths; nil if none was found.
    var note: String? {
        guard let paths, !paths.isEmpty else { return nil }
        let names = paths.prefix(ConflictSearch.mostNames).map { "`\($0)`" }.joined(separator: ", ")
        let rest = paths.count - ConflictSearch.mostNames
        return "changed on both sides: " + names + (rest > 0 ? " and \(rest) more" : "")
            + (isWhole ? "" : ", of the first \(ConflictSearch.mostChanges) changes of each side")
    }
}

/// The sides of a call that merges changes into a branch.
struct MergeSides {
    private let operation: Operation
    private let repository: String
    let ours: String
    let theirs: String
    /// The ref that both sides are compared with; nil for their common ancestor.
    let base: String?

    /// The sides of a call; nil if it merges nothing.
    init?(_ operation: Operation, _ arguments: Record) {
        let body = arguments.given("body")?.record ?? arguments
        func text(_ name: String) -> String { (arguments.given(name) ?? body.given(name))?.text ?? "" }
        self.operation = operation
        repository = text("repository")
        let ref = text("ref")
        let number = body.given("parent_number")?.integer ?? 0
        let parent = number > 0 ? "\(ref)^\(number)" : ref + "~1"
        switch operation.name {
        case "merge_into_branch":
            (ours, theirs, base) = (text("destination_branch"), text("source_ref"), nil)
        case "cherry_pick": (ours, theirs, base) = (text("branch"), ref, parent)
        case "revert_branch": (ours, theirs, base) = (text("branch"), parent, ref)
        default: return nil
        }
    }

    /// True if the response tells that both sides changed an object. For a merge it is the empty result, without a word.
    func isConflict(_ response: HTTPResponse) -> Bool {
        guard response.status == 409 else { return false }
        return base == nil ? response.errorBody["reference"] == "" : response.words.hasSuffix("conflict found")
    }

    /// The message about a conflict, and advice.
    var conflict: (message: String, advice: [String]) {
        guard base != nil else {
            return (
                "a merge conflict: `\(theirs)` and `\(ours)` both changed some object",
                [
                    "`diff_refs \(repository) \(ours) \(theirs) --all` lists what the merge would change",
                    "--strategy source-wins or dest-wins decides for all of them",
                ]
            )
        }
        let commit = operation.name == "cherry_pick" ? theirs : base ?? ""
        return (
            "a merge conflict: `\(ours)` has other content where commit `\(commit)` changed an object",
            [
                "`diff_refs \(repository) \(ours) \(theirs) --type two_dot --all` lists the differences",
                "upload_object, copy_object and delete_object make the change by hand; commit it then",
            ]
        )
    }
}
