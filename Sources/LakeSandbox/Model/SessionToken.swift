import LakeScript

/// A login: a JSON web token signed with HMAC-SHA256. It names its user and ends by itself; the server keeps nothing of
/// it, so it outlives the key that it was got with.
enum SessionToken {
    /// The lifetime of a login: 7 days, in seconds.
    static let duration = 604_800
    /// The longest that an external login gives: 14 days.
    static let maximumDuration = 1_209_600

    /// A token for a user, given now, that ends at `end`, which may have passed (both in seconds since 1970).
    static func issue(
        for user: String, now: Int, end: Int, key: [UInt8], random: inout RandomStream
    ) -> String {
        let id = Digest.hexadecimal(random.bytes(16))
        let claims: Value = [
            "aud": "login", "exp": .int(end), "jti": .string(id), "iat": .int(now), "iss": "auth",
            "sub": .string(user),
        ]
        let head: Value = ["alg": "HS256", "typ": "JWT"]
        let signed = part(JSON.write(head, layout: .compact)) + "." + part(JSON.write(claims, layout: .compact))
        return signed + "." + signature(of: signed, key)
    }

    /// The user whom a token names; nil where it is not ours or has ended.
    static func user(of token: String, now: Int, key: [UInt8]) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, isEqual(signature(of: parts[0] + "." + parts[1], key), String(parts[2])) else {
            return nil
        }
        guard let head = claims(parts[0]), head["alg"] == "HS256", let claims = claims(parts[1]) else { return nil }
        guard let end = claims["exp"].integer, now < end else { return nil }
        return claims["sub"].text
    }

    /// A session cookie that holds a token, and the token of one.
    static func cookie(of token: String) -> String { part(Array(token.utf8)) }
    static func token(of cookie: String) -> String? {
        Base64.decode(cookie).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func claims(_ part: Substring) -> Value? {
        Base64.decode(String(part)).flatMap { try? JSON.read($0) }
    }

    private static func signature(of text: some StringProtocol, _ key: [UInt8]) -> String {
        part(Digest.hmac(Array(text.utf8), key: key))
    }

    /// Base64 in the alphabet for addresses, without padding.
    private static func part(_ bytes: [UInt8]) -> String {
        let letters = Base64.encode(bytes).utf8.lazy.filter { $0 != UInt8(ascii: "=") }.map { letter in
            switch letter {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: letter
            }
        }
        return String(decoding: Array(letters), as: UTF8.self)
    }
}
