internal import LakeRunner
internal import LakeScript

/// A snapshot of libedit's line: its scalars and the cursor.
struct Line: Equatable {
    let scalars: [UInt32]
    /// The cursor as an index of scalars.
    let cursor: Int

    init(scalars: [UInt32] = [], cursor: Int = 0) {
        self.scalars = scalars
        self.cursor = min(max(0, cursor), scalars.count)
    }

    var text: String { Line.text(scalars[...]) }
    /// The text before the cursor.
    var before: String { Line.text(scalars[..<cursor]) }
    /// The text behind the cursor.
    var after: String { Line.text(scalars[cursor...]) }
    func text(in range: Range<Int>) -> String { Line.text(scalars[range]) }
    /// The scalars of the cursor's row, without its line end.
    var row: Range<Int> {
        let start = scalars[..<cursor].lastIndex(of: Line.newline).map { $0 + 1 } ?? 0
        return start..<(scalars[cursor...].firstIndex(of: Line.newline) ?? scalars.count)
    }
    /// The cursor in characters (grapheme clusters).
    var characterCursor: Int { before.count }
    /// The cursor in bytes of UTF-8.
    var byteCursor: Int { before.utf8.count }
    var isEmpty: Bool { scalars.isEmpty }
    /// True if the line is short enough to be analysed at each key.
    var isCheap: Bool { scalars.count < 16_384 }

    /// The part of the line around the cursor that a window can show; the whole line if it is short.
    var excerpt: Line {
        guard !isCheap else { return self }
        let start = max(0, cursor - 8_000)
        return Line(scalars: Array(scalars[start..<min(scalars.count, cursor + 8_000)]), cursor: cursor - start)
    }

    /// The number of scalars of the character before the cursor.
    var previousLength: Int { before.last?.unicodeScalars.count ?? 0 }
    /// The number of scalars of the character at the cursor.
    var nextLength: Int { after.first?.unicodeScalars.count ?? 0 }

    /// Returns the number of scalars back to the beginning of the word, including blanks behind it.
    func wordBefore(_ isWord: (Character) -> Bool) -> Int {
        let characters = before.reversed()
        let blanks = characters.prefix { !isWord($0) }
        let word = characters.dropFirst(blanks.count).prefix(while: isWord)
        return (Array(blanks) + Array(word)).reduce(0) { $0 + $1.unicodeScalars.count }
    }

    /// Returns the number of scalars to the end of the word.
    func wordAfter(_ isWord: (Character) -> Bool) -> Int {
        let blanks = after.prefix { !isWord($0) }
        let word = after.dropFirst(blanks.count).prefix(while: isWord)
        return (Array(blanks) + Array(word)).reduce(0) { $0 + $1.unicodeScalars.count }
    }

    /// Returns the cursor one row up or down in the same column; nil at the edge of the block.
    func cursor(rowsDown step: Int) -> Int? {
        let row = row
        let edge = step < 0 ? row.lowerBound - 1 : row.upperBound
        guard scalars.indices.contains(edge) else { return nil }
        let target = Line(scalars: scalars, cursor: step < 0 ? edge : edge + 1).row
        let column = text(in: row.lowerBound..<cursor).displayWidth
        var width = 0
        var place = target.lowerBound
        for character in text(in: target) {
            width += character.displayWidth
            if width > column { break }
            place += character.unicodeScalars.count
        }
        return place
    }

    private static let newline: UInt32 = 10

    private static func text(_ scalars: ArraySlice<UInt32>) -> String {
        var text = String.UnicodeScalarView()
        for scalar in scalars { text.append(UnicodeScalar(scalar) ?? "\u{FFFD}") }
        return String(text)
    }
}

/// The undo history for emacs mode, which libedit lacks.
struct UndoHistory {
    private var past: [Line] = []
    private var current = Line()
    /// True if the last change inserted a single character at the end.
    private var wasOne = false

    /// Records the line after a key; consecutive typed letters are one step.
    mutating func note(_ line: Line) {
        guard line.scalars != current.scalars else {
            current = line
            return
        }
        let isOne = line.scalars.count == current.scalars.count + 1 && line.cursor == line.scalars.count
        if !isOne || !wasOne || line.scalars.last == 32 { past.append(current) }
        wasOne = isOne
        // For a huge line only a few steps are kept, to save memory.
        if past.count > (line.isCheap ? 500 : 8) { past.removeFirst() }
        current = line
    }

    /// Returns the line before the last change, or nil.
    mutating func back() -> Line? {
        guard let line = past.popLast() else { return nil }
        current = line
        wasOne = false
        return line
    }
}
