internal import LakeAPI
internal import LakeScript

/// What is asked before something of a protected profile is destroyed: to type the name of what it is about.
struct Protection {
    let message: String
    /// What is to be typed: the last name in the operation's path, else the profile's own.
    let word: String

    /// The question before a call; nil where the call destroys nothing.
    init?(_ call: OperationCall, _ profile: Profile) {
        guard let operation = Catalogue[call.command], operation.effect == .destroy else { return nil }
        let targets = operation.parameters.filter { $0.place == .path }.compactMap { call.arguments[$0.name]?.text }
        word = targets.last ?? profile.name
        let line = ([call.command] + targets).joined(separator: " ")
        message = "`\(line)` destroys on \(profile.endpoint.origin) (protected profile \(profile.name))."
    }
}
