internal import LakeScript

/// Small scripts and words made from the language's own tables, as seeds and splices for the fuzzer.
///
/// The tables are the keywords, operators, units, built-ins, and the commands of a vocabulary with their options; the
/// fuzzer picks up additions to them in its next run.
package enum GrammarSeeds {
    /// Words to splice into a text.
    package static let words: [String] = {
        var words = Keyword.allCases.map(\.rawValue) + Symbol.allCases.map(\.rawValue)
        words += (BinaryOperator.allCases.map(\.rawValue) + UnaryOperator.allCases.map(\.rawValue)).map { " \($0) " }
        words += NumberLiteral.durationUnits.map { "1\($0.name)" } + NumberLiteral.sizeUnits.map { "1\($0.name)" }
        words += types.map { ": \($0.annotation)" } + Failure.Kind.allCases.map(\.rawValue)
        words += literals + punctuation + commands.map { "\($0.signature.name) " }
        words += commands.flatMap { $0.options.map { " --\($0.name)" } }
        var seen: Set<String> = []
        return words.filter { !$0.isEmpty && seen.insert($0).inserted }
    }()

    /// Scripts for each operator with each pair of equal literals, each command, each of its options, each block.
    package static let scripts: [String] = {
        var scripts = literals.map { "let a = \($0)\nprint $a\n" }
        for symbol in BinaryOperator.allCases {
            scripts += literals.map { "print (\($0) \(symbol.rawValue) \($0))\n" }
            scripts += literals.map { "print ($it \(symbol.rawValue) \($0))\n" }
        }
        scripts += UnaryOperator.allCases.flatMap { symbol in literals.map { "print (\(symbol.rawValue) \($0))\n" } }
        return scripts + commands.flatMap { $0.scripts }
    }()

    private static let literals = [
        "null", "true", "0", "-7", "- 7", "1_000", "0.5", "1e-3", "1e+3", "5s", "5MB", "\"a\"", "'a'",
        "\"$a ${b.c} ${(now)}\"",
        "\"\"\"\n  a\n  \"\"\"", "[]", "[1, 2]", "{}", "{a: 1, \"b c\": 2}", "(now)", "$a.b[0]?.c",
    ]

    private static let punctuation = [
        "# a\n", "\\\n", "\r\n", "\n", " {\n", "}\n", "} else {\n", "?.a", ".a", "[-1]", "\\n", "\\u{41}", "${", "$a",
        "$it",
        "a = ", ", a", "--", "--a=", "\"\"\"\n", "lakefs://", "\u{FEFF}",
    ]

    private static let types: [ValueType] = [
        .any, .bool, .int, .float, .string, .secret, .duration, .bytes, .list(.any), .map(.any),
    ]

    private static let commands: [CommandSeed] =
        Builtins.all.map { CommandSeed(signature: $0.signature, further: []) }
        + ToyVocabulary.vocabulary.names.compactMap { ToyVocabulary.vocabulary[$0] }.map { command in
            CommandSeed(signature: command.signature, further: command.options.map(\.parameter))
        }
}

/// Generates calls of one command.
private struct CommandSeed {
    let signature: Signature
    /// The parameters given by name.
    let options: [Parameter]

    init(signature: Signature, further: [Parameter]) {
        self.signature = signature
        self.options = signature.parameters.filter { !$0.isRequired } + further
    }

    /// The plain call, a call with each option, and the call in value position and as a statement.
    var scripts: [String] {
        let block = if case .required = signature.block { " { $it }" } else { "" }
        let required = signature.parameters.filter(\.isRequired).map { " " + CommandSeed.example(of: $0.type) }.joined()
        let call = signature.name + required
        let named = options.map { "\(call) --\($0.name)=\(CommandSeed.example(of: $0.type))\(block)\n" }
        return [
            "\(call)\(block)\n", "let a = \(call)\(block)\nprint $a\n", "ensure \(call)\n",
            "[1] | \(signature.name)\(block) | print\n", "for a in (\(call)\(block)) { print $a }\n",
        ] + named
    }

    private static func example(of type: ValueType) -> String {
        switch type {
        case .any: "[{a: 1}]"
        case .null: "null"
        case .bool: "true"
        case .int: "5"
        case .float: "0.5"
        case .string, .secret, .bytes: "\"a\""
        case .enumeration(let words): words.first ?? "a"
        case .duration: "5s"
        case .list(let item): "[\(example(of: item))]"
        case .map, .record: "{a: 1}"
        case .optional(let wrapped): example(of: wrapped)
        }
    }
}
