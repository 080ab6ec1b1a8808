internal import LakeScript

// Which names can stand in a path: what a server would read as another name is not sent.

extension OperationParameter {
    /// Why no such name is sent in a path; nil where it arrives as it is written.
    func refusal(of name: String) -> String? {
        if name.isEmpty { return "an empty name names nothing: another operation stands at that address" }
        // A proxy takes them out of a path, and the server does where it asks another one: `users/../policies/p`.
        guard !name.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
            return "on the way to the server `.` and `..` lead to another address"
        }
        guard !mayHoldPercent, name.utf8.contains(UInt8(ascii: "%")) else { return nil }
        return "no such name has a `%`, and the server would read another name from it"
    }

    /// Whether a `%` may be in the name: a tag may have one, and so may what a ref or an id of no known form names.
    private var mayHoldPercent: Bool {
        switch role {
        case .user, .group, .policy, .accessKey, .repository, .branch: false
        case .plain, .tag, .ref, .commit, .path, .prefix: true
        case .file, .folder, .command, .operation, .field, .profile, .topic: true
        }
    }
}
