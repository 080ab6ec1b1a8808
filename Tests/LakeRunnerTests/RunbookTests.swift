import LakeAPI
import LakeRunner
import LakeScript
import TestSupport
import Testing

/// Runbooks as people write them, over the real catalogue: nothing is said about them, and they are in the one layout.
@Suite struct RunbookTests {
    private static let runbooks = ChunkFile("script/runbooks.txt").chunks.map(\.input)

    @Test("a correct runbook gives no error and no warning", arguments: runbooks)
    func isCorrect(_ script: String) {
        var sources = SourceMap()
        let (program, diagnostics, _) = ScriptFront.check(
            SourceText(name: "runbook.lfs", text: script), sources: &sources, vocabulary: Catalogue.vocabulary)
        let words = DiagnosticRenderer(sources: sources, isStyled: false).render(diagnostics)
        #expect(program != nil && diagnostics.isEmpty, "\(words)")
    }

    @Test("a runbook in the one layout stays as it is", arguments: runbooks)
    func isFormatted(_ script: String) {
        #expect(Formatter.format(SourceText(name: "runbook.lfs", text: script)).text == script)
    }
}
