package import LakeScript

/// A command as it stands in a statement, with the arguments that are literal texts.
package struct CommandUse {
    package let signature: Signature
    package var literals: [Literal] = []

    /// A word or a quoted string, and the parameter that it fills.
    package struct Literal: Equatable {
        package let parameter: String
        package let role: Parameter.Role
        package let isSecret: Bool
        /// Without quotes.
        package let text: String
        /// The bytes of the whole token, quotes included.
        package let range: Range<Int>
    }

    /// The literal of a parameter, or nil.
    package func literal(_ parameter: String) -> String? { literals.first { $0.parameter == parameter }?.text }
}

extension ReplEngine {
    /// The commands of a statement, in the order in which they begin.
    package func uses(in text: String) -> [CommandUse] {
        let bytes = Array(text.utf8)
        var uses: [CommandUse] = []
        /// For each open bracket, the command around it: its place in `uses`, and what its next word fills.
        var stack: [(use: Int, binder: ArgumentBinder)?] = []
        var current: (use: Int, binder: ArgumentBinder)?
        var isPiped = false
        /// Where the last bracket closed: a path that begins there belongs to it.
        var closed: Int?
        for token in TextScanner.tokens(of: bytes) {
            let word = String(decoding: bytes[token.range], as: UTF8.self)
            switch token.kind {
            case .command:
                current = nil
                guard let signature = signature(named: word) else { continue }
                uses.append(CommandUse(signature: signature))
                current = (uses.count - 1, ArgumentBinder(signature, isPiped: isPiped))
            case .separator, .assignment, .keyword: current = nil
            case .pipe: current = nil
            case .open:
                stack.append(current)
                current = nil
            case .close:
                current = stack.popLast() ?? nil
                _ = current?.binder.bind(.value)
                closed = token.range.upperBound
            case .option: add(.option(word), token.range, to: &uses, &current)
            case .word: add(.word(word), token.range, to: &uses, &current)
            case .string:
                let isPlain = !word.contains("$") && !word.contains("\\")
                add(isPlain ? .word(String(word.dropFirst().dropLast())) : .value, token.range, to: &uses, &current)
            case .variable where token.range.lowerBound == closed: break
            case .variable: _ = current?.binder.bind(.value)
            case .comment: break
            }
            isPiped = token.kind == .pipe
        }
        return uses
    }

    private func add(
        _ argument: CursorContext.Argument, _ range: Range<Int>, to uses: inout [CommandUse],
        _ current: inout (use: Int, binder: ArgumentBinder)?
    ) {
        guard let use = current?.use, let parameter = current?.binder.bind(argument) else { return }
        switch argument {
        case .word(let text): uses[use].literals.append(CommandUse.Literal(parameter, text, range))
        case .option(let text):
            let value = text[(text.firstIndex(of: "=") ?? text.startIndex)...].dropFirst()
            let start = range.upperBound - value.utf8.count
            uses[use].literals.append(CommandUse.Literal(parameter, String(value), start..<range.upperBound))
        case .value: break
        }
    }
}

extension CommandUse.Literal {
    fileprivate init(_ parameter: Parameter, _ text: String, _ range: Range<Int>) {
        self.init(
            parameter: parameter.name, role: parameter.role, isSecret: parameter.type.holdsSecret, text: text,
            range: range)
    }
}

extension ValueType {
    /// Whether a value of this type has a secret in it.
    var holdsSecret: Bool {
        switch self {
        case .secret: true
        case .list(let type), .map(let type), .optional(let type): type.holdsSecret
        case .record(let record): record.fields.contains { $0.type.holdsSecret }
        case .any, .null, .bool, .int, .float, .string, .enumeration, .duration, .bytes: false
        }
    }
}
