import LakeAssist
import LakeRunner
import LakeSandbox
import LakeScript
import RunnerSupport
import TestSupport
import Testing

@testable import LakeREPL

/// Statements at the prompt, and what becomes of them.
struct ReplSessionTests {
    private let typed: TypedShell

    init() throws {
        typed = try TypedShell()
    }

    @Test("a value goes to standard output, and variables stay for the next statement")
    func values() {
        #expect(typed.enter("let n = 20") == TypedShell.Response())
        #expect(typed.enter("$n * 2 + 2") == TypedShell.Response(output: "42\n"))
        #expect(typed.enter("   ") == TypedShell.Response())
        #expect(typed.history.entries == ["let n = 20", "$n * 2 + 2"])
    }

    @Test("results have names, the last one first, and so has the last error")
    func names() {
        #expect(typed.enter("create_user ana", "20 + 1", "print \"$_ after ${_1.id}\"").output == "21 after ana\n")
        let failed = typed.enter("get_user nobody")
        #expect(failed.output.isEmpty && failed.errors.contains("error"))
        #expect(typed.enter("print $_error.status $_error.kind").output == "404 not_found\n")
        for n in 1...12 { typed.enter("\(n)") }
        #expect(typed.enter("print \"$_ $_9\"").output == "12 3\n")
        #expect(typed.enter("$_10").errors.contains("error"))
    }

    @Test("a mistake is shown with its place, and nothing is sent")
    func mistake() {
        let response = typed.enter("create_user ana; get_usr ana")
        #expect(response.output.isEmpty && response.errors.contains("did you mean `get_user`?"))
        #expect(!typed.enter("list_users --all | get id").output.contains("ana"))
        #expect(typed.shell.lastFailure == nil)
    }

    @Test("a destructive statement is refused if nobody can be asked")
    func destroys() {
        typed.enter("create_user ana")
        let response = typed.enter("delete_user ana")
        #expect(response.errors.contains("nobody can be asked: `delete_user ana` on the sandbox cannot be taken back"))
        #expect(typed.enter("get_user ana | get id").output == "ana\n")
    }

    @Test("the steps of a statement are told on standard error")
    func steps() {
        let response = typed.enter("step \"onboard\" { create_user ana }")
        #expect(response.errors.contains("✓ onboard") && response.errors.contains("1 change"))
    }

    @Test("^C ends the statement and not the shell")
    func interrupt() {
        typed.time.onWait = { [time = typed.time] _, milliseconds in
            guard milliseconds != 0, time.pending.isEmpty else { return nil }
            time.pending = [.interrupt]
            return []
        }
        let response = typed.enter("sleep 1h")
        #expect(response.errors.contains("interrupted"))
        #expect(typed.shell.lastFailure?.kind == .cancelled && !typed.shell.session.isTerminated)
        typed.time.onWait = { _, _ in nil }
        #expect(typed.enter("1").output == "1\n")
    }

    // MARK: Listings

    @Test("an empty listing says so; a filtered one says how many were looked at")
    func counts() {
        #expect(typed.enter("list_repositories").errors.contains("none"))
        #expect(typed.enter("list_users --all | where { $it.id == \"nobody\" }").errors.contains("none"))
        typed.enter("for n in 1..5 { create_user \"u$n\" }")
        #expect(typed.enter("list_users --all | where { $it.id == \"u3\" }").errors.contains("1 of 6"))
    }

    @Test("`more` asks for the next page of the last listing")
    func pages() {
        typed.enter("for n in 1..5 { create_user \"u$n\" }")
        let first = typed.enter("list_users --prefix u --amount 2")
        #expect(first.output.contains("u2") && !first.output.contains("u3"))
        #expect(first.errors.contains("more shows what follows"))
        let second = typed.enter("more")
        #expect(second.output.contains("u3") && second.output.contains("u4") && !second.output.contains("u2"))
        let last = typed.enter("more")
        #expect(last.output.contains("u5") && !last.errors.contains("more shows"))
        #expect(typed.enter("more").errors.contains("there is no more"))
    }

    @Test("a long listing stops at the window, `more` continues it, and the variables are the statement's own")
    func window() throws {
        let tty = try PseudoTerminal(hasControls: false, rows: 10)
        let session = Session(
            connection: .sandbox(.init()), console: Console(tty.terminal), loop: typed.time.loop)
        let shell = ReplSession(session, history: History(file: nil), reservedNames: []) { name throws(Failure) in
            throw Failure(.mistake, name)
        }
        shell.enter("for n in 1..9 { create_user \"u$n\" }")
        shell.enter("let last = \"u9\"")
        shell.enter("list_users --all | where { $it.id =~ '^u' and $it.id != $last } | get id")
        let first = try tty.seen()
        #expect(first.contains("u6") && !first.contains("u7") && first.contains("more shows what follows"), "\(first)")
        shell.enter("let last = \"u8\"")
        shell.enter("more")
        let second = try tty.seen()
        #expect(second.contains("u8") && !second.contains("u9") && !second.contains("more shows"), "\(second)")
    }

