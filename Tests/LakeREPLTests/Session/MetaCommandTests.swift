import LakeRunner
import LakeScript
import Testing

@testable import LakeREPL

/// The shell's own commands, and the help about them.
struct MetaCommandTests {
    private let typed: TypedShell

    init() throws {
        typed = try TypedShell()
    }

    private func prompt() -> String { typed.shell.prompt.map(\.text).joined() }

    @Test("each of the shell's commands has a section of the help that is its own", arguments: MetaCommand.allCases)
    func help(_ command: MetaCommand) throws {
        let text = try #require(Help().text(on: command.rawValue))
        #expect(text.hasPrefix("\(command.rawValue)\n") && text.contains("more: lakesh help shell"))
    }

    @Test(
        "a command of the shell says what it lacks, or has too much of",
        arguments: [
            ("timing maybe", "`timing` takes on or off"), ("vertical 1", "`vertical` takes on or off"),
            ("source", "`source` takes a file"), ("record maybe", "`record` takes on, off or save FILE"),
            ("record save", "`record` takes on, off or save FILE"), ("more x", "`more` takes no argument"),
            ("more", "there is no more"), ("source /nowhere/a.lfs", "cannot read `/nowhere/a.lfs`"),
            ("use prodution", "there is no profile `prodution`"), ("record save x.lfs", "nothing was recorded"),
        ])
    func mistakes(_ line: String, _ message: String) {
        let response = typed.enter(line)
        #expect(response.output.isEmpty && response.errors.hasPrefix("error"), "\(response)")
        #expect(response.errors.contains(message), "\(response.errors)")
    }

    @Test(
        "an option for help, wherever the line has got to, asks for it; a value that looks like one does not",
        arguments: [
            ("create_user --help", "help create_user"), ("create_user ana -h", "help create_user"),
            ("list_users --all | first 2 --help", "help first"), ("cd lake/main --help", "help cd"),
            ("create_user?", "help create_user"), ("?", "help"), ("print \"--help\"", nil),
            ("print \"a --help\"", nil), ("create_user ana; get_user ana --help", nil), ("[1] --help", nil),
            ("create_user \"a;b | c\" --help ", "help create_user"), ("cd lake; get_user ana -h", nil),
        ])
    func asksForHelp(_ line: String, _ meaning: String?) {
        #expect(typed.shell.meaning(of: line) == meaning ?? line)
    }

    @Test("`timing on` says how long each result takes")
    func timing() {
        #expect(typed.enter("1").errors.isEmpty)
        #expect(typed.enter("timing on", "1").errors == "0 ms\n")
        #expect(typed.enter("timing off", "1").errors.isEmpty)
    }

    @Test("`use` begins anew: variables, results, place and recording are gone")
    func use() {
        typed.enter("let n = 1")
        typed.enter("create_user ana")
        let response = typed.enter("use sandbox")
        #expect(response.errors.contains("sandbox (in this process") && response.errors.contains("variables are gone"))
        #expect(typed.enter("use").errors.contains("sandbox (in this process"))
        for line in ["$n", "$_", "get_user ana"] { #expect(typed.enter(line).errors.contains("error"), "\(line)") }
        #expect(typed.enter("record save \(typed.folder)/a.lfs").errors.contains("nothing was recorded"))
    }

    @Test("`cd` sets the prompt, `$repository` and `$branch`, and finds its way back")
    func place() {
        typed.enter("create_repository lake local://lake")
        typed.enter("create_branch lake dev main")
        typed.enter("cd lake")
        #expect(prompt() == "lake/main ❯ ")
        #expect(typed.enter("cd ../dev", "print \"$repository $branch\"").output == "lake dev\n")
        #expect(prompt() == "lake/dev ❯ ")
        for line in ["cd lake/nosuch", "cd nosuch/main", "cd lakefs://lake/main/a/", "cd lake main"] {
            #expect(typed.enter(line).errors.hasPrefix("error") && prompt() == "lake/dev ❯ ", "\(line)")
        }
        typed.enter("cd .")
        #expect(prompt() == "lake/dev ❯ ")
        typed.enter("cd ..")
        #expect(prompt() == "lake ❯ ")
        #expect(typed.enter("$branch").errors.contains("error"))
        typed.enter("cd -")
        #expect(prompt() == "lake/dev ❯ ")
        let response = typed.enter("cd nowhere")
        #expect(response.errors.contains("nowhere") && !response.errors.contains("default_branch"))
        #expect(prompt() == "lake/dev ❯ ")
        typed.enter("cd")
        #expect(prompt() == "❯ ")
    }

    @Test("`source` runs a file's statements as if they were typed; one with a mistake sends nothing")
    func source() throws {
        let good = try typed.file("good.lfs", "let who = \"ana\"\ncreate_user $who\n")
        #expect(typed.enter("source \"\(good)\"").output.contains("ana"))
        #expect(typed.enter("$who").output == "ana\n")
        let bad = try typed.file("bad.lfs", "create_user bo\nget_usr bo\n")
        let response = typed.enter("source \(bad)")
        #expect(response.errors.contains("bad.lfs") && response.errors.contains("did you mean `get_user`?"))
        #expect(typed.enter("get_user bo").errors.contains("error"))
    }

    @Test("`source` gives a file's parameters their values, and may be repeated")
    func parameters() throws {
        let path = try typed.file("p.lfs", "param who\nparam count: int = 1\nlet n = $count + 1\nprint \"$who $n\"\n")
        let missing = typed.enter("source \(path)")
        #expect(missing.output.isEmpty && missing.errors.contains("the script needs --who"))
        for (options, output) in [("--who bo --count 3", "bo 4\n"), ("--who='a b'", "a b 2\n")] {
            #expect(typed.enter("source \(path) \(options)").output == output)
        }
        #expect(typed.enter("source \(path) --size 3").errors.contains("--size"))
        #expect(typed.enter("param foo").errors.contains("has no value") && typed.enter("$foo").output.isEmpty)
        #expect(typed.enter("param foo = 3; print $foo").output == "3\n")
    }

    @Test("the shell's commands in a block are told apart from unknown ones", arguments: MetaCommand.allCases)
    func inBlock(_ command: MetaCommand) {
        #expect(
            typed.enter("if true { \(command.rawValue) }").errors.contains(
                command == .exit ? "`return`" : "of the shell"))
    }

