internal import Glibc
internal import LakeAPI
package import LakeSandbox
package import LakeScript

/// Runs a single test in a process of its own.
///
/// Standard output carries the outcome. The test's own output, to standard output and standard error, is collected in a
/// file and becomes part of the outcome.
package struct TestWorker {
    /// The script's path as given on the command line, and the index of the test.
    package let file: String
    package let number: Int
    /// The path of a folder for the test, which does not exist yet.
    package let folder: String
    package let sandbox: SandboxConfiguration
    /// True if failures are also rendered with colours.
    package let isStyled: Bool

    package init(file: String, number: Int, folder: String, sandbox: SandboxConfiguration, isStyled: Bool) {
        self.file = file
        self.number = number
        self.folder = folder
        self.sandbox = sandbox
        self.isStyled = isStyled
    }

    /// The maximum size of the collected output.
    private static let mostPrinted = 64 << 10

    /// Runs the test and writes its outcome to standard output.
    ///
    /// - Throws: a failure if there is no such test any more, or it cannot be run.
    package func run() throws(Failure) {
        let results = OutputStream(descriptor: dup(STDOUT_FILENO))
        let capture = open(folder + ".out", O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard capture >= 0, dup2(capture, STDOUT_FILENO) >= 0, dup2(capture, STDERR_FILENO) >= 0 else {
            throw .testNotRun(
                "the output of the test cannot be kept: \(String(cString: strerror(errno)).lowercasedFirst)")
        }
        var outcome = try outcome()
        outcome.printed = try printed(capture)
        results.write(String(decoding: JSON.write(outcome.value, layout: .compact), as: UTF8.self))
        results.flush()
    }

    private func outcome() throws(Failure) -> TestOutcome {
        var consent = Questions.Consent()
        // In a sandbox nothing needs protection.
        consent.all = true
        let console = Console()
        let session = Session(connection: .sandbox(sandbox), console: console, consent: consent)
        let text = try ScriptFront.read(file)
        let script = ScriptFront.load(text, as: .test(from: FileStore().currentFolder))
        guard let program = script.program, program.tests.indices.contains(number) else {
            throw .testNotRun("`\(file)` was changed while its tests ran")
        }
        let test = program.tests[number]
        guard mkdir(folder, 0o700) == 0, chdir(folder) == 0 else {
            throw .testNotRun(
                "there is no folder for the test: \(String(cString: strerror(errno)).lowercasedFirst)")
        }
        let result = session.run(test, of: program)
        console.output.flush()
        console.errors.flush()
        let line = text.position(of: test.span.start).line
        return TestOutcome(
            test: TestCase(file: file, number: number, name: test.name, line: line),
            state: state(result.outcome, script.sources), milliseconds: result.milliseconds)
    }

    private func state(_ outcome: Result<Value, Failure>, _ sources: SourceMap) -> TestOutcome.State {
        guard case .failure(let failure) = outcome else { return .passed }
        if failure.kind == .cancelled { return .notRun }
        let render = { DiagnosticRenderer(sources: sources, isStyled: $0).render(failure) }
        return .failed(
            TestOutcome.Problem(
                kind: failure.kind.rawValue, code: failure.code, message: failure.message,
                place: failure.span.map { sources.location(of: $0) } ?? "", text: render(false),
                shown: isStyled ? render(true) : ""))
    }

    private func printed(_ capture: Int32) throws(Failure) -> String {
        lseek(capture, max(0, lseek(capture, 0, SEEK_END) - TestWorker.mostPrinted), SEEK_SET)
        return String(decoding: try FileStore().read(capture, named: folder + ".out"), as: UTF8.self)
    }
}

extension Session {
    /// Runs one `test` block of a checked program.
    func run(_ test: CheckedTest, of program: CheckedProgram) -> RunResult {
        run(Compiler.compile(test, of: program))
    }
}
