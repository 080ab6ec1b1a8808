/// Puts arguments where a signature wants them: the one place that knows what is positional, named, repeated, a switch.
///
/// It is used for operations, built-ins, `def`s, scripts, subcommands and meta commands alike, so it sees of an argument
/// only its *shape* (its name, whether it is a word, a block, …), never its value. What it gives says for each parameter
/// which arguments fill it; reading them by the parameter's type is the caller's: the checker makes expressions of them,
/// `CommandLineBinder` values.
///
/// The rules, in the order in which they are used:
/// 1. A named argument fills the parameter or option of its name, `-` and `_` being equal. `--name` alone is a switch
///    where the type is bool, else the next argument is its value. `--no-x` turns the switch `x` off, unless an option
///    is really called so. Only lists may be given more than once, and maps where they come entry by entry.
/// 2. What is left fills the parameters that take positions, in their order; what was named is skipped. Operations and
///    built-ins take their required parameters by position, a `def` all, a script's `param`s none.
/// 3. An argument that begins with `lakefs://`, where a repository is due, fills by its parts the next ref and the path
///    too.
/// 4. Where a whole `--body` is given, no field of it is asked for.
package final class ArgumentBinder: Sendable {
    package let signature: Signature
    /// What can be given by name beside the signature's own parameters; an own parameter of the same name wins.
    package let options: [Parameter]
    package let positions: Positions
    /// The parameters that `--body` stands for.
    package let bodyFields: Set<String>
    /// Whether a map is given entry by entry, as on the command line: `--tags team=data --tags tier=1`.
    private let takesEntries: Bool

    /// Which parameters can be given by position.
    package enum Positions: Sendable {
        case none, required, all
    }

    package init(
        _ signature: Signature, options: [Parameter] = [], positions: Positions? = nil, bodyFields: Set<String> = [],
        takesEntries: Bool = false
    ) {
        self.signature = signature
        self.options = options
        self.positions = positions ?? (signature.optionalsByPosition ? .all : .required)
        self.bodyFields = bodyFields
        self.takesEntries = takesEntries
    }

    /// What the binder sees of an argument.
    package struct Shape: Sendable {
        /// The option's name without `--`, as it was written.
        package let name: String?
        package let form: Form
        /// How many parts of an address `lakefs://repository/ref/path` it gives; 0 where it is none.
        package var addressParts = 0

        package enum Form: Sendable {
            /// `--name` without a value.
            case bare
            case value
            /// A trailing `{ … }`; an empty one may as well be an empty map.
            case block(isEmpty: Bool)
        }

        package init(name: String? = nil, form: Form, addressParts: Int = 0) {
            self.name = name
            self.form = form
            self.addressParts = addressParts
        }
    }

    /// Where a parameter's value comes from; numbers are places in the arguments.
    package enum Source: Sendable, Equatable {
        case value(argument: Int, option: Int?)
        /// A part of an address, from 0.
        case part(argument: Int, part: Int)
        /// `--force` or `--no-force`.
        case isOn(Bool, option: Int)

        /// The argument that gives it.
        var argument: Int {
            switch self {
            case .value(let argument, _), .part(let argument, _), .isOn(_, let argument): argument
            }
        }
    }

    /// Something that does not fit; worded by `Diagnostic.binding` and `CommandLineBinder`.
    package enum Problem: Sendable, Equatable {
        case unknownOption(argument: Int)
        case missingValue(argument: Int, parameter: Parameter)
        case givenTwice(argument: Int, parameter: Parameter)
        case valueForNegation(argument: Int)
        case surplus(argument: Int, taken: Int)
        case missing([Parameter])
        case unwantedBlock(argument: Int)
        case missingBlock
        case fieldBesideBody(argument: Int, parameter: Parameter)
        /// A part of an address (from 0) that finds no parameter.
        case lostPart(argument: Int, part: Int)
    }

    /// What fills what: one list, since most calls have few arguments and most signatures many parameters.
    package struct Binding: Sendable {
        var fillings: [(target: Target, source: Source)] = []
        package var block: Int?
        package var problems: [Problem] = []

        func fills(_ target: Target) -> Bool { fillings.contains { $0.target == target } }

        /// All that fills a target, what was named first.
        func sources(of target: Target) -> [Source] {
            fillings.compactMap { $0.target == target ? $0.source : nil }
        }
    }

    /// Binds arguments in the order in which they were written.
    package func bind(_ arguments: [Shape]) -> Binding {
        var work = Work(binder: self, arguments: arguments)
        work.bindNamed()
        work.bindPositional()
        work.findMissing()
        return work.binding
    }

    /// The parameter or option of that name: own parameters first.
    func target(named name: String) -> Target? {
        let wanted = name.replacingHyphens
        if let index = signature.parameters.firstIndex(where: { $0.name == wanted }) { return .parameter(index) }
        return options.firstIndex { $0.name == wanted }.map { .option($0) }
    }

    /// All names that an option may have, for did-you-mean.
    package var optionNames: [String] { signature.parameters.map(\.name) + options.map(\.name) }

    /// A parameter, or one of the options beside them.
    enum Target: Equatable {
        case parameter(Int)
        case option(Int)
    }

    /// Whether a parameter may be named more than once.
    func isRepeatable(_ parameter: Parameter) -> Bool {
        parameter.isRepeatable || takesEntries && parameter.type.unwrapped.isMap
    }

    func parameter(of target: Target) -> Parameter {
        switch target {
        case .parameter(let index): signature.parameters[index]
        case .option(let index): options[index]
        }
    }
}

extension Parameter: Equatable {
    package static func == (left: Parameter, right: Parameter) -> Bool {
        left.name == right.name && left.type == right.type && left.isRequired == right.isRequired
    }

    /// What one value of it is: the item of a list that is given piece by piece.
    package var itemType: ValueType {
        if case .list(let item) = type.unwrapped { item } else { type }
    }

    /// Whether it may be named more than once: each adds to the list.
    var isRepeatable: Bool {
        if case .list = type.unwrapped { true } else { isVariadic }
    }
}
