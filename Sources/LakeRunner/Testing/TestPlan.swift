package import LakeScript

/// The `test` blocks of some scripts, found and checked before the first of them runs.
///
/// A test is a program of its own: it has the `def`s of its file and nothing of the file's top level, and runs in a fresh
/// sandbox, in an empty folder, where everything that asks for a confirmation gets it. Each is a process, so that several
/// run at once, one that crashes or never ends takes no other along, and what it prints is its own:
///
///     TestPlan ── TestCase… ──▶ TestRun ── a process each ──▶ TestWorker ── TestOutcome ──▶ TestReport, TestProgress, TestDocuments
///
/// The process is lakesh itself. It gets the file and the number of the test, and gives the outcome as JSON; the parent
/// waits for several of them in its one loop, as for the programs of `exec`.
package struct TestPlan {
    package private(set) var cases: [TestCase] = []
    /// How many tests there are whose names the filter left out.
    package private(set) var filteredOut = 0
    /// How many scripts were read.
    package private(set) var scripts = 0
    /// What the checks found; with an error none of the scripts is run.
    package private(set) var findings = Findings()
    package private(set) var sources = SourceMap()

    /// Reads and checks scripts.
    ///
    /// - Parameters:
    ///   - paths: scripts, and folders with scripts.
    ///   - filter: tests whose names have one of these texts in them are run, in small or capital letters; all, where
    ///     there is none.
    /// - Throws: a mistake where a file cannot be read.
    package init(paths: [String], filter: [String]) throws(Failure) {
        var seen: Set<String> = []
        for path in paths {
            for script in try ScriptFront.scripts(at: path) where seen.insert(script).inserted {
                add(try ScriptFront.read(script), filter.map { $0.lowercased() })
            }
        }
    }

    private mutating func add(_ text: SourceText, _ filter: [String]) {
        scripts += 1
        let script = ScriptFront.load(text, as: .file, beside: sources)
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
    /// The script, as the person named it.
    package let file: String
    /// Its place among the tests of the file, from 0.
    package let number: Int
    package let name: String
    /// Where it begins, from 1.
    package let line: Int

    package init(file: String, number: Int, name: String, line: Int) {
        self.file = file
        self.number = number
        self.name = name
        self.line = line
    }
}