    @Test("`explain` shows the request with its values, and sends nothing")
    func explain() {
        typed.enter("let team = \"devs\"")
        let response = typed.enter("explain create_group $team")
        #expect((response.output + response.errors).contains("POST /api/v1/auth/groups"))
        #expect((response.output + response.errors).contains("\"id\":\"devs\""))
        #expect(typed.enter("get_group devs").errors.contains("error"))
        #expect(typed.enter("explain get_usr ana").errors.contains("did you mean `get_user`?"))
    }

    @Test("`history` lists what contains a text, the oldest first")
    func history() {
        for line in ["1 + 1", "create_user ana", "2 + 2"] { typed.enter(line) }
        #expect(typed.enter("history +").output == "1 + 1\n2 + 2\nhistory +\n")
        #expect(typed.enter("history USER").output == "create_user ana\nhistory USER\n")
    }

    @Test("`record save` writes a runbook that passes the check, and never over somebody's file")
    func record() throws {
        typed.enter("create_user ana")
        typed.enter("get_usr ana")
        typed.enter("create_group devs")
        #expect(typed.enter("record off").errors.contains("not recording; 3 statements kept"))
        typed.enter("create_user bo")
        #expect(typed.enter("record on").errors.contains("recording; 3 statements so far"))
        typed.enter("add_group_membership devs ana")
        let path = typed.folder + "/onboard.lfs"
        let response = typed.enter("record save \(path)")
        #expect(response.errors.contains("Kept 3 of 4 statements; 1 failed."), "\(response.errors)")
        #expect(response.errors.contains("checked, formatted.   Run it:  lakesh run \(path) --user-id ana"))
        let text = String(decoding: try FileStore().read(path), as: UTF8.self)
        #expect(text.contains("create_user $user_id\n") && !text.contains("create_user bo"))
        #expect(typed.enter("record save \(path)").errors.contains("checked"), "a recording is replaced")
        let own = try typed.file("onboard.lfs", text + "\n")
        #expect(
            typed.enter("record save \(own)").errors.contains("is there already, and was not recorded by this shell"))
        #expect(String(decoding: try FileStore().read(own), as: UTF8.self) == text + "\n")
    }

    @Test("a statement that failed after a change is left out of the recording, and told")
    func recordedFailure() throws {
        typed.enter("create_user ana")
        typed.enter("for g in [\"devs\"] { create_group $g; get_user nobody }")
        let path = typed.folder + "/a.lfs"
        let response = typed.enter("record save \(path)")
        #expect(response.errors.contains("could not be kept: see the comments in the file"))
        #expect(String(decoding: try FileStore().read(path), as: UTF8.self).contains("# failed after a change"))
    }
}
