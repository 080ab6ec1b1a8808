import LakeAPI
import LakeScript
import Testing

@testable import LakeAssist

/// Completion offers exactly what the language has: nothing here has a list of its own.
struct OneFrontEndTests {
    private let engine = Assistant(vocabulary: Catalogue.vocabulary)

    private func candidates(_ text: String) -> [String] {
        engine.complete(text, cursor: text.utf8.count).candidates.map(\.text)
    }

    @Test("a keyword is offered where it may begin a statement, and is coloured as one", arguments: Keyword.allCases)
    func keywords(keyword: Keyword) {
        #expect(candidates(keyword.rawValue).contains(keyword.rawValue) == !keyword.summary.isEmpty)
        #expect(engine.analysis(of: keyword.rawValue).tokens.map(\.kind) == [.keyword])
    }

    @Test("the options that are offered for an operation are those that a call may have", arguments: Catalogue.all)
    func options(operation: LakeAPI.Operation) throws {
        let command = try #require(Catalogue.vocabulary[operation.name])
        let known = command.signature.parameters + command.options.map(\.parameter)
        #expect(Set(candidates("\(operation.name) --")) == Set(known.map { "--" + $0.name }))
        for parameter in known {
            let text = "\(operation.name) --\(parameter.name)="
            let analysis = engine.analysis(of: text)
            #expect(analysis.calls.first?.arguments.first?.parameter?.name == parameter.name)
        }
    }
}
