// `E04xx`: calls and their arguments. Each factory stands below the code that explains it.
//
// A message says what is wrong, in the words of the script; the label at the caret says why, or what to write instead.
extension Diagnostic {
    static let callCodes = [
        e0401, e0402, e0403, e0404, e0405, e0406, e0407, e0408, e0409, e0410, e0411, e0412, e0413, e0414, e0415,
    ]

    static let e0401 = Code(
        "E0401", "The command has no option of this name. `lakesh help COMMAND` lists those that it has.",
        wrong: "print (list_users --prefx a)", right: "print (list_users --prefix a)")
    private static func unknownOption(_ given: Checker.Given, of name: Name, _ binder: ArgumentBinder) -> Diagnostic {
        guard case .written(let argument) = given, let option = argument.name else {
            return Diagnostic(e0401, "unknown option of `\(name.text)`", at: given.span)
        }
        let wanted = option.text.replacingHyphens
        let known = binder.optionNames
        let close = DidYouMean.closest(to: wanted, in: known) ?? known.first { $0.hasPrefix(wanted) }
        let isScript = if case .none = binder.positions { true } else { false }
        return Diagnostic(
            e0401, "`\(name.text)` has no \(isScript ? "param" : "option") `--\(option.text)`", at: option.span,
            label: close.map { question("--" + $0) } ?? options(known))
    }

    static func oneHyphen(_ option: String, of name: Name, at span: Span) -> Diagnostic {
        Diagnostic(
            e0401, "`\(name.text)` has no option `-\(option)`", at: span, label: question("--" + option))
    }

    private static func options(_ known: [String]) -> String {
        known.isEmpty ? "it has none" : "it has \(ValueType.alternatives(known.map { "--" + $0 }))"
    }

    static let e0402 = Code(
        "E0402", "Required parameters are given by position or by name.",
        wrong: "add_group_membership Developers", right: "add_group_membership Developers ana")
    private static func missing(_ parameters: [Parameter], of name: Name, _ binder: ArgumentBinder) -> Diagnostic {
        let names = parameters.map { "`\($0.name)`" }
        let list =
            names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
        return Diagnostic(e0402, "`\(name.text)` needs \(list)", at: name.span, label: usage(binder))
    }

    /// `add_group_membership GROUP_ID USER_ID`.
    static func usage(_ binder: ArgumentBinder) -> String {
        let isNamed = if case .none = binder.positions { true } else { false }
        let words = binder.signature.parameters.filter(\.isRequired).map { parameter in
            isNamed ? "--\(parameter.name) …" : parameter.name.uppercased() + (parameter.isVariadic ? "…" : "")
        }
        return ([binder.signature.name] + words).joined(separator: " ")
    }

    static let e0403 = Code(
        "E0403", "Only the required parameters of an operation are given by position, all others by name.",
        wrong: "create_user ana true", right: "create_user ana --invite_user")

    static let e0412 = Code(
        "E0412", "The params of a script are named, as on the command line.",
        wrong: "run \"asking.lfs\" ana --name bo", right: "run \"asking.lfs\" --name ana")
    private static func surplus(
        _ index: Int, _ arguments: [Checker.Given], _ taken: Int, of name: Name, _ binder: ArgumentBinder
    ) -> Diagnostic {
        let given = arguments[index]
        let operand = arguments.dropFirst(index + 1).first?.shortForm ?? "…"
        let hasBody = !binder.bodyFields.isEmpty && arguments.contains { $0.optionName == "body" }
        if case .none = binder.positions {
            return Diagnostic(
                e0412, "the params of a script are given by name", at: given.span,
                label: "as in: --\(binder.signature.parameters.first?.name ?? "name") VALUE")
        }
        if let sign = given.operatorWord {
            return Diagnostic(
                e0403, "`\(sign)` is one argument too many of `\(name.text)`", at: given.span,
                label: "put ( ) around the command to calculate with its value: (\(name.text)) \(sign) \(operand)")
        }
        guard taken > 0 || !binder.signature.parameters.isEmpty else {
            return Diagnostic(e0403, "`\(name.text)` takes no argument", at: given.span, label: "take it out")
        }
        if hasBody {
            return Diagnostic(
                e0411, "`--body` is the whole body of `\(name.text)`", at: given.span,
                label: "give nothing beside it, or the fields instead")
        }
        if binder.signature.block == .optional {
            return Diagnostic(
                e0403, "`\(name.text)` takes one field", at: given.span,
                label: "for more, write a block: \(name.text) { … }")
        }
        let count = taken == 0 ? "no argument" : taken == 1 ? "one argument" : "\(taken) arguments"
        let optional = binder.signature.parameters.first { !$0.isRequired }
        return Diagnostic(
            e0403, "`\(name.text)` takes \(count) by position", at: given.span,
            label: optional.map { "options are given by name: --\($0.name)" } ?? usage(binder))
    }

