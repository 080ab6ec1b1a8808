internal import LakeAPI
internal import LakeScript

/// The question before a destructive operation. A protected profile asks for the name of the target; the prompt asks
/// for yes or no, and for the name of a repository that is deleted.
struct Protection {
    let message: String
    /// The word to be typed: the last name in the operation's path, else the profile's name; nil for yes or no.
    let word: String?
    /// The protected profile that requires the question; nil at the prompt.
    let profile: String?

    /// Makes the question before a call; nil if the call is not destructive, or no question is required.
    init?(_ call: OperationCall, _ server: Connection.Server, isPrompt: Bool) {
        guard let operation = Catalogue[call.command], operation.effect == .destroy,
            isPrompt || server.protected != nil
        else { return nil }
        let targets = operation.parameters.filter { $0.place == .path }.compactMap { call.arguments[$0.name]?.text }
        let line = operation.command.signature.line { call.arguments[$0.name] }
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
