internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// `lakesh run FILE [--param VALUE]…`: a runbook, checked whole before its first request.
enum RunCommand {
    static let subcommand = Subcommand(signature: signature, run: run)

    static let signature = Signature(
        "run",
        [Parameter("file", summary: "the script", role: .file)] + TargetOptions.parameters + [
            Parameter("prepare", isRequired: false, summary: "a script that is run first, in the sandbox", role: .file),
            Parameter("yes", .bool, default: false, summary: "go on wherever the script asks"),
            Parameter(
                "confirm", .list(.string), isRequired: false, summary: "go on where the script asks for this word"),
            Parameter("json", .bool, default: false, summary: "the result as JSON on standard output"),
            Parameter("fuel", .int, isRequired: false, summary: "end the script after so many steps"),
        ],
        summary: "run a script; its `param`s are further options")

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard let path = file(in: words) else {
            return console.usage("`run` needs a script", advice: "lakesh run FILE [--param VALUE]…")
        }
        var sources = SourceMap()
        let text: SourceText
        do throws(Failure) { text = try ScriptFront.read(path) } catch { return console.usage(error) }
        let (program, diagnostics, _) = ScriptFront.check(
            text, sources: &sources, vocabulary: Catalogue.vocabulary, reserved: Set(signature.parameters.map(\.name)))
        if words.contains("--help") {
            console.output.write(ScriptHelp.text(of: text, path: path, parameters: program?.parameters ?? []))
            return .done
        }
        console.show(diagnostics, sources)
        guard let program else { return .usage }
        let extended = ScriptSignature.extend(signature, with: program.parameters)
        guard case .success(let options) = console.bind(words, to: extended) else { return .usage }
        do throws(Failure) {
            let parameters = try ScriptParameters.read(program.parameters, options: options, console)
            let connection = try TargetOptions.connect(options, needsServer: program.needsServer)
            let run = ScriptRun(path: path, console: console, connection: connection, options: options)
            return run.perform(text, parameters: parameters)
        } catch {
            guard error.kind != .cancelled else { return .interrupted }
            return console.usage(error)
        }
    }

    /// The parameters of a script, for completion; none where it cannot be read or is wrong.
    static func parameters(of path: String) -> [ScriptParameter] {
        guard let text = try? ScriptFront.read(path) else { return [] }
        var sources = SourceMap()
        let program = ScriptFront.check(text, sources: &sources, vocabulary: Catalogue.vocabulary).program
        return program?.parameters ?? []
    }

    /// The first word that is neither an option nor an option's value.
    static func file(in words: [String]) -> String? {
        var index = 0
        while index < words.count {
            let word = words[index]
            guard word.hasPrefix("--") else { return word }
            let takesValue =
                !word.contains("=")
                && signature.parameter(named: String(word.dropFirst(2))).map {
                    signature.parameters[$0].type != .bool
                } ?? false
            index += takesValue ? 2 : 1
        }
        return nil
    }
}
