// The shell's own commands among the statements of a typed text.
extension SourceAnalysis {
    /// A part of a typed text.
    package enum Piece: Sendable {
        case shell(ShellCommand)
        /// Statements of the language, up to the next of the shell's own commands.
        case statements(Range<Int>)

        package var shellCommand: ShellCommand? { if case .shell(let command) = self { command } else { nil } }
    }

    /// A command of the shell itself, which cannot be in a script. It ends at the line's end, at a `;`, and at a comment.
    package struct ShellCommand: Sendable {
        package let signature: Signature
        package let name: Range<Int>
        /// The range behind the name, without surrounding blanks.
        package let rest: Range<Int>
        /// True if the rest is a line of the language: `explain LINE`.
        package var takesLine: Bool { signature.parameters.first?.role == .command }
    }

    /// Returns the parts of a text in their order.
    static func pieces(of text: SourceText, among known: [Signature]) -> [Piece] {
        let bytes = text.bytes
        var pieces: [Piece] = []
        var place = 0
        while let start = bytes.statement(from: place) {
            if let command = shellCommand(at: start, of: text, among: known) {
                pieces.append(.shell(command))
                place = max(command.rest.upperBound, command.name.upperBound)
            } else {
                place = nextShellCommand(behind: start, of: text, among: known) ?? bytes.count
                pieces.append(.statements(start..<place))
            }
        }
        return pieces
    }

    /// Returns the offset of the first of the shell's own commands that begins a statement behind another one.
    private static func nextShellCommand(behind start: Int, of text: SourceText, among known: [Signature]) -> Int? {
        let candidates = text.bytes.lineBeginnings(behind: start).filter { signature(at: $0, of: text, known) != nil }
        guard !candidates.isEmpty else { return nil }
        let beginnings = Set(statements(of: text, from: start).map { Int($0.span.start) })
        return candidates.first(where: beginnings.contains)
    }

    private static func statements(of text: SourceText, from start: Int) -> [Statement] {
        let rest = SourceText(name: text.name, bytes: text.bytes.blanking([0..<start]))
        return Parser.parse(rest, file: FileID(index: 0), isPrompt: true).tree.statements
    }

    private static func signature(at start: Int, of text: SourceText, _ known: [Signature]) -> Signature? {
        known.first { signature in
            let end = start + signature.name.utf8.count
            return text.bytes[start...].starts(with: signature.name.utf8)
                && (end == text.bytes.count || text.bytes[end].isSpace || text.bytes[end] == UInt8(ascii: ";"))
        }
    }

    private static func shellCommand(at start: Int, of text: SourceText, among known: [Signature]) -> ShellCommand? {
        guard let signature = signature(at: start, of: text, known) else { return nil }
        let name = start..<start + signature.name.utf8.count
        let line = text.bytes[name.upperBound...].prefix { $0 != UInt8(ascii: "\n") }
        var end = line.endOfWords
        if signature.parameters.first?.role == .command {
            let onLine = statements(of: text, from: name.upperBound).filter { $0.span.start < line.endIndex }
            end = max(line.endIndex, onLine.last.map { Int($0.span.end) } ?? 0)
        }
        let rest = text.bytes[name.upperBound..<end]
        let first = rest.firstIndex { !$0.isSpace } ?? end
        let last = rest.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? first
        return ShellCommand(signature: signature, name: name, rest: first..<last)
    }
}

extension [UInt8] {
    /// The bytes with blanks in place of ranges; line ends stay.
    package func blanking(_ ranges: [Range<Int>]) -> [UInt8] {
        var bytes = self
        for place in ranges.joined() where bytes.indices.contains(place) && bytes[place] != UInt8(ascii: "\n") {
            bytes[place] = UInt8(ascii: " ")
        }
        return bytes
    }

    /// Returns the offset of the next statement: behind blanks, line ends, `;` and comments.
    fileprivate func statement(from start: Int) -> Int? {
        var place = start
        while let next = self[place...].firstIndex(where: { !$0.isSpace && $0 != UInt8(ascii: ";") }) {
            guard self[next] == UInt8(ascii: "#") else { return next }
            place = self[next...].firstIndex(of: UInt8(ascii: "\n")) ?? count
        }
        return nil
    }

    /// The offsets behind an offset where a line, or what stands behind a `;`, begins.
    fileprivate func lineBeginnings(behind start: Int) -> [Int] {
        indices[start...].compactMap { place in
            guard self[place] == UInt8(ascii: "\n") || self[place] == UInt8(ascii: ";") else { return nil }
            return self[(place + 1)...].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        }
    }
}

extension ArraySlice<UInt8> {
    /// The end of the words of a command: before a `;`, or a comment behind a blank, outside of quotes.
    fileprivate var endOfWords: Int {
        var quote: UInt8?
        for place in indices {
            let byte = self[place]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                // An apostrophe in a name is no quote: a quote is closed on its line.
                if self[(place + 1)...].contains(byte) { quote = byte }
            } else if byte == UInt8(ascii: ";") {
                return place
            } else if byte == UInt8(ascii: "#"), place > startIndex, self[place - 1].isSpace {
                return place
            }
        }
        return endIndex
    }
}
