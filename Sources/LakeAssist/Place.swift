/// The current place of the session, set by `cd`: a repository and usually a branch.
package struct Place: Equatable, Sendable {
    package let repository: String
    /// Nil after `cd ..`: the repository as a whole.
    package let branch: String?

    package init(repository: String, branch: String?) {
        self.repository = repository
        self.branch = branch
    }

    /// The place as text: `lake/main`.
    package var text: String { repository + (branch.map { "/" + $0 } ?? "") }

    /// Resolves an argument of `cd` from a place; nil if it leads nowhere. The repository alone has no branch yet.
    package static func going(_ path: String, from place: Place?) -> Place? {
        let isAddress = path.hasPrefix("lakefs://")
        var parts = (isAddress ? path.dropFirst(9) : path[...]).split(separator: "/").map(String.init)[...]
        guard parts.first == ".." else {
            let rest = parts.dropFirst().joined(separator: "/")
            return parts.first.map { Place(repository: $0, branch: rest.isEmpty ? nil : rest) }
        }
        var depth = place == nil ? 0 : place?.branch == nil ? 1 : 2
        while parts.first == ".." {
            parts.removeFirst()
            depth = max(0, depth - 1)
        }
        guard depth > 0, let place else {
            return parts.isEmpty ? nil : going(parts.joined(separator: "/"), from: nil)
        }
        return Place(repository: place.repository, branch: parts.isEmpty ? nil : parts.joined(separator: "/"))
    }
}
