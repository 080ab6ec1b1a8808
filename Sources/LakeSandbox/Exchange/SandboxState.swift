import LakeScript

/// Everything that the imitated server remembers.
struct SandboxState: Sendable {
    let configuration: SandboxConfiguration
    /// What sets the imitated server apart.
    let profile: ServerProfile
    /// Users, groups, policies, credentials, external principals.
    var directory = Directory()
    /// How far setting up has come.
    var stage: SetupStage
    /// Repositories and all that is in them.
    var repositories = RepositoryStore()
    /// Random bits, seeded anew for each request.
    var random: RandomStream
    /// Signs session tokens and physical addresses; made anew for each sandbox.
    let signingKey: [UInt8]

    init(_ configuration: SandboxConfiguration, random: inout some RandomNumberGenerator) {
        self.configuration = configuration
        self.random = RandomStream(from: &random)
        profile = .of(configuration.like)
        stage = configuration.asksPreferences && profile.isOld ? .asksPreferences : .waits
        signingKey = random.bytes(32)
    }
}

/// How far setting up has come.
enum SetupStage: Sendable {
    /// Communication preferences are to be told first (0.90).
    case asksPreferences
    /// The first user is to be made.
    case waits
    case done
}

/// Answers one operation: authorizes, changes the state, gives an answer or refuses.
typealias Handler = @Sendable (inout SandboxState, Exchange) throws(Refusal) -> Reply
