/// Decodes the terminal's bytes into characters for libedit.
///
/// Text passes unchanged. Sequences of function keys (`ESC [ A`, `ESC O A`) become a single C1 code each, bound to a
/// command of the shell. So vi's ESC acts at once, arrow keys stay in insert mode, and an unbound key is ignored
/// instead of inserting `5~`. An ESC with a following character in emacs mode (`ESC f`) stays two characters, as
/// libedit binds it.
struct KeyDecoder {
    /// Function keys. The raw values are the C1 codes that libedit gets; they are bound in both of vi's key maps.
    enum Key: UInt32, CaseIterable {
        case up = 0x81, down, right, left, delete, paste, home, end, wordLeft, wordRight, pageUp, pageDown, backTab
        case newline, ignored, deleteWord
    }

    /// Sequences that the user has bound; they pass undecoded to libedit's binding.
    var passing: Set<[UInt8]> = []

    /// The result of a decoding step.
    enum Decoded: Equatable {
        case scalar(UInt32)
        /// The bytes so far may be the beginning of a longer sequence.
        case more
    }

    private var bytes: [UInt8] = []
    private var position = 0

    /// True if there is nothing left to decode.
    var isEmpty: Bool { position >= bytes.count }

    /// The number of bytes not decoded yet.
    var count: Int { bytes.count - position }

    /// Adds bytes of the terminal.
    mutating func add(_ more: some Sequence<UInt8>) {
        if position > 0 {
            bytes.removeFirst(position)
            position = 0
        }
        bytes += more
    }

    /// Takes the next character. With `isFinal` no more bytes are expected: a lone ESC is the key itself, and an
    /// incomplete character is replaced.
    mutating func next(isFinal: Bool) -> Decoded {
        guard !isEmpty else { return .more }
        if bytes[position] == 0x1B { return escape(isFinal: isFinal) }
        return scalar(isFinal: isFinal)
    }

    /// Takes the available bytes of a paste, in which no byte is a key; returns true after its end mark.
    mutating func takePasted(into pasted: inout [UInt8]) -> Bool {
        var end = position
        while let place = bytes[end...].firstIndex(of: 0x1B) {
            let rest = bytes[place...].prefix(KeyDecoder.pasteEnd.count)
            if rest.elementsEqual(KeyDecoder.pasteEnd) {
                pasted += bytes[position..<place]
                position = place + rest.count
                return true
            }
            end = place
            // The mark may be incomplete at the end of the available bytes.
            if KeyDecoder.pasteEnd.starts(with: rest) { break }
            end += 1
        }
        if bytes[end...].first != 0x1B { end = bytes.count }
        pasted += bytes[position..<end]
        position = end
        return false
    }

    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    private mutating func scalar(isFinal: Bool) -> Decoded {
        let first = bytes[position]
        let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
        guard count >= length || isFinal else { return .more }
        let end = min(bytes.count, position + length)
        let text = String(decoding: bytes[position..<end], as: UTF8.self)
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1,
            scalar.utf8.count == end - position
        else {
            position += 1
            return .scalar(0xFFFD)
        }
        position = end
        // C1 codes in pasted or typed text must not act as function keys.
        return .scalar((0x80..<0xA0).contains(scalar.value) ? 0xFFFD : scalar.value)
    }

    private mutating func escape(isFinal: Bool) -> Decoded {
        guard count >= 2 else {
            guard isFinal else { return .more }
            position += 1
            return .scalar(0x1B)
        }
        switch bytes[position + 1] {
        case UInt8(ascii: "["): return sequence(isFinal: isFinal)
        case UInt8(ascii: "O"): return shortSequence(isFinal: isFinal)
        case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            position += 2
            return .scalar(Key.newline.rawValue)
        default:
            position += 1
            return .scalar(0x1B)
        }
    }

    /// Decodes `ESC O A`.
    private mutating func shortSequence(isFinal: Bool) -> Decoded {
        guard count >= 3 else {
            guard isFinal else { return .more }
            position += 1
            return .scalar(0x1B)
        }
        return key(named: bytes[(position + 2)..<(position + 3)])
    }

    /// Returns the key of a sequence with the given bytes behind its two-byte introducer, or the ESC alone if the user
    /// has bound the sequence.
    private mutating func key(named name: ArraySlice<UInt8>) -> Decoded {
        if passing.contains(Array(bytes[position..<name.endIndex])) {
            position += 1
            return .scalar(0x1B)
        }
        position = name.endIndex
        return .scalar((KeyDecoder.keys[String(decoding: name, as: UTF8.self)] ?? .ignored).rawValue)
    }

    /// Returns the bytes of a key in `~/.editrc`: `^[[15~`, `\e[15~` and `\033[15~` are the same.
    static func bytes(ofBinding name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let first = rest.popFirst() {
            switch (first, rest.first) {
            case (UInt8(ascii: "^"), let second?):
                rest.removeFirst()
                bytes.append(second == UInt8(ascii: "?") ? 0x7F : second & 0x1F)
            case (UInt8(ascii: "\\"), UInt8(ascii: "e")?), (UInt8(ascii: "\\"), UInt8(ascii: "E")?):
                rest.removeFirst()
                bytes.append(0x1B)
            case (UInt8(ascii: "\\"), _):
                let digits = rest.prefix(3).prefix { (0x30...0x37).contains($0) }
                rest = rest.dropFirst(digits.count)
                bytes.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }))
            default: bytes.append(first)
            }
        }
        return bytes
    }

    /// Decodes `ESC [ parameters final`.
    private mutating func sequence(isFinal: Bool) -> Decoded {
        let body = bytes[(position + 2)...].prefix(32)
        guard let end = body.firstIndex(where: { !(0x20..<0x40).contains($0) }) else {
            guard isFinal || body.count == 32 else { return .more }
            position = body.endIndex
            return .scalar(Key.ignored.rawValue)
        }
        // A byte that cannot be part of a sequence cuts it off and is a key of its own.
        guard (0x40...0x7E).contains(bytes[end]) else {
            position = end
            return .scalar(Key.ignored.rawValue)
        }
        return key(named: body[...end])
    }

    /// The bytes after `ESC [` or `ESC O`, as xterm, the Linux console, rxvt and tmux send them.
    private static let keys: [String: Key] = [
        "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "Z": .backTab,
        "1~": .home, "7~": .home, "4~": .end, "8~": .end, "3~": .delete, "5~": .pageUp, "6~": .pageDown,
        "1;5C": .wordRight, "1;3C": .wordRight, "5C": .wordRight, "1;5D": .wordLeft, "1;3D": .wordLeft, "5D": .wordLeft,
        "3;5~": .deleteWord, "3;3~": .deleteWord,
        "200~": .paste, "13;3u": .newline, "13;2u": .newline, "27;2;13~": .newline,
    ]
}

extension Unicode.Scalar {
    fileprivate var utf8: String.UTF8View { String(Character(self)).utf8 }
}
