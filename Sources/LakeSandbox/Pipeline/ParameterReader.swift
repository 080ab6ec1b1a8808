import LakeScript

/// Reads the parameters of a request twice, like the real server: the validator runs before authentication and refuses
/// with JSON, the handler's own binding runs after it and refuses with plain text.
struct ParameterReader: Sendable {
    let isOld: Bool

    /// Raw values of one parameter.
    struct Raw: Sendable {
        /// All values in order; empty if the parameter is absent.
        let values: [String]

        var first: String? { values.first }
    }

    private var check: SchemaCheck { SchemaCheck(isOld: isOld) }

    // MARK: The validator's reading

    /// Throws the validator's 400 if a parameter does not match its schema.
    func validate(_ parameter: WireParameter, _ raw: Raw) throws(Fault) {
        guard let text = raw.first, !(text.isEmpty && parameter.location == .path) else {
            guard parameter.isRequired else { return }
            throw refusal(parameter, missing)
        }
        if case .array = parameter.schema.kind { return try validateItems(parameter, raw) }
        guard !text.isEmpty else { return try validateEmpty(parameter) }
        let value = try value(of: text, parameter)
        if let complaint = check.complaint(about: value, parameter.schema) {
            throw refusal(parameter, complaint.message)
        }
    }

    private var missing: String {
        let text = "value is required but missing"
        return isOld ? text + ": " + text : text
    }

    private func validateItems(_ parameter: WireParameter, _ raw: Raw) throws(Fault) {
        let value = Value.list(raw.values.map(Value.string))
        if let complaint = check.complaint(about: value, parameter.schema) {
            throw refusal(parameter, complaint.message)
        }
    }

    private func validateEmpty(_ parameter: WireParameter) throws(Fault) {
        if isOld {
            if parameter.isRequired { throw refusal(parameter, missing) }
        } else if !parameter.allowsEmpty, parameter.defaultValue == nil, parameter.location == .query {
            throw refusal(parameter, "empty value is not allowed")
        }
    }

    /// Converts a text to the type of its schema.
    private func value(of text: String, _ parameter: WireParameter) throws(Fault) -> Value {
        switch parameter.schema.kind {
        case .integer, .number: return try number(text, parameter)
        case .boolean:
            if let flag = Go.boolean(text) { return .bool(flag) }
            let reason =
                isOld
                ? "an invalid number: strconv.ParseBool: parsing \(JSON.quoted(text)): invalid syntax"
                : "an invalid boolean: invalid syntax"
            throw refusal(parameter, "value \(text): \(reason)")
        case .string, .any, .array, .object: return .string(text)
        }
    }

    private func number(_ text: String, _ parameter: WireParameter) throws(Fault) -> Value {
        if isOld {
            switch Go.float(text) {
            case .success(let number) where number.isNaN: throw refusal(parameter, "NaN is not allowed")
            case .success(let number) where number.isInfinite: throw refusal(parameter, "Inf is not allowed")
            case .success(let number): return .float(number)
            case .failure(let failure):
                let reason = "an invalid integer: strconv.ParseFloat: parsing \(JSON.quoted(text)): \(failure.rawValue)"
                throw refusal(parameter, "value \(text): \(reason)")
            }
        }
        switch Go.literal(text) {
        case .success(let number): return .int(number)
        case .failure(let failure):
            throw refusal(parameter, "value \(text): an invalid integer: \(failure.rawValue)")
        }
    }

    private func refusal(_ parameter: WireParameter, _ reason: String) -> Fault {
        Fault(.invalid, "parameter \"\(parameter.name)\" in \(parameter.location.rawValue) has an error: \(reason)")
    }

    // MARK: The handler's binding

    /// Returns the value that a handler gets; nil if the parameter is absent.
    func bind(_ parameter: WireParameter, _ raw: Raw) throws(Fault) -> Value? {
        guard let text = raw.first else { return isOld ? nil : parameter.defaultValue }
        switch parameter.location {
        case .path: return try bindPath(parameter, text)
        case .header, .cookie:
            guard !text.isEmpty else {
                throw misfit(parameter, "parameter '\(parameter.name)' is empty, can't bind its value")
            }
            return .string(text)
        case .query: break
        }
        if case .array = parameter.schema.kind { return .list(raw.values.map(Value.string)) }
        // The validator of 1.84 adds the default to the existing value.
        let hasDefaultToo = !isOld && text.isEmpty && parameter.defaultValue != nil
        guard raw.values.count == 1, !hasDefaultToo else {
            throw misfit(parameter, "multiple values for single value parameter '\(parameter.name)'")
        }
        return try scalar(parameter, text)
    }

