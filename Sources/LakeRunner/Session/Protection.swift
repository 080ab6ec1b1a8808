internal import LakeAPI
internal import LakeScript

/// What a person is asked before something is destroyed: on a protected profile to type the name of what it is about,
/// at the prompt whether to go on, and there, too, to type a repository's name.
struct Protection {
    let message: String
    /// What is to be typed: the last name in the operation's path, else the profile's own; nil for yes or no.
    let word: String?
    /// The profile that wants it.
    let profile: String?

    /// The question before a call; nil where the call destroys nothing, or nobody wants to be asked.
    init?(_ call: OperationCall, _ server: Connection.Server, isPrompt: Bool) {
        guard let operation = Catalogue[call.command], operation.effect == .destroy,
            isPrompt || server.protected != nil
        else { return nil }
        let targets = operation.parameters.filter { $0.place == .path }.compactMap { call.arguments[$0.name]?.text }
        let required = operation.command.signature.parameters.filter(\.isRequired)
        let line = ([call.command] + required.compactMap { call.arguments[$0.name]?.text }).joined(separator: " ")
        profile = server.protected?.name
        if let profile = server.protected {
            word = targets.last ?? profile.name
            message = "`\(line)` destroys on \(server.name) (protected profile \(profile.name))."
        } else {
            word = call.command == "delete_repository" ? targets.last : nil
            let summary = operation.summary
            message =
                operation.undo.map { "`\(line)` on \(server.name): \(summary). To take it back: \($0)." }
                ?? "`\(line)` on \(server.name) cannot be taken back: \(summary)."
        }
    }
}
