// Uncommitted changes of objects.
extension Repository {
    /// Stages an object; with `onlyNew` it must not exist yet.
    mutating func put(
        _ entry: ObjectEntry, at path: String, on name: String, force: Bool, onlyNew: Bool = false
    ) throws(Fault) {
        try Names.checkPath(path)
        var branch = try writableBranch(name, force: force)
        if onlyNew, try view(of: name)[path] != nil { throw Fault(.precondition, "path already exists") }
        branch.staging[path] = .put(entry)
        branches[name] = branch
    }

    /// Removes an object: hides a committed one, drops a staged one, ignores a missing one.
    mutating func remove(_ path: String, on name: String, force: Bool) throws(Fault) {
        var branch = try writableBranch(name, force: force)
        let isCommitted = commits[branch.head]?.tree[path] != nil
        guard isCommitted || branch.staging[path] != nil else { return }
        branch.staging[path] = .remove
        branches[name] = branch
    }

    /// Returns the object at a path of a ref.
    func object(_ path: String, at reference: String) throws(Fault) -> ObjectEntry {
        guard let entry = try view(of: reference)[path] else { throw .notFound }
        return entry
    }

    /// Returns the uncommitted changes of a branch.
    func differences(on name: String) throws(Fault) -> [Difference] {
        let branch = try branch(name)
        return branch.staging.differences(from: commits[branch.head]?.tree ?? Tree())
    }

    /// Returns the differences of two refs: directly (`two_dot`), or what a merge of the right into the left brings.
    ///
    /// Only the right side of a direct comparison may be a branch with its uncommitted changes.
    func differences(_ left: String, _ right: String, isDirect: Bool) throws(Fault) -> [Difference] {
        guard !isDirect else {
            let tree = try commit(at: left).tree
            let resolved = try resolve(right)
            let staging = resolved.isStaging ? resolved.branch.flatMap { branches[$0]?.staging } : nil
            return tree.differences(to: (staging ?? Staging()).applied(to: resolved.commit.tree))
        }
        let (left, right) = try sides(left, right)
        let base = commits.mergeBase(right, left)?.tree ?? Tree()
        return left.tree.differences(merging: right.tree, since: base)
    }

    /// Returns the commits of two refs that are compared or merged. The right one is looked up first.
    func sides(_ left: String, _ right: String) throws(Fault) -> (left: Commit, right: Commit) {
        let rightCommit = try within("get commit by ref \(right)") { () throws(Fault) in try commit(at: right) }
        let leftCommit = try within("get commit by branch \(left)") { () throws(Fault) in try commit(at: left) }
        return (leftCommit, rightCommit)
    }
}
