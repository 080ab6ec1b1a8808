internal import LakeAPI
internal import LakeScript

/// Reads the facts of one statement from the checked tree.
struct StatementReading {
    private(set) var facts = StatementFacts()
    /// The scripts that it runs.
    private(set) var scripts: [Int] = []
    private let program: CheckedProgram
    private let globals: Set<Int>
    /// The statement's span; nil for code of another script.
    private let place: Span?
    private let bytes: [UInt8]

    init(_ program: CheckedProgram, place: Span? = nil, text: String = "") {
        self.program = program
        self.place = place
        globals = Set(program.globals.map(\.slot))
        bytes = Array(text.utf8)
    }

    mutating func read(_ statements: [CheckedStatement], inMain: Bool) {
        var seen: [CheckedStatement] = []
        var expressions: [CheckedExpression] = []
        CheckedWalk(statement: { seen.append($0) }, expression: { expressions.append($0) }).walk(statements)
        for statement in seen { read(statement, inMain: inMain) }
        for expression in expressions { read(expression, inMain: inMain) }
        if inMain, case .expression(let value)? = statements.last?.kind { facts.type = value.type }
    }

    private mutating func read(_ statement: CheckedStatement, inMain: Bool) {
        switch statement.kind {
        case .set(let variable, _), .setPath(let variable, _, _, _):
            guard let range = nameRange(of: statement.span) else { return }
            note(variable, String(decoding: bytes[range], as: UTF8.self), range, isGiven: true, inMain: inMain)
        case .confirm:
            facts.asksItself = true
            facts.isKept = true
        case .assert, .fail: facts.isKept = true
        case .run(let script, _):
            scripts.append(script)
            facts.namesScript = true
        case .whileLoop, .forLoop, .breakLoop, .continueLoop, .returnValue, .onFailure, .onExit, .expectError,
            .expression:
            break
        }
    }

    private mutating func read(_ expression: CheckedExpression, inMain: Bool) {
        switch expression.kind {
        case .constant:
            guard let text = expression.constant, let range = token(of: expression, text) else { return }
            facts.texts.append(StatementFacts.Text(text: text, range: range, isSecret: false))
        case .variable(let variable, let name):
            guard let range = range(of: expression.span) else { return }
            let sign = bytes[range.lowerBound] == UInt8(ascii: "$") ? 1 : 0
            note(variable, name, range.lowerBound + sign..<range.upperBound, isGiven: false, inMain: inMain)
        case .map(let keys, let values): readSecrets(keys, values)
        case .operation(let call): read(call, inMain: inMain)
        case .builtin(let name, let arguments):
            if Builtins.changesTheWorld(name, isGiven: arguments.map { $0 != nil }) { facts.isKept = true }
            addSubjects(Builtins[name]?.signature.parameters ?? [], arguments, inMain: inMain)
        case .function(let index, let arguments):
            facts.calledFunctions.insert(index)
            // Function indices of another script are not those of this program.
            guard program.functions.indices.contains(index) else { return }
            let function = program.functions[index]
            noteCall(function.name, .read, arguments)
            addSubjects(function.namedParameters, arguments, inMain: inMain)
        case .interpolated, .list, .member, .index, .unary, .binary, .blockBuiltin, .ifElse, .tryCatch, .step, .retry,
            .timeout, .identity, .server:
            break
        }
    }

    private mutating func read(_ call: CheckedCall, inMain: Bool) {
        let signature = call.command.signature
        facts.effect = max(facts.effect, call.command.effect)
        if call.effect != .read { facts.isKept = true }
        addSubjects(signature.parameters, call.arguments, created: Catalogue[signature.name]?.created, inMain: inMain)
        noteCall(signature.name, call.command.effect, call.arguments)
    }

    private mutating func noteCall(
        _ name: String, _ effect: EffectClass, _ arguments: [CheckedExpression?]
    ) {
        let ranges = arguments.compactMap { $0.flatMap { range(of: $0.span) } }
        facts.calls.append(StatementFacts.Call(name: name, effect: effect, arguments: ranges))
    }

    /// Records the secret of a pair of keys that was typed: `as {access_key_id: "…", secret_access_key: "…"} { }`.
    private mutating func readSecrets(_ keys: [Name], _ values: [CheckedExpression]) {
        for (key, value) in zip(keys, values) where Catalogue.secretFields.contains(key.text) {
            guard let text = value.constant, let range = token(of: value, text) else { continue }
            facts.texts.append(StatementFacts.Text(text: text, range: range, isSecret: true))
        }
    }

