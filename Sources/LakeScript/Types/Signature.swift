/// What can be called, and how: an operation, a built-in, a `def`, a script with its `param`s, a subcommand of
/// lakesh, a shell's meta command. One binder reads arguments for all of them; help, did-you-mean and completion
/// come from the same description.
package struct Signature: Sendable {
    /// Snake case, as it is typed.
    package let name: String
    /// In positional order: the required ones first (path, query, body fields), then the optional ones.
    package var parameters: [Parameter]
    /// What the call gives.
    package var result: ValueType
    /// One line, without a final period.
    package var summary: String
    /// Whether optional parameters may be given by position too (a `def`'s may, an operation's only by name).
    package var optionalsByPosition: Bool
    /// A trailing block: `where { … }`.
    package var block: BlockUse

    /// Whether a command takes a block.
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

    /// The parameter of that name; `-` and `_` are equal.
    package func parameter(named name: String) -> Int? {
        let wanted = name.replacingHyphens
        return parameters.firstIndex { $0.name == wanted }
    }
}

/// A parameter of anything callable.
package struct Parameter: Sendable {
    /// Snake case; `--user-id` and `--user_id` both name `user_id`.
    package let name: String
    package var type: ValueType
    package var isRequired: Bool
    /// The value where none is given; nil where it is then left out.
    package var defaultValue: Value?
    /// Takes all the remaining positional arguments as a list: `select id creation_date`.
    package var isVariadic: Bool
    /// One line, without a final period.
    package var summary: String
    /// The kind of entity that it names.
    package var role: Role
    /// Why a text is no name of what is meant, whoever is asked; nil where it may be one.
    package var refusal: (@Sendable (String) -> String?)?

    package init(
        _ name: String, _ type: ValueType = .string, isRequired: Bool = true, default defaultValue: Value? = nil,
        isVariadic: Bool = false, summary: String = "", role: Role = .plain,
        refusal: (@Sendable (String) -> String?)? = nil
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired && defaultValue == nil
        self.defaultValue = defaultValue
        self.isVariadic = isVariadic
        self.summary = summary
        self.role = role
        self.refusal = refusal
    }
}

extension String {
    /// The name with `_` for `-`, as scripts are formatted.
    package var replacingHyphens: String {
        contains("-") ? String(map { $0 == "-" ? "_" : $0 }) : self
    }

    /// The name with `-` for `_`, as options of a command line are shown.
    package var hyphenated: String { String(map { $0 == "_" ? "-" : $0 }) }
}
