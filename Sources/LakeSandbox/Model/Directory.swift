/// Who may use a sandbox, and for what.
struct Directory: Sendable {
    init() {}
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
}