    /// Records the variable of a top-level `let` or `var`.
    mutating func readBinding(_ name: Name, _ value: Expression, isMutable: Bool) {
        guard let place, let given = facts.variables.last(where: { $0.isGiven && $0.name == name.text }) else { return }
        facts.type = program.globals.last { $0.slot == given.slot }?.type ?? .any
        var text: String?
        if case .string(let parts) = value.kind, parts.count == 1, case .text(let only) = parts[0] { text = only }
        facts.form = .binding(
            slot: given.slot, isMutable: isMutable, value: Int(value.span.start - place.start), text: text)
    }

    /// Clears the effects: those of a `def`'s body happen only when it is called.
    mutating func doNothing() { (facts.effect, facts.isKept, facts.asksItself) = (.read, false, false) }
    mutating func become(_ form: StatementFacts.Form) { facts.form = form }
    mutating func nameScript() { facts.namesScript = true }
    mutating func define(_ functions: some Sequence<Int>) { facts.givenFunctions = Set(functions) }
    mutating func add(effectOf other: StatementFacts) { facts.add(effectOf: other) }

    private mutating func addSubjects(
        _ parameters: [Parameter], _ arguments: [CheckedExpression?],
        created: (field: String, known: OperationParameter)? = nil, inMain: Bool
    ) {
        for case (let parameter, let argument?) in zip(parameters, arguments) {
            let known = created?.field == parameter.name ? created?.known : nil
            let isSecret = parameter.type.holdsSecret
            guard let kind = isSecret ? .secret : StatementFacts.Kind(known?.role ?? parameter.role),
                let value = value(of: argument, inMain: inMain)
            else { continue }
            var range: Range<Int>?
            if case .text(let text) = value { range = token(of: argument, text) }
            facts.subjects.append(
                StatementFacts.Subject(
                    kind: kind, name: known?.name ?? parameter.name, value: value, isCreated: known != nil,
                    range: range))
        }
    }

    private func value(of argument: CheckedExpression, inMain: Bool) -> StatementFacts.Subject.Value? {
        if let text = argument.constant { return .text(text) }
        guard case .variable(let variable, _) = argument.kind else { return nil }
        return slot(variable, inMain: inMain).map { .variable($0) }
    }

    private mutating func note(
        _ variable: Variable, _ name: String, _ range: Range<Int>, isGiven: Bool, inMain: Bool
    ) {
        guard let slot = slot(variable, inMain: inMain) else {
            facts.localNames.insert(name)
            return
        }
        facts.variables.append(StatementFacts.Use(name: name, slot: slot, range: range, isGiven: isGiven))
    }

    private func slot(_ variable: Variable, inMain: Bool) -> Int? {
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
        guard let place, span.file == place.file, span.start >= place.start, span.end <= place.end else { return nil }
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

    /// Returns the range of the name at the start of `let name = …`, `name = …`, `$name.path = …`.
    private func nameRange(of span: Span) -> Range<Int>? {
        guard let range = range(of: span) else { return nil }
        var start = range.lowerBound
        for keyword in ["let ", "var "] where bytes[range].starts(with: keyword.utf8) { start += 4 }
        while start < range.upperBound, bytes[start] == 0x20 || bytes[start] == UInt8(ascii: "$") { start += 1 }
        let end = bytes[start...].firstIndex { !$0.isNamePart } ?? bytes.count
        return start..<end
    }
}

extension CheckedFunction {
    /// Its parameters, with names and roles taken from the calls that its body passes them to.
    fileprivate var namedParameters: [Parameter] {
        var named = parameters
        let walk = CheckedWalk(expression: { expression in
            guard case .operation(let call) = expression.kind else { return }
            let created = Catalogue[call.command.signature.name]?.created
            for case (let parameter, let argument?) in zip(call.command.signature.parameters, call.arguments) {
                guard case .variable(.local(let slot), _) = argument.kind, parameters.indices.contains(slot) else {
                    continue
                }
                let known = created?.field == parameter.name ? created?.known : nil
                let type = parameters[slot].type
                named[slot] = Parameter(known?.name ?? parameter.name, type, role: known?.role ?? parameter.role)
            }
        })
        walk.walk(body.statements)
        return named
    }
}

extension CheckedExpression {
    /// The text of a constant.
    fileprivate var constant: String? {
        if case .constant(let value) = kind { value.text } else { nil }
    }
}

extension Builtins {
    /// Returns true if a built-in changes the outside world: files, an address, anything a program does.
    fileprivate static func changesTheWorld(_ name: String, isGiven: [Bool]) -> Bool {
        switch name {
        case "write_file", "write_json", "write_csv", "reserve_file", "delete_file", "put_url", "exec": true
        case "get_url": isGiven.count > 1 && isGiven[1]
        default: false
        }
    }
}

extension Catalogue {
    /// The names of fields that hold secrets.
    fileprivate static let secretFields: Set<String> = Set(
        all.flatMap { $0.secretFields.sent + $0.secretFields.received }.map { path in
            path.split(separator: ".").last.map(String.init) ?? path
        })
}
