internal import Glibc
internal import LakeRunner
internal import LakeScript

/// The command line of lakesh: the first word names a subcommand, or a script.
///
/// A subcommand is a `Signature`, as an operation and a `def` are, and a function from its bound arguments to an exit
/// status; the one binder of the language reads its words, so errors, did-you-mean and help look alike everywhere.
/// Nothing here decides anything else: what runs is in LakeRunner, what talks in LakeREPL.
package enum RootCommand {
    /// Runs lakesh with the words of its command line; gives the process's exit status.
    package static func main() -> Int32 {
        Console.openStandardDescriptors()
        let console = Console()
        var status: ExitStatus
        do throws(Failure) { status = run(try words(), console) } catch { status = console.usage(error) }
        // A reader that has stopped to read holds the rest of the output; a signal may give it up.
        SignalPipe.close()
        console.output.flush()
        if let reason = console.output.failure {
            console.show(.outputFailed(reason))
            if status == .done { status = .operationFailed }
        }
        console.errors.flush()
        return status.code
    }

    static let subcommands: [Subcommand] = [
        RunCommand.subcommand, CheckCommand.subcommand, TestCommand.subcommand, FormatCommand.subcommand,
        OperationsCommand.subcommand, SandboxCommand.subcommand, HelpCommand.subcommand, CompletionsCommand.subcommand,
    ]

    /// The words after the program's name. One with broken UTF-8 is not mended: it could be the name of something else.
    private static func words() throws(Failure) -> [String] {
        var words: [String] = []
        for index in 1..<max(1, Int(CommandLine.argc)) {
            // SAFETY: argv has argc texts, each ended by a NUL, for as long as the process lives.
            guard let bytes = CommandLine.unsafeArgv[index] else { break }
            guard let word = String(validatingCString: bytes) else {
                throw .commandLine("argument \(index) of the command line is not UTF-8")
            }
            words.append(word)
        }
        return words
    }

    private static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard let first = words.first else { return ShellCommand.run([], console) }
        switch first {
        case "--version", "-V":
            console.output.write("lakesh \(Version.text)\n")
            return .done
        case "--help", "-h": return HelpCommand.run([], console)
        case TestOfProcess.name: return TestOfProcess.run(Array(words.dropFirst()), console)
        case CompleteCommand.name: return CompleteCommand.run(Array(words.dropFirst()), console)
        case "-e": return EvaluateCommand.run(Array(words.dropFirst()), console)
        default: break
        }
        if let subcommand = subcommands.first(where: { $0.signature.name == first }) {
            let rest = Array(words.dropFirst())
            if rest.contains("--help"), first != "run" { return HelpCommand.run([first], console) }
            return subcommand.run(rest, console)
        }
        if first.hasPrefix("-") { return ShellCommand.run(words, console) }
        guard first.contains("/") || first.hasSuffix(".lfs") || access(first, R_OK) == 0 else {
            let names = subcommands.map(\.signature.name)
            return console.usage(
                "lakesh has no command `\(first)`, and there is no such file",
                advice: DidYouMean.closest(to: first, in: names).map { "did you mean `lakesh \($0)`?" }
                    ?? "lakesh help shows what there is")
        }
        return RunCommand.run(words, console)
    }
}

/// A subcommand: what it takes, and what it does.
struct Subcommand: Sendable {
    let signature: Signature
    let run: @Sendable ([String], Console) -> ExitStatus
}

extension Console {
    /// Shows an error on standard error, with all its notes.
    func show(_ failure: Failure, _ sources: SourceMap = SourceMap()) {
        errors.write(renderer(of: sources).render(failure))
    }

    /// Says why nothing is done.
    func usage(_ failure: Failure) -> ExitStatus {
        show(failure)
        return .usage
    }

    /// Says what is wrong with the command line.
    func usage(_ message: String, advice: String? = nil) -> ExitStatus {
        usage(.commandLine(message, advice: advice))
    }

    /// Binds a subcommand's words, or says what is wrong with them.
    func bind(
        _ words: [String], to signature: Signature, options: [Parameter] = []
    ) -> Result<[String: Value], CommandLineBinder.Mistake> {
        CommandLineBinder(signature, options: options).bind(words).mapError { mistake in
            _ = usage(mistake.message, advice: mistake.advice.isEmpty ? nil : mistake.advice)
            return mistake
        }
    }
}
