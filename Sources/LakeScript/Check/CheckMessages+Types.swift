/// `E05xx`: types.
extension CheckMessages {
    static func unknownField(_ name: Name, of type: ValueType, among known: [String]) -> Diagnostic {
        if let item = type.page, !known.contains(name.text), case .record(let record) = item,
            record.field(name.text) != nil
        {
            return Diagnostic(
                "E0508", "`\(name.text)` is a field of \(item.phrase), and this is a page of them", at: name.span,
                label: "take one of `.\(type.pageShape?.items ?? "")`")
        }
        let close = DidYouMean.closest(to: name.text, in: known)
        let fields = known.isEmpty ? "it is empty" : "it has \(ValueType.alternatives(known))"
        return Diagnostic(
            "E0501", "unknown field `\(name.text)` on \(type.phrase)", at: name.span,
            label: close.map { question($0) } ?? fields)
    }

    static func wrongWord(
        _ word: String, _ mismatch: WordReader.Mismatch, _ parameter: Parameter, _ type: ValueType,
        of command: String, at span: Span
    ) -> Diagnostic {
        let text = mismatch.message(word, as: type)
        let advice = mismatch.advice(word, as: type)
        switch mismatch {
        case .notAmong(let cases):
            return notAWord(word, cases, of: parameter.name, at: span)
        case .malformed:
            return Diagnostic(
                "E0502", "\(text), which `\(command)` takes as \(parameter.name)", at: span, label: advice)
        case .tooLarge:
            return Diagnostic(
                "E0502", "\(text), and `\(command)` takes it as \(parameter.name)", at: span, label: advice)
        case .notAWord:
            let wanted = type.unwrapped.phrase
            return Diagnostic(
                "E0502", "`\(command)` takes \(wanted) as \(parameter.name), and `\(word)` is a word", at: span,
                label: advice)
        }
    }

    static func refusedName(
        _ text: String, _ parameter: Parameter, _ reason: String, of command: String, at span: Span
    ) -> Diagnostic {
        let what = text.isEmpty ? "an empty \(parameter.name)" : "`\(text)` as \(parameter.name)"
        return Diagnostic("E0518", "`\(command)` cannot take \(what)", at: span, label: reason)
    }

    static func notAWord(_ word: String, _ cases: [String], of subject: String?, at span: Span) -> Diagnostic {
        let close = DidYouMean.closest(to: word, in: cases)
        return Diagnostic(
            "E0503", "\(subject.map { "`\($0)`" } ?? "this") cannot be `\(word)`", at: span,
            label: close.map { question($0) } ?? "it is \(ValueType.alternatives(cases))")
    }

    static func wrongArgument(
        _ given: CheckedExpression, _ parameter: Parameter, of command: String, source: String?
    ) -> Diagnostic {
        let type = given.type == .null ? ValueType.null : given.type.unwrapped
        let wanted = parameter.type.unwrapped
        let isThing = wanted.isText && parameter.role != .plain && (type.isMap || type.item != nil)
        let thing = "\(ValueType.article(for: parameter.name)) \(parameter.name)"
        let what = isThing || wanted.isText ? thing : "\(wanted.phrase) as \(parameter.name)"
        return Diagnostic(
            "E0504", "`\(command)` takes \(what), and this is \(type.phrase)", at: given.span,
            label: [source, conversion(type, to: wanted, parameter)].compactMap(\.self).filter { !$0.isEmpty }
                .joined(separator: ": "))
    }

    static func wrongInput(_ type: ValueType, _ wanted: String, of command: String, at span: Span) -> Diagnostic {
        let advice = type == .null ? "`??` gives another value where it is null" : ""
        return Diagnostic(
            "E0504", "`\(command)` takes \(wanted), and this is \(type.phrase)", at: span, label: advice)
    }

