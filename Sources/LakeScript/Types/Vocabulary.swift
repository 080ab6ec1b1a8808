/// The commands that a script may call besides its own `def`s and the built-ins: handed in from outside, so that the
/// language knows nothing of lakeFS. The catalogue makes one; tests have a toy.
package struct Vocabulary: Sendable {
    /// In the order in which they were given, for help and did-you-mean.
    package let names: [String]
    private let make: @Sendable (String) -> Command?

    package init(_ commands: [Command] = []) {
        let byName = Dictionary(commands.map { ($0.signature.name, $0) }, uniquingKeysWith: { $1 })
        self.init(names: commands.map(\.signature.name)) { byName[$0] }
    }

    /// A vocabulary that makes a command when it is asked for: a script calls few of them.
    package init(names: [String], make: @escaping @Sendable (String) -> Command?) {
        self.names = names
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
    /// How its pages are walked by `--all`; nil where it is no listing.
    package let paging: Paging?
    /// Whether `ensure` may stand before it: which answer means "done already" is known.
    package let canEnsure: Bool
    /// The options that its calls take beside its own parameters.
    package let options: [CallOption]
    /// The named parameter that stands for the whole body (`--body MAP`): then no field of it is asked for.
    package let bodyFields: Set<String>
    /// Options beside which others would be dropped.
    package let exclusions: [Exclusion]
    /// Puts the arguments of its calls where they belong.
    let binder: ArgumentBinder

    /// The walk through a listing: which field has the items, which says that more follow and where from, and which
    /// parameter takes it.
    package struct Paging: Sendable {
        package let items: String
        package let more: [String]
        package let cursor: [String]
        package let parameter: String

        package init(items: String, more: [String], cursor: [String], parameter: String) {
            self.items = items
            self.more = more
            self.cursor = cursor
            self.parameter = parameter
        }
    }

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
        _ signature: Signature, effect: EffectClass, paging: Paging? = nil, canEnsure: Bool = false,
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
