/// Assigns arguments to the parameters of a signature. No other code knows about positions, names, repetition and
/// switches.
///
/// It is used for operations, built-ins, `def`s, scripts, subcommands and meta commands. It sees only the *shape* of an
/// argument (its name, and whether it is a word or a block), never its value. Its result says which arguments fill each
/// parameter; the caller reads them by the parameter's type: the checker makes expressions of them, `CommandLineBinder`
/// values.
///
/// The rules, in the order of their use:
/// 1. A named argument fills the parameter or option of its name; `-` and `_` are equal. `--name` alone is a switch if
///    the type is bool, else the next argument is its value. `--no-x` turns the switch `x` off, unless there is an option
///    of that name. Only lists may be given more than once, and maps that are given entry by entry.
/// 2. The other arguments fill the parameters that take positions and were not named, in their order. Operations and
///    built-ins take their required parameters by position, a `def` all of them, a script's `param`s none.
/// 3. An address of the vocabulary's scheme, where the entity of its first part is expected, also fills further
///    parameters by its other parts.
/// 4. Beside a whole `--body`, its fields are not required.
package final class ArgumentBinder: Sendable {
    package let signature: Signature
    /// The options besides the signature's own parameters; an own parameter of the same name wins.
    package let options: [Parameter]
    package let positions: Positions
    /// The parameters that `--body` replaces.
    package let bodyFields: Set<String>
    /// True if a map is given entry by entry, as on the command line: `--labels team=data --labels tier=1`.
    private let takesEntries: Bool

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

    package struct Shape: Sendable {
        /// The option's name without `--`, as written.
        package let name: String?
        package let form: Form
        /// The number of its parts if it is an address, else 0.
        package var addressParts = 0

        package enum Form: Sendable {
            /// `--name` without a value.
            case bare
            case value
            /// A trailing `{ … }`; an empty one may also be an empty map.
            case block(isEmpty: Bool)
        }

        package init(name: String? = nil, form: Form, addressParts: Int = 0) {
            self.name = name
            self.form = form
            self.addressParts = addressParts
        }
    }

    /// The source of a parameter's value; numbers are indexes of arguments.
    package enum Source: Sendable, Equatable {
        case value(argument: Int, option: Int?)
        /// A part of an address, counted from 0.
        case part(argument: Int, part: Int)
        /// `--force` or `--no-force`.
        case isOn(Bool, option: Int)

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
        /// A part of an address that fits no parameter, by its name.
        case lostPart(argument: Int, part: String)
    }

    /// The result: one list, since most calls have few arguments and most signatures many parameters.
    package struct Binding: Sendable {
        var fillings: [(target: Target, source: Source)] = []
        package var block: Int?
        package var problems: [Problem] = []

        func fills(_ target: Target) -> Bool { fillings.contains { $0.target == target } }

        /// Returns everything that fills a target, named arguments first.
        func sources(of target: Target) -> [Source] {
            fillings.compactMap { $0.target == target ? $0.source : nil }
        }
    }

    /// Binds arguments in their written order; `address` is the scheme of those that are addresses.
    package func bind(_ arguments: [Shape], address: AddressScheme? = nil) -> Binding {
        var work = Work(binder: self, arguments: arguments, address: address)
        work.bindNamed()
        work.bindPositional()
        work.findMissing()
        return work.binding
    }

    /// Returns the parameter or option of a name; own parameters come first.
    func target(named name: String) -> Target? {
        let wanted = name.replacingHyphens
        if let index = signature.parameters.firstIndex(where: { $0.name == wanted }) { return .parameter(index) }
        return options.firstIndex { $0.name == wanted }.map { .option($0) }
    }

    package var optionNames: [String] { signature.parameters.map(\.name) + options.map(\.name) }

    enum Target: Equatable {
        case parameter(Int)
        case option(Int)
    }

    /// Returns true if a parameter may be named more than once.
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

    /// The type of one value: an item if the parameter is a list.
    package var itemType: ValueType {
        if case .list(let item) = type.unwrapped { item } else { type }
    }

    /// True if it may be named more than once; each adds to the list.
    var isRepeatable: Bool {
        if case .list = type.unwrapped { true } else { isVariadic }
    }
}
