package import LakeScript

/// Runs all parts of the language's front end on arbitrary bytes; used by the fuzzer, and by a test for inputs that it
/// once found.
package enum FrontEnd {
    /// Parses, checks, compiles and formats a text; returns a description of a formatter error, or nil.
    package static func problem(with bytes: [UInt8]) -> String? {
        let text = SourceText(name: "fuzz.lfs", bytes: bytes)
        _ = Parser.isIncomplete(String(decoding: bytes, as: UTF8.self))
        analyse(text)
        for isPrompt in [false, true] {
            if let program = checked(text, isPrompt: isPrompt) { _ = Compiler.compile(program) }
        }
        return formatProblem(text)
    }

    /// Describes how formatting damaged a text; nil if it did not.
    package static func formatProblem(_ text: SourceText) -> String? {
        guard let once = Formatter.format(text).text else { return nil }
        guard let twice = Formatter.format(SourceText(name: text.name, text: once)).text else {
            return "what was formatted cannot be read:\n\(once)"
        }
        if once != twice { return "formatted again it changes:\n\(once)\nto\n\(twice)" }
        let source = SourceText(name: text.name, text: once)
        if tree(text) != tree(source) { return "formatting changes the tree:\n\(tree(text))\nto\n\(tree(source))" }
        if comments(text) != comments(source) { return "formatting changes comments:\n\(once)" }
        return nil
    }

    /// Analyses a text as the prompt does, with the cursor in the middle.
    private static func analyse(_ text: SourceText) {
        let surroundings = Checker.Surroundings(
            vocabulary: ToyVocabulary.vocabulary, isPrompt: true, wantsProgram: false)
        let cursor = text.bytes.count / 2
        let analysis = SourceAnalysis(text, in: surroundings).upTo(cursor)
        _ = analysis.call(at: cursor)
        _ = analysis.scope(at: cursor)
    }

    private static func checked(_ text: SourceText, isPrompt: Bool) -> CheckedProgram? {
        var sources = SourceMap()
        let parsed = Parser.parse(text, file: sources.add(text), isPrompt: isPrompt)
        let surroundings = Checker.Surroundings(
            vocabulary: ToyVocabulary.vocabulary, isPrompt: isPrompt,
            loadFile: { _, _ in .success(SourceText(name: "lib.lfs", text: "def greet(name) { print $name }")) })
        let result = Checker.check(parsed.tree, sources: &sources, in: surroundings)
        let all = parsed.diagnostics + result.diagnostics
        let renderer = DiagnosticRenderer(sources: sources, isStyled: false)
        // Rendering is the slowest part and the same for every diagnostic, so a few suffice.
        for diagnostic in all.prefix(4) { _ = renderer.render(diagnostic) }
        return all.contains { $0.severity == .error } ? nil : result.program
    }

    private static func tree(_ text: SourceText) -> String {
        SyntaxDump.dump(Parser.parse(text, file: FileID(index: 0)).tree)
    }

    /// Returns the comments without trailing blanks, sorted, because formatting may move them.
    private static func comments(_ text: SourceText) -> [String] {
        Parser.parse(text, file: FileID(index: 0)).tree.comments.map { comment in
            let bytes = text.bytes[Int(comment.span.start)..<Int(comment.span.end)]
            let end = bytes.lastIndex { ![0x20, 0x09, 0x0D].contains($0) } ?? bytes.startIndex
            return String(decoding: bytes[...end], as: UTF8.self)
        }.sorted()
    }
}
