package import LakeScript

/// The `test` blocks of scripts, found and checked before the first of them runs.
///
/// A test is a program of its own: it has the `def`s of its file and nothing else of the file's top level. It runs in a
/// fresh sandbox, in an empty folder, and every confirmation is given. Each test is a process, so that several run at
/// once, a crash or an endless loop affects no other test, and its output is its own:
///
///    TestPlan ── TestCase… ──▶ TestRun ── a process each ──▶ TestWorker ── TestOutcome ──▶ TestReport, TestProgress,
///    TestDocuments
///
/// The process is lakesh itself. It is given the file and the number of the test, and prints the outcome as JSON. The
/// parent waits for several of them in its event loop, as for the programs of `exec`.
package struct TestPlan {
    package private(set) var cases: [TestCase] = []
    /// The number of tests that the filter excluded.
    package private(set) var filteredOut = 0
    /// The number of scripts.
    package private(set) var scripts = 0
    /// The diagnostics of the checks; if there is an error, no script is run.
    package private(set) var findings = Findings()
    package private(set) var sources = SourceMap()

    /// Reads and checks scripts.
    ///
    /// - Parameters:
    /// - paths: scripts, and folders with scripts.
    /// - filter: runs only the tests whose names contain one of these texts, ignoring case; if empty, all tests.
    /// - reserved: the names that a `param` may not take, since `run` would refuse the script.
    /// - Throws: a failure if a file cannot be read.
    package init(paths: [String], filter: [String], reserved: Set<String> = []) throws(Failure) {
        var seen: Set<String> = []
        for path in paths {
            for script in try ScriptFront.scripts(at: path) where seen.insert(script).inserted {
                add(try ScriptFront.read(script), filter.map { $0.lowercased() }, reserved)
            }
        }
    }

    private mutating func add(_ text: SourceText, _ filter: [String], _ reserved: Set<String>) {
        scripts += 1
        let script = ScriptFront.load(text, as: .file, beside: sources, reserved: reserved)
        sources = script.sources
        findings.add(script)
        for (number, test) in (script.program?.tests ?? []).enumerated() {
            guard filter.isEmpty || filter.contains(where: { test.name.lowercased().contains($0) }) else {
                filteredOut += 1
                continue
            }
            cases.append(
                TestCase(
                    file: text.name, number: number, name: test.name,
                    line: text.position(of: test.span.start).line))
        }
    }
}

/// One `test` block.
package struct TestCase: Sendable, Equatable {
    /// The script's path as given on the command line.
    package let file: String
    /// The index among the tests of the file, from 0.
    package let number: Int
    package let name: String
    /// The line at which it begins, from 1.
    package let line: Int

    package init(file: String, number: Int, name: String, line: Int) {
        self.file = file
        self.number = number
        self.name = name
        self.line = line
    }
}
