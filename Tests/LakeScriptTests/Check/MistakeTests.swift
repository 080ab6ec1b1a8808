import TestSupport
import Testing

@testable import LakeScript

/// Scripts with one planted mistake, and what a person reads about it, to the letter: `Fixtures/script/errors`, a file a
/// family of codes.
struct MistakeTests {
    static let errors = ["names", "calls", "types", "flow"]
    private static let families = errors + ["warnings"]

    /// The files that the scripts include and run.
    private static let files = [
        "lib.lfs": "def greet(name) { print \"hello $name\" }",
        "cycle.lfs": "include \"cycle.lfs\"", "apart.lfs": "def seen() { return $outer }",
        "doing.lfs": "def f() { }\nprint x",
        "self.lfs": "run \"self.lfs\"",
        "other.lfs": "param user_id\nparam count = 3\nprint $user_id $count",
        "broken.lfs": "print $nothing",
    ]

    private static func chunks(_ family: String) -> ChunkFile { ChunkFile("script/errors/\(family).txt") }

    @Test(arguments: families)
    func aMistakeHasItsMessage(family: String) {
        let mismatches = MistakeTests.chunks(family).mismatches { script in
            let checked = CheckedText(script, files: MistakeTests.files)
            let renderer = DiagnosticRenderer(sources: checked.sources, isStyled: false)
            return checked.diagnostics.map { renderer.render($0) }.joined(separator: "\n")
        }
        for (chunk, actual) in mismatches { #expect(actual == chunk.expected, "\(chunk.input)") }
    }

    @Test(arguments: families)
    func aMistakeIsFoundOnce(family: String) {
        for chunk in MistakeTests.chunks(family).chunks {
            let checked = CheckedText(chunk.input, files: MistakeTests.files)
            #expect(checked.diagnostics.count == 1, "\(chunk.input)\n\(checked.lines)")
            #expect((checked.program == nil) == (family != "warnings"), "\(chunk.input)")
        }
    }

    @Test func everyCodeHasItsCase() {
        let files = MistakeTests.families + ["lexical", "syntax", "extreme"]
        let shown = files.flatMap { MistakeTests.chunks($0).chunks.map(\.expected) }.joined()
        #expect(Diagnostic.codes.map(\.name).filter { !shown.contains("[\($0)]") } == [])
    }
}
