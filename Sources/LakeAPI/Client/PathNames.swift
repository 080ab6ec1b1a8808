internal import LakeScript

// Which names can stand in a path, and how they are written there.
//
// A server unescapes a path twice: as a whole, and each name once more, in which a `+` then is a blank. The second time
// falls away only where the path is escaped in another way than the server itself would do it, as `%2B` and `%2F` are.
// A name without `%` comes out the same either way. One with a `%` does not: `a%62`, escaped once, arrives as `ab`.

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

extension Operation {
    /// The path below the API's base, with names put in; a name that is not known stays `{name}`.
    ///
    /// Where one has a `%`, all are escaped twice: that is the form in which the server unescapes all of them twice.
    /// The names are by parameter, in snake case.
    package func path(naming names: [String: String]) -> String {
        let segments = path.split(separator: "/").map { segment in
            let isName = segment.hasPrefix("{") && segment.hasSuffix("}")
            return (text: segment, name: isName ? names[String(segment.dropFirst().dropLast()).snakeCased] : nil)
        }
        let isEscapedTwice = segments.contains { $0.name?.utf8.contains(UInt8(ascii: "%")) == true }
        return segments.reduce(into: "") { path, segment in
            let name = segment.name?.percentEncoded
            path += "/" + (name.map { isEscapedTwice ? $0.percentEncoded : $0 } ?? String(segment.text))
        }
    }
}
