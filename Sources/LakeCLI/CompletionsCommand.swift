internal import LakeAPI
internal import LakeAssist
internal import LakeREPL
internal import LakeRunner
internal import LakeScript

/// `lakesh completions SHELL`: prints a script for bash, zsh or fish that asks `lakesh complete` for each word.
enum CompletionsCommand {
    static let subcommand = Subcommand(
        signature: Signature(
            "completions",
            [
                Parameter(
                    "shell", .enumeration(Shell.allCases.map(\.rawValue)), summary: "the shell")
            ],
            summary: "print a completion script for bash, zsh or fish"),
        run: run)

    private enum Shell: String, CaseIterable {
        case bash, zsh, fish

        var script: [UInt8] {
            switch self {
            case .bash: PackageResources.lakesh_bash
            case .zsh: PackageResources.lakesh_zsh
            case .fish: PackageResources.lakesh_fish
            }
        }
    }

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: subcommand.signature) else { return .usage }
        guard let shell = options["shell"]?.text.flatMap(Shell.init) else { return .usage }
        console.output.write(String(decoding: shell.script, as: UTF8.self))
        return .done
    }
}

/// `lakesh complete -- WORDS…`: prints the candidates for the last word, one per line, with their descriptions behind a
/// tab. The scripts of `lakesh completions` call it; nothing is sent to a server.
enum CompleteCommand {
    static let name = "complete"

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        let words = words.first == "--" ? Array(words.dropFirst()) : words
        for candidate in candidates(words.isEmpty ? [""] : words) {
            console.output.write("\(candidate.text)\t\(note(on: candidate))\n")
        }
        return .done
    }

    private static func note(on candidate: Candidate) -> String {
        switch candidate.kind {
        case .file, .folder: candidate.kind.rawValue
        case .command, .keyword, .meta, .option, .value, .variable, .field, .server: candidate.description
        }
    }

    private static func candidates(_ words: [String]) -> [Candidate] {
        let rest = Array(words.dropFirst())
        guard words.count > 1 else { return first(words[0]) }
        if words[0] == "-e" { return complete(rest, of: EvaluateCommand.signature) }
        guard let subcommand = RootCommand.subcommands.first(where: { $0.signature.name == words[0] }) else {
            return words[0].hasPrefix("-") ? complete(words, of: ShellCommand.signature) : script(words)
        }
        switch subcommand.signature.name {
        case RunCommand.signature.name: return script(rest)
        case HelpCommand.subcommand.signature.name:
            return matching(rest[0], subcommands) + complete(rest, of: subcommand.signature)
        default: return complete(rest, of: subcommand.signature)
        }
    }

    /// Returns the candidates for the first word: subcommands, scripts, options of the shell.
    private static func first(_ typed: String) -> [Candidate] {
        if typed.hasPrefix("-") {
            let own = [
                Candidate("-e", "run one line", .option), Candidate("--version", "print the version", .option),
                Candidate("--help", "show the help", .option),
            ]
            return matching(typed, own) + complete([typed], of: ShellCommand.signature)
        }
        return matching(typed, subcommands) + complete([typed], of: RunCommand.signature)
    }

    private static var subcommands: [Candidate] {
        RootCommand.subcommands.map { Candidate($0.signature.name, $0.signature.summary, .command) }
    }

    /// Returns the candidates for the words of `run`, including the options of the given script.
    private static func script(_ words: [String]) -> [Candidate] {
        let parameters = RunWords(words.dropLast()).file.map(RunCommand.parameters(of:)) ?? []
        return complete(words, of: ScriptSignature.extend(RunCommand.signature, with: parameters))
    }

    private static func complete(_ words: [String], of signature: Signature) -> [Candidate] {
        var engine = Assistant(vocabulary: Catalogue.vocabulary)
        engine.articles = Assistant.helpArticles
        engine.profiles = (try? Profiles.load().names) ?? []
        return engine.complete(words, of: signature)
    }

    private static func matching(_ typed: String, _ candidates: [Candidate]) -> [Candidate] {
        candidates.filter { $0.text.hasPrefix(typed) }
    }
}
