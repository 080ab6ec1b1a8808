/// The `param`s of a script.
extension Checker {
    /// The types of values from the command line, the environment or a file.
    private static let parameterTypes: [String: ValueType] = [
        "string": .string, "int": .int, "float": .float, "bool": .bool, "duration": .duration, "secret": .secret,
        "list": .list(.string), "map": .map(.string),
    ]

    mutating func checkParam(
        _ name: Name, _ annotation: Name?, _ defaultValue: Expression?, _ span: Span, _ comments: ParameterComments
    ) {
        if let annotation, Checker.parameterTypes[annotation.text] == nil {
            report(.unknownType(annotation, among: Checker.parameterTypes.keys.sorted()))
        }
        let checkedDefault = defaultValue.map { check($0) }
        if let checkedDefault, let call = BlockFacts(of: checkedDefault).calls.first(where: { $0.operation != nil }) {
            report(.operationInDefault(at: call.span))
        }
        if context.surroundings.reservedParameters.contains(name.text.replacingHyphens) {
            report(.reservedParameter(name))
        }
        let type = parameterType(annotation, checkedDefault)
        warnOfSecretDefault(type, checkedDefault, name)
        if let earlier = frame.inSameScope(name.text) {
            reportRedeclared(name, earlier)
        }
        _ = frame.declare(name, .scriptParameter, type: type)
        let parameter = Parameter(
            name.text, type, isRequired: checkedDefault == nil, summary: comments.comment(after: span))
        parameters.append(ScriptParameter(parameter: parameter, defaultValue: checkedDefault, span: span))
    }

    /// Warns of a secret that stands in the text.
    mutating func warnOfSecretDefault(_ type: ValueType, _ value: CheckedExpression?, _ name: Name) {
        guard type.unwrapped == .secret, let value, let text = value.constantText, !text.isEmpty else { return }
        report(.secretInText(name, at: value.span))
    }

    private mutating func parameterType(_ annotation: Name?, _ defaultValue: CheckedExpression?) -> ValueType {
        guard let annotation else {
            if let defaultValue, defaultValue.type == .null { return .optional(.string) }
            let type = annotatedType(nil, defaultValue, fallback: .string)
            // A value from the command line is text, whatever the type of the default.
            return type == .list(.any) ? .list(.string) : type
        }
        let type = Checker.parameterTypes[annotation.text] ?? .any
        guard let defaultValue else { return type }
        if defaultValue.type == .null { return type.orNull }
        checkDefault(defaultValue, is: type)
        return type
    }
}

/// The comments at the ends of `param` lines, which are their summaries.
struct ParameterComments {
    private var byLine: [Int: String] = [:]
    private let text: SourceText

    init(tree: SyntaxTree, sources: SourceMap) {
        text = sources[tree.file]
        let last = tree.statements.last { if case .param = $0.kind { true } else { false } }
        guard let last else { return }
        for comment in tree.comments where !comment.ownLine {
            let line = text.position(of: comment.span.start).line
            byLine[line] = text.text(of: comment.span)
            if comment.span.start > last.span.end { break }
        }
    }

    /// Returns the comment on the line where a statement ends, without its `#`.
    func comment(after span: Span) -> String {
        guard !byLine.isEmpty, let comment = byLine[text.position(of: span.end).line] else { return "" }
        let words = comment.drop { $0 == "#" || $0 == " " }
        return String(words.reversed().drop { $0 == " " || $0 == "\r" }.reversed())
    }
}
