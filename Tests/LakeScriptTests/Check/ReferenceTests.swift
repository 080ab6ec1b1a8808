import TestSupport
import Testing

@testable import LakeScript

/// The reference (`LakeScript.docc`) is held to the language: its examples are checked, its tables compared.
struct ReferenceTests {
    /// A block of code in an article.
    struct Example: CustomTestStringConvertible, Sendable {
        let article: String
        let line: Int
        let text: String

        var testDescription: String { "\(article):\(line)" }
    }

    private static let articles = ["LakeScript", "Grammar", "Values", "Commands", "Statements", "Builtins", "Errors"]

    private static func lines(of article: String) throws -> [String] {
        let bytes = try Fixtures.bytes(of: "../../Sources/LakeScript/LakeScript.docc/\(article).md")
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0) }
    }

    /// The blocks that are fenced as `lfs`.
    private static func examples() throws -> [Example] {
        var examples: [Example] = []
        for article in articles {
            var open: (line: Int, lines: [String])?
            for (number, line) in try lines(of: article).enumerated() {
                if line == "```lfs" {
                    open = (number + 2, [])
                } else if line == "```", let block = open {
                    examples.append(
                        Example(article: article, line: block.line, text: block.lines.joined(separator: "\n") + "\n"))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            }
        }
        return examples
    }

    @Test func eachExampleIsCorrect() throws {
        let examples = try ReferenceTests.examples()
        #expect(examples.count > 20)
        for example in examples {
            let checked = CheckedText(example.text)
            let errors = checked.diagnostics.filter { $0.severity == .error }
            let words = DiagnosticRenderer(sources: checked.sources, isStyled: false).render(errors)
            #expect(errors.isEmpty, "\(example.testDescription)\n\(words)")
        }
    }

    @Test func eachBuiltinHasARowWithItsParametersAndItsSummary() throws {
        let rows = try ReferenceTests.lines(of: "Builtins").filter { $0.hasPrefix("| `") }
        #expect(rows.count == Builtins.all.count)
        for builtin in Builtins.all {
            let signature = builtin.signature
            let row = try #require(
                rows.first { $0.hasPrefix("| `\(signature.name) ") || $0.hasPrefix("| `\(signature.name)`") },
                "\(signature.name) has no row")
            #expect(row.hasSuffix("| \(signature.summary) |"), "\(signature.name)")
            for parameter in signature.parameters {
                let isThere = row.contains("--\(parameter.name)") || row.contains(parameter.name.uppercased())
                #expect(isThere, "\(signature.name) --\(parameter.name)")
            }
        }
    }

    @Test func eachKindOfErrorIsInItsTable() throws {
        let text = try ReferenceTests.lines(of: "Errors").joined(separator: "\n")
        for kind in Failure.Kind.allCases { #expect(text.contains("`\(kind.rawValue)`")) }
    }
}
