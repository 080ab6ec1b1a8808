/// A command that the language itself brings. It describes itself: its signature, who carries it out, and everything
/// that the checker, the compiler and the performers ask about it. A class, since it never changes and calls hold it.
package final class Builtin: Sendable {
    package typealias Function = @Sendable ([Value]) throws(Failure) -> Value

    package let signature: Signature
    package let kind: Kind
    /// True if the value left of a pipe is the last positional argument instead of the first: `$x | write_json PATH`.
    package let takesInputLast: Bool
    let traits: Traits
    /// True if it takes a map, but not the map that is a page of a listing.
    let refusesPages: Bool
    /// Puts the arguments of its calls where they belong.
    let binder: ArgumentBinder

    package enum Kind: Sendable {
        /// A pure function, run by the machine at once; gets its arguments in the order of the signature, defaults put
        /// in, null where left out.
        case pure(Function)
        /// A pure function that needs a library (regular expressions, hashes, YAML): supplied by `HostFunctions`.
        case host
        /// Reads or changes the world: an effect.
        case effect(EffectClass, by: PerformerKind)
        /// Takes a block with `$it`: compiled as a loop.
        case block(BlockForm)
    }

    /// The performer that carries out a built-in.
    package enum PerformerKind: Sendable, CaseIterable {
        /// Files, the clock, the environment, the output of this process.
        case world
        /// The person at the terminal.
        case person
        /// A child process.
        case program
        /// The client of a server.
        case network
    }

    /// The built-ins with a block. Raw values are their names.
    package enum BlockForm: String, Sendable {
        case filter = "where"
        case each
        case sortBy = "sort_by"
        case groupBy = "group_by"

        var handsOnItems: Bool { self == .filter || self == .sortBy }
    }

    init(_ kind: Kind, _ signature: Signature, takesInputLast: Bool = false, _ traits: Traits = Traits()) {
        self.signature = signature
        self.kind = kind
        self.takesInputLast = takesInputLast
        self.traits = traits
        refusesPages = traits.rules.contains { $0 == 0 && $1 == .notPage }
        binder = ArgumentBinder(signature)
    }

    package var name: String { signature.name }

    /// The performer of an effect; nil for what the machine computes by itself.
    package var performer: PerformerKind? { if case .effect(_, let performer) = kind { performer } else { nil } }

    /// The effect of a call that gives these parameters, by index.
    package func effect(isGiven: (Int) -> Bool = { _ in false }) -> EffectClass {
        guard case .effect(let effect, _) = kind else { return .read }
        return max(effect, traits.writtenFile.map(isGiven) == true ? .write : .read)
    }

    /// True if its value is the input, some of its items or parts of them: a message about the value then names the
    /// command that gave the input.
    var handsOnItems: Bool { if case .block(let form) = kind { form.handsOnItems } else { traits.handsOnItems } }
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
