internal import LakeScript

// Names that are allowed in a path. A name that the server would read as another one is not sent.

extension OperationParameter {
    /// Returns the reason why a name cannot be sent in a path; nil if it arrives unchanged.
    func refusal(of name: String) -> String? {
        if name.isEmpty { return "an empty name names nothing: another operation stands at that address" }
        // Proxies resolve dot segments, and so does the server when it forwards a request: `users/../policies/p`.
        guard !name.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
            return "on the way to the server `.` and `..` lead to another address"
        }
        guard !mayHoldPercent, name.utf8.contains(UInt8(ascii: "%")) else { return nil }
        return "no such name has a `%`, and the server would read another name from it"
    }

    /// True if the name may contain a `%`: a tag may, and so may a ref or an id of unknown form.
    private var mayHoldPercent: Bool {
        ![.user, .group, .policy, .accessKey, .repository, .branch].contains(role)
    }
}
