import LakeScript

// Changes of a branch's head: commit, merge, revert, cherry-pick.
extension Repository {
    /// Commits the uncommitted changes of a branch, or the content of a meta range if one is given.
    ///
    /// `run` is the id of the run of the hooks, which the fault for an unknown branch contains.
    mutating func commit(
        _ draft: CommitDraft, on name: String, metaRange: String, allowEmpty: Bool, force: Bool, run: String
    ) throws(Fault) -> Commit {
        try checkUnprotected(name, Fault(.forbidden, "cannot commit to protected branch"))
        try checkWritable(force: force)
        guard let branch = branches[name], let head = commits[branch.head] else {
            // The hooks' files are looked for first, and a tag or a commit of that name has some.
            if (try? resolve(name)) != nil { throw .branchNotFound }
            let hook = "prepare-commit hook aborted, run id '\(run)'"
            throw Fault.notFound.within("\(hook): list actions from commit: listing actions")
        }
        seal(name)
        let tree = try content(of: branch, head, metaRange)
        // A meta range may equal the current content.
        guard allowEmpty || !metaRange.isEmpty || branch.staging.changesSomething(in: head.tree) else {
            throw Fault.noChanges.within("commit")
        }
        return advance(name, draft, tree, parents: [head])
    }

    private func content(of branch: Branch, _ head: Commit, _ metaRange: String) throws(Fault) -> Tree {
        guard !metaRange.isEmpty else {
            var tree = branch.staging.applied(to: head.tree)
            tree.isWritten = true
            return tree
        }
        guard !branch.staging.changesSomething(in: head.tree) else {
            throw Fault(.invalid, "cannot use source MetaRange on a branch with uncommitted changes")
        }
        guard let tree = commits.tree(named: metaRange) else { throw .notFound }
        return tree
    }

    /// Creates a commit, moves the branch to it and clears the uncommitted changes.
    private mutating func advance(
        _ name: String, _ draft: CommitDraft, _ tree: Tree, parents: [Commit], generation: Int? = nil
    ) -> Commit {
        let commit = commits.add(draft, tree, parents: parents, generation: generation)
        branches[name]?.head = commit.id
        branches[name]?.staging = Staging()
        sealed[name] = nil
        return commit
    }

    /// Returns the head of a branch; throws if staged changes differ from it, else seals them.
    private mutating func cleanHead(_ name: String) throws(Fault) -> Commit {
        let branch = try branch(name)
        guard let head = commits[branch.head] else { throw .branchNotFound }
        guard !branch.staging.changesSomething(in: head.tree) else { throw .dirty }
        seal(name)
        return head
    }

    /// Commits imported objects in place of all whose paths begin with one of the destinations.
    mutating func add(
        imported objects: [(path: String, entry: ObjectEntry)], to destinations: [String], on name: String,
        _ draft: CommitDraft
    ) throws(Fault) -> Commit {
        let head = try cleanHead(name)
        var tree = head.tree
        for destination in destinations {
            let old = head.tree.entries.entries(from: destination).prefix { $0.key.begins(with: destination) }
            for entry in old { tree[entry.key] = nil }
        }
        for object in objects { tree[object.path] = object.entry }
        return advance(name, draft, tree, parents: [head])
    }

    /// Options of a merge.
    struct MergeOptions: Sendable {
        var strategy = MergeStrategy.none
        /// True if the source does not become a parent.
        var squashes = false
        var allowsEmpty = false
        var force = false
    }

    /// Merges a ref into a branch.
    mutating func merge(
        _ source: String, into name: String, _ draft: CommitDraft, _ options: MergeOptions
    ) throws(Fault) -> Commit {
        try checkWritable(force: options.force)
        let head = try cleanHead(name)
        let (theirs, tree) = try within("update branch \(name)") { () throws(Fault) in
            let theirs = try within("get commit by ref \(source)") { () throws(Fault) in try self.commit(at: source) }
            let base = commits.mergeBase(theirs, head)?.tree ?? Tree()
            try checkChange(from: base, to: theirs.tree, allowsEmpty: options.allowsEmpty || options.force)
            return (theirs, try head.tree.applying(changesFrom: base, to: theirs.tree, strategy: options.strategy))
        }
        let generation = max(head.generation, theirs.generation) + 1
        let parents = options.squashes ? [head] : [head, theirs]
        return advance(name, draft, tree, parents: parents, generation: generation)
    }

