import LakeScript

/// Search for the merge base of two commits.
///
/// Both histories are walked by generation, the highest first, and the first commit that was reached from both sides is
/// the base. Where several have the same generation the order is that of the real server's heap, so that histories that
/// cross have the same base here.
private struct MergeBaseSearch {
    /// Sides from which a commit was reached: bit 0 for the left one, bit 1 for the right one.
    private var reached: [String: UInt8] = [:]
    /// Binary heap; no commit has a higher generation than the one above it.
    private var heap: [Commit] = []

    init(_ left: Commit, _ right: Commit) {
        reached[left.id, default: 0] |= 1
        push(left)
        reached[right.id, default: 0] |= 2
        if !isEqual(left.id, right.id) { push(right) }
    }

    mutating func base(in graph: CommitGraph) -> Commit? {
        while let commit = pop() {
            let sides = reached[commit.id] ?? 0
            if sides == 3 { return commit }
            for id in commit.parents {
                if reached[id] == nil, let parent = graph[id] { push(parent) }
                reached[id, default: 0] |= sides
            }
        }
        return nil
    }

    private mutating func push(_ commit: Commit) {
        heap.append(commit)
        var place = heap.count - 1
        while place > 0, heap[place].generation > heap[(place - 1) / 2].generation {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func pop() -> Commit? {
        guard !heap.isEmpty else { return nil }
        let last = heap.count - 1
        heap.swapAt(0, last)
        let commit = heap.removeLast()
        var place = 0
        while 2 * place + 1 < last {
            var child = 2 * place + 1
            if child + 1 < last, heap[child + 1].generation > heap[child].generation { child += 1 }
            guard heap[child].generation > heap[place].generation else { break }
            heap.swapAt(place, child)
            place = child
        }
        return commit
    }
}

extension CommitGraph {
    /// Returns the commit from which two histories parted.
    func mergeBase(_ left: Commit, _ right: Commit) -> Commit? {
        var search = MergeBaseSearch(left, right)
        return search.base(in: self)
    }
}