    static func wrongType(_ type: ValueType, _ wanted: ValueType, for place: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0504", "\(place) takes \(wanted.phrase), and this is \(type.phrase)", at: span,
            label: conversion(type, to: wanted, nil))
    }

    private static func conversion(_ type: ValueType, to wanted: ValueType, _ parameter: Parameter?) -> String {
        switch (type, wanted) {
        case (.int, .string), (.float, .string), (.bool, .string): return "quote it with \"${…}\", or use to_string"
        case (_, .int) where type.isText: return "to_int makes one of it"
        case (_, .float) where type.isText: return "to_float makes one of it"
        case (.record(let record), _) where wanted.isText:
            let id = record.field(parameter?.name ?? "") ?? record.field("id")
            return id.map { "take its `.\($0.name)`" } ?? ""
        case (.list, _) where wanted.isText: return "take one of it: `for`, or `[0]`"
        case (.int, .duration): return "durations have a unit: 30s"
        case (.list(.record(let record)), .list(let item)) where item.isText:
            return record.fields.first.map { "`| get \($0.name)` takes it of each" } ?? ""
        case (_, .list(let item)) where item.accepts(type): return "put it in [ ]"
        default: return wanted.example
        }
    }

    static func wrongOperand(_ unary: UnaryOperator, _ type: ValueType, at span: Span) -> Diagnostic {
        let wanted = unary == .not ? "a bool" : "a number"
        return Diagnostic("E0505", "`\(unary.rawValue)` takes \(wanted), and this is \(type.phrase)", at: span)
    }

    static func wrongOperands(
        _ binary: BinaryOperator, _ left: ValueType, _ right: ValueType, at span: Span,
        _ leftOperand: CheckedExpression,
        _ rightOperand: CheckedExpression
    ) -> Diagnostic {
        for (type, operand) in [(left, leftOperand), (right, rightOperand)] where type.page != nil {
            return pageAsList(type, at: operand.span)
        }
        var label = ""
        if binary == .add, left.isText || right.isText { label = "write \"…${…}\", or use to_string" }
        if binary == .matches, left.isNumber || right.isNumber { label = "to_string makes text of a number" }
        if left.isText, right.isNumber { label = label.isEmpty ? "to_int makes a number of a string" : label }
        return Diagnostic(
            "E0505", "`\(binary.rawValue)` does not take \(left.phrase) and \(right.phrase)", at: span, label: label)
    }

    static func incomparable(
        _ binary: BinaryOperator, _ left: ValueType, _ right: ValueType, at span: Span
    ) -> Diagnostic {
        let isNumberAndText = (left.isNumber && right.isText) || (left.isText && right.isNumber)
        return Diagnostic(
            "E0506", "\(left.phrase) is never equal to \(right.phrase)", at: span,
            label: isNumberAndText ? "to_int or to_string makes them the same" : "")
    }

    static func notACondition(_ type: ValueType, of keyword: String, at span: Span) -> Diagnostic {
        let advice =
            switch type {
            case .list: "compare it: … != []"
            case .int, .float: "compare it: … > 0"
            case .null: "a comparison is due here"
            case _ where type.isText: "compare it: … != \"\""
            default: "compare it: … != null"
            }
        return Diagnostic(
            "E0507", "the condition of `\(keyword)` is \(type.phrase), and only a bool is one", at: span, label: advice)
    }

    static func pageAsList(_ type: ValueType, at span: Span) -> Diagnostic {
        let items = type.page.map { $0 == .any ? "" : " of \($0.plural)" } ?? ""
        return Diagnostic(
            "E0508", "this is one page\(items), not a list", at: span,
            label: "take its `.\(type.pageShape?.items ?? "")`, or all pages with `--all`")
    }

    static func notAList(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic("E0509", "`for` walks through a list, and this is \(type.phrase)", at: span)
    }

    static func wrongLoopNames(_ type: ValueType, at span: Span) -> Diagnostic {
        let label = type.isMap ? "a map is walked with `for key, value in …`" : "a list is walked with one name"
        return Diagnostic("E0509", "this `for` walks through \(type.phrase)", at: span, label: label)
    }

    static func fieldOfList(_ name: Name, item: ValueType) -> Diagnostic {
        var label = "take an item: `[0]`, `for`, `each`"
        if case .record(let record) = item, record.field(name.text) != nil {
            label = "`| get \(name.text)` gives it of each, `[0].\(name.text)` of one"
        }
        return Diagnostic(
            "E0509", "a list has no fields, and this is \(ValueType.list(item).phrase)", at: name.span, label: label)
    }

    static func noFields(_ name: Name, _ type: ValueType) -> Diagnostic {
        Diagnostic("E0509", "\(type.phrase) has no fields", at: name.span)
    }

    static func noItems(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic("E0509", "\(type.phrase) has no items", at: span)
    }

    static func wrongIndex(_ type: ValueType, _ index: CheckedExpression) -> Diagnostic {
        let wanted = type.isMap ? "a string" : "an int"
        return Diagnostic(
            "E0510", "\(type.isMap ? "a map" : "a list") is read by \(wanted), and this is \(index.type.phrase)",
            at: index.span)
    }

    static func secretArgument(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0511", "a secret in an argument of `exec` is seen by everybody on the machine", at: span,
            label: "give it by --input or --env")
    }

    static func wrongPattern(_ mistake: String, at span: Span) -> Diagnostic {
        Diagnostic("E0512", "this is no regular expression: \(mistake)", at: span)
    }

    static func wrongDefault(_ type: ValueType, _ given: CheckedExpression) -> Diagnostic {
        Diagnostic(
            "E0513", "the type says \(type.phrase), and the default is \(given.type.phrase)", at: given.span,
            label: "make them agree")
    }

    static func failMessage(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0504", "`fail` takes a message or a caught error, and this is \(type.phrase)", at: span)
    }

    static func exitStatus(_ status: Int, at span: Span) -> Diagnostic {
        Diagnostic("E0514", "an exit status is between 1 and 255", at: span, label: "\(status) is not")
    }

    static func tooFew(_ number: Int, _ keyword: String, at span: Span) -> Diagnostic {
        Diagnostic("E0517", "`\(keyword)` takes a number from 1 on", at: span, label: "\(number) is none")
    }

    static func noWebAddress(_ text: String, of command: String, at span: Span) -> Diagnostic {
        let scheme = text.firstRange(of: "://").map { "`\(text[..<$0.upperBound])`" } ?? "`\(text)`"
        return Diagnostic(
            "E0516", "`\(command)` takes an address of the web, and this is \(scheme)", at: span,
            label: "begin it with https:// or http://")
    }

    static func noIdentity(_ type: ValueType, _ forms: [IdentityForm], at span: Span) -> Diagnostic {
        Diagnostic("E0515", "`as` takes an identity, and this is \(type.phrase)", at: span, label: forms.phrase)
    }
}
