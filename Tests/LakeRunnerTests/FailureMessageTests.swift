import LakeSandbox
import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

/// The exact messages of failures at run time: `Fixtures/script/failures.txt`, each case on a fresh sandbox beside the
/// files of `Fixtures/script/failures`.
@Suite struct FailureMessageTests {
    private static let folder = Fixtures.path("script/failures/")

    @Test func aFailureHasItsMessage() {
        for (chunk, actual) in ChunkFile("script/failures.txt").mismatches(message) {
            #expect(actual == chunk.expected, "\(chunk.input)")
        }
    }

    @Test func eachFailureHasAPlaceAndAReason() {
        for chunk in ChunkFile("script/failures.txt").chunks {
            #expect(chunk.expected.contains(" --> ") && chunk.expected.contains("^"), "\(chunk.input)")
        }
    }

    /// Returns the printed message of a script's failure, without the folder's path.
    private func message(of script: String) -> String {
        let session = Session(connection: .sandbox(.init()), console: Console(), consent: Questions.Consent())
        let script = ScriptFront.load(SourceText(name: Self.folder + "t.lfs", text: script), as: .file)
        let renderer = DiagnosticRenderer(sources: script.sources, isStyled: false)
        guard script.program != nil else { return script.diagnostics.map { renderer.render($0) }.joined() }
        switch session.run(script).outcome {
        case .success: return "it ends well\n"
        case .failure(let failure):
            let words = renderer.render(failure)
            // Every request has a different id.
            return words.replacing(Self.folder, with: "").replacing(#/request [0-9a-f]{32}/#, with: "request …")
        }
    }
}
