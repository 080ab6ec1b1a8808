import LakeSandbox
import LakeScript
import Testing

@testable import LakeRunner

/// Runs a text as lakesh does, in the event loop and with the real world, on a sandbox or a server.
struct RunBench {
    let result: RunResult
    /// The value of the last statement, or the failure.
    var outcome: Result<Value, Failure> { result.outcome }

    /// - Parameters:
    /// - text: a script; the value of its last statement is the outcome.
    /// - connection: the server; by default a fresh sandbox.
    /// - fuel: the maximum number of instructions; nil for no limit.
    /// - consent: the answers to questions; there is no terminal.
    /// - Throws: an error if the text is not correct.
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
