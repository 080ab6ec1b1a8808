package import LakeAPI

/// Differences between the imitated servers, as data.
package struct ServerProfile: Sendable {
    /// Store of the users and their rights.
    package enum AccessControl: Sendable, Equatable {
        /// Built in: groups, policies, many credentials (0.90).
        case builtIn
        /// One user who may do everything (1.84, open source).
        case single
        /// Groups with an access control list (1.84 with the contributed server).
        case lists
        /// A remote service with groups and policies (1.84).
        case remote
    }

    /// Imitated release: the version that the server reports; it decides which operations, parameters and fields exist.
    package let release: ServerVersion
    /// True for the texts and limits of 0.90, false for those of 1.84.
    package var isOld: Bool { release == ServerProfile.old }
    package let accessControl: AccessControl
    /// Kind of access control in the server's login configuration.
    package let accessControlName: String
    /// Default number of items of a page.
    package let defaultAmount: Int
    /// Pagination of lists of users, groups, policies and keys.
    let pagination: Pagination
    /// True if keys survive the deletion of their user and become valid again with a new user of the same id.
    package let keysOutliveUsers: Bool
    /// True if users can be invited by mail.
    package let canInvite: Bool

    /// Imitated releases.
    static let old = ServerVersion(0, 90)
    static let new = ServerVersion(1, 84)

    /// Returns the profile of a likeness.
    package static func of(_ like: SandboxConfiguration.Likeness) -> ServerProfile {
        switch like {
        case .v090:
            ServerProfile(
                release: old, accessControl: .builtIn, accessControlName: "", defaultAmount: 1000,
                pagination: .stripped, keysOutliveUsers: true, canInvite: false)
        case .v184:
            ServerProfile(
                release: new, accessControl: .single, accessControlName: "none",
                defaultAmount: 100, pagination: .exact, keysOutliveUsers: false, canInvite: false)
        case .v184ACL:
            ServerProfile(
                release: new, accessControl: .lists, accessControlName: "simplified",
                defaultAmount: 100, pagination: .stripped, keysOutliveUsers: true, canInvite: true)
        case .v184RBAC:
            ServerProfile(
                release: new, accessControl: .remote, accessControlName: "internal",
                defaultAmount: 100, pagination: .exact, keysOutliveUsers: false, canInvite: true)
        }
    }
}
