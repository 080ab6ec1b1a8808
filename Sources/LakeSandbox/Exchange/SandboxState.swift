import LakeScript

/// Everything that the imitated server remembers.
struct SandboxState: Sendable {
    let configuration: SandboxConfiguration
    let profile: ServerProfile
    /// Users, groups, policies, credentials and external principals.
    var directory: Directory
    /// Progress of the setup.
    var stage: SetupStage
    var repositories = RepositoryStore()
    /// Random bits, seeded anew for each request.
    var random: RandomStream
    /// Key of session tokens and physical addresses, new for each sandbox.
    let signingKey: [UInt8]

    init(_ configuration: SandboxConfiguration, random: inout some RandomNumberGenerator) {
        self.configuration = configuration
        self.random = RandomStream(from: &random)
        profile = .of(configuration.like)
        directory = Directory(namesMissing: profile.isOld)
        stage = configuration.asksPreferences && profile.isOld ? .asksPreferences : .waits
        signingKey = random.bytes(32)
    }
}

/// Progress of the setup.
enum SetupStage: Sendable {
    /// Communication preferences must be set first (0.90).
    case asksPreferences
    /// The first user does not exist yet.
    case waits
    case done
}
