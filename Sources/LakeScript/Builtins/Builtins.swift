/// All built-ins by name: the table for the checker, the compiler, help and completion.
///
/// A built-in is either pure or an effect. Pure ones are functions from values to a value, one file for each family;
/// those that need a library are declared here and implemented elsewhere; those with a block are compiled into loops,
/// so that no Swift function calls back into the machine.
package enum Builtins {
    package static let all: [Builtin] =
        ListBuiltins.all + MapBuiltins.all + TextBuiltins.all + FormatBuiltins.all + WorldBuiltins.all

    private static let byName = Dictionary(all.map { ($0.signature.name, $0) }, uniquingKeysWith: { $1 })

    package static subscript(name: String) -> Builtin? { byName[name] }
}

extension Builtin {
    /// A pure built-in.
    static func pure(
        _ name: String, _ parameters: [Parameter], _ result: ValueType, _ summary: String, _ traits: Traits = Traits(),
        _ function: @escaping Function
    ) -> Builtin {
        Builtin(
            .pure(function), Signature(name, parameters, result: result, summary: summary),
            traits)
    }

    static func host(
        _ name: String, _ parameters: [Parameter], _ result: ValueType, _ summary: String, _ traits: Traits = Traits()
    ) -> Builtin {
        Builtin(
            .host, Signature(name, parameters, result: result, summary: summary), traits)
    }

    static func block(
        _ form: BlockForm, _ parameters: [Parameter], _ use: Signature.BlockUse, _ summary: String
    ) -> Builtin {
        Builtin(
            .block(form), Signature(form.rawValue, parameters, result: .list(.any), summary: summary, block: use))
    }

    static func effect(
        _ effect: EffectClass, by performer: PerformerKind = .world, _ name: String, _ parameters: [Parameter],
        _ result: ValueType, _ summary: String, takesInputLast: Bool = false, _ traits: Traits = Traits()
    ) -> Builtin {
        Builtin(
            .effect(effect, by: performer), Signature(name, parameters, result: result, summary: summary),
            takesInputLast: takesInputLast, traits)
    }
}

extension Parameter {
    /// The parameter that a built-in works on.
    static func input(_ name: String, _ type: ValueType, _ summary: String = "") -> Parameter {
        Parameter(name, type, summary: summary)
    }

    /// A switch of a built-in.
    static func flag(_ name: String, _ summary: String) -> Parameter {
        Parameter(name, .bool, default: false, summary: summary)
    }

    /// An optional parameter that may also be given by position.
    static func positional(_ name: String, _ type: ValueType, _ summary: String, role: Role = .plain) -> Parameter {
        Parameter(name, type, isRequired: false, isPositional: true, summary: summary, role: role)
    }

    /// An optional parameter.
    static func optional(_ name: String, _ type: ValueType, _ summary: String) -> Parameter {
        Parameter(name, type, isRequired: false, summary: summary)
    }
}

/// Typed access to the arguments of a pure built-in; a value of another type is a mistake.
extension [Value] {
    func list(_ index: Int, _ command: String) throws(Failure) -> [Value] {
        if case .list(let items) = self[index] { return items }
        throw wrong(index, "a list", command)
    }

    func map(_ index: Int, _ command: String) throws(Failure) -> Record {
        guard case .map(let record) = self[index] else { throw wrong(index, "a map", command) }
        return record
    }

    func text(_ index: Int, _ command: String) throws(Failure) -> String {
        guard let text = self[index].text else { throw wrong(index, "a string", command) }
        return text
    }

    func integer(_ index: Int, _ command: String) throws(Failure) -> Int {
        guard case .int(let integer) = self[index] else { throw wrong(index, "an integer", command) }
        return integer
    }

    /// A string or a list of strings.
    func texts(_ index: Int, _ command: String) throws(Failure) -> [String] {
        if let text = self[index].text { return [text] }
        guard let items = self[index].items else { throw wrong(index, "names", command) }
        return items.compactMap(\.text)
    }

    private func wrong(_ index: Int, _ wanted: String, _ command: String) -> Failure {
        .wrongType(
            "`\(command)` takes \(wanted)", self[index],
            notes: self[index].isNull ? ["`??` gives another value where it is null"] : [])
    }
}

extension Value {
    /// The name of the value's type with its article, for messages.
    package var typePhrase: String {
        switch self {
        case .null: "null"
        case .int: "an int"
        case .bytes: "some bytes"
        default: "a \(typeName)"
        }
    }
}
