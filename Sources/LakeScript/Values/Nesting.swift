/// How deep the values may nest that a script builds: each list and map is measured as it is made, so that whatever
/// recurses over values (comparing, writing, letting go of them) meets none that is too deep.
///
/// To measure a value takes its size, and what is wrapped again and again may be large, or hold the same part a thousand
/// times. So no more than a thousand parts are looked at. Of the values that have more, one in 256, by chance, is measured
/// whole, each part once however often it is there: a script may go beyond the limit unseen by some hundred levels, where
/// tens of thousands would be needed for harm.
struct Nesting {
    private var random: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static let mostParts = 1024
    private static let oneIn: UInt64 = 256

    /// - Throws: a mistake where a value is deeper than `Value.maximumDepth` when it stands so many levels down.
    mutating func check(_ value: Value, below levels: Int = 0) throws(Failure) {
        var left = Nesting.mostParts
        let most = Value.maximumDepth - levels
        var isTooDeep = value.isDeeper(than: most, &left)
        if left <= 0, !isTooDeep, nextIsChosen() {
            var known: [UInt: Int] = [:]
            isTooDeep = value.depth(&known) > most
        }
        guard isTooDeep else { return }
        throw .tooDeep(Value.maximumDepth)
    }

    /// Xorshift: the same script chooses the same values.
    private mutating func nextIsChosen() -> Bool {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return random % Nesting.oneIn == 0
    }
}

extension Value {
    /// What stands directly inside; nil for what is neither list nor map.
    private var parts: [Value]? {
        switch self {
        case .list(let items): items
        case .map(let record): record.values
        case .null, .bool, .int, .float, .string, .bytes, .secret, .duration: nil
        }
    }

    /// Whether it has more than so many levels, a list of numbers having one; false where `left` parts do not tell.
    fileprivate func isDeeper(than levels: Int, _ left: inout Int) -> Bool {
        guard let parts else { return false }
        guard levels > 0 else { return true }
        for part in parts {
            left -= 1
            guard left > 0 else { return false }
            if part.isDeeper(than: levels - 1, &left) { return true }
        }
        return false
    }

    /// How many levels it has; `known` are those of lists and maps that were met, by where their parts are stored.
    fileprivate func depth(_ known: inout [UInt: Int]) -> Int {
        guard let parts, !parts.isEmpty else { return parts == nil ? 0 : 1 }
        // SAFETY: the address is compared only; all that is measured stays alive meanwhile.
        let place = parts.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        if let depth = known[place] { return depth }
        var deepest = 0
        for part in parts { deepest = max(deepest, part.depth(&known)) }
        known[place] = deepest + 1
        return deepest + 1
    }
}
