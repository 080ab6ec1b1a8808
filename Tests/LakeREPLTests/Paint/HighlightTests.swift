import LakeAPI
import LakeAssist
import LakeRunner
import LakeScript
import Testing

@testable import LakeREPL

/// Syntax highlighting.
struct HighlightTests {
    private let assistant = Assistant(
        vocabulary: Catalogue.vocabulary, metaCommands: MetaCommand.allCases.map(\.signature))

    private func highlights(_ text: String) -> [String] {
        let analysis = assistant.analysis(of: text)
        return assistant.highlights(of: analysis).map { "\(analysis.string($0.range)):\($0.style)" }
    }

    @Test(
        "colours say what a word is",
        arguments: [
            (
                "get_user $u --or \"x\" # note",
                ["get_user:blue", "$u:yellow", "--or:cyan", "\"x\":green", "# note:dim"]
            ),
            ("for u in $x.id { get_us", ["for:bold", "in:bold", "$x:yellow", ".:yellow", "id:yellow"]),
            ("explain get_user ana", ["explain:blue", "get_user:blue"]),
            ("def f() { }; f", ["def:bold", "f:blue"]),
            ("print \"${(get_user ana).id", ["print:blue", "\"${(get_user ana).id:green"]),
        ])
    func styles(text: String, expected: [String]) {
        #expect(highlights(text) == expected)
    }

    @Test(
        "an unknown command is red once it can become no known one",
        arguments: [("get_us", 0), ("get_usr", 1), ("get_us ", 1)])
    func unknown(text: String, reds: Int) {
        #expect(highlights(text).filter { $0.hasSuffix(":red") }.count == reds)
    }

    @Test(
        "no text makes it crash",
        arguments: [
            "", "$", "\"", "\"${", "--", "--=", "{", "}", ")))", "|", "$a.", "$a[", "'", "文 ", "$.", "a\n|", "\"\"\"",
        ])
    func anyText(text: String) {
        _ = highlights(text)
    }
}
