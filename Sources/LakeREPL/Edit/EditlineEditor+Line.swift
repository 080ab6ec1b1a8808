internal import CEditline

/// Reading and changing libedit's line through its public functions.
extension EditlineEditor {
    /// The current line.
    var line: Line {
        guard let info = el_wline(editor)?.pointee, let start = info.buffer else { return Line() }
        // SAFETY: libedit's line spans from `buffer` to `lastchar`. It is copied in one piece, since a paste may be
        // long, before anything changes it. Both element types have 32 bits.
        let count = max(0, info.lastchar - start)
        let scalars = start.withMemoryRebound(to: UInt32.self, capacity: count) {
            Array(UnsafeBufferPointer(start: $0, count: count))
        }
        return Line(scalars: scalars, cursor: info.cursor - start)
    }

    /// Moves the cursor to a scalar.
    func moveCursor(to place: Int) {
        el_cursor(editor, Int32(place - line.cursor))
    }

    /// Inserts text at the cursor.
    func insert(_ text: String) {
        guard !text.isEmpty else { return }
        let scalars = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
        // SAFETY: the text is null-terminated and copied by libedit.
        el_winsertstr(editor, scalars)
    }

    /// Deletes scalars to the left of the cursor.
    func deleteBefore(_ count: Int) {
        guard count > 0 else { return }
        el_deletestr(editor, Int32(count))
    }

    /// Deletes scalars to the right of the cursor.
    func deleteAfter(_ count: Int) {
        guard count > 0 else { return }
        moveCursor(to: line.cursor + count)
        deleteBefore(count)
    }

    /// Replaces bytes of the text's UTF-8 and moves the cursor behind the new text.
    func replace(_ range: Range<Int>, with text: String) {
        let bytes = Array(line.text.utf8)
        guard range.upperBound <= bytes.count else { return }
        let start = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).unicodeScalars.count
        let old = String(decoding: bytes[range], as: UTF8.self).unicodeScalars.count
        moveCursor(to: start + old)
        deleteBefore(old)
        insert(text)
    }

    /// Replaces the whole line.
    func replaceLine(with text: String, cursor: Int? = nil) {
        moveCursor(to: line.scalars.count)
        deleteBefore(line.scalars.count)
        insert(text)
        if let cursor { moveCursor(to: cursor) }
    }
}
