internal import Glibc
internal import LakeRunner
internal import LakeScript

/// The command line of lakesh: the first word is a subcommand or a script.
///
/// A subcommand is a `Signature`, like an operation or a `def`, and a function from its bound arguments to an exit
/// status. The language's binder parses its words, so errors, suggestions and help look the same everywhere. The work
/// is done in LakeRunner, the dialogue in LakeREPL.
package enum RootCommand {
    /// Runs lakesh with its command line; returns the process's exit status.
    package static func main() -> Int32 { Console.withRoom { RootCommand.runProcess() } }

    private static func runProcess() -> Int32 {
        Console.openStandardDescriptors()
        let console = Console()
        var status: ExitStatus
        do throws(Failure) { status = run(try words(), console) } catch { status = console.usage(error) }
        // Flushing blocks while the reader does not read; then a signal must be able to end the process.
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

    /// The words after the program's name. A word with invalid UTF-8 is an error: a repaired one could name something
    /// else.
    private static func words() throws(Failure) -> [String] {
        var words: [String] = []
        for index in 1..<max(1, Int(CommandLine.argc)) {
            // SAFETY: argv holds argc null-terminated strings for the whole life of the process.
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
        case TestProcessCommand.name: return TestProcessCommand.run(Array(words.dropFirst()), console)
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

/// A subcommand: its signature and its implementation.
struct Subcommand: Sendable {
    let signature: Signature
    let run: @Sendable ([String], Console) -> ExitStatus
}

extension Console {
    /// Shows a failure on standard error, with all its notes.
    func show(_ failure: Failure, _ sources: SourceMap = SourceMap()) {
        errors.write(renderer(of: sources).render(failure))
    }

    /// Reports why nothing was done.
    func usage(_ failure: Failure) -> ExitStatus {
        show(failure)
        return .usage
    }

    /// Reports an error in the command line.
    func usage(_ message: String, advice: String? = nil) -> ExitStatus {
        usage(.commandLine(message, advice: advice))
    }

    /// Binds a subcommand's words, or reports the errors in them.
    func bind(
        _ words: [String], to signature: Signature, options: [Parameter] = []
    ) -> Result<[String: Value], CommandLineBinder.Mistake> {
        CommandLineBinder(signature, options: options).bind(words).mapError { mistake in
            _ = usage(mistake.message, advice: mistake.advice.isEmpty ? nil : mistake.advice)
            return mistake
        }
    }
}
