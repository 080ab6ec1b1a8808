/// A many-to-many relation of ids, indexed from both sides: members of groups, attached policies.
struct Relation: Sendable {
    private var forward = SortedMap<SortedSet>()
    private var backward = SortedMap<SortedSet>()

    /// Ids on the right that belong to a left id, in order.
    subscript(left id: String) -> SortedSet { forward[id] ?? SortedSet() }

    /// Ids on the left that belong to a right id, in order.
    subscript(right id: String) -> SortedSet { backward[id] ?? SortedSet() }

    /// Adds a pair; returns true if it is new.
    mutating func link(_ left: String, _ right: String) -> Bool {
        guard forward[left, default: SortedSet()].insert(right) else { return false }
        backward[right, default: SortedSet()].insert(left)
        return true
    }

    /// Removes a pair if it exists.
    mutating func unlink(_ left: String, _ right: String) {
        forward[left]?[right] = nil
        backward[right]?[left] = nil
    }

    /// Removes all pairs of a left id.
    mutating func remove(left id: String) {
        for other in self[left: id].keys { unlink(id, other) }
        forward[id] = nil
    }

    /// Removes all pairs of a right id.
    mutating func remove(right id: String) {
        for other in self[right: id].keys { unlink(other, id) }
        backward[id] = nil
    }
}
