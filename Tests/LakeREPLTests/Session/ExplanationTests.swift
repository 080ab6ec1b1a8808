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

    @Test("lines are broken between their parts where the window is narrow")
    func narrow() {
        #expect(["as ana", "help"].joined(within: nil) == ["as ana · help"])
        #expect(["as ana", "help"].joined(within: 13) == ["as ana · help"])
        #expect(["as ana", "help", "x"].joined(within: 12) == ["as ana", "help · x"])
        #expect([String]().joined(within: 12).isEmpty)
    }
}
