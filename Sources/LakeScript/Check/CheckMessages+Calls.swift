/// `E04xx`: calls and their arguments.
extension CheckMessages {
    /// What the binder found, worded for the call of a script.
    static func binding(
        _ problem: ArgumentBinder.Problem, of name: Name, _ given: [Checker.Given], _ binder: ArgumentBinder
    ) -> Diagnostic {
        switch problem {
        case .unknownOption(let index):
            unknownOption(given[index], of: name, binder)
        case .missing(let parameters):
            missing(parameters, of: name, binder)
        case .surplus(let index, let taken):
            surplus(given[index], taken, of: name, binder)
        case .missingValue(let index, let parameter):
            Diagnostic(
                "E0404", "`--\(parameter.name)` wants \(parameter.itemType.phrase)", at: given[index].nameSpan,
                label: "give it as --\(parameter.name)=…")
        case .givenTwice(let index, let parameter):
            Diagnostic(
                "E0405", "`\(parameter.name)` is given twice", at: given[index].span,
                label: parameter.type.unwrapped.isMap ? "one map holds all: { …, … }" : "once is enough")
        case .unwantedBlock(let index):
            Diagnostic(
                "E0406", "`\(name.text)` takes no block", at: given[index].span,
                label: "a map has keys: {key: value}")
        case .missingBlock:
            Diagnostic(
                "E0407", "`\(name.text)` wants a block", at: name.span,
                label: "as in: \(name.text) { $it.id == \"ana\" }")
        case .valueForNegation(let index):
            Diagnostic(
                "E0408", "a `--no-…` option takes no value", at: given[index].span,
                label: "write the option itself with =false")
        case .lostPart(let index, let part):
            Diagnostic(
                "E0410", "`\(name.text)` has no place for the \(part) of this address",
                at: given[index].span, label: usage(binder))
        case .fieldBesideBody(let index, let parameter):
            Diagnostic(
                "E0411", "`\(parameter.name)` is a part of the body, which `--body` gives whole",
                at: given[index].span, label: "give one or the other")
        }
    }

    static func droppedOption(_ name: String, _ exclusion: Command.Exclusion, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0415", "`\(name)` has no place beside `--\(exclusion.option)`: \(exclusion.reason)", at: span,
            label: "leave out one of the two")
    }

    private static func unknownOption(_ given: Checker.Given, of name: Name, _ binder: ArgumentBinder) -> Diagnostic {
        guard case .written(let argument) = given, let option = argument.name else {
            return Diagnostic("E0401", "unknown option of `\(name.text)`", at: given.span)
        }
        let wanted = option.text.replacingHyphens
        let known = binder.optionNames
        let close = DidYouMean.closest(to: wanted, in: known) ?? known.first { $0.hasPrefix(wanted) }
        let isScript = if case .none = binder.positions { true } else { false }
        return Diagnostic(
            "E0401", "`\(name.text)` has no \(isScript ? "param" : "option") `--\(option.text)`", at: option.span,
            label: close.map { question("--" + $0) } ?? options(known))
    }

    private static func options(_ known: [String]) -> String {
        known.isEmpty ? "it has none" : "it has \(ValueType.alternatives(known.map { "--" + $0 }))"
    }

    private static func missing(_ parameters: [Parameter], of name: Name, _ binder: ArgumentBinder) -> Diagnostic {
        let names = parameters.map { "`\($0.name)`" }
        let list =
            names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
        return Diagnostic("E0402", "`\(name.text)` wants \(list)", at: name.span, label: usage(binder))
    }

    private static func surplus(
        _ given: Checker.Given, _ taken: Int, of name: Name, _ binder: ArgumentBinder
    ) -> Diagnostic {
        if case .none = binder.positions {
            return Diagnostic(
                "E0412", "the params of a script are given by name", at: given.span,
                label: "as in: --\(binder.signature.parameters.first?.name ?? "name") VALUE")
        }
        guard taken > 0 || !binder.signature.parameters.isEmpty else {
            return Diagnostic("E0403", "`\(name.text)` takes no argument", at: given.span, label: "take it out")
        }
        let count = taken == 0 ? "no argument" : taken == 1 ? "one argument" : "\(taken) arguments"
        let optional = binder.signature.parameters.first { !$0.isRequired }
        return Diagnostic(
            "E0403", "`\(name.text)` takes \(count) by position", at: given.span,
            label: optional.map { "options are given by name: --\($0.name)" } ?? usage(binder))
    }

    /// `add_group_membership GROUP_ID USER_ID`.
    static func usage(_ binder: ArgumentBinder) -> String {
        let isNamed = if case .none = binder.positions { true } else { false }
        let words = binder.signature.parameters.filter(\.isRequired).map { parameter in
            isNamed ? "--\(parameter.name) …" : parameter.name.uppercased() + (parameter.isVariadic ? "…" : "")
        }
        return ([binder.signature.name] + words).joined(separator: " ")
    }

    static func ensureNeedsOperation(_ name: Name) -> Diagnostic {
        Diagnostic(
            "E0409", "`ensure` stands before operations", at: name.span,
            label: "`\(name.text)` is none; call it without")
    }

    static func cannotEnsure(_ name: Name, reads: Bool) -> Diagnostic {
        Diagnostic(
            "E0409", "`ensure` cannot stand before `\(name.text)`", at: name.span,
            label: reads ? "it changes nothing" : "no answer says that it was done already")
    }

    static func switchNotLiteral(_ option: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0413", "`--\(option)` must be on or off in the text", at: span,
            label: "use `if` for a choice while the script runs")
    }

    static func requiredAfterOptional(_ name: Name) -> Diagnostic {
        Diagnostic(
            "E0414", "`\(name.text)` has no default and stands after one that has", at: name.span,
            label: "put what is required first")
    }

    static func fieldOrBlock(_ name: Name) -> Diagnostic {
        Diagnostic(
            "E0407", "`\(name.text)` wants a field or a block", at: name.span,
            label: "as in: \(name.text) id, or \(name.text) { $it.id }")
    }
}
