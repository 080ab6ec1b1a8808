import LakeAPI
import LakeRunner
import LakeScript
import Testing

@testable import LakeREPL

struct ExplanationTests {
    /// What is said of a line that follows others, without their calls; `$team` is `devs`.
    private func explain(_ line: String) throws -> [String] {
        var sources = SourceMap()
        let given = CheckedProgram(
            main: CheckedBody(statements: [], slots: 1),
            globals: [Global(name: "team", type: .string, isMutable: false, slot: 0)])
        let (program, diagnostics, _) = ScriptFront.check(
            SourceText(name: "<prompt>", text: line), sources: &sources, vocabulary: Catalogue.vocabulary,
            earlier: given, isPrompt: true)
        #expect(diagnostics.isEmpty)
        let calls = Explanation.all(of: try #require(program), after: given) { program in
            Session.firstCall(of: program, globals: ["devs"], hosts: HostFunctions())
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

    @Test("lines are broken between their parts where the window is narrow")
    func narrow() {
        #expect(["as ana", "help"].joined(within: nil) == ["as ana · help"])
        #expect(["as ana", "help"].joined(within: 13) == ["as ana · help"])
        #expect(["as ana", "help", "x"].joined(within: 12) == ["as ana", "help · x"])
        #expect([String]().joined(within: 12).isEmpty)
    }
}
