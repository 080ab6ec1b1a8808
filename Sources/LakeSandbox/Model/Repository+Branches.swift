import LakeScript

// What can be done to branches and tags as names: made, moved, removed.
extension Repository {
    /// Makes a branch at what a reference names; the head of the new branch.
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

    /// Removes a branch with its uncommitted changes.
    mutating func deleteBranch(_ name: String, force: Bool) throws(Fault) {
        try checkWritable(force: force)
        guard !isEqual(name, defaultBranch) else {
            throw Fault(.forbidden, "cannot delete repository default branch")
        }
        _ = try branch(name)
        branches[name] = nil
    }

    /// Moves a branch to what a reference names.
    ///
    /// Uncommitted changes stay and lie on the new head. `force` passes a read-only repository, never a protection.
    mutating func hardReset(_ name: String, to reference: String, force: Bool) throws(Fault) {
        try checkUnprotected(name, Fault(.forbidden, "protected branch"))
        try checkWritable(force: force)
        var branch = try branch(name)
        branch.head = try within("hard-reset \(name) to \(reference)") { () throws(Fault) in
            try commit(at: reference).id
        }
        branches[name] = branch
    }

    /// Which uncommitted changes are dropped.
    enum ResetScope: Sendable {
        case everything
        case prefix(String)
        case object(String)
    }

    /// Drops uncommitted changes of a branch.
    mutating func reset(_ name: String, _ scope: ResetScope, force: Bool) throws(Fault) {
        var branch = try resettableBranch(name, scope, force: force)
        switch scope {
        case .everything: branch.staging = Staging()
        case .prefix(let prefix): branch.staging.drop(prefix: prefix)
        case .object(let path): branch.staging[path] = nil
        }
        branches[name] = branch
    }

    /// A branch that takes changes of objects. To reset one object of an unknown one is refused in other words.
    private func resettableBranch(_ name: String, _ scope: ResetScope, force: Bool) throws(Fault) -> Branch {
        do throws(Fault) { return try writableBranch(name, force: force) } catch {
            if error == .branchNotFound, case .object = scope { throw error.within("getting branch") }
            throw error
        }
    }

    /// A branch that takes changes of objects.
    func writableBranch(_ name: String, force: Bool) throws(Fault) -> Branch {
        try checkUnprotected(name, .protectedFromWrites)
        try checkWritable(force: force)
        return try branch(name)
    }

    /// Names a commit by a tag; the commit's id.
    mutating func createTag(_ name: String, at reference: String, force: Bool) throws(Fault) -> String {
        guard branches[name] == nil else { throw Fault.conflict.within("branch name \(name)") }
        guard commits[name] == nil else { throw Fault.conflict.within("commit ID \(name)") }
        let id = try commitToRead(at: reference).id
        try checkWritable(force: force)
        guard tags[name] == nil else { throw Fault.notUnique.within("tag already exists") }
        tags[name] = id
        return id
    }

    /// The commit that a tag names.
    func tag(_ name: String) throws(Fault) -> String {
        guard let id = tags[name] else { throw .tagNotFound }
        return id
    }

    /// Removes a tag.
    mutating func deleteTag(_ name: String, force: Bool) throws(Fault) {
        try checkWritable(force: force)
        _ = try tag(name)
        tags[name] = nil
    }
}
