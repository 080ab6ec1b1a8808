/// A string as its sequence of Unicode scalars, which alone make two texts equal: for `==`, the keys of maps and sets.
///
/// `String` compares by canonical equivalence (`é` is `e` and an accent), which lakeFS, JSON and files do not.
package struct ScalarText: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ScalarText, right: ScalarText) -> Bool {
        // Swift compares strings by canonical equivalence, so equal strings can have different scalars. No other text
        // of the same length is equivalent to one of ASCII; elsewhere the bytes decide.
        guard left.text.utf8.count == right.text.utf8.count, left.text == right.text else { return false }
        return left.text.utf8Span.isKnownASCII || left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Hashes as the string: equivalent texts that differ share a hash, and are rare.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension [String] {
    /// Returns the index of the first text of these scalars.
    package func position(of text: String) -> Int? {
        let text = ScalarText(text)
        // A span lends its elements: `firstIndex` would retain each.
        let texts = span
        return texts.indices.first { ScalarText(texts[$0]) == text }
    }

    /// True if both have texts of the same scalars, in the same order.
    package func isSame(as other: [String]) -> Bool {
        self == other && zip(self, other).allSatisfy { ScalarText($0) == ScalarText($1) }
    }
}

extension String {
    /// The lines of the text without their ends, LF or CRLF. An end of the last line begins no other one.
    package var lines: [String] {
        var lines = utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let last = lines.count - (utf8.last == UInt8(ascii: "\n") ? 0 : 1)
        var texts: [String] = []
        texts.reserveCapacity(lines.count)
        for (place, line) in lines.enumerated().metered {
            texts.append(String(place < last && line.last == UInt8(ascii: "\r") ? line.dropLast() : line) ?? "")
        }
        return texts
    }
}
