import LakeScript

/// A repository: commits, the branches and tags that name them, and what is not committed yet.
///
/// It is a value. A rule works on a copy that replaces the repository when the rule has gone through, so a refused one
/// leaves nothing behind. Nothing is ever taken out of the graph: what no branch names can still be named by its id,
/// which is how a hard reset is undone.
struct Repository: Sendable {
    let id: String
    /// Seconds since 1970.
    let created: Int
    /// Where the objects are: `mem://bucket/prefix`.
    let namespace: String
    let defaultBranch: String
    let isReadOnly: Bool
    var branches = SortedMap<Branch>()
    /// Commit ids by tag.
    var tags = SortedMap<String>()
    var commits = CommitGraph()
    var rules = ProtectionRules()
    /// The user's own fields.
    var metadata = Record()
    /// Pull requests by their ids, the newest first.
    var pulls = SortedMap<PullRequest>()
    /// What tasks have come to, by their ids: each ends as soon as it begins.
    var tasks = SortedMap<Value>()
    /// Garbage collection rules as they were set; null where none are.
    var collectionRules = Value.null

    /// A branch: a head and the changes on top of it.
    struct Branch: Sendable {
        var head: String
        var staging = Staging()
        /// Whether lists leave it out.
        var isHidden = false
    }

    /// A new repository; a bare one begins without its first commit and branch.
    init(
        id: String, created: Int, namespace: String, defaultBranch: String, isReadOnly: Bool, isBare: Bool
    ) {
        self.id = id
        self.created = created
        self.namespace = namespace
        self.defaultBranch = defaultBranch
        self.isReadOnly = isReadOnly
        guard !isBare else { return }
        let first = commits.add(CommitDraft(message: "Repository created", created: created), Tree(), parents: [])
        branches[defaultBranch] = Branch(head: first.id)
    }

    /// The namespace with a slash at its end, which addresses begin with.
    var addressPrefix: String { namespace.hasSuffix("/") ? namespace : namespace + "/" }

    // MARK: References

    /// What a reference names.
    ///
    /// A base is a commit's whole id, else a branch, else a tag, else the beginning of one commit's id.
    func resolve(_ text: String) throws(Fault) -> Resolved {
        let reference = try Reference(text)
        let (start, branch) = try base(reference.base)
        switch reference.steps.first {
        case nil: return Resolved(commit: start, branch: branch, isStaging: false)
        case .staging:
            guard branch != nil else { throw .invalidReference }
            return Resolved(commit: start, branch: branch, isStaging: true)
        case .head:
            guard branch != nil else { throw .invalidReference }
            return Resolved(commit: start, branch: nil, isStaging: false)
        case .back, .parent:
            var commit = start
            for step in reference.steps { commit = try self.step(step, from: commit) }
            return Resolved(commit: commit, branch: nil, isStaging: false)
        }
    }

    /// The commit that a reference names.
    func commit(at text: String) throws(Fault) -> Commit {
        let resolved = try resolve(text)
        guard !resolved.isStaging else {
            let reason = "reference to staging area with $ is not a commit"
            throw Fault(.invalid, "reference '\(text)': \(reason)")
        }
        return resolved.commit
    }

    /// The commit that a reference names, where lakeFS's catalog looks for it itself: for tags and for what a client
    /// wants to read of commits. It has other words for uncommitted changes.
    func commitToRead(at text: String) throws(Fault) -> Commit {
        let resolved = try resolve(text)
        guard !resolved.isStaging else { throw .noCommit }
        return resolved.commit
    }

    /// What is seen through a reference.
    func view(of text: String) throws(Fault) -> View {
        let resolved = try resolve(text)
        let staging = resolved.branch.flatMap { branches[$0]?.staging }
        return View(tree: resolved.commit.tree, staging: staging ?? Staging())
    }

    private func base(_ text: String) throws(Fault) -> (Commit, branch: String?) {
        if let commit = commits[text] { return (commit, nil) }
        if let branch = branches[text], let commit = commits[branch.head] { return (commit, text) }
        if let id = tags[text], let commit = commits[id] { return (commit, nil) }
        guard let id = commits.id(beginningWith: text), let commit = commits[id] else { throw .notFound }
        return (commit, nil)
    }

    private func step(_ step: Reference.Step, from commit: Commit) throws(Fault) -> Commit {
        switch step {
        case .back(let count):
            // No repository has more commits than that, however far back one asks.
            var commit = commit
            for _ in 0..<min(count, commit.generation) {
                guard let id = commit.parents.first, let parent = commits[id] else { throw .notFound }
                commit = parent
            }
            return commit
        case .parent(0): return commit
        case .parent(let number):
            guard number <= commit.parents.count, let parent = commits[commit.parents[number - 1]] else {
                throw .invalidReference
            }
            return parent
        case .head, .staging: throw .invalidReference
        }
    }

    // MARK: Guards

    /// A branch that is there.
    func branch(_ name: String) throws(Fault) -> Branch {
        guard let branch = branches[name] else { throw .branchNotFound }
        return branch
    }

    /// Throws where the repository takes no changes.
    func checkWritable(force: Bool) throws(Fault) {
        guard !isReadOnly || force else { throw .readOnly }
    }

    /// Throws where a branch is protected.
    func checkUnprotected(_ branch: String, _ fault: Fault) throws(Fault) {
        if try rules.protects(branch) { throw fault }
    }
}
