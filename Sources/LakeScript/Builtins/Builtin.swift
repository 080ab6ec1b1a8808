/// A command that the language itself brings: its signature, and who carries it out. A class, since it never changes and
/// calls hold it.
package final class Builtin: Sendable {
    package typealias Function = @Sendable ([Value]) throws(Failure) -> Value

    package let signature: Signature
    package let kind: Kind
    /// Puts the arguments of its calls where they belong.
    let binder: ArgumentBinder
    /// Whether the value left of a pipe is the last positional argument instead of the first: `$x | write_json PATH`.
    package let takesInputLast: Bool
    /// True if it takes a map, but not the map that is a page of a listing.
    let refusesPages: Bool

    package enum Kind: Sendable {
        /// A pure function, run by the machine at once; gets its arguments in the order of the signature, defaults put
        /// in, null where left out.
        case pure(Function)
        /// A pure function that needs a library (regular expressions, hashes, YAML): supplied by `HostFunctions`.
        case host
        /// Reads or writes the world: an effect.
        case world
        /// Takes a block with `$it`: compiled as a loop.
        case block
    }

    package init(_ kind: Kind, _ signature: Signature, takesInputLast: Bool = false, refusesPages: Bool = false) {
        self.signature = signature
        self.kind = kind
        binder = ArgumentBinder(signature, positions: .all)
        self.takesInputLast = takesInputLast
        self.refusesPages = refusesPages
    }
}

/// The built-ins that need more than the standard library: declared here, pure, supplied by the room that has the
/// library. Each gets its arguments in the order of its signature.
package struct HostFunctions: Sendable {
    private let functions: [String: Builtin.Function]
    /// A short hash of an item's canonical JSON, by a key that others do not have: it names an iteration wherever a run
    /// is kept, and an item may hold a secret.
    let contentHash: @Sendable ([UInt8]) -> String

    package init(
        _ functions: [String: Builtin.Function] = [:], contentHash: @escaping @Sendable ([UInt8]) -> String
    ) {
        self.functions = functions
        self.contentHash = contentHash
    }

    package subscript(name: String) -> Builtin.Function? { functions[name] }
}
