/// Random bytes from a seed: SHA-256 over seed and counter. It is a value, so a state that contains it is one, too.
///
/// The sandbox seeds it anew for each request.
package struct RandomStream: RandomNumberGenerator, Sendable {
    private let seed: [UInt8]
    private var counter: UInt64 = 0
    private var block: ArraySlice<UInt8> = []

    /// A stream with a seed of 256 bits from another generator.
    package init(from generator: inout some RandomNumberGenerator) {
        seed = generator.bytes(32)
    }

    package mutating func next() -> UInt64 {
        bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Returns a number of random bytes.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < count {
            if block.isEmpty { refill() }
            let piece = block.prefix(count - result.count)
            result += piece
            block = block.dropFirst(piece.count)
        }
        return result
    }

    private mutating func refill() {
        block = Digest.sha256(seed + Digest.bytes(of: counter))[...]
        counter += 1
    }
}

extension RandomNumberGenerator {
    /// Returns a number of random bytes.
    mutating func bytes(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < count { result += Digest.bytes(of: next()) }
        return Array(result.prefix(count))
    }
}
