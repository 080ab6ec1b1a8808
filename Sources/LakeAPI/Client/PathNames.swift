internal import LakeScript

// The encoding of names in a path.
//
// A server decodes a path twice: first as a whole, then each name, in which `+` then means a blank. It skips the second
// decoding only if the path is encoded in another way than the server itself would do it, as with `%2B` and `%2F`.
// A name without `%` is the same either way. One with `%` is not: `a%62`, encoded once, arrives as `ab`.

extension Operation {
    /// The path below the API's base path, with names by parameter in snake case; a missing one stays `{name}`.
    ///
    /// If one has a `%`, all are encoded twice: in this form the server decodes all of them twice.
    package func path(naming names: [String: String]) -> String { Operation.path(path, naming: names) }

    /// The path from the template of a release.
    static func path(_ template: String, naming names: [String: String]) -> String {
        let segments = template.split(separator: "/").map { segment in
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
