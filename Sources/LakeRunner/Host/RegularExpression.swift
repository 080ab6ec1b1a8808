internal import CPCRE2
package import LakeScript

/// A PCRE2 pattern in UTF mode. A match that costs much counts as work: it stops when something else is wanted, and at
/// limits that a text of some megabytes does not reach by honest means.
package struct RegularExpression: ~Copyable {
    private let pattern: String
    private let isLiteral: Bool
    private let quick: Matcher

    /// Compiles a pattern; a literal one matches its own text.
    ///
    /// - Throws: a failure with PCRE2's message and the position in the pattern, or that PCRE2 is missing.
    package init(_ pattern: String, isLiteral: Bool = false) throws(Failure) {
        self.pattern = pattern
        self.isLiteral = isLiteral
        quick = try Matcher(pattern, isLiteral: isLiteral, isPatient: false)
    }

    /// Returns true if the text contains a match.
    package func matches(_ text: String) throws(Failure) -> Bool {
        let subject = Array(text.utf8)
        var result = quick.match(subject)
        if Matcher.isLimit(result) {
            result = try Matcher(pattern, isLiteral: isLiteral, isPatient: true).match(subject)
        }
        if result == PCRE2_ERROR_NOMATCH { return false }
        guard result >= 0 else { throw .patternCannotMatch(Self.words(result)) }
        return true
    }

    /// Returns the text with every match replaced.
    func replacing(in text: String, with replacement: Replacement) throws(Failure) -> String {
        let subject = Array(text.utf8)
        var (result, output) = quick.substitute(subject, replacement)
        if Matcher.isLimit(result) {
            let patient = try Matcher(pattern, isLiteral: isLiteral, isPatient: true)
            (result, output) = patient.substitute(subject, replacement)
        }
        if result >= 0 { return String(decoding: output, as: UTF8.self) }
        if [PCRE2_ERROR_BADREPLACEMENT, PCRE2_ERROR_NOSUBSTRING, PCRE2_ERROR_BADSUBSTITUTION].contains(result) {
            throw .wrongReplacement(replacement.text, Self.words(result))
        }
        throw result == PCRE2_ERROR_NOMEMORY ? .replacedTooLong : .patternCannotMatch(Self.words(result))
    }

    /// Compiled code with its limits.
    private struct Matcher: ~Copyable {
        private let code: OpaquePointer
        private let context: OpaquePointer?

        init(_ pattern: String, isLiteral: Bool, isPatient: Bool) throws(Failure) {
            if let problem = cpcre2_load() { throw .missingLibrary(String(cString: problem)) }
            var error: Int32 = 0
            var offset = 0
            let text = Array(pattern.utf8)
            // PCRE2 refuses `UCP` beside `LITERAL`, which has no classes.
            var options = isLiteral ? UInt32(PCRE2_UTF) | PCRE2_LITERAL : UInt32(PCRE2_UTF | PCRE2_UCP)
            // The callout of each item counts the work; it makes a match slower.
            if isPatient { options |= UInt32(PCRE2_AUTO_CALLOUT) }
            // SAFETY: PCRE2 reads `count` bytes of the pattern during this call only.
            guard let code = pcre2_compile_8(text, text.count, options, &error, &offset, nil) else {
                throw .wrongPattern(pattern, at: offset, words(error))
            }
            self.code = code
            context = pcre2_match_context_create_8(nil)
            pcre2_set_match_limit_8(context, isPatient ? 30_000_000 : 1_000_000)
            pcre2_set_depth_limit_8(context, isPatient ? 30_000_000 : 10_000)
            // In KiB.
            pcre2_set_heap_limit_8(context, 256 << 10)
            guard isPatient else { return }
            // SAFETY: the function uses neither the block nor the data.
            pcre2_set_callout_8(context, { _, _ in Work.goesOn() ? 0 : PCRE2_ERROR_CALLOUT }, nil)
        }

        deinit {
            pcre2_match_context_free_8(context)
            pcre2_code_free_8(code)
        }

        static func isLimit(_ result: Int32) -> Bool {
            [PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT].contains(result)
        }

        func match(_ subject: [UInt8]) -> Int32 {
            let data = pcre2_match_data_create_from_pattern_8(code, nil)
            defer { pcre2_match_data_free_8(data) }
            // SAFETY: PCRE2 reads `count` bytes of the subject during this call only.
            return pcre2_match_8(code, subject, subject.count, 0, 0, data, context)
        }

        func substitute(_ subject: [UInt8], _ replacement: Replacement) -> (result: Int32, output: ArraySlice<UInt8>) {
            let new = replacement.template
            var output = [UInt8](repeating: 0, count: subject.count * 2 + new.count + 64)
            let options = UInt32(
                PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_UNSET_EMPTY | PCRE2_SUBSTITUTE_OVERFLOW_LENGTH)
            for _ in 0..<2 {
                var length = output.count
                // SAFETY: PCRE2 reads the given counts and writes at most `length` bytes during this call only.
                let result = pcre2_substitute_8(
                    code, subject, subject.count, 0, options, nil, context, new, new.count, &output, &length)
                if result >= 0 { return (result, output[..<length]) }
                guard result == PCRE2_ERROR_NOMEMORY, length <= Value.mostBytes else { return (result, []) }
                // PCRE2 has returned the required length.
                output = [UInt8](repeating: 0, count: length)
            }
            return (PCRE2_ERROR_NOMEMORY, [])
        }
    }

    private static func words(_ code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(code, &buffer, buffer.count)
        return String(decoding: buffer[..<Int(max(0, length))], as: UTF8.self)
    }
}

/// The text that replaces a match: `$1` to `$9` and `${name}` are groups, `$$` is `$`, anything else is as written.
struct Replacement {
    let text: String
    /// The same for PCRE2, to which every `$` says something.
    let template: [UInt8]

    init(_ text: String, isLiteral: Bool = false) {
        self.text = text
        let dollar = UInt8(ascii: "$")
        var template: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let next = rest.first ?? 0
            if byte != dollar {
                template.append(byte)
            } else if isLiteral {
                template += [dollar, dollar]
            } else if (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(next) {
                // In braces, since `$12` is the group 12 to PCRE2.
                template += Array("${".utf8) + [next, UInt8(ascii: "}")]
                rest.removeFirst()
            } else if next == UInt8(ascii: "{") {
                template.append(dollar)
            } else {
                template += [dollar, dollar]
                if next == dollar { rest.removeFirst() }
            }
        }
        self.template = template
    }
}
