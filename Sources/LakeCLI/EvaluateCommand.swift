internal import LakeRunner
internal import LakeScript

/// `lakesh -e 'LINE'`: runs one line as at the prompt; its result goes to standard output.
enum EvaluateCommand {
    static let signature = Signature(
        "-e",
        [Parameter("line", summary: "a line as at the prompt")] + TargetOptions.parameters + [
            Parameter("yes", .bool, default: false, summary: "answer yes to all confirmations"),
            Parameter("confirm", .list(.string), isRequired: false, summary: "answer confirmations with this word"),
            Parameter("json", .bool, default: false, summary: "print the result as JSON"),
        ],
        summary: "run one line and show its result")

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: signature) else { return .usage }
        return evaluate(SourceText(name: "-e", text: options["line"]?.text ?? ""), as: .typedUnit, options, console)
    }

    /// Runs a text as one unit and shows its value; used for scripts from a pipe, too.
    static func evaluate(
        _ text: SourceText, as kind: Script.Kind, _ options: [String: Value], _ console: Console
    ) -> ExitStatus {
        let isJSON = options["json"] == true
        do throws(Failure) {
            let profiles = try TargetOptions.profiles(options)
            let script = ScriptFront.load(text, as: kind, profiles: profiles)
            guard let program = console.runnable(script) else {
                if isJSON { console.write(RunJSON(script.sources).value(of: script.diagnostics)) }
                return .usage
            }
            if program.givesNewSecret, !showsSecrets(json: isJSON, console) { throw .hiddenSecret }
            let session = try Session(options, script, profiles, console)
            if let status = console.refuse(script, session, json: isJSON) { return status }
            var how = RunOptions()
            how.observer = RunRemarks(sources: script.sources, console: console)
            how.keepsPrinted = isJSON
            let result = session.run(script, how)
            switch result.outcome {
            case .success(let value):
                // Without anything printed the document is the value alone.
                let printed = result.printed.map { Value.string($0) }
                let document: Value = printed.isEmpty ? value : ["printed": .list(printed), "value": value]
                show(document, program.resultType, json: isJSON, console)
                return .done
            case .failure(let failure):
                if isJSON { console.write(RunJSON(script.sources).value(of: result)) }
                return console.end(failure, script)
            }
        } catch {
            if isJSON { console.write(RunJSON(SourceMap()).value(ofRefused: error)) }
            return console.usage(error)
        }
    }

    /// A new credential is shown once on a terminal, because the server never shows it again; in a pipe use `reveal`.
    private static func showsSecrets(json: Bool, _ console: Console) -> Bool { console.output.isTerminal && !json }

    private static func show(_ value: Value, _ type: ValueType, json: Bool, _ console: Console) {
        let reveals = showsSecrets(json: json, console)
        if json {
            console.write(value)
        } else {
            console.output.write(console.presenter(revealsSecrets: reveals).output(value, type: type))
        }
        if value.containsSecret, !reveals {
            console.errors.write(
                "lakesh: a secret is hidden (••••): `| reveal` shows it, `write_json` keeps it in a file\n")
        }
    }
}
