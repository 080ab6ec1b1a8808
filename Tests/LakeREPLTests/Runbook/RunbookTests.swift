import LakeAPI
import LakeRunner
import LakeScript
import Testing

@testable import LakeREPL

/// A prompt without a server: statements are checked one after the other and recorded as if they had been done.
struct RecordedPrompt {
    private(set) var recording = Recording()
    private var sources = SourceMap()
    private var earlier: CheckedProgram?
    private var results: [(place: Int?, type: ValueType)] = []

    /// Types a line; `sight` is what its result looked like.
    mutating func type(_ line: String, _ sight: Recording.Sight = .thing, failsAfter changes: Int? = nil) {
        let text = SourceText(name: "<prompt>", text: line)
        var note = RecordingNote(text, after: earlier, places: results.map(\.place))
        let script = ScriptFront.load(text, as: .typedLine(after: earlier), beside: sources)
        sources = script.sources
        guard let program = script.program else { return note.fail(in: &recording) }
        note.read(program, script.tree)
        earlier = program
        if let changes { return note.fail(changes: changes, in: &recording) }
        let place = note.succeed(sight, in: &recording)
        if case .expression? = program.main.statements.last?.kind { keep(place, program.resultType) }
    }

    private mutating func keep(_ place: Int?, _ type: ValueType) {
        results.insert((place, type), at: 0)
        for (age, result) in results.enumerated() {
            _ = earlier?.declare(ReplSession.resultName(age: age), result.type)
        }
    }

    /// The state of `record on` and `record off`.
    var isRecording: Bool {
        get { recording.isOn }
        set { recording.isOn = newValue }
    }

    var runbook: Runbook { Runbook(recording.statements, title: "x.lfs", reserved: ["server", "file"]) }

    /// The saved text without its head, after a check that it has no mistake and is formatted.
    func saved() -> String {
        let text = runbook.text
        let script = ScriptFront.load(SourceText(name: "x.lfs", text: text), as: .file)
        let renderer = DiagnosticRenderer(sources: script.sources, isStyled: false)
        #expect(script.diagnostics.isEmpty, "\(renderer.render(script.diagnostics))")
        #expect(Formatter.format(SourceText(name: "x.lfs", text: text)).text == text)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3).joined(separator: "\n")
    }

    /// A prompt at which lines were typed.
    init(_ lines: String...) {
        for line in lines { type(line) }
    }
}

