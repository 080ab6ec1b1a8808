package import LakeScript

/// The identity that a request tells: one of the API's ways to authenticate.
package enum Credentials: Sendable, Equatable {
    /// A pair of keys: basic authentication.
    case keys(id: String, secret: String)
    /// The token that a login gives.
    case token(String)
    /// A session cookie of a browser.
    case cookie(name: String, value: String)

    /// Reads an identity as `as` takes it: a map with a pair of keys (what `create_credentials` gives), with a `token`
    /// (what logins give), or with a session cookie.
    ///
    /// - Throws: a mistake if the map is none of them.
    package init(_ identity: Value) throws(Failure) {
        if let id = identity["access_key_id"].text, let secret = identity["secret_access_key"].text {
            self = .keys(id: id, secret: secret)
        } else if let token = identity["token"].text {
            self = .token(token)
        } else if let cookie = IdentityForm.cookies.map(\.fields[0].name).first(where: { identity[$0].text != nil }) {
            self = .cookie(name: cookie, value: identity[cookie].text ?? "")
        } else {
            throw .noIdentity(
                "this is not an identity: take \(IdentityForm.all.phrase)",
                notes: identity["access_key_id"].text == nil ? [] : ["the key is there, its secret is not"])
        }
        guard header.value.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
            throw .noIdentity("the identity holds a line feed or another control character")
        }
    }

    /// The header that carries them.
    package var header: (name: String, value: String) {
        switch self {
        case .keys(let id, let secret): ("Authorization", "Basic " + Base64.encode(Array("\(id):\(secret)".utf8)))
        case .token(let token): ("Authorization", "Bearer " + token)
        case .cookie(let name, let value): ("Cookie", "\(name)=\(value)")
        }
    }

    /// The name in messages, without anything secret.
    package var label: String {
        switch self {
        case .keys(let id, _): "the owner of the key \(id)"
        case .token: "the owner of the token"
        case .cookie(let name, _): "the owner of the \(name)"
        }
    }
}
