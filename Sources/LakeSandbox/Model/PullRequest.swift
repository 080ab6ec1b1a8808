import LakeScript

/// A pull request.
struct PullRequest: Sendable {
    /// Status of a pull request. Raw values are the specification's.
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
    /// Time of the last close or merge; stays when it is opened again.
    var closed: Int?
    /// Id of the merge commit.
    var merged: String?
}

// Pull requests of a repository.
extension Repository {
    /// Opens a pull request and returns its id.
    ///
    /// - Throws: a fault if one of the branches does not exist.
    mutating func open(_ pull: PullRequest) throws(Fault) -> String {
        _ = try branch(pull.source)
        _ = try branch(pull.destination)
        let id = SortableID.descending(at: pull.created, number: pulls.count)
        pulls[id] = pull
        return id
    }

    /// Returns a pull request.
    func pull(_ id: String) throws(Fault) -> PullRequest {
        guard let pull = pulls[id] else { throw Fault(.notFound, "pull request not found") }
        return pull
    }

    /// Changes the title, description or status of a pull request; nil leaves a field as it is.
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

    /// Merges an open pull request and returns the commit.
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
