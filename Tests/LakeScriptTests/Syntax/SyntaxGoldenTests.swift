import TestSupport
import Testing

@testable import LakeScript

/// Golden tests of the parser: the trees of correct texts, the exact messages of incorrect ones.
struct SyntaxGoldenTests {
    private func rendered(_ text: String) -> String {
        var sources = SourceMap()
        let source = SourceText(name: "a.lfs", text: text)
        let file = sources.add(source)
        let renderer = DiagnosticRenderer(sources: sources, isStyled: false)
        return Parser.parse(source, file: file).diagnostics.map { renderer.render($0) }.joined(separator: "\n")
    }

    private func dumped(_ text: String) -> String {
        let (tree, diagnostics) = Parser.parse(SourceText(name: "a.lfs", text: text), file: FileID(index: 0))
        return diagnostics.map { "\($0.code) \($0.message)\n" }.joined() + SyntaxDump.dump(tree)
    }

    @Test func aRightTextHasItsTree() {
        for (chunk, actual) in ChunkFile("script/trees.txt").mismatches(dumped) {
            #expect(actual == chunk.expected, "\(chunk.input)")
        }
    }

    @Test(arguments: ["lexical", "syntax"])
    func aMistakeHasItsMessage(name: String) {
        for (chunk, actual) in ChunkFile("script/errors/\(name).txt").mismatches(rendered) {
            #expect(actual == chunk.expected, "\(chunk.input)")
        }
    }
}
