internal import LakeScript

/// The report on tests for people: one line per test below its file, failures below that line, and a summary at the
/// end.
package struct TestReport: Sendable {
    package let styler: Styler
    /// The width to which names are padded.
    private let nameWidth: Int

    package init(_ cases: [TestCase], styler: Styler) {
        self.styler = styler
        nameWidth = min(60, cases.map(\.name.displayWidth).max() ?? 0)
    }

    /// Returns the lines of an outcome: `  ✓ a user can be made  12 ms`, then its failure and its output.
    package func lines(of outcome: TestOutcome) -> [String] {
        let name = outcome.test.name.padded(to: nameWidth)
        let time = styler(.dim, Quantity.duration(outcome.milliseconds))
        switch outcome.state {
        case .passed: return ["  \(styler(.green, "✓")) \(name)  \(time)"]
        case .notRun: return ["  \(styler(.yellow, "-")) \(name)  \(styler(.dim, "not run"))"]
        case .failed(let problem):
            let text = styler.isColoured ? problem.shown : problem.text
            let printed = outcome.printed.isEmpty ? [] : ["it printed:"] + TestReport.printed(outcome.printed)
            return ["  \(styler(.red, "✗")) \(name)  \(time)"] + TestReport.split(text) + printed + [""]
        }
    }

    /// Returns the last lines of a test's output, with control characters escaped.
    private static func printed(_ text: String) -> [String] {
        split(text).suffix(40).map { line in
            "    "
                + line.unicodeScalars.map { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F ? "␦" : String($0) }
                .joined()
        }
    }

    private static func split(_ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.last == "" ? lines.dropLast() : lines
    }

    /// Returns the closing lines: the summary, and the command that repeats the failed tests.
    package func closing(_ outcomes: [TestOutcome], milliseconds: Int, wasInterrupted: Bool) -> [String] {
        let count = TestCount(outcomes)
        let files = Set(outcomes.map(\.test.file)).count
        let parts = [
            "\(Quantity.count(count.passed)) passed", count.failed > 0 ? "\(Quantity.count(count.failed)) failed" : nil,
            count.notRun > 0 ? "\(Quantity.count(count.notRun)) not run" : nil,
        ].compactMap(\.self).joined(separator: ", ")
        let sum = "\(Quantity.of(outcomes.count, "test")) in \(Quantity.of(files, "file")): \(parts)"
        let time = "in \(Quantity.duration(milliseconds))."
        return ["\(wasInterrupted ? "Interrupted. " : "")\(sum), \(time)"]
            + again(outcomes.filter { $0.problem != nil }.map(\.test))
    }

    /// Returns the command that repeats the failed tests; it names up to three.
    private func again(_ failed: [TestCase]) -> [String] {
        guard (1...3).contains(failed.count) else { return [] }
        let words = Set(failed.map(\.file)).sorted() + failed.flatMap { ["--filter", $0.name] }
        let label = failed.count == 1 ? "That one again:  " : "Those again:  "
        return [styler(.dim, label) + "lakesh test " + words.map(TestReport.quoted).joined(separator: " ")]
    }

    /// Quotes a word for a shell.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                || [0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
        }
        if isPlain, !word.isEmpty { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

/// The number of tests by result.
struct TestCount {
    var passed = 0
    var failed = 0
    var notRun = 0

    init(_ outcomes: some Sequence<TestOutcome>) {
        for outcome in outcomes {
            switch outcome.state {
            case .passed: passed += 1
            case .failed: failed += 1
            case .notRun: notRun += 1
            }
        }
    }
}
