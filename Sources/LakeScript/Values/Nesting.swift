/// The limit on the depth of values that a script builds. Each list and map is measured when it is made, so that
/// recursion over values (comparing, writing, releasing them) stays within the stack.
///
/// Measuring takes time proportional to the size, and a value may be large or contain the same part many times. So at
/// most a thousand parts are examined. Of larger values, a random one in 256 is measured completely, each shared part
/// once. A script may exceed the limit undetected by some hundred levels; a crash needs tens of thousands.
struct Nesting {
    private var random: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static let mostParts = 1024
    private static let oneIn: UInt64 = 256

    /// - Throws: a mistake if the value is deeper than `Value.maximumDepth`, counted from `levels` levels down.
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

    /// Draws by xorshift, so that the same script draws the same values.
    private mutating func nextIsChosen() -> Bool {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return random % Nesting.oneIn == 0
    }
}

extension Value {
    /// The direct parts; nil for anything but a list or a map.
    private var parts: [Value]? {
        switch self {
        case .list(let items): items
        case .map(let record): record.values
        case .null, .bool, .int, .float, .string, .bytes, .secret, .duration: nil
        }
    }

    /// True for a list or a map. Most parts are neither; this tells it without a copy.
    private var isNested: Bool {
        switch self {
        case .list, .map: true
        case .null, .bool, .int, .float, .string, .bytes, .secret, .duration: false
        }
    }

    /// Returns true if the value has more than this many levels (a list of numbers has one); false if `left` parts do
    /// not suffice to tell.
    fileprivate func isDeeper(than levels: Int, _ left: inout Int) -> Bool {
        guard let parts else { return false }
        guard levels > 0 else { return true }
        let span = parts.span
        for place in span.indices {
            left -= 1
            guard left > 0 else { return false }
            if span[place].isNested, span[place].isDeeper(than: levels - 1, &left) { return true }
        }
        return false
    }

    /// Returns the number of levels; `known` holds those of lists and maps that were measured before, by their storage.
    fileprivate func depth(_ known: inout [UInt: Int]) -> Int {
        guard let parts, !parts.isEmpty else { return parts == nil ? 0 : 1 }
        // SAFETY: the address is only compared; everything that is measured stays alive meanwhile.
        let place = parts.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        if let depth = known[place] { return depth }
        var deepest = 0
        for part in parts { deepest = max(deepest, part.depth(&known)) }
        known[place] = deepest + 1
        return deepest + 1
    }
}
