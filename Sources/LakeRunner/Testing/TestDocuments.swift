package import LakeScript

/// The outcomes of tests as documents for programs: JSON, and JUnit's XML for CI systems.
package enum TestDocuments {
    /// `{tests: [{file, name, line, status, milliseconds, printed, error}], passed, failed, not_run, milliseconds}`;
    /// a status is `passed`, `failed` or `not_run`.
    package static func json(_ outcomes: [TestOutcome], milliseconds: Int) -> Value {
        let count = TestCount(outcomes)
        return [
            "tests": .list(outcomes.map(json)), "passed": .int(count.passed), "failed": .int(count.failed),
            "not_run": .int(count.notRun), "milliseconds": .int(milliseconds),
        ]
    }

    private static func json(_ outcome: TestOutcome) -> Value {
        var record = Record([
            ("file", .string(outcome.test.file)), ("name", .string(outcome.test.name)),
            ("line", .int(outcome.test.line)), ("status", outcome.value["status"]),
            ("milliseconds", .int(outcome.milliseconds)), ("printed", .string(outcome.printed)),
        ])
        if let problem = outcome.problem {
            record["error"] = [
                "kind": .string(problem.kind), "code": .string(problem.code),
                "message": .string(problem.message), "place": .string(problem.place),
                "text": .string(problem.text),
            ]
        }
        return .map(record)
    }

    /// Returns JUnit's XML: one suite per file, whose name is the tests' `classname`.
    package static func junit(_ outcomes: [TestOutcome], milliseconds: Int) -> String {
        var files: [String] = []
        for outcome in outcomes where files.last != outcome.test.file { files.append(outcome.test.file) }
        let suites = files.map { file in suite(file, outcomes.filter { $0.test.file == file }) }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="lakesh"\(counts(outcomes, milliseconds))>
            \(suites.joined())</testsuites>

            """
    }

    private static func suite(_ file: String, _ outcomes: [TestOutcome]) -> String {
        let sum = outcomes.reduce(0) { $0 + $1.milliseconds }
        return "  <testsuite name=\(quoted(file))\(counts(outcomes, sum))>\n"
            + outcomes.map(testcase).joined() + "  </testsuite>\n"
    }

    private static func counts(_ outcomes: [TestOutcome], _ milliseconds: Int) -> String {
        let count = TestCount(outcomes)
        return " tests=\"\(outcomes.count)\" failures=\"\(count.failed)\" errors=\"0\" skipped=\"\(count.notRun)\""
            + " time=\(seconds(milliseconds))"
    }

    private static func testcase(_ outcome: TestOutcome) -> String {
        let test = outcome.test
        let head =
            "    <testcase classname=\(quoted(test.file)) name=\(quoted(test.name)) file=\(quoted(test.file))"
            + " line=\"\(test.line)\" time=\(seconds(outcome.milliseconds))"
        let inner = state(outcome) + printed(outcome.printed)
        return inner.isEmpty ? head + "/>\n" : head + ">\n\(inner)    </testcase>\n"
    }

    private static func state(_ outcome: TestOutcome) -> String {
        switch outcome.state {
        case .passed: ""
        case .notRun: "      <skipped message=\"interrupted\"/>\n"
        case .failed(let problem):
            "      <failure message=\(quoted(problem.message)) type=\(quoted(problem.kind))>"
                + "\(escaped(problem.text))</failure>\n"
        }
    }

    private static func printed(_ text: String) -> String {
        text.isEmpty ? "" : "      <system-out>\(escaped(text))</system-out>\n"
    }

    /// Formats milliseconds as seconds: `"1.204"`.
    private static func seconds(_ milliseconds: Int) -> String {
        let fraction = String(milliseconds % 1000)
        return "\"\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)\""
    }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text, inAttribute: true))\"" }

    /// Escapes a text for XML; characters that XML does not allow become �.
    private static func escaped(_ text: String, inAttribute: Bool = false) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"" where inAttribute: escaped += "&quot;"
            case "\t" where inAttribute, "\n" where inAttribute: escaped += "&#\(scalar.value);"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            case "\r": escaped += "&#13;"
            case _ where scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE: escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