struct RunbookTests {
    @Test("what changed something is kept, looks at it are comments, the rest goes")
    func fates() {
        var prompt = RecordedPrompt("list_repositories", "get_usr lee", "get_user lee")
        prompt.type("list_user_groups lee", .page(2))
        prompt.type("get_user bo")
        prompt.type("delete_user lee")
        let runbook = prompt.runbook
        #expect((runbook.kept, runbook.looks, runbook.offered) == (1, 2, 1))
        #expect((runbook.elsewhere, runbook.failed) == (2, 1))
        #expect(
            prompt.saved() == """
                # get_user lee
                # list_user_groups lee
                # assert (list_user_groups lee | get results | count) == 2
                confirm "delete_user lee?"
                delete_user lee

                """)
    }

    @Test("a literal that names the same thing twice becomes a parameter, its name is the parameter's")
    func parameters() {
        let prompt = RecordedPrompt("create_user lee", "add_group_membership Devs lee", "create_group Devs2")
        #expect(
            prompt.saved() == """
                param user_id

                create_user $user_id
                add_group_membership Devs $user_id
                create_group Devs2

                """)
    }

    @Test("one text in two roles is two things")
    func roles() {
        let prompt = RecordedPrompt(
            "create_user dev", "create_group dev", "add_group_membership dev dev", "attach_policy_to_group dev P")
        #expect(
            prompt.saved() == """
                param user_id
                param group_id

                create_user $user_id
                create_group $group_id
                add_group_membership $group_id $user_id
                attach_policy_to_group $group_id P

                """)
    }

    @Test("a variable that names something becomes the parameter, also where the name is given twice")
    func variables() {
        let prompt = RecordedPrompt(
            "let who = \"lee\"", "delete_group_membership Devs $who", "let who = \"bo\"",
            "delete_group_membership Devs $who", "delete_group_membership Ops bo")
        #expect(
            prompt.saved() == """
                param who
                param who_2
                param group_id

                confirm "delete_group_membership $group_id $who?"
                delete_group_membership $group_id $who
                confirm "delete_group_membership $group_id $who_2?"
                delete_group_membership $group_id $who_2
                confirm "delete_group_membership Ops $who_2?"
                delete_group_membership Ops $who_2

                """)
    }

    @Test("a result that is read later becomes a variable")
    func results() {
        let prompt = RecordedPrompt(
            "get_branch lake main", "list_users", "create_branch lake fix $_1.commit_id", "print \"made $_\"")
        #expect(
            prompt.saved() == """
                param repository

                let ref = get_branch $repository main
                create_branch $repository fix $ref.commit_id

                """)
    }

    @Test("a read whose result is used stays, another goes; a variable that is not read goes")
    func dependencies() {
        let prompt = RecordedPrompt(
            "let user = get_user lee", "let other = get_user bo", "let made = create_group $user.id")
        #expect(prompt.saved() == "let user = get_user lee\ncreate_group $user.id\n")
    }

    @Test("a `def` stays if it is called, and what it does counts")
    func definitions() {
        let prompt = RecordedPrompt(
            "def off(id) { delete_user $id }", "def look(id) { return (get_user $id) }", "off lee", "look bo")
        #expect(
            prompt.saved() == """
                def off(id) { delete_user $id }
                confirm "off lee?"
                off lee

                """)
    }

    @Test("what a `def` does with its parameter says what a literal names")
    func definitionRoles() {
        let prompt = RecordedPrompt("def hire(who) { create_user $who }", "hire lee", "create_credentials lee")
        #expect(prompt.runbook.text.contains("\nhire $user_id\nlet key = create_credentials $user_id\n"))
    }

    @Test("a repository's deletion asks for its name, one in a loop shows what is written")
    func confirms() {
        let prompt = RecordedPrompt(
            "delete_repository lake", "for u in [\"a\", \"b\"] { delete_user $u }",
            "confirm \"sure?\"; delete_tag lake v1")
        #expect(
            prompt.saved() == """
                param repository

                confirm "delete_repository $repository?" --type $repository
                delete_repository $repository
                confirm "delete_user \\$u?"
                for u in ["a", "b"] { delete_user $u }
                confirm "sure?"
                confirm "delete_tag $repository v1?"
                delete_tag $repository v1

                """)
    }

    @Test("a new key goes to a file")
    func keys() {
        let prompt = RecordedPrompt("create_user ana", "create_credentials ana", "let k = create_credentials ana")
        #expect(prompt.runbook.keyFiles == ["keys/$user_id.json", "keys/$user_id-2.json"])
        #expect(
            prompt.saved() == """
                param user_id

                create_user $user_id
                let key = create_credentials $user_id
                write_json "keys/$user_id.json" $key
                let k = create_credentials $user_id
                write_json "keys/$user_id-2.json" $k

                """)
    }

    @Test("a secret becomes a parameter, its text is nowhere")
    func secrets() {
        let secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"
        let prompt = RecordedPrompt(
            "let token = login AKIAJSANDBOXAAAAAAAA hunter2", "as $token { create_user ana }",
            "as {access_key_id: \"AKIA\", secret_access_key: \"short\"} { create_user bo }",
            "write_file \"x\" \"\(secret)\"", "write_file \"y\" \"key: \(secret)\"")
        let text = prompt.runbook.text
        #expect(text.contains(": secret\n"))
        for hidden in ["hunter2", "short", secret] { #expect(!text.contains(hidden), "\(text)") }
    }

    @Test("what failed after it had changed something is told as a comment")
    func failures() {
        var prompt = RecordedPrompt("create_user ana")
        prompt.type("create_group a; create_group b", failsAfter: 1)
        let text = prompt.saved()
        #expect(text.contains("# failed after a change, left out:\n# create_group a"))
        #expect(prompt.runbook.leftOut == 2)
    }

    @Test("a result of before the recording cannot be had: the statement is a comment")
    func lost() {
        var prompt = RecordedPrompt("create_user ana")
        prompt.isRecording = false
        prompt.type("get_user ana")
        prompt.isRecording = true
        prompt.type("create_group $_.id")
        #expect(prompt.saved().contains("# reads a result that was not recorded, left out:\n# create_group $_.id"))
    }

    @Test("what is offered in a comment is right where it is put in")
    func offers() {
        var prompt = RecordedPrompt()
        prompt.type("get_branch lake main")
        prompt.type("hard_reset_branch lake main 2f9c1e")
        prompt.type("list_users --all | count", .plain("3"))
        prompt.type("list_user_groups lee --all", .list(1))
        prompt.type("delete_user lee")
        let text = prompt.runbook.text.split(separator: "\n").map { line in
            line.hasPrefix("# assert") ? String(line.dropFirst(2)) : String(line)
        }.joined(separator: "\n")
        #expect(text.contains("\nassert (list_user_groups lee --all | count) == 1"))
        #expect(text.contains("\nassert (get_branch lake main --or null) != null"))
        #expect(ScriptFront.load(SourceText(name: "x", text: text), as: .file).program != nil, "\(text)")
    }

    @Test("a variable that was given before the recording becomes a parameter")
    func unknown() {
        var prompt = RecordedPrompt()
        prompt.isRecording = false
        prompt.type("let who = \"lee\"")
        prompt.isRecording = true
        prompt.type("create_user $who")
        #expect(prompt.saved() == "param who\n\ncreate_user $who\n")
    }

    @Test("a pause leaves out what is typed meanwhile")
    func pause() {
        var prompt = RecordedPrompt("create_user ana")
        prompt.isRecording = false
        prompt.type("delete_user lee")
        #expect(prompt.saved() == "create_user ana\n")
    }

    @Test("what a script changes outside of lakeFS is kept, too")
    func files() {
        let prompt = RecordedPrompt(
            "let users = list_users --all", "write_json \"users.json\" $users", "read_json \"users.json\"")
        #expect(prompt.saved() == "let users = list_users --all\nwrite_json \"users.json\" $users\n")
    }
}
