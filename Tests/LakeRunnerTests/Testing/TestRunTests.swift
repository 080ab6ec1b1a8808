import LakeScript
import RunnerSupport
import Testing

@testable import LakeRunner

/// Runs of tests, each in a process of its own: here shell commands stand for the process of a test.
struct TestRunTests {
    /// Keeps the events, as `began one`.
    private final class Log: TestObserver {
        var events: [String] = []
        func began(_ test: TestCase) { events.append("began \(test.name)") }
        func ended(_ number: Int, _ outcome: TestOutcome) { events.append("ended \(outcome.test.name)") }
    }

    private let log = Log()

    /// Runs a script's tests by a shell command; `$0` is the script, `$1` the number of the test.
    private func run(_ tests: String, by command: String, jobs: Int = 1, limit: Int = 60_000) throws -> [TestOutcome] {
        let folder = try FileStore().makeTemporaryFolder("lakesh-tests")
        defer { FileStore().removeFolder(folder) }
        let path = folder + "/a.lfs"
        try FileStore().write(Array(tests.utf8), to: path, isSecret: false, mayOverwrite: false)
        let plan = try TestPlan(paths: [path], filter: [])
        let options = TestRun.Options(jobs: jobs, limit: limit, worker: ["sh", "-c", command])
        return try TestRun(plan, options, observer: log).run()
    }

    private let two = "test \"one\" { }\ntest \"two\" { }\n"

    @Test("each test gives its outcome, in the order of the script")
    func outcomes() throws {
        let command = #"test "$1" = 0 && echo '{"status":"passed","milliseconds":7}' || echo '{"status":"not_run"}'"#
        let outcomes = try run(two, by: command)
        #expect(outcomes.map(\.state) == [.passed, .notRun] && outcomes[0].milliseconds == 7)
        #expect(log.events == ["began one", "ended one", "began two", "ended two"])
    }

    @Test("several run at the same time")
    func parallel() throws {
        // Each end of a named pipe opens when the other does.
        let command = """
            mkfifo "$0.pipe" 2>/dev/null; \
            if test "$1" = 0; then echo x >"$0.pipe"; else cat "$0.pipe" >/dev/null; fi; echo '{"status":"passed"}'
            """
        #expect(try run(two, by: command, jobs: 2).map(\.state) == [.passed, .passed])
        #expect(log.events.prefix(2) == ["began one", "began two"])
    }

    @Test("a process that gives no result, or ends badly, is a failure that says so", arguments: ["echo no", "exit 3"])
    func lost(_ command: String) throws {
        let outcomes = try run("test \"one\" { }", by: command)
        #expect(outcomes[0].problem?.message == "the test's process gave no result")
        #expect(outcomes[0].problem?.text.contains(command == "exit 3" ? "status 3" : "no result") == true)
    }

    @Test("a test that takes too long is ended, and fails by its limit")
    func overdue() throws {
        let outcomes = try run("test \"one\" { }", by: "exec sleep 600", limit: 50)
        #expect(outcomes[0].problem?.kind == "timeout" && outcomes[0].milliseconds == 50)
        #expect(outcomes[0].problem?.message == "the test took longer than 50ms")
    }
}
