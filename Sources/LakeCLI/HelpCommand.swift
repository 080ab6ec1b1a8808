internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// `lakesh help [TOPIC]`: a subcommand, an operation, a built-in, a diagnostic's code, or one of the topics.
enum HelpCommand {
    static let subcommand = Subcommand(
        signature: Signature(
            "help", [Parameter("topic", isRequired: false, summary: "what to explain")],
            summary: "explain a command, an operation, a built-in, an error's code or a topic",
            optionalsByPosition: true),
        run: run)

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard let topic = words.first else {
            console.output.write(overview(console.outputStyler))
            return .done
        }
        guard let text = text(of: topic, console.outputStyler) else {
            let known =
                RootCommand.subcommands.map(\.signature.name) + Catalogue.all.map(\.name)
                + Builtins.all.map(\.signature.name) + HelpTopics.all.map(\.name)
            let advice = DidYouMean.closest(to: topic.replacingHyphens, in: known).map { "did you mean `\($0)`?" }
            return console.usage("there is no help on `\(topic)`", advice: advice ?? "lakesh help lists the topics")
        }
        console.output.write(text)
        return .done
    }

    private static func text(of topic: String, _ styler: Styler) -> String? {
        if let subcommand = RootCommand.subcommands.first(where: { $0.signature.name == topic }) {
            return SignatureHelp(signature: subcommand.signature, prefix: "lakesh ", styler: styler).text
        }
        let name = topic.replacingHyphens
        if let operation = Catalogue[name] { return OperationHelp(operation: operation, styler: styler).text }
        if let builtin = Builtins[name] {
            return SignatureHelp(signature: builtin.signature, prefix: "", styler: styler).text
        }
        if let page = Explanations.page(for: topic.uppercased()) { return page }
        return HelpTopics.all.first { $0.name == topic }?.text
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
        lines += ["", styler(.bold, "Topics") + " (lakesh help TOPIC)"]
        lines += HelpTopics.all.map { "  \($0.name.padded(to: 28)) \($0.summary)" }
        lines.append("  OPERATION, BUILT-IN, E0123   e.g. lakesh help create_user")
        return lines.map { $0 + "\n" }.joined()
    }
}

/// The pages that are about no single command.
enum HelpTopics {
    static let all: [(name: String, summary: String, text: String)] = [
        ("exit-status", "what the exit status says", exitStatus),
        ("builtins", "the commands of the language itself", builtins),
        ("server", "how lakesh finds the server and the keys", server),
    ]

    private static var exitStatus: String {
        ExitStatus.table.map { "\(String($0.0.code).rightAligned(to: 4))  \($0.1)\n" }.joined()
            + "   N  what `fail … --status N` says\n"
    }

    private static var builtins: String {
        let width = Builtins.all.map(\.signature.name.count).max() ?? 0
        return Builtins.all.map { "  \($0.signature.name.padded(to: width))  \($0.signature.summary)\n" }.joined()
    }

    private static let server = """
        The server's address comes from --server, else LAKECTL_SERVER_ENDPOINT_URL, else server.endpoint_url in
        ~/.lakectl.yaml (LAKECTL_CONFIG_FILE names another file).

        The keys come from LAKECTL_CREDENTIALS_ACCESS_KEY_ID and LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY, else from
        credentials in that file. LAKESH_TOKEN (a token that a login gave) or LAKESH_COOKIE (a session cookie,
        name=value) stand before them. None of them is ever taken from the command line.

        --server also takes a profile's name, as `on "production" { }` in a script and `use production` in the shell do.
        Profiles stand in $XDG_CONFIG_HOME/lakesh/profiles.yaml (~/.config/lakesh/profiles.yaml):

          production:
            server: https://lakefs.example.com
            keys: {env: {access_key_id: PROD_KEY_ID, secret_access_key: PROD_SECRET}}
            protected: true       # what destroys asks for the name of its target, and --yes is no answer

        Keys may also come from a file like ~/.lakectl.yaml (keys: {file: PATH}), or stand there, if nobody but you can
        read the file.

        With --sandbox there is no server: a lakeFS in this process answers. --like says which one it imitates.

        """
}