    private func bindPath(_ parameter: WireParameter, _ text: String) throws(Fault) -> Value {
        guard let decoded = Escape.decode(text, plusIsBlank: true) else {
            let reason = "error unescaping query parameter '\(parameter.name)': " + Escape.complaint(about: text)
            throw misfit(parameter, reason)
        }
        return try scalar(parameter, decoded)
    }

    private func scalar(_ parameter: WireParameter, _ text: String) throws(Fault) -> Value {
        switch parameter.schema.kind {
        case .integer:
            switch Go.integer(text) {
            case .success(let number): return .int(number)
            case .failure(let failure): throw cannotBind(parameter, "ParseInt", text, failure.rawValue)
            }
        case .boolean:
            guard let flag = Go.boolean(text) else {
                throw cannotBind(parameter, "ParseBool", text, "invalid syntax")
            }
            return .bool(flag)
        case .string where parameter.schema.limits.format == "date-time":
            // The validator's expression also accepts some invalid dates: without a zone, or 30 February.
            guard text.isEmpty || (try? CalendarTime.parse(text)) != nil else { throw noMoment(parameter, text) }
            return .string(text)
        case .string, .number, .any, .array, .object: return .string(text)
        }
    }

    private func noMoment(_ parameter: WireParameter, _ text: String) -> Fault {
        let reason = "parsing time \(JSON.quoted(text)): extra text: \(JSON.quoted(text.droppingBytes(10)))"
        return misfit(parameter, "error parsing '\(text)' as RFC3339 or 2006-01-02 time: \(reason)")
    }

    private func cannotBind(
        _ parameter: WireParameter, _ function: String, _ text: String, _ reason: String
    ) -> Fault {
        misfit(
            parameter, "error binding string parameter: strconv.\(function): parsing \(JSON.quoted(text)): \(reason)")
    }

    private func misfit(_ parameter: WireParameter, _ reason: String) -> Fault {
        Fault(.invalid, "Invalid format for parameter \(parameter.name): \(reason)\n", isPlainText: true)
    }
}

/// Go's syntax of numbers and booleans.
enum Go {
    /// Reason why a text is not a number, in Go's words.
    enum NumberError: String, Error, Sendable {
        case syntax = "invalid syntax"
        case range = "value out of range"
    }

    /// Reads an integer in the syntax of Go's source: `0x1F`, `0b1`, `0o7`, `017`, `1_000`.
    static func literal(_ text: String) -> Result<Int, NumberError> {
        let sign = text.utf8.first.map { [0x2B, 0x2D].contains($0) } == true ? String(text.prefix(1)) : ""
        let bare = text.droppingBytes(sign.utf8.count).lowercased()
        let radix = ["0x": 16, "0b": 2, "0o": 8][bare.prefix(2)] ?? (bare.count > 1 && bare.first == "0" ? 8 : 10)
        let prefix = radix == 10 ? 0 : ["x", "b", "o"].contains(bare.dropFirst().first) ? 2 : 1
        let groups = bare.dropFirst(prefix).split(separator: "_", omittingEmptySubsequences: false)
        // An underscore separates digits, or follows the prefix of the base.
        let areSeparated = groups.enumerated().allSatisfy { index, group in
            !group.isEmpty || index == 0 && prefix > 0 && groups.count > 1
        }
        let digits = groups.joined()
        guard areSeparated, digits.allSatisfy({ $0.isASCII && ($0.hexDigitValue ?? 16) < radix }) else {
            return .failure(.syntax)
        }
        return Int(sign + digits, radix: radix).map(Result.success) ?? .failure(.range)
    }

    /// Reads an integer of decimal digits.
    static func integer(_ text: String) -> Result<Int, NumberError> {
        let digits = text.utf8.first.map { [0x2B, 0x2D].contains($0) } == true ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return .failure(.syntax) }
        return Int(text).map(Result.success) ?? .failure(.range)
    }

    static func float(_ text: String) -> Result<Double, NumberError> {
        let isSigned = text.utf8.first.map { [0x2B, 0x2D].contains($0) } == true
        let bare = (isSigned ? text.droppingBytes(1) : text).lowercased()
        if ["inf", "infinity", "nan"].contains(bare) { return .success(bare == "nan" ? .nan : .infinity) }
        // Hexadecimal numbers need an exponent.
        let isNumber = bare.begins(with: "0x") ? bare.utf8.contains(UInt8(ascii: "p")) : Go.isDecimal(bare)
        guard isNumber, let number = Double(text) else { return .failure(.syntax) }
        return number.isInfinite ? .failure(.range) : .success(number)
    }

    private static func isDecimal(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0.isDigit || [0x2B, 0x2D, 0x2E, 0x65].contains($0) }
    }

    static func boolean(_ text: String) -> Bool? {
        switch text {
        case "1", "t", "T", "TRUE", "true", "True": true
        case "0", "f", "F", "FALSE", "false", "False": false
        default: nil
        }
    }
}
