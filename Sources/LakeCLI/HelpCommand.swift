internal import LakeAPI
internal import LakeAssist
internal import LakeREPL
internal import LakeRunner
internal import LakeScript

/// `lakesh help [TOPIC]`: shows the help on a subcommand or on any topic of `Help`.
enum HelpCommand {
    static let subcommand = Subcommand(
        signature: Signature(
            "help", [Parameter("topic", isRequired: false, summary: "the topic", role: .topic)],
            summary: "explain a command, an operation, a built-in, a keyword, an error's code or a topic",
            optionalsByPosition: true),
        run: run)

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: subcommand.signature) else { return .usage }
        let engine = Assistant(vocabulary: Catalogue.vocabulary)
        let styler = console.outputStyler
        let help = Help(styler: styler, width: min(console.outputWidth ?? 80, 100)) { code in
            engine.coloured(code, styler)
        }
        guard let topic = options["topic"]?.text else {
            console.output.write(overview(styler) + "\n" + help.topics)
            return .done
        }
        guard let text = text(of: topic, help, styler) else {
            return console.usage(Help.unknown(topic, others: RootCommand.subcommands.map(\.signature.name)))
        }
        console.output.write(text)
        return .done
    }

    /// Returns the help on a subcommand; if the word is also a keyword, on both.
    private static func text(of topic: String, _ help: Help, _ styler: Styler) -> String? {
        guard let subcommand = RootCommand.subcommands.first(where: { $0.signature.name == topic }) else {
            return help.text(on: topic)
        }
        let text = SignatureHelp(signature: subcommand.signature, prefix: "lakesh ", styler: styler).text
        guard Keyword(rawValue: topic) != nil, let section = help.section(on: topic) else { return text }
        return text + "\n" + section
    }

    private static func overview(_ styler: Styler) -> String {
        var lines = [
            "lakesh, the shell for lakeFS: its API as commands, runbooks that are checked before they run, and a sandbox.",
            "", styler(.bold, "Use"),
            "  lakesh                       a shell, on a terminal", "  lakesh FILE [--param VALUE]…  run a script",
            "  lakesh -e 'LINE'             run one line",
        ]
        for subcommand in RootCommand.subcommands {
            lines.append("  lakesh \(subcommand.signature.name.padded(to: 21)) \(subcommand.signature.summary)")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
