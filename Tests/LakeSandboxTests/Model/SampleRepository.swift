import LakeScript

@testable import LakeSandbox

/// A repository for the tests of the model, without the API around it.
struct SampleRepository {
    var repository = Repository(
        id: "lake", created: 0, namespace: "mem://lake", defaultBranch: "main", isReadOnly: false, isBare: false)
    private var clock = 0

    /// Makes an object with a text as its content.
    static func entry(_ text: String) -> ObjectEntry {
        ObjectEntry(
            checksum: Digest.hexadecimal(Digest.md5(Array(text.utf8))), size: text.utf8.count,
            address: "mem://lake/data/" + text, contentType: "text/plain", metadata: Record(), modified: 0)
    }

    /// Stages contents by path; nil deletes.
    mutating func stage(_ contents: [(path: String, text: String?)], on branch: String = "main") throws {
        for (path, text) in contents {
            if let text {
                try repository.put(SampleRepository.entry(text), at: path, on: branch, force: false)
            } else {
                try repository.remove(path, on: branch, force: false)
            }
        }
    }

    /// Stages and commits contents; returns the commit's id.
    @discardableResult
    mutating func commit(_ contents: [(path: String, text: String?)], on branch: String = "main") throws -> String {
        try stage(contents, on: branch)
        clock += 1
        let draft = CommitDraft(message: "commit \(clock)", created: clock)
        return try repository.commit(
            draft, on: branch, metaRange: "", allowEmpty: true, force: false, run: "run"
        ).id
    }

    /// Merges a reference into a branch; returns the merge's id.
    @discardableResult
    mutating func merge(
        _ source: String, into branch: String, _ options: Repository.MergeOptions = Repository.MergeOptions()
    ) throws -> String {
        clock += 1
        return try repository.merge(
            source, into: branch, CommitDraft(message: "merge \(clock)", created: clock), options
        ).id
    }

    mutating func branch(_ name: String, from source: String) throws {
        _ = try repository.createBranch(name, from: source, isHidden: false, force: false)
    }

    /// Returns `path=content` for all objects of a reference, in order.
    func contents(of reference: String) throws -> [String] {
        try repository.view(of: reference).map { "\($0.path)=\($0.item.address.droppingBytes(16))" }
    }
}

/// Returns the fault of a step; nil if it succeeds.
func fault(_ step: () throws -> Void) -> Fault? {
    do {
        try step()
        return nil
    } catch {
        return error as? Fault
    }
}
