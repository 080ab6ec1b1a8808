internal import CCrypto

/// Random bytes that nobody can foretell, by libcrypto.
enum RandomBytes {
    /// So many of them.
    static func make(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        // SAFETY: RAND_bytes writes `count` bytes during this call only; where it fails the system's generator serves.
        if ccrypto_load() != nil || RAND_bytes(&bytes, Int32(count)) != 1 {
            var generator = SystemRandomNumberGenerator()
            bytes = bytes.map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }
        return bytes
    }
}
