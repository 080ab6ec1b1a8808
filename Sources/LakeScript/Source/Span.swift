/// One of the texts that a program is made of: the script, an include, a line at the prompt.
package struct FileID: Hashable, Sendable {
    /// The place of the text in its `SourceMap`.
    package let index: UInt32

    package init(index: UInt32) {
        self.index = index
    }
}

/// A run of bytes in one source text. Lines and columns are worked out only when something is printed.
package struct Span: Hashable, Sendable {
    package let file: FileID
    /// The first byte.
    package let start: UInt32
    /// The byte after the last one.
    package let end: UInt32

    package init(file: FileID, start: UInt32, end: UInt32) {
        self.file = file
        self.start = start
        self.end = end
    }

    /// The span from the start of this one to the end of `other`, which lies in the same text.
    package func joined(with other: Span) -> Span {
        Span(file: file, start: min(start, other.start), end: max(end, other.end))
    }

    /// The empty span at the end of this one: where something is missing.
    package var endPoint: Span { Span(file: file, start: end, end: end) }
}
