/// Identifies a text of a program: the script, an included file, a line at the prompt.
package struct FileID: Hashable, Sendable {
    /// The index of the text in its `SourceMap`.
    package let index: UInt32

    package init(index: UInt32) {
        self.index = index
    }
}

/// A range of bytes in one source text. Lines and columns are computed only when a message is printed.
package struct Span: Hashable, Sendable {
    package let file: FileID
    package let start: UInt32
    /// The byte after the last one.
    package let end: UInt32

    package init(file: FileID, start: UInt32, end: UInt32) {
        self.file = file
        self.start = start
        self.end = end
    }

    /// Returns the span from the start of this one to the end of `other`, which is in the same text.
    package func joined(with other: Span) -> Span {
        Span(file: file, start: min(start, other.start), end: max(end, other.end))
    }

    /// The empty span at the end of this one, for what is missing there.
    package var endPoint: Span { Span(file: file, start: end, end: end) }
}
