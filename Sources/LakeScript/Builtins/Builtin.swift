/// A command that the language itself brings: its signature, and who carries it out.
package struct Builtin: Sendable {
    package let signature: Signature
    package let kind: Kind

    package enum Kind: Sendable {
        /// A pure function, run by the machine at once.
        case pure
        /// A pure function that needs a library (regular expressions, hashes, YAML): supplied by `HostFunctions`.
        case host
        /// Reads or writes the world: an effect.
        case world
        /// Takes a block with `$it`: compiled as a loop.
        case block
    }

    package init(_ kind: Kind, _ signature: Signature) {
        self.kind = kind
        self.signature = signature
    }
}

/// The built-ins that need more than the standard library: declared here, pure, supplied by the room that has the
/// library. Each gets its arguments in the order of its signature.
package struct HostFunctions: Sendable {
    package typealias Function = @Sendable ([Value]) throws(Failure) -> Value
    private let functions: [String: Function]

    package init(_ functions: [String: Function] = [:]) {
        self.functions = functions
    }

    package subscript(name: String) -> Function? { functions[name] }
}
