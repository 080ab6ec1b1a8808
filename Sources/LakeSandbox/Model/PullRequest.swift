import LakeScript

/// A merge that is proposed.
struct PullRequest: Sendable {
    /// How it stands. Raw values are the specification's.
    enum Status: String, Sendable {
        case open, closed, merged
    }

    let author: String
    let source: String
    let destination: String
    /// Seconds since 1970.
    let created: Int
    var title: String
    var description: String
    var status = Status.open
    /// When it was closed or merged last; stays when it is opened again.
    var closed: Int?
    /// The commit that its merge made.
    var merged: String?
}

// Pull requests of a repository.
extension Repository {
    /// Proposes a merge; the pull request's id.
    ///
    /// - Throws: a fault where one of the branches is not there.
    mutating func open(_ pull: PullRequest) throws(Fault) -> String {
        _ = try branch(pull.source)
        _ = try branch(pull.destination)
        let id = SortableID.descending(at: pull.created, number: pulls.count)
        pulls[id] = pull
        return id
    }

    /// A pull request by its id.
    ///
    /// - Throws: a fault where nothing has it.
    func pull(_ id: String) throws(Fault) -> PullRequest {
        guard let pull = pulls[id] else { throw Fault(.notFound, "pull request not found") }
        return pull
    }

    /// Changes a pull request's words, or how it stands; what is nil stays.
    mutating func update(
        _ id: String, title: String?, description: String?, status: PullRequest.Status?, at now: Int
    ) throws(Fault) {
        var pull = try pull(id)
        pull.title = title ?? pull.title
        pull.description = description ?? pull.description
        if let status {
            pull.status = status
            if status != .open { pull.closed = now }
        }
        pulls[id] = pull
    }

    /// Merges a pull request that is open; the commit.
    mutating func mergePull(_ id: String, by committer: String, at now: Int) throws(Fault) -> Commit {
        var pull = try pull(id)
        guard pull.status == .open else { throw Fault(.invalid, "bad pull request status") }
        let draft = CommitDraft.merge(
            of: pull.source, into: pull.destination, strategy: .none, by: committer, at: now)
        let commit = try merge(pull.source, into: pull.destination, draft, MergeOptions())
        (pull.status, pull.closed, pull.merged) = (.merged, now, commit.id)
        pulls[id] = pull
        return commit
    }
}
