internal import LakeScript

/// What the checker knows of a text that is still being typed: which variables there are, and which fields things have.
extension ReplEngine {
    /// The variables that can be read at the cursor, those of the blocks around it, too.
    func variables(_ context: CursorContext) -> [Candidate] {
        // Without a name nothing would end at the cursor.
        let name = context.typed.isEmpty ? "_" : ""
        let scope = scope(at: context.before + Array(name.utf8)).variables
        let known = scope.isEmpty ? (earlier?.globals ?? []).map { ($0.name, $0.type) } : scope
        return known.map { Candidate($0.0, $0.1.shortDescription, .variable) }.sorted { $0.text < $1.text }
    }

    /// The fields of what stands before the last point.
    func fields(_ context: CursorContext) -> [Candidate] {
        let point = context.range.lowerBound - 1
        let base = context.before.prefix(point).dropLast(context.before.prefix(point).last == UInt8(ascii: "?") ? 1 : 0)
        return fields(of: scope(at: Array(base)).types.first, .field)
    }

    /// The fields of what the pipe brings, or of its items: but those that are given already.
    func pipedFields(_ context: CursorContext) -> [Candidate] {
        guard let pipe = context.pipe else { return [] }
        let input = Array(context.before.prefix(pipe).reversed().drop { $0 == 0x20 || $0 == 0x0A }.reversed())
        let type = scope(at: input).types.last?.unwrapped
        return fields(of: type?.item ?? type, .value).filter { !context.arguments.contains(.word($0.text)) }
    }

    private func fields(of type: ValueType?, _ kind: Candidate.Kind) -> [Candidate] {
        type?.record?.fields.map { Candidate($0.name, $0.type.shortDescription, kind) } ?? []
    }

    /// What a text means at its end, once all that is open in it is closed.
    private func scope(at text: [UInt8]) -> ScopeAtPlace {
        var sources = SourceMap()
        let whole = SourceText(name: "<prompt>", bytes: text + ReplEngine.closing(text))
        let tree = Parser.parse(whole, file: sources.add(whole), isPrompt: true).tree
        let surroundings = Checker.Surroundings(
            vocabulary: vocabulary, earlier: earlier, isPrompt: true, wantsProgram: false)
        return Checker.scope(at: UInt32(text.count), of: tree, sources: sources, in: surroundings)
    }

    /// What closes a text's open strings and brackets.
    private static func closing(_ text: [UInt8]) -> [UInt8] {
        var closing: [UInt8] = []
        for token in TextScanner.tokens(of: text) {
            switch token.kind {
            case .open:
                let bracket = text[token.range.lowerBound]
                closing.append(bracket == UInt8(ascii: "(") ? bracket + 1 : bracket + 2)
            case .close: _ = closing.popLast()
            case .string(isOpen: true):
                let string = text[token.range]
                let sign = string.lastIndex(of: UInt8(ascii: "$")) ?? string.startIndex
                closing.append(string[string.startIndex])
                if string[sign...].starts(with: "${".utf8) { closing.append(UInt8(ascii: "}")) }
            case .command, .keyword, .option, .word, .string(isOpen: false), .variable, .comment, .separator, .pipe,
                .assignment:
                break
            }
        }
        return closing.reversed()
    }
}
