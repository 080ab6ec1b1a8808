package import LakeAPI

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

    /// The release that is imitated and that the server says it is: which operations, parameters and fields there are.
    package let release: ServerVersion
    /// Texts and limits of 0.90 instead of 1.84.
    package var isOld: Bool { release == ServerProfile.old }
    package let accessControl: AccessControl
    /// What the server calls the kind of access control in its login configuration.
    package let accessControlName: String
    /// How many items a page has where the client does not say.
    package let defaultAmount: Int
    /// How lists of users, groups, policies and keys are cut.
    let pageStyle: PageRequest.Style
    /// Whether keys stay when their user is deleted, and live again with the id.
    package let keysOutliveUsers: Bool
    /// Whether users can be invited by mail.
    package let canInvite: Bool

    /// The releases that are imitated.
    static let old = ServerVersion(0, 90)
    static let new = ServerVersion(1, 84)

    /// The profile of a likeness.
    package static func of(_ like: SandboxConfiguration.Likeness) -> ServerProfile {
        switch like {
        case .v090:
            ServerProfile(
                release: old, accessControl: .builtIn, accessControlName: "", defaultAmount: 1000,
                pageStyle: .stripped, keysOutliveUsers: true, canInvite: false)
        case .v184:
            ServerProfile(
                release: new, accessControl: .single, accessControlName: "none",
                defaultAmount: 100, pageStyle: .exact, keysOutliveUsers: false, canInvite: false)
        case .v184ACL:
            ServerProfile(
                release: new, accessControl: .lists, accessControlName: "simplified",
                defaultAmount: 100, pageStyle: .stripped, keysOutliveUsers: true, canInvite: true)
        case .v184RBAC:
            ServerProfile(
                release: new, accessControl: .remote, accessControlName: "internal",
                defaultAmount: 100, pageStyle: .exact, keysOutliveUsers: false, canInvite: true)
        }
    }
}
