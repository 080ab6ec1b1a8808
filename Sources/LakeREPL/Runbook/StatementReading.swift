internal import LakeAPI
internal import LakeScript

/// Reads the names in a statement (entities, texts, variables) with their ranges in its text. Its effects come from
/// `BlockFacts`.
struct StatementReading: CheckedVisitor {
    var facts = StatementFacts()
    private let program: CheckedProgram
    private let globals: Set<Int>
    /// The span of the statement.
    private let place: Span
    private let bytes: [UInt8]
    /// True while statements of the top level are read, false in the body of a `def`.
    private var inMain = true

    init(_ program: CheckedProgram, place: Span, text: String) {
        self.program = program
        self.place = place
        globals = Set(program.globals.map(\.slot))
        bytes = Array(text.utf8)
    }

    mutating func read(_ statements: [CheckedStatement], inMain: Bool) {
        self.inMain = inMain
        walk(statements)
        if inMain, case .expression(let value)? = statements.last?.kind { facts.type = value.type }
    }

    mutating func visit(_ statement: CheckedStatement) {
        switch statement.kind {
        case .set(let variable, let name, _), .setPath(let variable, let name, _, _):
            if let range = range(of: name.span) { note(variable, name.text, range, isGiven: true) }
        default: break
        }
    }

    mutating func visit(_ expression: CheckedExpression) -> Bool {
        switch expression.kind {
        case .constant:
            if let text = expression.literalText, let range = token(of: expression, text) {
                facts.texts.append(StatementFacts.Text(text: text, range: range, isSecret: false))
            }
        case .variable(let variable, let name):
            if let range = range(of: expression.span) {
                let sign = bytes[range.lowerBound] == UInt8(ascii: "$") ? 1 : 0
                note(variable, name, range.lowerBound + sign..<range.upperBound, isGiven: false)
            }
        case .map(let keys, let values): readSecrets(keys, values)
        case .operation(let call): read(call)
        case .builtin(let builtin, let arguments): addSubjects(builtin.signature.parameters, arguments)
        case .function(let index, let arguments):
            let function = program.functions[index]
            noteCall(function.name, .read, arguments)
            addSubjects(function.namedParameters, arguments)
        case .interpolated, .list, .member, .index, .unary, .binary, .blockBuiltin, .ifElse, .tryCatch, .step, .retry,
            .timeout, .identity, .server:
            break
        }
        return true
    }

    private mutating func read(_ call: CheckedCall) {
        let signature = call.command.signature
        addSubjects(signature.parameters, call.arguments, created: Catalogue[signature.name]?.created)
        noteCall(signature.name, call.command.effect, call.arguments)
    }

    private mutating func noteCall(_ name: String, _ effect: EffectClass, _ arguments: [CheckedExpression?]) {
        let ranges = arguments.compactMap { $0.flatMap { range(of: $0.span) } }
        facts.calls.append(StatementFacts.Call(name: name, effect: effect, arguments: ranges))
    }

    /// Records the secret of a pair of keys that was typed: `as {access_key_id: "…", secret_access_key: "…"} { }`.
    private mutating func readSecrets(_ keys: [Name], _ values: [CheckedExpression]) {
        for (key, value) in zip(keys, values) where Catalogue.secretFields.contains(key.text) {
            guard let text = value.literalText, let range = token(of: value, text) else { continue }
            facts.texts.append(StatementFacts.Text(text: text, range: range, isSecret: true))
        }
    }

    /// Records the variable of a top-level `let` or `var`.
    mutating func readBinding(_ name: Name, _ value: Expression, isMutable: Bool) {
        guard let given = facts.variables.last(where: { $0.isGiven && $0.name == name.text }) else { return }
        facts.type = program.globals.last { $0.slot == given.slot }?.type ?? .any
        var text: String?
        if case .string(let parts) = value.kind, parts.count == 1, case .text(let only) = parts[0] { text = only }
        facts.form = .binding(
            slot: given.slot, isMutable: isMutable, value: Int(value.span.start - place.start), text: text)
    }

    private mutating func addSubjects(
        _ parameters: [Parameter], _ arguments: [CheckedExpression?],
        created: (field: String, known: OperationParameter)? = nil
    ) {
        for case (let parameter, let argument?) in zip(parameters, arguments) {
            let known = created?.field == parameter.name ? created?.known : nil
            let isSecret = parameter.type.holdsSecret
            guard let kind = isSecret ? .secret : StatementFacts.Kind(known?.role ?? parameter.role),
                let value = value(of: argument)
            else { continue }
            var range: Range<Int>?
            if case .text(let text) = value { range = token(of: argument, text) }
            facts.subjects.append(
                StatementFacts.Subject(
                    kind: kind, name: known?.name ?? parameter.name, value: value, isCreated: known != nil,
                    range: range))
        }
    }

    private func value(of argument: CheckedExpression) -> StatementFacts.Subject.Value? {
        if let text = argument.literalText { return .text(text) }
        guard case .variable(let variable, _) = argument.kind else { return nil }
        return slot(variable).map { .variable($0) }
    }

    private mutating func note(_ variable: Variable, _ name: String, _ range: Range<Int>, isGiven: Bool) {
        guard let slot = slot(variable) else {
            facts.localNames.insert(name)
            return
        }
        facts.variables.append(StatementFacts.Use(name: name, slot: slot, range: range, isGiven: isGiven))
    }

    private func slot(_ variable: Variable) -> Int? {
        switch variable {
        case .local(let slot): inMain && globals.contains(slot) ? slot : nil
        case .global(let slot): slot
        }
    }
}

// Ranges in the statement's text.
extension StatementReading {
    /// Returns a span's range in the statement; nil if the span is outside of it.
    private func range(of span: Span) -> Range<Int>? {
        guard span.file == place.file, span.start >= place.start, span.end <= place.end else { return nil }
        return Int(span.start - place.start)..<Int(span.end - place.start)
    }

    /// Returns the token of a literal: a word, or a string without escapes or interpolations.
    private func token(of expression: CheckedExpression, _ text: String) -> Range<Int>? {
        guard let range = range(of: expression.span) else { return nil }
        let written = bytes[range]
        let isQuoted = written.first == UInt8(ascii: "\"") || written.first == UInt8(ascii: "'")
        let inner = isQuoted ? written.dropFirst().dropLast() : written
        return inner.elementsEqual(text.utf8) ? range : nil
    }
}

extension CheckedFunction {
    /// Its parameters, with names and roles taken from the calls that its body passes them to.
    fileprivate var namedParameters: [Parameter] {
        var named = parameters
        for call in BlockFacts(of: body.statements).calls.compactMap(\.operation) {
            let created = Catalogue[call.command.signature.name]?.created
            for case (let parameter, let argument?) in zip(call.command.signature.parameters, call.arguments) {
                guard case .variable(.local(let slot), _) = argument.kind, parameters.indices.contains(slot) else {
                    continue
                }
                let known = created?.field == parameter.name ? created?.known : nil
                let type = parameters[slot].type
                named[slot] = Parameter(known?.name ?? parameter.name, type, role: known?.role ?? parameter.role)
            }
        }
        return named
    }
}

extension Catalogue {
    /// The names of fields that hold secrets.
    fileprivate static let secretFields: Set<String> = Set(
        all.flatMap { $0.secretFields.sent + $0.secretFields.received }.map { path in
            path.split(separator: ".").last.map(String.init) ?? path
        })
}