    /// Throws if there is nothing to apply. A result that equals the head is no obstacle in a merge.
    private func checkChange(from base: Tree, to tree: Tree, allowsEmpty: Bool) throws(Fault) {
        guard allowsEmpty || !tree.isSame(as: base) else { throw .noChanges }
    }

    /// Reverts a commit on a branch by a new commit, relative to one of its parents, counted from 1.
    ///
    /// 0 stands for the only parent; a merge needs another number. With `allowsSame` the result may equal the head.
    mutating func revert(
        _ reference: String, parent: Int, on name: String, _ draft: CommitDraft, allowsEmpty: Bool,
        allowsSame: Bool = false, force: Bool
    ) throws(Fault) {
        try checkWritable(force: force)
        let commit = try within("get commit from ref \(reference)") { () throws(Fault) in try self.commit(at: reference)
        }
        guard parent > 0 || commit.parents.count < 2 else {
            throw Fault(.conflict, "must specify 1-based parent number for reverting merge commit")
        }
        guard parent <= commit.parents.count else {
            throw Fault(.invalid, "given commit does not have the given parent number: parent \(parent)")
        }
        let older = commit.parents.isEmpty ? nil : commits[commit.parents[max(parent, 1) - 1]]
        let head = try cleanHead(name)
        let tree = try within("update branch") { () throws(Fault) in
            let older = older?.tree ?? Tree()
            try checkChange(from: commit.tree, to: older, allowsEmpty: allowsEmpty)
            let tree = try head.tree.applying(changesFrom: commit.tree, to: older)
            try checkChange(from: head.tree, to: tree, allowsEmpty: allowsEmpty || allowsSame)
            return tree
        }
        _ = advance(name, draft, tree, parents: [head])
    }

    /// Applies the changes of a commit since one of its parents, counted from 1, to a branch. A merge needs the number.
    ///
    /// The message and metadata are those of the commit, with the client's overrides.
    mutating func cherryPick(
        _ reference: String, parent: Int?, on name: String, by committer: String, at now: Int, overrides: Value,
        force: Bool
    ) throws(Fault) -> Commit {
        try checkWritable(force: force)
        let commit = try within("get commit from ref \(reference)") { () throws(Fault) in try self.commit(at: reference)
        }
        guard parent != nil || commit.parents.count < 2 else {
            throw Fault(.invalid, "must specify 1-based parent number for cherry-picking merge commit")
        }
        let number = parent ?? 1
        guard number <= commit.parents.count, let base = commits[commit.parents[number - 1]] else {
            throw Fault(.invalid, "parent \(number): given commit does not have the given parent number")
        }
        let head = try cleanHead(name)
        let tree = try within("update branch") { () throws(Fault) in
            try checkChange(from: base.tree, to: commit.tree, allowsEmpty: force)
            return try head.tree.applying(changesFrom: base.tree, to: commit.tree)
        }
        let draft = Repository.draft(picking: commit, by: committer, at: now, overrides)
        return advance(name, draft, tree, parents: [head])
    }

    /// The client's metadata replaces the commit's. Both may not say where the commit comes from.
    private static func draft(
        picking commit: Commit, by committer: String, at now: Int, _ overrides: Value
    ) -> CommitDraft {
        var draft = CommitDraft(committer: committer, message: commit.message, created: now)
        if overrides["metadata"].record == nil { draft.metadata = commit.metadata }
        draft = draft.overridden(by: overrides)
        draft.metadata["cherry-pick-origin"] = .string(commit.id)
        draft.metadata["cherry-pick-committer"] = .string(commit.committer)
        return draft
    }
}
