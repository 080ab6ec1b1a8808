package import LakeScript

/// A web address in two parts: the server, and the target of the request to it.
package struct WebAddress {
    /// `https://host:port`.
    package let origin: String
    /// The raw target from the path on, with its query.
    package let target: String

    /// - Throws: a mistake if the text does not begin with `http://` or `https://`, or holds a password. The message
    ///   does not show the query.
    package init(_ text: String) throws(Failure) {
        let scheme = ["http://", "https://"].first { text.lowercased().hasPrefix($0) }
        let rest = text.dropFirst(scheme?.count ?? 0)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
        guard let scheme, !host.isEmpty, !host.contains("@"), isPlain else {
            throw .noWebAddress
        }
        origin = scheme + host
        let path = rest.dropFirst(host.count).prefix { $0 != "#" }
        target = path.hasPrefix("/") ? String(path) : "/" + path
    }

    /// The address without its query, which may be a secret.
    var shown: String { origin + target.prefix { $0 != "?" } }
}
