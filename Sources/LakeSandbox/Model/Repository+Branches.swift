import LakeScript

// Branches and tags: create, move, delete.
extension Repository {
    /// Creates a branch at a ref and returns its head.
    mutating func createBranch(
        _ name: String, from source: String, isHidden: Bool, force: Bool
    ) throws(Fault) -> String {
        guard commits[name] == nil else { throw Fault.conflict.within("commit ID \(name)") }
        guard tags[name] == nil else { throw Fault.conflict.within("tag ID \(name)") }
        try checkWritable(force: force)
        let head = try within("source reference '\(source)'") { () throws(Fault) in
            let resolved = try resolve(source)
            guard !resolved.isStaging else { throw Fault(.untranslated, "can't create a branch without commit") }
            return resolved.commit.id
        }
        guard branches[name] == nil else { throw Fault.notUnique.within("branch already exists") }
        branches[name] = Branch(head: head, isHidden: isHidden)
        return head
    }

    /// Deletes a branch with its uncommitted changes.
    mutating func deleteBranch(_ name: String, force: Bool) throws(Fault) {
        try checkWritable(force: force)
        guard !isEqual(name, defaultBranch) else {
            throw Fault(.forbidden, "cannot delete repository default branch")
        }
        _ = try branch(name)
        branches[name] = nil
        sealed[name] = nil
    }

    /// Moves a branch to a ref.
    ///
    /// Uncommitted changes stay, on top of the new head, unless they are sealed. `force` overrides a read-only
    /// repository, but no protection.
    mutating func hardReset(_ name: String, to reference: String, force: Bool) throws(Fault) {
        try checkUnprotected(name, Fault(.forbidden, "protected branch"))
        try checkWritable(force: force)
        var branch = try branch(name)
        let head = try within("hard-reset \(name) to \(reference)") { () throws(Fault) in
            try commit(at: reference).id
        }
        let tree = commits[branch.head]?.tree ?? Tree()
        guard sealed[name]?.changesSomething(in: tree) != true else { throw Fault.dirty.within(name) }
        branch.head = head
        branches[name] = branch
    }

    /// Uncommitted changes that a reset drops.
    enum ResetScope: Sendable {
        case everything
        case prefix(String)
        case object(String)
    }

    /// Drops uncommitted changes of a branch.
    mutating func reset(_ name: String, _ scope: ResetScope, force: Bool) throws(Fault) {
        var branch = try resettableBranch(name, scope, force: force)
        switch scope {
        case .everything:
            branch.staging = Staging()
            sealed[name] = nil
        case .prefix(let prefix):
            seal(name)
            branch.staging.drop(prefix: prefix)
        case .object(let path): branch.staging[path] = nil
        }
        branches[name] = branch
    }

    /// Returns a writable branch. The reset of a single object has another text for an unknown branch.
    private func resettableBranch(_ name: String, _ scope: ResetScope, force: Bool) throws(Fault) -> Branch {
        do throws(Fault) { return try writableBranch(name, force: force) } catch {
            if error == .branchNotFound, case .object = scope { throw error.within("getting branch") }
            throw error
        }
    }

    /// Returns a branch whose objects may change.
    func writableBranch(_ name: String, force: Bool) throws(Fault) -> Branch {
        try checkUnprotected(name, .protectedFromWrites)
        try checkWritable(force: force)
        return try branch(name)
    }

    /// Creates a tag at a ref and returns the id of the commit.
    mutating func createTag(_ name: String, at reference: String, force: Bool) throws(Fault) -> String {
        guard branches[name] == nil else { throw Fault.conflict.within("branch name \(name)") }
        guard commits[name] == nil else { throw Fault.conflict.within("commit ID \(name)") }
        let id = try commitToRead(at: reference).id
        try checkWritable(force: force)
        guard tags[name] == nil else { throw Fault.notUnique.within("tag already exists") }
        tags[name] = id
        return id
    }

    /// Returns the commit id of a tag.
    func tag(_ name: String) throws(Fault) -> String {
        guard let id = tags[name] else { throw .tagNotFound }
        return id
    }

    mutating func deleteTag(_ name: String, force: Bool) throws(Fault) {
        try checkWritable(force: force)
        _ = try tag(name)
        tags[name] = nil
    }
}
