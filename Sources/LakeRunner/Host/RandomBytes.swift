internal import CCrypto

/// Cryptographically secure random bytes, by libcrypto.
enum RandomBytes {
    /// Returns this number of random bytes.
    static func make(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        // SAFETY: RAND_bytes writes `count` bytes during this call only; if it fails, the system's generator is used.
        if ccrypto_load() != nil || RAND_bytes(&bytes, Int32(count)) != 1 {
            var generator = SystemRandomNumberGenerator()
            bytes = bytes.map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }
        return bytes
    }
}
