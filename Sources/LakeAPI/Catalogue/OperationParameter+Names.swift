internal import LakeScript

// Names that are allowed in a path. A name that the server would read as another one is not sent.

extension OperationParameter {
    /// Returns the reason why a name cannot be sent in a path; nil if it arrives unchanged.
    func refusal(of name: String) -> String? {
        if name.isEmpty { return "an empty name is not allowed: the address would be that of another operation" }
        // Proxies resolve dot segments, and so does the server when it forwards a request: `users/../policies/p`.
        if name.utf8.contains(UInt8(ascii: ".")) {
            let segments = name.utf8.split(separator: UInt8(ascii: "/"))
            guard !segments.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) else {
                return "`.` and `..` would change the address on the way to the server"
            }
        }
        guard name.utf8.contains(UInt8(ascii: "%")), !mayHoldPercent else { return nil }
        return "such names contain no `%`, and the server would decode it to another name"
    }

    /// True if the name may contain a `%`: a tag may, and so may a ref or an id of unknown form.
    private var mayHoldPercent: Bool {
        ![.user, .group, .policy, .accessKey, .repository, .branch].contains(role)
    }
}
