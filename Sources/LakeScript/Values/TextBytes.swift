// Bytes as text: UTF-8, with or without a byte order mark.
extension [UInt8] {
    /// The bytes without UTF-8's byte order mark.
    package var dropByteOrderMark: ArraySlice<UInt8> { starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...] }

    /// The reason why the bytes are not text: "is UTF-16", "is not UTF-8 text: line 3 has the byte 0xE9"; nil if they are.
    package var textProblem: String? {
        if let encoding = otherEncoding { return "is \(encoding), not UTF-8" }
        guard String(validating: self, as: UTF8.self) == nil else { return nil }
        let line = firstInvalid.line
        return "is not UTF-8 text: line \(line) has the byte 0x\(String(firstInvalid.byte, radix: 16, uppercase: true))"
    }

    /// The name of another encoding, by the byte order mark or, without one, by every second byte of ASCII being zero.
    private var otherEncoding: String? {
        if starts(with: [0xFF, 0xFE, 0, 0]) || starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
        if starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        let start = prefix(64)
        guard start.count >= 4, count.isMultiple(of: 2) else { return nil }
        let zeros = [0, 1].map { place in
            start.indices.count { $0 % 2 == place && start[$0] == 0 } * 2 == start.count
        }
        return zeros[0] != zeros[1] ? "UTF-16" : nil
    }

    /// The first byte that belongs to no character, and its line.
    private var firstInvalid: (line: Int, byte: UInt8) {
        var line = 1
        for text in split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            guard String(validating: text, as: UTF8.self) == nil else {
                line += 1
                continue
            }
            var decoder = UTF8()
            var rest = text.makeIterator()
            var place = text.startIndex
            while case .scalarValue(let scalar) = decoder.decode(&rest) { place += UTF8.width(scalar) }
            return (line, text[Swift.min(place, text.endIndex - 1)])
        }
        return (line, last ?? 0)
    }
}
