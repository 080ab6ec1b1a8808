import LakeAPI
import LakeScript

/// Identifies the sender of a request: by bearer token, then basic credentials, then session cookie.
///
/// A method that is absent (no header, another scheme, malformed base64) leads to the next; one that fails ends at
/// once.
enum Authentication {
    /// Returns the user's id; nil if the request has no credentials.
    static func user(of request: HTTPRequest, in state: SandboxState, at now: Instant) throws(Fault) -> String? {
        let header = request.header("Authorization") ?? ""
        if let token = bearer(header) { return try user(of: token, in: state, at: now) }
        if let (key, secret) = basic(header) {
            guard let user = state.directory.user(of: key, secret) else { throw .unauthenticated }
            return user.id
        }
        if let token = session(request) { return try user(of: token, in: state, at: now) }
        return nil
    }

    private static func user(
        of token: String, in state: SandboxState, at now: Instant
    ) throws(Fault) -> String {
        let name = SessionToken.user(of: token, now: now.epochSeconds, key: state.signingKey)
        guard let name, state.directory.users.contains(name) else { throw .unauthenticated }
        return name
    }

    private static func bearer(_ header: String) -> String? {
        guard header.prefix(6).lowercased() == "bearer" else { return nil }
        let words = header.split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[0].count == 6 else { return nil }
        return String(words[1])
    }

    private static func basic(_ header: String) -> (key: String, secret: String)? {
        guard header.prefix(6).lowercased() == "basic ", let bytes = Base64.decode(String(header.dropFirst(6))) else {
            return nil
        }
        let parts = String(decoding: bytes, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }

    private static func session(_ request: HTTPRequest) -> String? {
        for header in request.headers where header.name.lowercased() == "cookie" {
            for pair in header.value.split(separator: ";") {
                let parts = pair.trimmed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0] == "internal_auth_session" else { continue }
                // An unknown session counts as none.
                return SessionToken.token(of: String(parts[1]))
            }
        }
        return nil
    }
}

extension Substring {
    fileprivate var trimmed: Substring { drop(while: \.isWhitespace) }
}
