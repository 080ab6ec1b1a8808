import LakeSandbox
import LakeScript
import Testing

@testable import LakeRunner

/// Runs a text as lakesh does, by the loop and with the real world, on a sandbox or against a server.
struct RunBench {
    let result: RunResult
    /// What came of it: the value of the last statement, or the error.
    var outcome: Result<Value, Failure> { result.outcome }

    /// - Parameters:
    ///   - text: a script whose last statement's value is looked at.
    ///   - connection: where operations go; a fresh sandbox.
    ///   - fuel: how many instructions it may take; nil for no limit.
    ///   - consent: how questions are answered; nobody is there to be asked.
    /// - Throws: where the text is not correct.
    init(
        _ text: String, on connection: Connection? = nil, fuel: Int? = nil,
        consent: Questions.Consent = Questions.Consent()
    ) throws {
        let session = Session(
            connection: connection ?? .sandbox(.init()), console: Console(), consent: consent, fuel: fuel)
        let script = ScriptFront.load(
            SourceText(name: "test.lfs", text: text), as: .typedUnit, profiles: session.connection.profiles)
        let words = DiagnosticRenderer(sources: script.sources, isStyled: false).render(script.diagnostics)
        try #require(script.program != nil, "\(words)")
        result = session.run(script)
    }

    var value: Value? { try? outcome.get() }
    var failure: Failure? { if case .failure(let failure) = outcome { failure } else { nil } }
}
