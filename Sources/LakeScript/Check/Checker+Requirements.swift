/// Requirements on types.
extension Checker {
    /// Reports a value that does not fit its parameter.
    ///
    /// With `isItem`, the value may be an item of the list that the parameter takes.
    mutating func require(
        _ given: CheckedExpression, fits parameter: Parameter, of command: Name, isItem: Bool = false
    ) {
        let wanted = parameter.wanted(for: given.type.unwrapped)
        if given.type == .null {
            guard parameter.isRequired, !parameter.type.isOptional, wanted != .any else { return }
            report(.wrongArgument(given, parameter, of: command.text, source: nil))
            return
        }
        if parameter.isRequired, !parameter.type.isOptional, wanted != .any {
            warnIfOptional(given, as: .argument(parameter, of: command.text))
        }
        let type = given.type.unwrapped
        if case .list = wanted, type.page != nil {
            report(.pageAsList(type, at: given.span))
        } else if case .enumeration(let cases) = wanted, let word = knownText(of: given) {
            if !cases.contains(word) {
                report(.notAWord(word, cases, of: parameter.name, at: given.span))
            }
        } else if !wanted.accepts(type), !(isItem && parameter.itemType.accepts(type)) {
            report(.wrongArgument(given, parameter, of: command.text, source: sourceNote(of: given)))
        } else {
            checkLiteral(given, against: wanted)
            checkUse(of: given, as: parameter, of: command)
        }
    }

    /// Warns about a secret that is used as a name, which is shown, and about a number that is out of bounds.
    mutating func checkUse(of given: CheckedExpression, as parameter: Parameter, of command: Name) {
        if given.type.unwrapped == .secret, [.file, .folder].contains(parameter.role) {
            report(.secretAsName(parameter, of: command.text, at: given.span))
        }
        guard let bounds = parameter.bounds, case .constant(.int(let number)) = literal(of: given).kind,
            !bounds.contains(number)
        else { return }
        report(.outOfBounds(number, parameter, bounds, at: given.span))
    }

    /// "list_groups gives Groups (line 9)".
    private func sourceNote(of given: CheckedExpression) -> String? {
        guard case .record(let record) = given.type.unwrapped, !record.name.isEmpty,
            let source = source(of: given), source.span != given.span
        else { return nil }
        let isOne = source.result.unwrapped == given.type.unwrapped
        let noun = isOne ? given.type.unwrapped.phrase : given.type.unwrapped.plural
        return "\(source.command) gives \(noun) (line \(context.line(of: source.span)))"
    }

    /// Checks the keys and values of a literal map against a schema, or against the type of a map's values.
    mutating func checkLiteral(_ written: CheckedExpression, against wanted: ValueType) {
        let given = literal(of: written)
        switch (given.kind, wanted) {
        case (.map(let keys, let values), .record(let record)) where !record.fields.isEmpty:
            for (key, value) in zip(keys, values) {
                guard let field = record.field(key.text) else {
                    report(.unknownField(key, of: wanted, among: record.fields.map(\.name)))
                    continue
                }
                checkField(value, field)
            }
            let missing = record.fields.filter { field in
                field.isRequired && !field.type.isOptional && !keys.contains { $0.text == field.name }
            }
            // A name that is unknown may have been meant for what is missing.
            let isSpelled = keys.allSatisfy { record.field($0.text) != nil }
            if !missing.isEmpty, isSpelled { report(.missingFields(missing.map(\.name), of: wanted, at: given.span)) }
        case (.map(let keys, let values), .map(let item)) where item != .any:
            for (key, value) in zip(keys, values) { checkField(value, Field(key.text, item)) }
        case (.list(let items), .list(let item)):
            for value in items { checkLiteral(value, against: item.unwrapped) }
        default:
            break
        }
    }

    private mutating func checkField(_ value: CheckedExpression, _ field: Field) {
        let wanted = field.type.unwrapped
        if case .enumeration(let cases) = wanted, let word = knownText(of: value) {
            if !cases.contains(word) {
                report(.notAWord(word, cases, of: field.name, at: value.span))
            }
        } else if value.type != .null, !wanted.accepts(value.type) {
            report(.wrongType(value.type.unwrapped, wanted, for: "`\(field.name)`", at: value.span))
        } else {
            checkLiteral(value, against: wanted)
        }
    }

    /// Reports a value that does not fit a statement.
    mutating func require(_ given: CheckedExpression, is wanted: ValueType, for place: String) {
        warnIfOptional(given, as: .operand(place))
        let type = given.type.unwrapped
        guard given.type == .null || !wanted.accepts(type) else { return }
        report(.wrongType(given.type == .null ? .null : type, wanted, for: place, at: given.span))
    }

    /// Reports a value that is no identity, which `as` takes.
    mutating func requireIdentity(_ given: CheckedExpression) {
        warnIfOptional(given, as: .operand("`as`"))
        let forms = context.surroundings.vocabulary.conventions.identities
        let type = given.type.unwrapped
        switch type {
        case .any, .map: return
        case .record(let record):
            let isIdentity = forms.contains { $0.fields.allSatisfy { record.field($0.name) != nil } }
            if isIdentity { return }
        case .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .list, .optional: break
        }
        report(.noIdentity(type, forms, at: given.span))
    }
}

extension Parameter {
    /// Returns the type that a single value must have. For a parameter that takes all remaining arguments this is the
    /// type of an item, unless a list is given where an item cannot be a list.
    fileprivate func wanted(for given: ValueType) -> ValueType {
        let item = itemType.unwrapped
        return isVariadic && (item == .any || given.item == nil) ? item : type.unwrapped
    }
}
