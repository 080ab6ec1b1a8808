import LakeScript

/// A repository: commits, branches, tags and uncommitted changes.
///
/// It is a value. A rule works on a copy, which replaces the repository when the rule succeeds, so a refused rule
/// changes nothing. The graph never loses a commit: one without a branch can still be named by its id, which makes it
/// possible to undo a hard reset.
struct Repository: Sendable {
    let id: String
    /// Seconds since 1970.
    let created: Int
    /// Location of the objects: `mem://bucket/prefix`.
    let namespace: String
    let defaultBranch: String
    let isReadOnly: Bool
    var branches = SortedMap<Branch>()
    /// Uncommitted changes by branch as they were when a change of the head was last tried, and refused, or when some
    /// were dropped by a prefix. They are part of the branch's changes; no hard reset passes while they differ from the
    /// head, even if they are dropped one by one.
    var sealed = SortedMap<Staging>()
    /// Commit ids by tag.
    var tags = SortedMap<String>()
    var commits = CommitGraph()
    var rules = ProtectionRules()
    /// Metadata that users set.
    var metadata = Record()
    /// Addresses that 0.90 gave out and that are not linked yet, without the namespace.
    var linkable = SortedSet()
    /// Pull requests by id, newest first.
    var pulls = SortedMap<PullRequest>()
    /// Results of tasks by id; each task is complete when it is created.
    var tasks = SortedMap<Value>()
    /// Statuses of imports by id; each has ended when it is created.
    var imports = SortedMap<Value>()
    /// Garbage collection rules as they were set; null without rules.
    var collectionRules = Value.null

    /// A branch: a head and the changes on top of it.
    struct Branch: Sendable {
        var head: String
        var staging = Staging()
        /// True if lists leave it out.
        var isHidden = false
    }

    /// A new repository; a bare one has no first commit and no branch.
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

    /// Namespace with a trailing slash, the beginning of addresses.
    var addressPrefix: String { namespace.hasSuffix("/") ? namespace : namespace + "/" }

    // MARK: References

    /// Resolves a ref expression.
    ///
    /// The base is a whole commit id, else a branch, else a tag, else a unique prefix of a commit id.
    func resolve(_ text: String) throws(Fault) -> ResolvedRef {
        let reference = try RefExpression(text)
        let (start, branch) = try base(reference.base)
        switch reference.modifiers.first {
        case nil: return ResolvedRef(commit: start, branch: branch, isStaging: false)
        case .staging:
            guard branch != nil else { throw .invalidReference }
            return ResolvedRef(commit: start, branch: branch, isStaging: true)
        case .head:
            guard branch != nil else { throw .invalidReference }
            return ResolvedRef(commit: start, branch: nil, isStaging: false)
        case .back, .parent:
            var commit = start
            for modifier in reference.modifiers { commit = try follow(modifier, from: commit) }
            return ResolvedRef(commit: commit, branch: nil, isStaging: false)
        }
    }

    /// Returns the commit of a ref expression.
    func commit(at text: String) throws(Fault) -> Commit {
        let resolved = try resolve(text)
        guard !resolved.isStaging else {
            let reason = "reference to staging area with $ is not a commit"
            throw Fault(.invalid, "reference '\(text)': \(reason)")
        }
        return resolved.commit
    }

    /// Returns the commit of a ref expression where lakeFS's catalog resolves it: for tags and when commits are read.
    /// The text for uncommitted changes differs there.
    func commitToRead(at text: String) throws(Fault) -> Commit {
        let resolved = try resolve(text)
        guard !resolved.isStaging else { throw .noCommit }
        return resolved.commit
    }

    /// Returns the objects that are visible at a ref expression.
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

    private func follow(_ modifier: RefExpression.Modifier, from commit: Commit) throws(Fault) -> Commit {
        switch modifier {
        case .back(let count):
            // A history has no more commits than the generation.
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

    /// Seals the uncommitted changes of a branch.
    mutating func seal(_ branch: String) { sealed[branch] = branches[branch]?.staging }

    // MARK: Guards

    /// Returns an existing branch.
    func branch(_ name: String) throws(Fault) -> Branch {
        guard let branch = branches[name] else { throw .branchNotFound }
        return branch
    }

    /// Throws if the repository is read-only.
    func checkWritable(force: Bool) throws(Fault) {
        guard !isReadOnly || force else { throw .readOnly }
    }

    /// Throws if a branch is protected.
    func checkUnprotected(_ branch: String, _ fault: Fault) throws(Fault) {
        if try rules.protects(branch) { throw fault }
    }
}
