internal import LakeRunner
internal import LakeScript

/// `lakesh run FILE [--param VALUE]…`: checks a whole runbook, then runs it.
enum RunCommand {
    static let subcommand = Subcommand(signature: signature, run: run)

    static let signature = Signature(
        "run",
        [Parameter("file", summary: "the script", role: .file)] + TargetOptions.parameters + [
            Parameter("prepare", isRequired: false, summary: "a script that is run first, in the sandbox", role: .file),
            Parameter("yes", .bool, default: false, summary: "answer yes to all confirmations"),
            Parameter(
                "confirm", .list(.string), isRequired: false, summary: "answer confirmations with this word"),
            Parameter("json", .bool, default: false, summary: "print the result as JSON on standard output"),
            Parameter("fuel", .int, isRequired: false, summary: "end the script after this many steps"),
        ],
        summary: "run a script; its `param`s are additional options")

    /// The names that a script's `param` cannot have.
    static let reservedNames = Set(signature.parameters.map(\.name) + ["help"])

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        let own = RunWords(words)
        guard let path = own.file else {
            return console.usage("`run` needs a script", advice: "lakesh run FILE [--param VALUE]…")
        }
        do throws(Failure) {
            let text = try ScriptFront.read(argument: path)
            let wantsHelp = words.contains("--help")
            let profiles = try wantsHelp ? nil : TargetOptions.profiles(own.target)
            let script = ScriptFront.load(
                text, as: .file, profiles: profiles, reserved: reservedNames)
            if wantsHelp {
                console.output.write(ScriptHelp.text(of: text, path: path, parameters: script.parameters))
                return .done
            }
            guard console.runnable(script) != nil else {
                if words.contains("--json") { console.write(RunJSON(script.sources).value(of: script.diagnostics)) }
                return .usage
            }
            let extended = ScriptSignature.extend(signature, with: script.parameters)
            guard case .success(let options) = console.bind(words, to: extended) else { return .usage }
            let parameters = try ScriptParameters.read(script.parameters, options: options, console)
            let session = try Session(options, script, profiles, console)
            return try ScriptRun(path: path, script: script, session: session, options: options).perform(parameters)
        } catch {
            guard error.kind != .cancelled else { return .interrupted }
            if words.contains("--json") { console.write(RunJSON(SourceMap()).value(ofRefused: error)) }
            return console.usage(error)
        }
    }

    /// Returns the parameters of a script for completion; none if it cannot be read or has errors.
    static func parameters(of path: String) -> [ScriptParameter] {
        guard let text = try? ScriptFront.read(path) else { return [] }
        return ScriptFront.load(text, as: .file).parameters
    }
}

/// The words of `run` that can be parsed without the script: its path and the options of the target. The other words
/// are options that the script declares.
struct RunWords {
    /// The first word that is neither an option nor the value of one of `run`'s own options.
    private(set) var file: String?
    /// The valid options of the target.
    private(set) var target: [String: Value] = [:]

    init(_ words: [String]) {
        var options: [String] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                file = file ?? word
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].hasPrefix("no-") ? String(parts[0].dropFirst(3)) : String(parts[0])
            guard let place = RunCommand.signature.parameter(named: name) else { continue }
            var taken = [word]
            if parts.count == 1, RunCommand.signature.parameters[place].type != .bool, let value = rest.popFirst() {
                taken.append(value)
            }
            if TargetOptions.parameters.contains(where: { $0.name == name }) { options += taken }
        }
        let signature = Signature("run", TargetOptions.parameters)
        if case .success(let target) = CommandLineBinder(signature).bind(options) { self.target = target }
    }
}
