/// The commands that a script may call besides its own `def`s and the built-ins, with the conventions of their API. They
/// are handed in, so that the language depends on no API; tests hand in a toy.
package struct Vocabulary: Sendable {
    /// In the order in which they were given, for help and did-you-mean.
    package let names: [String]
    package let conventions: Conventions
    private let make: @Sendable (String) -> Command?

    package init(_ commands: [Command] = [], conventions: Conventions = Conventions()) {
        let byName = Dictionary(commands.map { ($0.signature.name, $0) }, uniquingKeysWith: { $1 })
        self.init(names: commands.map(\.signature.name), conventions: conventions) { byName[$0] }
    }

    /// Makes a vocabulary that makes a command when it is looked up: a script calls few of them.
    package init(
        names: [String], conventions: Conventions = Conventions(), make: @escaping @Sendable (String) -> Command?
    ) {
        self.names = names
        self.conventions = conventions
        self.make = make
    }

    package subscript(name: String) -> Command? { make(name) }
}

/// The effect of a call on the world, from the weakest to the strongest.
package enum EffectClass: String, Sendable, Comparable {
    case read, write
    /// No other call brings back what it takes away.
    case destroy

    package static func < (left: EffectClass, right: EffectClass) -> Bool {
        (left, right) == (.read, .write) || left != .destroy && right == .destroy
    }
}

/// A command from outside: what the checker and the compiler must know of it. A class, since it is large, never changes,
/// and every call of a script holds it.
package final class Command: Sendable {
    package let signature: Signature
    package let effect: EffectClass
    /// The pages that `--all` walks through; nil if the command is no listing.
    package let paging: PageShape?
    /// True if `ensure` may precede the command: the answer that means "done already" is known.
    package let canEnsure: Bool
    /// The options that its calls take beside its own parameters.
    package let options: [CallOption]
    /// The named parameter that stands for the whole body (`--body MAP`): then no field of it is asked for.
    package let bodyFields: Set<String>
    /// Options beside which others would be dropped.
    package let exclusions: [Exclusion]
    /// Puts the arguments of its calls where they belong.
    let binder: ArgumentBinder

    /// An option that decides how a call is carried out, and what that way has no place for: refused, never dropped.
    package struct Exclusion: Sendable {
        package let option: String
        /// Options and parameters.
        package let others: [String]
        /// "the parts of an upload do not carry it"
        package let reason: String

        package init(_ option: String, _ others: [String], _ reason: String) {
            self.option = option
            self.others = others
            self.reason = reason
        }

        static let ofListings = Exclusion("all", ["with_headers"], "each page of a listing has headers of its own")
    }

    package init(
        _ signature: Signature, effect: EffectClass, paging: PageShape? = nil, canEnsure: Bool = false,
        options: [CallOption] = [], bodyFields: Set<String> = [], exclusions: [Exclusion] = []
    ) {
        self.signature = signature
        self.effect = effect
        self.paging = paging
        self.canEnsure = canEnsure
        self.bodyFields = bodyFields
        self.options = CallOption.common + (paging == nil ? [] : [.all]) + options
        self.exclusions = (paging == nil ? [] : [Exclusion.ofListings]) + exclusions
        binder = ArgumentBinder(signature, options: self.options.map(\.parameter), bodyFields: bodyFields)
    }
}
