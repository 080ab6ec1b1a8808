internal import Glibc
internal import LakeREPL
internal import LakeRunner
internal import LakeScript

/// `lakesh` alone: starts the shell on a terminal; otherwise runs standard input as one script.
enum ShellCommand {
    static let signature = Signature(
        "lakesh",
        TargetOptions.parameters + [
            Parameter("yes", .bool, default: false, summary: "answer yes to all confirmations"),
            Parameter("confirm", .list(.string), isRequired: false, summary: "answer confirmations with this word"),
            Parameter("json", .bool, default: false, summary: "print the result as JSON"),
        ], summary: "the shell")

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: signature) else { return .usage }
        if console.terminal.hasKeyboard { return shell(options, console) }
        do throws(Failure) {
            return EvaluateCommand.evaluate(try ScriptFront.readInput(), as: .pipedUnit, options, console)
        } catch {
            return console.usage(error)
        }
    }

    private static func shell(_ options: [String: Value], _ console: Console) -> ExitStatus {
        func session(_ options: [String: Value]) throws(Failure) -> Session {
            Session(connection: try TargetOptions.connect(options), console: console)
        }
        do throws(Failure) {
            let file = HistoryFile.standard { getenv($0).map { String(cString: $0) } }
            let repl = ReplSession(
                try session(options), history: History(file: file), reservedNames: RunCommand.reservedNames
            ) { server throws(Failure) in
                // A profile takes precedence over an address.
                let profile = try Profiles.load()[server]
                return try session(
                    server == "sandbox" && profile == nil ? ["sandbox": true] : ["server": .string(server)])
            }
            return repl.run().map { ExitStatus(of: $0) } ?? .done
        } catch {
            return console.usage(error)
        }
    }
}
