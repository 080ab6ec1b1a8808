/// An option of a command's call: it decides how the call is carried out.
///
/// The declaration is all that the language needs: the binder reads the option by its parameter, the checker applies the
/// facts below, and the compiler and the machine pass the value on by name. A vocabulary adds an option when it lists one
/// in a `Command`; whoever carries out the call reads it from `OperationCall.options`.
package struct CallOption: Sendable {
    package let parameter: Parameter
    /// True if the value must be known before the run, since it changes what the call is.
    let isLiteral: Bool
    /// The type of a call with this option; nil if the option does not change it.
    let result: ValueType?
    /// The effect of the option itself: `--to FILE` writes a file.
    let effect: EffectClass

    package var name: String { parameter.name }

    package init(
        _ name: String, _ type: ValueType, _ summary: String, role: Parameter.Role = .plain, isLiteral: Bool = false,
        result: ValueType? = nil, effect: EffectClass = .read
    ) {
        parameter = Parameter(name, type, isRequired: false, summary: summary, role: role)
        self.isLiteral = isLiteral
        self.result = result
        self.effect = effect
    }
}

/// The options of the language itself.
extension CallOption {
    /// Options of every command.
    static let common = [or, timeout, retries, withHeaders]

    /// Compiled into a jump; never part of the effect.
    static let or = CallOption("or", .any, "the value where the answer is 404")
    package static let timeout = CallOption("timeout", .duration, "how long to wait for the answer")
    package static let retries = CallOption("retries", .int, "how often to send again after a failure that may pass")
    package static let withHeaders = CallOption("with_headers", .bool, "gives `body` and `headers`", isLiteral: true)
    /// Option of commands with pages: compiled into a loop over them.
    package static let all = CallOption("all", .bool, "all pages, as one list", isLiteral: true)
    /// Stands for the fields of the body; becomes an argument.
    package static let body = CallOption("body", .map(.any), "the whole body")
    /// The keyword before a command, passed on like an option.
    package static let ensure = CallOption("ensure", .bool, "an answer that says \"done already\" is a success")
}

/// The options that a call was given, in the order in which they were given.
package struct CallOptions<Slot: Sendable>: Sendable {
    private var given: [(name: String, slot: Slot)] = []

    package init() {}

    package var isEmpty: Bool { given.isEmpty }

    package var slots: [Slot] { given.map(\.slot) }

    /// The value of an option; nil if it was not given.
    package subscript(option: CallOption) -> Slot? {
        get { self[option.name] }
        set { self[option.name] = newValue }
    }

    package subscript(name: String) -> Slot? {
        get { given.first { $0.name == name }?.slot }
        set {
            let place = given.firstIndex { $0.name == name } ?? given.count
            given.replaceSubrange(place..<min(place + 1, given.count), with: newValue.map { [(name, $0)] } ?? [])
        }
    }

    package func map<Other>(_ transform: (Slot) -> Other) -> CallOptions<Other> {
        var options = CallOptions<Other>()
        options.given = given.map { ($0.name, transform($0.slot)) }
        return options
    }
}

extension CallOptions<Value> {
    /// True if the option was given a value that is not null and not false.
    package func isOn(_ option: CallOption) -> Bool { self[option].map { !$0.isNull && $0 != false } ?? false }

    /// The text of an option.
    package func text(_ option: CallOption) -> String? { self[option]?.text }

    /// The limit for the answer, in milliseconds.
    package var timeout: Int? { if case .duration(let limit) = self[.timeout] { limit } else { nil } }

    package var retries: Int? { self[.retries]?.integer }
}

/// A call of a command, bound to its signature: of checked expressions in the checked program, of registers in the
/// compiled one.
package struct CommandCall<Slot: Sendable>: Sendable {
    package let command: Command
    /// By parameter index; nil where left out.
    package var arguments: [Slot?]
    package var options = CallOptions<Slot>()

    /// The strongest effect of the command and its options.
    package var effect: EffectClass {
        command.options.lazy.filter { options[$0] != nil }.map(\.effect).reduce(command.effect, max)
    }

    func map<Other>(_ transform: (Slot) -> Other) -> CommandCall<Other> {
        CommandCall<Other>(
            command: command, arguments: arguments.map { $0.map(transform) }, options: options.map(transform))
    }
}

/// A call of an operation as an effect: its arguments are of the right types.
package struct OperationCall: Sendable {
    package let command: String
    /// By parameter name, in the signature's order; what was left out is not there. A whole body is `body`.
    package var arguments: Record
    package var options = CallOptions<Value>()

    package init(command: String, arguments: Record) {
        self.command = command
        self.arguments = arguments
    }
}