    // MARK: Secrets

    @Test("a new secret is shown once, also where it went into a variable, and the history does not keep it")
    func secrets() {
        typed.enter("create_user ana")
        let direct = typed.enter("create_credentials ana")
        #expect(direct.output.contains("secret_access_key") && !direct.output.contains("••••"))
        #expect(direct.errors.contains("shown once"))
        let kept = typed.enter("let key = create_credentials ana")
        #expect(kept.output.contains("secret_access_key") && !kept.output.contains("••••"))
        #expect(typed.enter("$key").output.contains("••••"))
    }

    @Test("a secret that is typed is in no message, in no suggestion and in no file")
    func typedSecrets() throws {
        let file = HistoryFile(path: typed.folder + "/history")
        let typed = try TypedShell(history: History(file: file))
        let response = typed.enter("login AKIAJSANDBOXAAAAAAAA hunter2secret; get_usr ana")
        #expect(response.errors.contains("get_user") && !response.errors.contains("hunter2secret"))
        #expect(typed.enter("1").output == "1\n")
        #expect(!typed.enter("history").output.contains("hunter2"))
        #expect(file.load(capacity: 10) == ["1", "history"])
        #expect(typed.history.entries.count == 3)
    }

    @Test("that the history cannot be written is told once")
    func history() throws {
        let typed = try TypedShell(history: History(file: HistoryFile(path: "/proc/nowhere/history")))
        #expect(typed.enter("1").errors.contains("history ends with this shell"))
        #expect(!typed.enter("2").errors.contains("history"))
    }

    // MARK: What the editor asks

    @Test("the prompt shows the place and whether the last statement failed")
    func prompt() {
        #expect(typed.shell.prompt == [Piece("❯ ", .green)])
        typed.enter("get_user nobody")
        #expect(typed.shell.prompt == [Piece("❯ ", .red)])
        #expect(typed.shell.rightPrompt.map(\.text).joined() == "admin · sandbox")
        #expect(typed.shell.banner.contains("as admin"))
    }

    @Test("a remark is about the mistake under the cursor, and hides secrets")
    func remark() {
        #expect(typed.shell.remark(on: "get_usr ana", cursor: 3) != nil)
        #expect(typed.shell.remark(on: "get_usr ana", cursor: 11) == nil)
        #expect(typed.shell.remark(on: "get_user ana", cursor: 3) == nil)
        #expect(typed.shell.remark(on: "cd nowhere", cursor: 1) == nil)
    }

    @Test("an open block goes on in the next line; colours and masks are of the text")
    func analysis() {
        #expect(typed.shell.isIncomplete("if true {") && !typed.shell.isIncomplete("if true { }"))
        #expect(!typed.shell.highlights(of: "get_user ana").isEmpty)
        let secret = "login AKIAJSANDBOXAAAAAAAA hunter2"
        let masked = typed.shell.secrets(in: secret).map { String(decoding: Array(secret.utf8)[$0], as: UTF8.self) }
        #expect(masked.contains("hunter2"))
    }

    @Test("completion asks the server while the shell waits, and a statement takes the question back")
    func completion() {
        typed.enter("create_user ana")
        let text = "get_user a"
        func candidates() -> [String] { typed.shell.complete(text, cursor: text.utf8.count).candidates.map(\.text) }
        func hasNews() -> Bool { (0..<5).contains { _ in typed.shell.wait(for: [], milliseconds: 100).hasNews } }
        #expect(candidates().isEmpty && hasNews())
        #expect(candidates() == ["admin", "ana"])
        typed.enter("create_user abe")
        _ = candidates()
        #expect(typed.enter("1").output == "1\n")
        _ = candidates()
        #expect(hasNews())
        #expect(candidates().contains("abe"))
    }

    @Test("a signal to terminate wakes the editor, ^C from elsewhere does not end anything")
    func signals() {
        typed.time.pending = [.interrupt]
        #expect(!typed.shell.wait(for: [], milliseconds: 10).isTerminated)
        typed.time.pending = [.terminate]
        #expect(typed.shell.wait(for: [], milliseconds: 10).isTerminated)
    }

    // MARK: The whole shell

    @Test("without a terminal lines are read until the input ends, and the last failure is the shell's")
    func run() throws {
        let typed = try TypedShell(input: "let n = 1\nif true {\n  print \"n is $n\"\n}\nget_user nobody")
        let failure = typed.shell.run()
        let response = typed.response()
        #expect(response.output.contains("n is 1\n") && response.errors.contains("help, ^D to leave"))
        #expect(failure?.status == 404)
    }

    @Test("`exit` leaves the shell; what follows is not read")
    func exit() throws {
        let typed = try TypedShell(input: "print one\nexit\nprint two\n")
        #expect(typed.shell.run() == nil)
        let output = typed.response().output
        #expect(output.contains("one\n") && !output.contains("two"))
    }
}
