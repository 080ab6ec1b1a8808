import LakeAPI
import LakeScript
import Testing

@testable import LakeREPL

struct ExplanationTests {
    private func explain(_ line: String) -> String {
        let engine = ReplEngine(vocabulary: Catalogue.vocabulary)
        return engine.uses(in: line).compactMap { use in
            Catalogue[use.signature.name].map { Explanation($0, use).text() }
        }.joined()
    }

    @Test("shows the request with its arguments in their places")
    func request() {
        let text = explain("hard_reset_branch lake main 2f9c1e")
        #expect(text.hasPrefix("PUT /api/v1/repositories/lake/branches/main/hard_reset?ref=2f9c1e"))
        #expect(text.contains("destroys"))
    }

    @Test("arguments are percent-encoded, variables stay as they are named")
    func encoding() {
        #expect(explain("get_branch lake \"a/b c\"").hasPrefix("GET /api/v1/repositories/lake/branches/a%2Fb%20c"))
        #expect(explain("get_branch $r main").hasPrefix("GET /api/v1/repositories/{repository}/branches/main"))
    }

    @Test("a tag with a `%` is shown as it is sent")
    func percent() {
        #expect(explain("get_tag lake \"a%62\"").hasPrefix("GET /api/v1/repositories/lake/tags/a%252562"))
    }

    @Test("a call that is refused before it is sent is shown by the reason")
    func refused() throws {
        let operation = try #require(Catalogue["delete_user"])
        let call = OperationCall(command: "delete_user", arguments: ["user_id": "a%62"])
        let text = Explanation(operation, call).text()
        #expect(text.hasPrefix("`delete_user` got `a%62` as user_id: no such name has a `%`"))
        #expect(text.hasSuffix("nothing was sent\n"))
    }

    @Test("what only some releases have says which, the operation and each option")
    func releases() throws {
        #expect(explain("hard_reset_branch lake main x").contains("lakeFS 1.8.0 and later · needs fs:RevertBranch"))
        #expect(!explain("get_user ana").contains("lakeFS"))
        let merge = Explanation(
            try #require(Catalogue["merge_into_branch"]),
            OperationCall(
                command: "merge_into_branch",
                arguments: [
                    "repository": "lake", "source_ref": "a", "destination_branch": "b", "message": "m",
                    "squash_merge": true,
                ])
        ).text()
        #expect(merge.contains("\n  `--squash_merge` of `merge_into_branch`: lakeFS 1.48.0 and later\n"))
        #expect(!merge.contains("--message"))
        #expect(explain("create_group g --description x").contains("`--description` of `create_group`: lakeFS 1.48.0"))
    }

    @Test("where the server is known, its path is shown, and what it lacks")
    func known() throws {
        let old = Releases.Run(from: ServerVersion(0, 90), to: ServerVersion(0, 90))
        func explained(_ command: String, _ arguments: Record) throws -> String {
            let operation = try #require(Catalogue[command])
            return Explanation(operation, OperationCall(command: command, arguments: arguments), on: old).text()
        }
        let rules = try explained("get_branch_protection_rules", ["repository": "lake"])
        #expect(rules.hasPrefix("GET /api/v1/repositories/lake/branch_protection "))
        let branch = try explained("create_branch", ["repository": "l", "name": "b", "source": "m", "hidden": true])
        #expect(branch.contains("`--hidden` of `create_branch`: lakeFS 1.44.0 and later, not this server"))
        let reset = try explained("hard_reset_branch", ["repository": "lake", "branch": "main", "ref": "x"])
        #expect(reset.contains("lakeFS 1.8.0 and later, not this server · needs"))
    }

    @Test(
        "a call whose arguments are worked out is shown as it is sent: a walk without its prefix, a body without secrets"
    )
    func exact() throws {
        var walk = OperationCall(command: "list_user_groups", arguments: ["user_id": "ana", "prefix": "g-"])
        walk.options.all = true
        let groups = Explanation(try #require(Catalogue["list_user_groups"]), walk).text()
        #expect(
            groups.hasPrefix("GET /api/v1/auth/users/ana/groups\n")
                || groups.hasPrefix("GET /api/v1/auth/users/ana/groups "))
        let body: Record = ["body": ["access_key_id": "A", "secret_access_key": "S"], "secret_access_key": "S"]
        let login = Explanation(
            try #require(Catalogue["login"]), OperationCall(command: "login", arguments: body)
        ).text()
        #expect(login.contains(#"{"access_key_id":"A","secret_access_key":"••••"}"#))
    }

    @Test("lines are broken between their parts where the window is narrow")
    func narrow() {
        #expect(["as ana", "help"].joined(within: nil) == ["as ana · help"])
        #expect(["as ana", "help"].joined(within: 13) == ["as ana · help"])
        #expect(["as ana", "help", "x"].joined(within: 12) == ["as ana", "help · x"])
        #expect([String]().joined(within: 12).isEmpty)
    }
}
