import LakeScript
import Testing

@testable import LakeSandbox

/// Compares a repository with the simplest equivalent model: dictionaries that are copied as a whole.
@Suite struct RandomOperationsTests {
    /// A commit is the complete contents; a branch is a commit and its changes.
    private struct NaiveRepository {
        var commits: [String: [String: String]] = [:]
        var branches: [String: (head: String, changes: [String: String?])] = [:]

        func contents(_ branch: String) -> [String: String] {
            guard let (head, changes) = branches[branch] else { return [:] }
            var contents = commits[head] ?? [:]
            for (path, text) in changes { contents[path] = text }
            return contents
        }
    }

    /// A reproducible random number generator (xorshift).
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    @Test("A thousand random steps leave both with the same contents", arguments: 1...8)
    func agreement(_ seed: UInt64) throws {
        var dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15)
        var sample = SampleRepository()
        var naive = NaiveRepository()
        let root = try sample.repository.commit(at: "main").id
        naive.commits[root] = [:]
        naive.branches["main"] = (root, [:])
        for _ in 0..<1000 {
            try step(&sample, &naive, &dice)
            for branch in naive.branches.keys {
                let expected = naive.contents(branch).map { "\($0)=\($1)" }.sorted()
                #expect(try sample.contents(of: branch).sorted() == expected)
            }
        }
    }

    private func step(
        _ sample: inout SampleRepository, _ naive: inout NaiveRepository, _ dice: inout Dice
    ) throws {
        let branch = naive.branches.keys.sorted().randomElement(using: &dice) ?? "main"
        let path = "p/\(Int.random(in: 0..<12, using: &dice))"
        switch Int.random(in: 0..<10, using: &dice) {
        case 0...3:
            let text = "\(Int.random(in: 0..<5, using: &dice))"
            try sample.stage([(path, text)], on: branch)
            naive.branches[branch]?.changes[path] = .some(text)
        case 4, 5:
            try sample.stage([(path, nil)], on: branch)
            // Deleting an unknown path changes nothing.
            if isKnown(path, on: branch, naive) { naive.branches[branch]?.changes[path] = .some(nil) }
        case 6:
            let contents = naive.contents(branch)
            let id = try sample.commit([], on: branch)
            naive.commits[id] = contents
            naive.branches[branch] = (id, [:])
        case 7:
            let id = naive.commits.keys.sorted().randomElement(using: &dice) ?? ""
            try sample.repository.hardReset(branch, to: id, force: false)
            naive.branches[branch]?.head = id
        case 8:
            try sample.repository.reset(branch, .everything, force: false)
            naive.branches[branch]?.changes = [:]
        default:
            let name = "b\(naive.branches.count)"
            guard naive.branches.count < 6, let head = naive.branches[branch]?.head else { return }
            try sample.branch(name, from: branch)
            naive.branches[name] = (head, [:])
        }
    }

    private func isKnown(_ path: String, on branch: String, _ naive: NaiveRepository) -> Bool {
        guard let (head, changes) = naive.branches[branch] else { return false }
        return changes[path] != nil || naive.commits[head]?[path] != nil
    }
}
