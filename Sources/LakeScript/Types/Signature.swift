/// The signature of anything callable: an operation, a built-in, a `def`, a script with its `param`s, a subcommand of
/// lakesh, a meta command of the shell. Binding, help, did-you-mean and completion all use it.
package struct Signature: Sendable {
    /// The name in snake case.
    package let name: String
    /// The parameters in positional order: required ones first (path, query, body fields), then optional ones.
    package var parameters: [Parameter]
    package var result: ValueType
    /// One line, without a final period.
    package var summary: String
    /// True if optional parameters may also be given by position: those of a `def`, but not those of an operation.
    package var optionalsByPosition: Bool
    /// The use of a trailing block: `where { … }`.
    package var block: BlockUse

    package enum BlockUse: Sendable {
        case none
        case required
        /// `sort_by { … }` or `sort_by id`.
        case optional
    }

    package init(
        _ name: String, _ parameters: [Parameter] = [], result: ValueType = .any, summary: String = "",
        optionalsByPosition: Bool = false, block: BlockUse = .none
    ) {
        self.name = name
        self.parameters = parameters
        self.result = result
        self.summary = summary
        self.optionalsByPosition = optionalsByPosition
        self.block = block
    }

    /// Returns the index of the parameter of a name; `-` and `_` are equal.
    package func parameter(named name: String) -> Int? {
        let wanted = name.replacingHyphens
        return parameters.firstIndex { $0.name == wanted }
    }
}

package struct Parameter: Sendable {
    /// The name in snake case; `--user-id` and `--user_id` both name `user_id`.
    package let name: String
    package var type: ValueType
    package var isRequired: Bool
    /// The value if none is given; nil if the parameter is then left out.
    package var defaultValue: Value?
    /// Takes all the remaining positional arguments as a list: `select id creation_date`.
    package var isVariadic: Bool
    /// True if it may be given by position although it is optional.
    package var isPositional: Bool
    /// The numbers that it takes; nil for all.
    package var bounds: ClosedRange<Int>?
    /// One line, without a final period.
    package var summary: String
    /// The kind of entity that it names.
    package var role: Role
    /// Returns the reason why a text cannot be a name of the entity, on any server; nil if it can.
    package var refusal: (@Sendable (String) -> String?)?

    package init(
        _ name: String, _ type: ValueType = .string, isRequired: Bool = true, default defaultValue: Value? = nil,
        isVariadic: Bool = false, isPositional: Bool = false, bounds: ClosedRange<Int>? = nil, summary: String = "",
        role: Role = .plain, refusal: (@Sendable (String) -> String?)? = nil
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired && defaultValue == nil
        self.defaultValue = defaultValue
        self.isVariadic = isVariadic
        self.isPositional = isPositional
        self.bounds = bounds
        self.summary = summary
        self.role = role
        self.refusal = refusal
    }
}

extension String {
    /// The name with `_` for `-`, as in formatted scripts.
    package var replacingHyphens: String {
        contains("-") ? String(map { $0 == "-" ? "_" : $0 }) : self
    }

    /// The name with `-` for `_`, as options of a command line are shown.
    package var hyphenated: String { String(map { $0 == "_" ? "-" : $0 }) }
}
