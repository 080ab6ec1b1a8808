/// Variables, fields and items.
extension Checker {
    mutating func checkVariable(_ name: String, _ span: Span) -> CheckedExpression {
        if let index = frame.index(of: name) {
            frame[index].isUsed = true
            context.notes?.use(of: frame[index].span, at: span)
            var type = frame[index].type
            if type.isOptional, frame.notNull.contains(NullFacts.AccessPath(variable: index)) { type = type.unwrapped }
            return CheckedExpression(.variable(.local(frame[index].slot), name: name), type: type, span: span)
        }
        if name == "script_folder" {
            let name = context.sources[span.file].name
            let folder = Path.folder(of: context.surroundings.baseFolder.map { Path.joined(name, in: $0) } ?? name)
            return CheckedExpression(.constant(.string(folder)), type: .string, span: span)
        }
        if let global = checkGlobal(name, span) { return global }
        reportUndefined(name, span)
        return .unknown(span)
    }

    /// Checks a variable of the top level that is read in a `def`.
    private mutating func checkGlobal(_ name: String, _ span: Span) -> CheckedExpression? {
        guard let index = readGlobal(name) else { return nil }
        mainFrame[index].isUsed = true
        context.notes?.use(of: mainFrame[index].span, at: span)
        noteReading(name)
        let variable = mainFrame[index]
        if variable.isMutable, name != silenced { report(.globalVariable(variable, at: span)) }
        let isPresent = frame.notNull.contains(NullFacts.AccessPath(variable: -1 - index))
        let type = isPresent ? variable.type.unwrapped : variable.type
        return CheckedExpression(.variable(.global(variable.slot), name: name), type: type, span: span)
    }

    /// Returns the index in the main frame of a variable of the top level that can be read here, in a `def`.
    func readGlobal(_ name: String) -> Int? {
        frame.kind == .definition && !currentIsIncluded ? mainFrame.outermostIndex(of: name) : nil
    }

    private mutating func reportUndefined(_ name: String, _ span: Span) {
        if name == silenced { return }
        if frame.kind == .definition, let later = laterGlobals[name], !currentIsIncluded {
            report(.setLater(name, at: span, line: context.line(of: later)))
            frame.excuseUndeclared(name, at: span)
            return
        }
        var names = frame.visibleNames + ["script_folder"]
        // An included file does not see the variables of the file that includes it.
        if frame.kind == .definition, !currentIsIncluded { names += mainFrame.outermost.map(\.name) }
        let close = closest(to: name, in: names)
        report(
            .undefinedVariable(
                name, at: span, close: close.map { "$" + $0 }, advice: advice(for: name), literal: literalForm))
        frame.excuseUndeclared(name, at: span)
    }

    /// Returns the variable that was probably meant; it is then not reported as unused.
    mutating func closest(to name: String, in names: [String]) -> String? {
        let close = DidYouMean.closest(to: name, in: names)
        if let close {
            frame.excuse(close)
            if frame.kind == .definition { mainFrame.excuse(close) }
        }
        return close
    }

    /// The string around a variable as one in which nothing is special: a `$` may be meant for another program.
    private var literalForm: String? {
        guard let span = stringSpan else { return nil }
        let text = context.sources[span.file].text(of: span)
        guard text.hasPrefix("\""), !text.hasPrefix("\"\"\""), !text.contains("'"), !text.contains("\\") else {
            return nil
        }
        return "'\(text.dropFirst().dropLast())'"
    }

    /// Returns the advice for a name that is similar to no other.
    private func advice(for name: String) -> String {
        if let earlier = frame.variables.last(where: { $0.name == name }) {
            return "the one of line \(context.line(of: earlier.span)) ends with its block"
        }
        return frame.index(of: "it") == nil ? "" : "the item is `$it`"
    }

    mutating func checkMember(
        _ base: Expression, _ name: Name, isOptional: Bool, in whole: Expression
    ) -> CheckedExpression {
        let checkedBase = check(base)
        if !isOptional { warnIfOptional(checkedBase, as: .base(name)) }
        var type = fieldType(of: checkedBase, name)
        if isOptional, checkedBase.type.isOptional { type = type.orNull }
        if type.isOptional, let path = nullPath(of: whole), frame.notNull.contains(path) { type = type.unwrapped }
        return CheckedExpression(.member(checkedBase, name, isOptional: isOptional), type: type, span: whole.span)
    }

    /// Returns the type of a field; reports an unknown field and returns `any`.
    private mutating func fieldType(of base: CheckedExpression, _ name: Name) -> ValueType {
        let type = base.type.unwrapped
        switch type {
        case .any: return .any
        case .map(let value): return value
        case .record(let record):
            if let field = record.field(name.text) { return field.readType }
            report(.unknownField(name, of: type, among: record.fields.map(\.name)))
        case .list(let item):
            report(.fieldOfList(name, item: item))
        case .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .optional:
            report(.noFields(name, type, of: path(of: base)))
        }
        return .any
    }

    mutating func checkIndex(_ base: Expression, _ index: Expression, _ span: Span) -> CheckedExpression {
        let checkedBase = check(base)
        let checkedIndex = check(index)
        warnIfOptional(checkedBase, as: .operand("`[ ]`"))
        let type = itemType(of: checkedBase, at: checkedIndex)
        checkIndex(checkedIndex, within: checkedBase)
        return CheckedExpression(.index(checkedBase, checkedIndex), type: type, span: span)
    }

    private mutating func itemType(of base: CheckedExpression, at index: CheckedExpression) -> ValueType {
        let type = base.type.unwrapped
        switch type {
        case .any:
            return .any
        case .list(let item):
            if !ValueType.int.accepts(index.type) { report(.wrongIndex(type, index)) }
            return item
        case .map(let value):
            if !ValueType.string.accepts(index.type) { report(.wrongIndex(type, index)) }
            return value
        case .record(let record):
            if type.page != nil, index.type.unwrapped == .int {
                report(.pageAsList(type, at: base.span))
                return .any
            }
            if !ValueType.string.accepts(index.type) { report(.wrongIndex(type, index)) }
            guard let key = knownText(of: index) else { return .any }
            if let field = record.field(key) { return field.readType }
            let name = Name(text: key, span: index.span)
            report(.unknownField(name, of: type, among: record.fields.map(\.name)))
        case .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .optional:
            report(.noItems(type, at: base.span))
        }
        return .any
    }

    /// Returns the command that gave a value, or the list that the value is an item of.
    func source(of expression: CheckedExpression) -> CallSource? {
        switch expression.kind {
        case .operation(let call):
            CallSource(command: call.command.signature.name, result: expression.type, span: expression.span)
        case .variable(.local, let name):
            frame.index(of: name).flatMap { frame[$0].source }
        case .variable(.global, let name):
            mainFrame.outermostIndex(of: name).flatMap { mainFrame[$0].source }
        case .member(let base, _, _), .index(let base, _), .blockBuiltin(_, let base, _, _, _):
            source(of: base)
        case .builtin(_, let arguments):
            arguments.first.flatMap { $0 }.flatMap { source(of: $0) }
        case .constant, .interpolated, .list, .map, .unary, .binary, .function, .ifElse, .tryCatch, .step, .retry,
            .timeout, .identity, .server:
            nil
        }
    }
}
