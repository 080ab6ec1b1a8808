internal import LakeAPI
internal import LakeScript

/// The current location of the session, set by `cd`: a repository and usually a branch.
package struct Location: Equatable, Sendable {
    package let repository: String
    /// Nil after `cd ..`: the repository as a whole.
    package let branch: String?

    package init(repository: String, branch: String?) {
        self.repository = repository
        self.branch = branch
    }

    /// The location as text: `lake/main`.
    package var text: String { repository + (branch.map { "/" + $0 } ?? "") }

    /// Resolves an argument of `cd` from a location; nil if it leads nowhere. The repository alone has no branch yet.
    package static func going(_ path: String, from location: Location?) -> Location? {
        if path == "." { return location }
        let scheme = AddressScheme.lakeFS.prefix
        let rest = path.hasPrefix(scheme) ? path.dropFirst(scheme.count) : path[...]
        var parts = rest.split(separator: "/").map(String.init)[...]
        guard parts.first == ".." else {
            let rest = parts.dropFirst().joined(separator: "/")
            return parts.first.map { Location(repository: $0, branch: rest.isEmpty ? nil : rest) }
        }
        var depth = location == nil ? 0 : location?.branch == nil ? 1 : 2
        while parts.first == ".." {
            parts.removeFirst()
            depth = max(0, depth - 1)
        }
        guard depth > 0, let location else {
            return parts.isEmpty ? nil : going(parts.joined(separator: "/"), from: nil)
        }
        return Location(repository: location.repository, branch: parts.isEmpty ? nil : parts.joined(separator: "/"))
    }
}
