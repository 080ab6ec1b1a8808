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
        func session(_ options: [String: Value], _ profiles: Profiles? = nil) throws(Failure) -> Session {
            Session(connection: try TargetOptions.connect(options, profiles), console: console)
        }
        do throws(Failure) {
            let first = try session(options, try profiles(options, console))
            let file = HistoryFile.standard { getenv($0).map { String(cString: $0) } }
            let repl = ReplSession(
                first, history: History(file: file), reservedNames: RunCommand.reservedNames
            ) { server throws(Failure) in
                // A profile takes precedence over an address.
                let profile = try Profiles.load()[server]
                return try session(
                    server == "sandbox" && profile == nil ? ["sandbox": true] : ["server": .string(server)])
            }
            repl.startFile = Configuration.folder { getenv($0).map { String(cString: $0) } } + "/start.lfs"
            return repl.run().map { ExitStatus(of: $0) } ?? .done
        } catch {
            return console.usage(error)
        }
    }

    /// Returns the profiles; none, and the mistake was shown, if they cannot be read and another server is named.
    private static func profiles(_ options: [String: Value], _ console: Console) throws(Failure) -> Profiles? {
        do throws(Failure) {
            return try Profiles.load()
        } catch {
            let server = options["server"]?.text ?? ""
            guard server.isEmpty || server.contains("://") else { throw error }
            console.show(error)
            return Profiles(path: Configuration.folder { getenv($0).map { String(cString: $0) } }, all: [])
        }
    }
}
