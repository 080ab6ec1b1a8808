/// Byte range of an object: the `Range` header of HTTP, as far as lakeFS supports it.
enum ByteRange {
    /// Result of reading a header.
    enum Reading: Sendable, Equatable {
        case bytes(Range<Int>)
        /// The range starts after the end of the object.
        case outside
        /// The header is not a single range.
        case malformed
    }

    /// Reads `bytes=0-4`, `bytes=7-` or `bytes=-5` for an object of the given size.
    static func read(_ header: String, size: Int) -> Reading {
        guard header.hasPrefix("bytes=") else { return .malformed }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return .malformed }
        switch (Int(ends[0]), Int(ends[1])) {
        case (let first?, let last?):
            guard first <= last else { return .malformed }
            return first < size ? .bytes(first..<(last < size ? last + 1 : size)) : .outside
        case (let first?, nil) where ends[1].isEmpty:
            return first < size ? .bytes(first..<size) : .outside
        case (nil, let count?) where ends[0].isEmpty:
            return count > 0 && size > 0 ? .bytes(max(0, size - count)..<size) : .outside
        default: return .malformed
        }
    }
}
