/// The addresses of an API's entities: `lake://container/version/name` stands for several arguments.
package struct AddressScheme: Sendable {
    /// The scheme with `://`.
    package let prefix: String
    /// The role of the parameter where an address may stand; its first part fills that.
    let role: Parameter.Role
    /// The further parts in order: their names in messages, and the names of the parameters that they may fill.
    let further: [Part]

    package typealias Part = (name: String, parameters: [String])

    package init(_ scheme: String, at role: Parameter.Role, further: [Part]) {
        prefix = scheme + "://"
        self.role = role
        self.further = further
    }

    /// Splits an address, a word or a string with values in it. An empty last part counts as left out; a `/` counts only
    /// where it was written, not in a value.
    ///
    /// - Returns: the parts, none for anything but an address.
    func parts(of string: [StringPart]) -> [[StringPart]] {
        guard case .text(let text)? = string.first, text.hasPrefix(prefix) else { return [] }
        var parts: [[StringPart]] = [[]]
        for (index, piece) in string.enumerated() {
            guard case .text(let text) = piece else {
                parts[parts.count - 1].append(piece)
                continue
            }
            let rest = index == 0 ? text.dropFirst(prefix.count) : text[...]
            let splits = rest.split(
                separator: "/", maxSplits: further.count + 1 - parts.count, omittingEmptySubsequences: false)
            for (place, split) in splits.enumerated() {
                if place > 0 { parts.append([]) }
                if !split.isEmpty { parts[parts.count - 1].append(.text(String(split))) }
            }
        }
        while let last = parts.last, last.isEmpty, parts.count > 1 { parts.removeLast() }
        return parts
    }
}
