import LakeAPI
import LakeScript
import Testing

@testable import LakeREPL

struct RunbookTests {
    private func runbook(_ lines: [(String, Bool)]) -> Runbook {
        var recording = Recording()
        for (text, succeeded) in lines { recording.add(text, succeeded: succeeded) }
        return Runbook(
            recording.statements, title: "offboard.lfs", engine: ReplEngine(vocabulary: Catalogue.vocabulary))
    }

    private let session = [
        ("list_repositories", true), ("get_usr lee", false), ("get_user lee", true),
        ("delete_group_membership Devs lee", true), ("let who = \"lee\"", true), ("delete_user lee", true),
    ]

    @Test("what changed something is kept, looks at it are comments, the rest goes")
    func fates() {
        let runbook = runbook(session)
        #expect((runbook.kept, runbook.looks, runbook.elsewhere, runbook.failed) == (2, 1, 2, 1))
        #expect(runbook.text.contains("\n# get_user $user_id\n"))
        #expect(!runbook.text.contains("list_repositories"))
        #expect(!runbook.text.contains("get_usr"))
    }

    @Test("a literal that names the same thing twice becomes a parameter")
    func parameters() {
        let text = runbook(session).text
        #expect(text.contains("param user_id\n"))
        #expect(text.contains("delete_group_membership Devs $user_id\n"))
        #expect(text.contains("delete_user $user_id\n"))
    }

    @Test("a statement that destroys is asked for first")
    func confirms() {
        #expect(runbook(session).text.contains("confirm \"delete_user $user_id?\"\ndelete_user $user_id"))
    }

    @Test("a read whose result is used stays")
    func dependencies() {
        let runbook = runbook([
            ("let user = get_user lee", true), ("let other = get_user bo", true), ("create_group $user.id", true),
        ])
        #expect(runbook.text.contains("let user = get_user lee"))
        #expect(!runbook.text.contains("other"))
    }

    @Test("a secret becomes a parameter, its text is nowhere")
    func secrets() {
        #expect(!runbook([("login AKIA s3cret", true)]).text.contains("s3cret"))
    }

    @Test("the saved file passes the check")
    func checks() {
        let (isRight, words) = ScriptCheck.check(runbook(session).text, name: "x.lfs", vocabulary: Catalogue.vocabulary)
        #expect(isRight, "\(words)")
    }

    @Test("a pause leaves out what is typed meanwhile")
    func pause() {
        var recording = Recording()
        recording.isOn = false
        recording.add("delete_user lee", succeeded: true)
        #expect(recording.statements.isEmpty)
    }
}

struct ExplanationTests {
    private func explain(_ line: String) -> String {
        let engine = ReplEngine(vocabulary: Catalogue.vocabulary)
        return engine.uses(in: line).compactMap { use in
            Catalogue[use.signature.name].map { Explanation($0, use).text }
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
}
