import TestSupport

@testable import LakeScript

/// A script that was parsed and checked with the toy vocabulary and virtual files.
struct CheckedText {
    let program: CheckedProgram?
    let diagnostics: [Diagnostic]
    let sources: SourceMap

    init(
        _ text: String, name: String = "t.lfs", files: [String: String] = [:], isPrompt: Bool = false,
        earlier: CheckedProgram? = nil, vocabulary: Vocabulary = ToyVocabulary.vocabulary
    ) {
        self.init(
            bytes: Array(text.utf8), name: name, files: files, isPrompt: isPrompt, earlier: earlier,
            vocabulary: vocabulary)
    }

    init(
        bytes: [UInt8], name: String = "t.lfs", files: [String: String] = [:], isPrompt: Bool = false,
        earlier: CheckedProgram? = nil, vocabulary: Vocabulary = ToyVocabulary.vocabulary
    ) {
        var sources = SourceMap()
        let source = SourceText(name: name, bytes: bytes)
        let file = sources.add(source)
        let parsed = Parser.parse(source, file: file, isPrompt: isPrompt)
        let surroundings = Checker.Surroundings(
            vocabulary: vocabulary, earlier: earlier, isPrompt: isPrompt,
            reservedParameters: ["server", "yes", "sandbox"],
            profiles: Checker.KnownProfiles(names: ["production", "staging", "prod"], path: "profiles.yaml"),
            patternMistake: { $0.hasPrefix("(") && !$0.hasSuffix(")") ? "missing )" : nil },
            loadFile: { path, _ in
                guard let text = files[path] else { return .failure(Checker.LoadFailure("no such file")) }
                return .success(SourceText(name: path, text: text))
            })
        let result = Checker.check(parsed.tree, sources: &sources, in: surroundings)
        program = parsed.diagnostics.isEmpty ? result.program : nil
        diagnostics = parsed.diagnostics + result.diagnostics
        self.sources = sources
    }

    var codes: [String] { diagnostics.map(\.code) }

    /// The diagnostics as `line:column code message · label`, for complete expectations.
    var lines: [String] {
        diagnostics.map { diagnostic in
            let (line, column) = sources[diagnostic.span.file].position(of: diagnostic.span.start)
            let words = sources[diagnostic.span.file].text(of: diagnostic.span)
            return "\(line):\(column) \(diagnostic.code) [\(words)] \(diagnostic.message) · \(diagnostic.label)"
        }
    }
}