    static let e0404 = Code(
        "E0404", "The option takes a value: after `=` without a blank, or as the next argument.",
        wrong: "print (list_users --prefix)", right: "print (list_users --prefix a)")

    static let e0405 = Code(
        "E0405", "Only an option of a list type may be given more than once.",
        wrong: "print (list_users --prefix a --prefix b)", right: "print (list_users --prefix a)")

    static let e0406 = Code(
        "E0406", "Blocks are taken by `where`, `each`, `sort_by` and `group_by` alone.",
        wrong: "create_user ana { print done }", right: "create_user ana\nprint done")

    static let e0407 = Code(
        "E0407", "The command works on each item: a block says what to do with `$it`.",
        wrong: "print ([1, 2] | where)", right: "print ([1, 2] | where { $it > 1 })")

    static let e0408 = Code(
        "E0408", "`--no-x` turns the switch `x` off; a value goes to the switch itself.",
        wrong: "create_user ana --no-invite_user=true", right: "create_user ana --invite_user=false")

    static let e0410 = Code(
        "E0410",
        "The parts of an address fill the parameters of their names, if the command "
            + "has them.",
        wrong: "print (get_branch lakefs://lake/main/a.csv)", right: "print (get_branch lakefs://lake/main)")

    static let e0411 = Code(
        "E0411", "`--body` gives the whole body; then none of its fields is given beside it.",
        wrong: "create_user --id ana --body {id: \"ana\"}", right: "create_user --body {id: \"ana\"}")
    /// Returns the message for a problem that the binder found in a call of a script.
    static func binding(
        _ problem: ArgumentBinder.Problem, of name: Name, _ given: [Checker.Given], _ binder: ArgumentBinder
    ) -> Diagnostic {
        switch problem {
        case .unknownOption(let index):
            unknownOption(given[index], of: name, binder)
        case .missing(let parameters):
            missing(parameters, of: name, binder)
        case .surplus(let index, let taken):
            surplus(index, given, taken, of: name, binder)
        case .missingValue(let index, let parameter):
            Diagnostic(
                e0404, "`--\(parameter.name)` takes \(parameter.itemType.phrase)", at: given[index].nameSpan,
                label: "give it as --\(parameter.name)=…")
        case .givenTwice(let index, let parameter):
            Diagnostic(
                e0405, "`\(parameter.name)` is given twice", at: given[index].span,
                label: parameter.type.unwrapped.isMap ? "one map holds all: { …, … }" : "once is enough")
        case .unwantedBlock(let index):
            Diagnostic(
                e0406, "`\(name.text)` takes no block", at: given[index].span,
                label: blockAdvice(name.text, binder.signature))
        case .missingBlock:
            Diagnostic(
                e0407, "`\(name.text)` needs a block", at: name.span,
                label: "as in: \(name.text) { $it.id == \"ana\" }")
        case .valueForNegation(let index):
            Diagnostic(
                e0408, "a `--no-…` option takes no value", at: given[index].span,
                label: "write the option itself with =false")
        case .lostPart(let index, let part):
            Diagnostic(
                e0410, "`\(name.text)` has no place for the \(part) of this address",
                at: given[index].span, label: usage(binder))
        case .fieldBesideBody(let index, let parameter):
            Diagnostic(
                e0411, "`\(parameter.name)` is a part of the body, which `--body` gives whole",
                at: given[index].span, label: "give one or the other")
        }
    }

