import LakeScript

/// A login: a JSON web token signed with HMAC-SHA256. It contains its user and its expiry. The server stores nothing,
/// so a token outlives the access key it was issued for.
enum SessionToken {
    /// Lifetime of a login: 7 days, in seconds.
    static let duration = 604_800
    /// Longest lifetime of an external login: 14 days, in seconds.
    static let maximumDuration = 1_209_600

    /// Issues a token for a user; `now` and `end` are seconds since 1970, and `end` may be in the past.
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

    /// Returns the user of a token; nil if it is invalid or has expired.
    static func user(of token: String, now: Int, key: [UInt8]) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, isEqual(signature(of: parts[0] + "." + parts[1], key), String(parts[2])) else {
            return nil
        }
        guard let head = claims(parts[0]), head["alg"] == "HS256", let claims = claims(parts[1]) else { return nil }
        guard let end = claims["exp"].integer, now < end else { return nil }
        return claims["sub"].text
    }

    /// Returns the session cookie for a token, and the token in one.
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

    private static func part(_ bytes: [UInt8]) -> String { Base64.encode(bytes).urlSafe }
}
