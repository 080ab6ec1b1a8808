import LakeScript

@testable import LakeSandbox

/// A repository as the tests of the model build one, without the API around it.
struct SampleRepository {
    var repository = Repository(
        id: "lake", created: 0, namespace: "mem://lake", defaultBranch: "main", isReadOnly: false, isBare: false)
    private var clock = 0

    /// An object whose content is that text.
    static func entry(_ text: String) -> ObjectEntry {
        ObjectEntry(
            checksum: Digest.hexadecimal(Digest.md5(Array(text.utf8))), size: text.utf8.count,
            address: "mem://lake/data/" + text, contentType: "text/plain", metadata: Record(), modified: 0)
    }

    /// Stages contents by path; nil removes.
    mutating func stage(_ contents: [(path: String, text: String?)], on branch: String = "main") throws {
        for (path, text) in contents {
            if let text {
                try repository.put(SampleRepository.entry(text), at: path, on: branch, force: false)
            } else {
                try repository.remove(path, on: branch, force: false)
            }
        }
    }

    /// Stages contents and commits them; the commit's id.
    @discardableResult
    mutating func commit(_ contents: [(path: String, text: String?)], on branch: String = "main") throws -> String {
        try stage(contents, on: branch)
        clock += 1
        let draft = CommitDraft(message: "commit \(clock)", created: clock)
        return try repository.commit(
            draft, on: branch, metaRange: "", allowEmpty: true, force: false, run: "run"
        ).id
    }

    /// Merges a reference into a branch; the merge's id.
    @discardableResult
    mutating func merge(
        _ source: String, into branch: String, _ options: Repository.MergeOptions = Repository.MergeOptions()
    ) throws -> String {
        clock += 1
        return try repository.merge(
            source, into: branch, CommitDraft(message: "merge \(clock)", created: clock), options
        ).id
    }

    /// Makes a branch.
    mutating func branch(_ name: String, from source: String) throws {
        _ = try repository.createBranch(name, from: source, isHidden: false, force: false)
    }

    /// `path=content` of all that a reference shows, in order.
    func contents(of reference: String) throws -> [String] {
        try repository.view(of: reference).map { "\($0.path)=\($0.item.address.droppingBytes(16))" }
    }
}

/// The fault that a step ends with; nil where it goes through.
func fault(_ step: () throws -> Void) -> Fault? {
    do {
        try step()
        return nil
    } catch {
        return error as? Fault
    }
}
