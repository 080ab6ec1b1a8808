/// libFuzzer's own mutation, for custom mutators: changes the bytes in place and returns the new count.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int) -> Int

/// Mutates an input: half of the time by libFuzzer's changes of bytes, otherwise by changes of words, which leave more
/// texts parseable.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: CUnsignedInt) -> Int {
    var chance = Chance(state: UInt64(seed))
    guard chance.below(2) == 0 else { return mutateBytes(start, count, limit) }
    // SAFETY: libFuzzer passes `limit` bytes that are valid during the call, `count` of them initialised.
    let buffer = UnsafeMutableBufferPointer(start: start, count: limit)
    var text = WordedText(Array(buffer.prefix(count)))
    for _ in 0...chance.below(3) { text.change(&chance) }
    let bytes = text.bytes.prefix(limit)
    return buffer.update(fromContentsOf: bytes)
}

/// A text as words, runs of blanks, and single other bytes.
private struct WordedText {
    private var tokens: [ArraySlice<UInt8>] = []

    var bytes: [UInt8] { Array(tokens.joined()) }

    init(_ bytes: [UInt8]) {
        var start = 0
        for at in bytes.indices where at + 1 == bytes.count || !WordedText.belong(bytes[at], bytes[at + 1]) {
            tokens.append(bytes[start...at])
            start = at + 1
        }
    }

    private static func belong(_ left: UInt8, _ right: UInt8) -> Bool {
        isWord(left) && isWord(right) || left == UInt8(ascii: " ") && right == left
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "$"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }

    /// Inserts, deletes, replaces or repeats words, or cuts the text.
    mutating func change(_ chance: inout Chance) {
        let at = chance.below(tokens.count + 1)
        let end = min(tokens.count, at + 1 + chance.below(chance.below(8) + 1))
        switch chance.below(6) {
        case 0, 1: tokens.insert(chance.word(), at: at)
        case 2: tokens.removeSubrange(at..<max(at, end))
        case 3: tokens.replaceSubrange(at..<min(tokens.count, at + 1), with: [chance.word()])
        case 4: tokens.insert(contentsOf: tokens[at..<max(at, end)], at: chance.below(tokens.count + 1))
        default: tokens.removeSubrange(at...)
        }
    }
}

/// A reproducible random number generator (SplitMix64).
private struct Chance {
    var state: UInt64

    private static let words = GrammarSeeds.words.map { Array($0.utf8)[...] }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    mutating func word() -> ArraySlice<UInt8> { Chance.words[below(Chance.words.count)] }
}
