import LakeAPI
import LakeScript
import Testing

@testable import LakeAssist

/// Locations that `cd` leads to, and their completion.
struct LocationTests {
    private static let main = Location(repository: "lake", branch: "main")

    private static let ways: [(String, Location?, String?)] = [
        ("lake/main", nil, "lake/main"), ("other", main, "other"), ("lakefs://lake/dev", main, "lake/dev"),
        ("lake/feature/x", nil, "lake/feature/x"), ("..", main, "lake"), ("../..", main, nil),
        ("..", Location(repository: "lake", branch: nil), nil), ("../dev", main, "lake/dev"),
        ("../../other/dev", main, "other/dev"), ("", main, nil), ("..", nil, nil),
    ]

    @Test("a path leads from where one is", arguments: ways)
    func going(path: String, from: Location?, to: String?) {
        #expect(Location.going(path, from: from)?.text == to)
    }

    private final class Server: LiveValues {
        var asked: [String] = []

        func values(
            of role: Parameter.Role, for command: String, typed: String, arguments: [String: String]
        ) -> LiveAnswer {
            asked.append(
                "\(role.name) \(typed) "
                    + arguments.sorted { $0.key < $1.key }.map { $0 + "=" + $1 }.joined(separator: " "))
            return .candidates(["alpha", "lake", "main"].map { Candidate($0, "", .server) })
        }
    }

    private let server = Server()

    private func complete(_ text: String, at location: Location? = main) -> Completion {
        var engine = Assistant(
            vocabulary: Toy.vocabulary,
            metaCommands: [
                Signature("cd", [Parameter("place", isRequired: false, role: .repository)], optionalsByPosition: true),
                Signature("use", [Parameter("server", role: .profile)]),
            ], live: server)
        engine.location = location
        engine.profiles = ["production", "staging"]
        return engine.complete(text, cursor: text.utf8.count)
    }

    @Test("what `cd` went to comes first")
    func first() {
        #expect(complete("list_branches ").candidates.map(\.text) == ["lake", "alpha", "main"])
        #expect(complete("get_branch lake ").candidates.map(\.text) == ["main", "alpha", "lake"])
        #expect(complete("list_branches ", at: nil).candidates.map(\.text) == ["alpha", "lake", "main"])
    }

    @Test("a variable stands for the place's own")
    func variables() {
        _ = complete("get_branch $repository m")
        _ = complete("get_branch other m")
        #expect(server.asked == ["branch m branch=main repository=lake", "branch m repository=other"])
    }

    @Test("`cd` completes a repository, and behind its slash the branches")
    func cd() {
        #expect(complete("cd la").candidates.map(\.text) == ["lake/"])
        #expect(complete("cd lake/ma").candidates.map(\.text) == ["lake/main"])
        #expect(complete("cd ../al").candidates.map(\.text) == ["../alpha"])
        #expect(server.asked.suffix(2) == ["branch ma repository=lake", "branch al repository=lake"])
    }

    @Test("`use` completes the names of servers")
    func use() {
        #expect(complete("use pro").candidates.map(\.text) == ["production"])
    }
}
