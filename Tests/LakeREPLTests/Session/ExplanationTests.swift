import LakeAPI
import LakeRunner
import LakeScript
import Testing

@testable import LakeREPL

struct ExplanationTests {
    /// Returns the explanation of a line that follows others, without their calls; `$team` is `devs`.
    private func explain(_ line: String) throws -> [String] {
        let before = ScriptFront.load(SourceText(name: "<prompt>", text: "let team = \"devs\""), as: .typedUnit)
        let given = try #require(before.program)
        let script = ScriptFront.load(SourceText(name: "<prompt>", text: line), as: .typedLine(after: given))
        #expect(script.diagnostics.isEmpty)
        let calls = RequestExplanation.all(of: try #require(script.program), after: given) { program in
            Session.firstCall(of: program, globals: ["devs"], hosts: .live())
        }
        return calls.map { $0.text() }
    }

    /// The first line of each, without what it needs; behind it the body.
    private func requests(_ line: String) throws -> [String] {
        try explain(line).map { text in
            let lines = text.split(separator: "\n")
            let request = String(lines[0].split(separator: "      ")[0])
            return lines[1].hasPrefix("  {") ? request + lines[1].dropFirst() : request
        }
    }

    @Test("shows the request with its arguments in their places")
    func request() throws {
        let text = try explain("hard_reset_branch lake main 2f9c1e").joined()
        #expect(text.hasPrefix("PUT /api/v1/repositories/lake/branches/main/hard_reset?ref=2f9c1e"))
        #expect(text.contains("destroys"))
    }

    private static let lines: [(line: String, requests: [String])] = [
        ("get_branch lake \"a/b c\"", ["GET /api/v1/repositories/lake/branches/a%2Fb%20c"]),
        (
            "get_user ana; get_branch --timeout 5s lake main",
            ["GET /api/v1/auth/users/ana", "GET /api/v1/repositories/lake/branches/main"]
        ),
        (
            "get_user ana; get_branch lakefs://lake/main",
            ["GET /api/v1/auth/users/ana", "GET /api/v1/repositories/lake/branches/main"]
        ),
        (
            "get_user ana; hard_reset_branch lake main x --no-force",
            ["GET /api/v1/auth/users/ana", "PUT /api/v1/repositories/lake/branches/main/hard_reset?ref=x&force=false"]
        ),
        (
            "get_user ana; create_user --body {id: \"bo\"}",
            ["GET /api/v1/auth/users/ana", "POST /api/v1/auth/users {\"id\":\"bo\"}"]
        ),
        (
            "get_user ana; get_group $team; get_group (get_user ana).id",
            [
                "GET /api/v1/auth/users/ana", "GET /api/v1/auth/groups/devs", "GET /api/v1/auth/users/ana",
                "GET /api/v1/auth/groups/{groupId}",
            ]
        ),
        ("let who = \"ana\"; get_user $who", ["GET /api/v1/auth/users/ana"]),
        (
            "get_user ana; let who = \"bo\"; get_user $who",
            ["GET /api/v1/auth/users/ana", "GET /api/v1/auth/users/{userId}"]
        ),
        ("def f(who) { get_user $who }; f ana", ["GET /api/v1/auth/users/ana"]),
    ]

    @Test("each call of a line is the request that would be sent, as far as it is known before", arguments: lines)
    func all(line: String, requests: [String]) throws {
        #expect(try self.requests(line) == requests)
    }

    @Test("a secret is not shown")
    func secret() throws {
        #expect(try !explain("get_user ana; login AKIA hunter2").joined().contains("hunter2"))
    }

    @Test("a tag with a `%` is shown as it is sent")
    func percent() throws {
        #expect(try explain("get_tag lake \"a%62\"")[0].hasPrefix("GET /api/v1/repositories/lake/tags/a%252562"))
    }

    @Test("a call that is refused before it is sent is shown by the reason")
    func refused() throws {
        let operation = try #require(Catalogue["delete_user"])
        let call = OperationCall(command: "delete_user", arguments: ["user_id": "a%62"])
        let text = RequestExplanation(operation, call).text()
        #expect(text.hasPrefix("`delete_user` got `a%62` as user_id: such names contain no `%`"))
        #expect(text.hasSuffix("nothing was sent\n"))
    }

    @Test("what only some releases have says which, the operation and each option")
    func releases() throws {
        #expect(
            try explain("hard_reset_branch lake main x")[0].contains("lakeFS 1.8.0 and later · needs fs:RevertBranch"))
        #expect(try !explain("get_user ana")[0].contains("lakeFS"))
        let merge = RequestExplanation(
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
        #expect(
            try explain("create_group g --description x")[0].contains(
                "`--description` of `create_group`: lakeFS 1.48.0"))
    }

    @Test("where the server is known, its path is shown, and what it lacks")
    func known() throws {
        let old = Releases.Run(from: ServerVersion(0, 90), to: ServerVersion(0, 90))
        func explained(_ command: String, _ arguments: Record) throws -> String {
            let operation = try #require(Catalogue[command])
            return RequestExplanation(operation, OperationCall(command: command, arguments: arguments), on: old).text()
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
        walk.options[.all] = true
        let groups = RequestExplanation(try #require(Catalogue["list_user_groups"]), walk).text()
        #expect(
            groups.hasPrefix("GET /api/v1/auth/users/ana/groups\n")
                || groups.hasPrefix("GET /api/v1/auth/users/ana/groups "))
        let body: Record = ["body": ["access_key_id": "A", "secret_access_key": "S"], "secret_access_key": "S"]
        let login = RequestExplanation(
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
