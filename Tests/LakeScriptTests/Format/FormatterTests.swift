import TestSupport
import Testing

@testable import LakeScript

/// Formatting: pairs of input and output, and properties that hold for every script in the tests.
struct FormatterTests {
    private func formatted(_ text: String) -> String {
        let (result, diagnostics) = Formatter.format(SourceText(name: "t", text: text))
        return result ?? diagnostics.map { "\($0.code) \($0.message)\n" }.joined()
    }

    @Test(arguments: ["statements", "expressions", "commands", "breaking", "comments", "strings"])
    func aTextHasOneLayout(name: String) {
        for (chunk, actual) in ChunkFile("script/format/\(name).txt").mismatches(formatted) {
            #expect(actual == chunk.expected, "\(chunk.input)")
        }
    }

    @Test func formattingKeepsTheTreeAndTheCommentsAndIsDoneAtOnce() {
        #expect(ScriptCorpus.all.count > 250)
        for text in ScriptCorpus.all {
            #expect(FrontEnd.formatProblem(SourceText(name: "t", text: text)) == nil, "\(text)")
        }
    }

    @Test(arguments: ["fuzz", "corpus"])
    func noTextThatTheFuzzerMadeBreaksTheFrontEnd(folder: String) throws {
        let names = Fixtures.names(in: folder)
        #expect(!names.isEmpty)
        for name in names {
            #expect(FrontEnd.problem(with: try Fixtures.bytes(of: "\(folder)/\(name)")) == nil, "\(folder)/\(name)")
        }
    }

    @Test func everyExampleIsFormatted() throws {
        let names = Fixtures.names(in: "../../examples").filter { $0.hasSuffix(".lfs") }
        #expect(!names.isEmpty)
        for name in names {
            let text = try ScriptCorpus.text("../../examples/\(name)")
            #expect(formatted(text) == text, "\(name)")
        }
    }

    @Test func windowsLineEndsAndTheByteOrderMarkGo() {
        #expect(
            formatted("\u{FEFF}# a\r\nlet t = \"\"\"\r\n  x\r\n  \"\"\"\r\nf \\\r\n  y\r\n\r\n\r\n")
                == "# a\nlet t = \"\"\"\n  x\n  \"\"\"\nf \\\n  y\n")
    }

    @Test func aTextOfBlanksIsEmpty() {
        #expect(formatted(" \n\n;\n") == "")
    }

    @Test func whatCannotBeReadIsLeftAlone() {
        let (text, diagnostics) = Formatter.format(SourceText(name: "t", text: "let a = (1 2)\n"))
        #expect(text == nil)
        #expect(diagnostics.map(\.code) == ["E0234"])
    }
}
