import LakeScript

/// A user of the server.
struct User: Sendable {
    let id: String
    /// Seconds since 1970, as all dates here.
    let createdAt: Int
    /// Only of invited users.
    var email: String?
}

/// A group of users that share policies.
struct Group: Sendable {
    let id: String
    let createdAt: Int
    /// Nil if none was given; 0.90 has none.
    var description: String?
}

/// A set of statements about permissions.
struct Policy: Sendable {
    let id: String
    var createdAt: Int
    var statements: [Statement]
    /// Permission of the access control list from which the policy was made, if it is one.
    var permission: String?
}

/// A statement of a policy.
struct Statement: Sendable, Equatable {
    var isDeny: Bool
    /// Globs: `fs:Read*`.
    var actions: [String]
    /// ARN whose last part is a glob, or `*`; at 1.84 also a JSON list of them.
    var resource: String
    /// Operator to field to values; nil without conditions.
    var condition: Record?

    /// Returns a statement that allows actions.
    static func allow(_ actions: [String], on resource: String = "*") -> Statement {
        Statement(isDeny: false, actions: actions, resource: resource)
    }
}

/// A stored access key.
struct Credential: Sendable {
    let key: AccessKey
    let createdAt: Int
}

/// An access key: id and secret.
package struct AccessKey: Sendable, Equatable {
    /// Twenty characters, `AKIAJSANDBOX…Q`.
    package let id: String
    /// Forty characters of base64.
    package let secret: String

    package init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }

    /// Generates a key in the format of the real server, with `SANDBOX` in its id.
    init(from random: inout some RandomNumberGenerator) {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        let middle = random.bytes(7).map { letters[Int($0 & 31)] }
        id = "AKIAJSANDBOX" + String(decoding: middle, as: UTF8.self) + "Q"
        secret = Base64.encode(random.bytes(30))
    }
}
