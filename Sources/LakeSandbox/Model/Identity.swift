import LakeScript

/// Somebody who may be known to the server.
struct User: Sendable {
    let id: String
    /// Seconds since 1970, as all dates here.
    let createdAt: Int
    /// Only of who was invited.
    var email: String?
}

/// Users who have policies in common.
struct Group: Sendable {
    let id: String
    let createdAt: Int
    /// Nil where none was given; 0.90 has none.
    var description: String?
}

/// What its holders may do.
struct Policy: Sendable {
    let id: String
    var createdAt: Int
    var statements: [Statement]
    /// The permission that the policy was made from, where it is a group's access control list.
    var permission: String?
}

/// A rule of a policy.
struct Statement: Sendable, Equatable {
    var isDeny: Bool
    /// Globs: `fs:Read*`.
    var actions: [String]
    /// An ARN whose last part is a glob, or `*`; at 1.84 also a JSON list of them.
    var resource: String
    /// Operator to field to values; nil for none.
    var condition: Record?

    /// A rule that allows.
    static func allow(_ actions: [String], on resource: String = "*") -> Statement {
        Statement(isDeny: false, actions: actions, resource: resource)
    }
}

/// A pair of keys, as it is kept.
struct Credential: Sendable {
    let key: AccessKey
    let createdAt: Int
}

/// A pair of keys.
package struct AccessKey: Sendable, Equatable {
    /// Twenty characters, `AKIAJSANDBOX…Q`.
    package let id: String
    /// Forty characters of base64.
    package let secret: String

    package init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }

    /// A new pair in the form of the real server's, recognizable as a sandbox's by `SANDBOX`.
    init(from random: inout some RandomNumberGenerator) {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        let middle = random.bytes(7).map { letters[Int($0 & 31)] }
        id = "AKIAJSANDBOX" + String(decoding: middle, as: UTF8.self) + "Q"
        secret = Base64.encode(random.bytes(30))
    }
}
