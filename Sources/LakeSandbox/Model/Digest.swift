import CCrypto
package import LakeScript

/// Checksums and message authentication with libcrypto.
///
/// The first digest loads the library; reading from a sandbox needs none. A digest function cannot fail: callers call
/// `load` before, or check `failure` after.
package enum Digest {
    /// Loads libcrypto.
    ///
    /// - Throws: a mistake if it is missing.
    package static func load() throws(Failure) {
        if let missing { throw .missingLibrary(missing) }
    }

    /// Error of loading libcrypto, if it was needed and is missing.
    static var failure: String? { ccrypto_failure().map { String(cString: $0) } }

    private static let missing = ccrypto_load().map { String(cString: $0) }

    /// SHA-256, 32 bytes.
    package static func sha256(_ bytes: [UInt8]) -> [UInt8] { digest(bytes) { EVP_sha256() } }

    /// MD5, 16 bytes; object stores use it as ETag.
    package static func md5(_ bytes: [UInt8]) -> [UInt8] { digest(bytes) { EVP_md5() } }

    /// HMAC with SHA-256, 32 bytes.
    package static func hmac(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: 32)
        guard missing == nil else { return result }
        var length: UInt32 = 0
        // SAFETY: libcrypto reads the two arrays only during the call and writes 32 bytes, the size of SHA-256.
        _ = unsafe HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &result, &length)
        return result
    }

    /// Returns the bytes as lower-case hexadecimal digits.
    package static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            for digit in [byte >> 4, byte & 15] {
                digits.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Returns the eight bytes of an integer, most significant first.
    package static func bytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    private static func digest(_ bytes: [UInt8], _ type: () -> OpaquePointer?) -> [UInt8] {
        guard missing == nil else { return [] }
        var result = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        // SAFETY: libcrypto reads `bytes` only during the call and writes at most EVP_MAX_MD_SIZE bytes.
        _ = unsafe EVP_Digest(bytes, bytes.count, &result, &length, type(), nil)
        return Array(result.prefix(Int(length)))
    }
}
