import LakeRunner
import LakeScript
import TestSupport
import Testing

/// Realistic runbooks, checked with the real catalogue: they have no diagnostics and are formatted.
@Suite struct RunbookTests {
    private static let runbooks = ChunkFile("script/runbooks.txt").chunks.map(\.input)

    @Test("a correct runbook gives no error and no warning", arguments: runbooks)
    func isCorrect(_ script: String) {
        let checked = ScriptFront.load(SourceText(name: "runbook.lfs", text: script), as: .file)
        let words = DiagnosticRenderer(sources: checked.sources, isStyled: false).render(checked.diagnostics)
        #expect(checked.program != nil && checked.diagnostics.isEmpty, "\(words)")
    }

    @Test("a runbook in the one layout stays as it is", arguments: runbooks)
    func isFormatted(_ script: String) {
        #expect(Formatter.format(SourceText(name: "runbook.lfs", text: script)).text == script)
    }
}
