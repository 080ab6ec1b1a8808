/// Server that a sandbox imitates, and its initial state.
package struct SandboxConfiguration: Sendable, Equatable {
    /// A real server that the sandbox imitates. Raw values are those of `--like`.
    package enum Likeness: String, Sendable, CaseIterable {
        /// lakeFS 0.90 with its built-in users, groups, policies and credentials.
        case v090 = "v0.90"
        /// lakeFS 1.84, open source: one user with one access key.
        case v184 = "v1.84"
        /// lakeFS 1.84 with the contributed access control list server.
        case v184ACL = "v1.84-acl"
        /// lakeFS 1.84 with full access control and external identities.
        case v184RBAC = "v1.84-rbac"

        /// Text for people: `lakeFS 1.84 with access control`.
        package var summary: String {
            switch self {
            case .v090: "lakeFS 0.90"
            case .v184: "lakeFS 1.84 open source, one user"
            case .v184ACL: "lakeFS 1.84 with access control lists"
            case .v184RBAC: "lakeFS 1.84 with access control"
            }
        }
    }

    /// Kind of object store. Raw values are those of `--storage` and the schemes of storage namespaces.
    package enum Storage: String, Sendable, CaseIterable {
        case mem, local, s3
    }

    package var like: Likeness
    package var storage: Storage
    /// True if the first user exists; else the server waits for `setup`.
    package var isSetUp: Bool
    /// True if the setup requires communication preferences first (0.90 only).
    package var asksPreferences: Bool

    package init(
        like: Likeness = .v184RBAC, storage: Storage = .local, isSetUp: Bool = true, asksPreferences: Bool = false
    ) {
        self.like = like
        self.storage = storage
        self.isSetUp = isSetUp
        self.asksPreferences = asksPreferences
    }
}
