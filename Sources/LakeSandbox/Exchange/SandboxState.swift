import LakeScript

/// Everything that the imitated server remembers.
struct SandboxState: Sendable {
    let configuration: SandboxConfiguration
    /// What sets the imitated server apart.
    let profile: ServerProfile
    /// Users, groups, policies, credentials, external principals, and whether the server is set up.
    var directory: Directory
    /// Repositories and all that is in them.
    var repositories = RepositoryStore()
    /// Random bits, seeded anew for each request.
    var random: RandomStream
    /// Signs session tokens and physical addresses; made anew for each sandbox.
    let signingKey: [UInt8]
}

/// Answers one operation: authorizes, changes the state, gives an answer or refuses.
typealias Handler = @Sendable (inout SandboxState, Exchange) throws(Refusal) -> Reply
