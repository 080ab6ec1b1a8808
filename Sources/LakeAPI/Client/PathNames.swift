internal import LakeScript

// How names are written in a path.
//
// A server unescapes a path twice: as a whole, and each name once more, in which a `+` then is a blank. The second time
// falls away only where the path is escaped in another way than the server itself would do it, as `%2B` and `%2F` are.
// A name without `%` comes out the same either way. One with a `%` does not: `a%62`, escaped once, arrives as `ab`.

extension Operation {
    /// The path below the API's base, with names put in; a name that is not known stays `{name}`.
    ///
    /// Where one has a `%`, all are escaped twice: that is the form in which the server unescapes all of them twice.
    /// The names are by parameter, in snake case.
    package func path(naming names: [String: String]) -> String { Operation.path(path, naming: names) }

    /// A path's template, of one release, with the names put in.
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