    /// Returns the advice for a block behind a command that takes none.
    private static func blockAdvice(_ name: String, _ signature: Signature) -> String {
        if Builtins[name] != nil, signature.parameters.first?.type.item != nil {
            return "write … | where { … } | \(name)"
        }
        let gives = signature.result.unwrapped
        guard gives.page != nil || gives.item != nil && gives != .any else { return "a map has keys: {key: value}" }
        return "write \(name) … | each { … }"
    }

    static func fieldOrBlock(_ name: Name) -> Diagnostic {
        Diagnostic(
            e0407, "`\(name.text)` needs a field or a block", at: name.span,
            label: "as in: \(name.text) id, or \(name.text) { $it.id }")
    }

    static let e0409 = Code(
        "E0409",
        "`ensure` reads the present state when the server answers that it is done already; not every operation "
            + "has such an answer.",
        wrong: "ensure create_credentials ana", right: "ensure create_user ana")
    static func ensureNeedsOperation(_ name: Name) -> Diagnostic {
        Diagnostic(
            e0409, "`ensure` stands before operations", at: name.span,
            label: "`\(name.text)` is not one: call it without `ensure`")
    }

    static func cannotEnsure(_ name: Name, reads: Bool) -> Diagnostic {
        Diagnostic(
            e0409, "`ensure` cannot stand before `\(name.text)`", at: name.span,
            label: reads ? "it changes nothing" : "no answer says that it was done already")
    }

    static let e0413 = Code(
        "E0413", "This switch decides what the command gives, so it is on or off in the text.",
        wrong: "let all = true\nprint (list_users --all=$all)", right: "print (list_users --all)")
    static func switchNotLiteral(_ option: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0413, "`--\(option)` must be on or off in the text", at: span,
            label: "use `if` for a choice while the script runs")
    }

    static let e0414 = Code(
        "E0414", "Parameters with a default stand after those without.",
        wrong: "def f(a = 1, b) { print $a $b }", right: "def f(b, a = 1) { print $a $b }")
    static func requiredAfterOptional(_ name: Name) -> Diagnostic {
        Diagnostic(
            e0414, "`\(name.text)` has no default, and one before it has", at: name.span,
            label: "put what is required first")
    }

    static let e0415 = Code(
        "E0415",
        "An option decides how the call is carried out, and that way has no place for the other one, which would be "
            + "dropped.",
        wrong: "print (list_users --all --with_headers)", right: "print (list_users --all)")
    static func droppedOption(_ name: String, _ exclusion: Command.Exclusion, at span: Span) -> Diagnostic {
        Diagnostic(
            e0415, "`\(name)` has no place beside `--\(exclusion.option)`: \(exclusion.reason)", at: span,
            label: "leave out one of the two")
    }
}

extension Checker.Given {
    /// The name of the option that it gives, with `_` for `-`.
    var optionName: String? {
        if case .written(let argument) = self { argument.name?.text.replacingHyphens } else { nil }
    }

    private var word: String? {
        if case .written(let argument) = self, argument.name == nil, case .word(let word, _)? = argument.value {
            word
        } else {
            nil
        }
    }

    /// The arithmetic operator that it is as a word.
    fileprivate var operatorWord: String? { word.flatMap { ["-", "*", "/", "%", ".."].contains($0) ? $0 : nil } }

    /// Its text, if it is short.
    fileprivate var shortForm: String? {
        if let word { return word }
        guard case .written(let argument) = self, case .expression(let expression)? = argument.value else { return nil }
        switch expression.kind {
        case .variable(let name): return "$" + name
        case .member(let base, let name, _):
            if case .variable(let root) = base.kind { return "$\(root).\(name.text)" }
            return nil
        default: return nil
        }
    }
}
