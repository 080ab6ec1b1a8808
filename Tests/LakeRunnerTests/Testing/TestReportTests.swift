import LakeScript
import Testing

@testable import LakeRunner

/// Reports on tests, for people and for programs.
@Suite struct TestReportTests {
    private static let problem = TestOutcome.Problem(
        kind: "assert", code: "R0121", message: "<a> & \"b\"\n\u{1}", place: "a.lfs:7:3",
        text: "error: <a> & \"b\"\n --> a.lfs:7:3\n",
        shown: "colours")

    private static func test(_ name: String, file: String = "a.lfs") -> TestCase {
        TestCase(file: file, number: 0, name: name, line: 5)
    }

    private static let outcomes = [
        TestOutcome(test: test("a user's keys"), state: .passed, milliseconds: 12),
        TestOutcome(
            test: test("groups"), state: .failed(problem), milliseconds: 1204, printed: "one\n\u{1B}[2Jtwo\u{FFFE}\n"),
        TestOutcome(test: test("later", file: "b & c.lfs"), state: .notRun),
    ]

    private let report = TestReport(outcomes.map(\.test), styler: Styler(isColoured: false))

    @Test("a test that passed has a line, one that failed says why and what it printed")
    func lines() {
        #expect(
            TestReportTests.outcomes.flatMap(report.lines(of:)) == [
                "  ✓ a user's keys  12 ms", "  ✗ groups         1.2 s", "error: <a> & \"b\"", " --> a.lfs:7:3",
                "it printed:", "    one", "    ␦[2Jtwo\u{FFFE}", "", "  - later          not run",
            ])
    }

    @Test("the end counts what passed, failed and was not run, and says how to run again what failed")
    func closing() {
        #expect(
            report.closing(TestReportTests.outcomes, milliseconds: 1300, wasInterrupted: true) == [
                "Interrupted. 3 tests in 2 files: 1 passed, 1 failed, 1 not run, in 1.3 s.",
                "That one again:  lakesh test a.lfs --filter groups",
            ])
        let quote = TestOutcome(test: TestReportTests.test("it's"), state: .failed(TestReportTests.problem))
        #expect(
            report.closing([quote, quote], milliseconds: 2, wasInterrupted: false).last
                == #"Those again:  lakesh test a.lfs --filter 'it'\''s' --filter 'it'\''s'"#)
        #expect(
            report.closing([TestReportTests.outcomes[0]], milliseconds: 3, wasInterrupted: false) == [
                "1 test in 1 file: 1 passed, in 3 ms."
            ])
    }

    @Test("JUnit's XML holds no character that XML gives another meaning, or none")
    func junit() {
        let text = TestDocuments.junit(TestReportTests.outcomes, milliseconds: 1300)
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="lakesh" tests="3" failures="1" errors="0" skipped="1" time="1.300">
                  <testsuite name="a.lfs" tests="2" failures="1" errors="0" skipped="0" time="1.216">
                    <testcase classname="a.lfs" name="a user's keys" file="a.lfs" line="5" time="0.012"/>
                    <testcase classname="a.lfs" name="groups" file="a.lfs" line="5" time="1.204">
                      <failure message="&lt;a&gt; &amp; &quot;b&quot;&#10;\u{FFFD}" type="assert">error: &lt;a&gt; &amp; "b"
                 --&gt; a.lfs:7:3
                </failure>
                      <system-out>one
                \u{FFFD}[2Jtwo\u{FFFD}
                </system-out>
                    </testcase>
                  </testsuite>
                  <testsuite name="b &amp; c.lfs" tests="1" failures="0" errors="0" skipped="1" time="0.000">
                    <testcase classname="b &amp; c.lfs" name="later" file="b &amp; c.lfs" line="5" time="0.000">
                      <skipped message="interrupted"/>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test("JSON has a record a test and the counts")
    func json() {
        let value = TestDocuments.json(TestReportTests.outcomes, milliseconds: 1300)
        #expect(value["tests"].items?.map { $0["status"] } == ["passed", "failed", "not_run"])
        #expect(value["tests"].items?[1]["error"]["place"] == "a.lfs:7:3")
        #expect(value["tests"].items?[1]["error"]["code"] == "R0121")
        #expect(value["tests"].items?[0]["error"] == .null)
        #expect([value["passed"], value["failed"], value["not_run"], value["milliseconds"]] == [1, 1, 1, 1300])
    }

    @Test("an outcome is the same after it went from one process to the other", arguments: outcomes)
    func crossing(_ outcome: TestOutcome) throws {
        let bytes = JSON.write(outcome.value, layout: .compact)
        #expect(TestOutcome(of: outcome.test, try JSON.read(bytes)) == outcome)
    }

    @Test("what is no outcome is none")
    func noOutcome() {
        #expect(TestOutcome(of: TestReportTests.test("a"), ["status": "odd"]) == nil)
    }
}
