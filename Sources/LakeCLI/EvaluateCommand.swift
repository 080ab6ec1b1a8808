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
        do throws(Failure) {
            let profiles = try TargetOptions.profiles(options)
            let script = ScriptFront.load(text, as: kind, profiles: profiles)
            guard let program = console.runnable(script) else { return .usage }
            let session = try Session(options, script, profiles, console)
            if let status = console.refuse(script, session) { return status }
            switch session.run(script).outcome {
            case .success(let value):
                show(value, program.resultType, json: options["json"] == true, console)
                return .done
            case .failure(let failure): return console.end(failure, script)
            }
        } catch {
            return console.usage(error)
        }
    }

    private static func show(_ value: Value, _ type: ValueType, json: Bool, _ console: Console) {
        // A new credential is shown once on a terminal, because the server never shows it again; in a pipe use
        // `reveal`.
        let reveals = console.output.isTerminal && !json
        if json {
            console.output.write(String(decoding: JSON.write(value, layout: .indented), as: UTF8.self) + "\n")
        } else {
            console.output.write(console.presenter(revealsSecrets: reveals).output(value, type: type))
        }
        if value.containsSecret, !reveals {
            console.errors.write(
                "lakesh: a secret is hidden (••••): `| reveal` shows it, `write_json` keeps it in a file\n")
        }
    }
}
