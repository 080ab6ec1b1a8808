/// What sets one imitated server apart from another, as data.
package struct ServerProfile: Sendable {
    /// Who keeps users and decides what they may do.
    package enum AccessControl: Sendable, Equatable {
        /// Built in: groups, policies, many credentials (0.90).
        case builtIn
        /// One user, who may do everything (1.84 as it comes).
        case single
        /// Groups with an access control list (1.84 with the contributed server).
        case lists
        /// A remote service with groups and policies (1.84).
        case remote
    }

    /// `v0.90` or later texts and limits.
    package let isOld: Bool
    package let accessControl: AccessControl
    /// The server's version as `get_lake_fs_version` gives it.
    package let version: String

    /// The profile of a likeness.
    package static func of(_ like: SandboxConfiguration.Likeness) -> ServerProfile {
        switch like {
        case .v0_90: ServerProfile(isOld: true, accessControl: .builtIn, version: "0.90.0")
        case .v1_84: ServerProfile(isOld: false, accessControl: .single, version: "1.84.0")
        case .v1_84_acl: ServerProfile(isOld: false, accessControl: .lists, version: "1.84.0")
        case .v1_84_rbac: ServerProfile(isOld: false, accessControl: .remote, version: "1.84.0")
        }
    }
}
