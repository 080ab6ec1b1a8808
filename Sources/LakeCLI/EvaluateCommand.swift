internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// `lakesh -e 'LINE'`: one line as at the prompt, its result on standard output.
enum EvaluateCommand {
    static let signature = Signature(
        "-e",
        [Parameter("line", summary: "what would be typed at the prompt")] + TargetOptions.parameters + [
            Parameter("yes", .bool, default: false, summary: "go on wherever the line asks"),
            Parameter("confirm", .list(.string), isRequired: false, summary: "go on where the line asks for this word"),
            Parameter("json", .bool, default: false, summary: "the result as JSON"),
        ],
        summary: "run one line and show its result")

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: signature) else { return .usage }
        return evaluate(SourceText(name: "-e", text: options["line"]?.text ?? ""), isTyped: true, options, console)
    }

    /// Runs a text as one unit and shows its value: also a script that comes through a pipe.
    static func evaluate(
        _ text: SourceText, isTyped: Bool, _ options: [String: Value], _ console: Console
    ) -> ExitStatus {
        var sources = SourceMap()
        let (program, diagnostics, _) = ScriptFront.check(
            text, sources: &sources, vocabulary: Catalogue.vocabulary, isPrompt: true, isTyped: isTyped)
        console.show(diagnostics, sources)
        guard let first = program else { return .usage }
        let session: Session
        do throws(Failure) {
            var consent = Questions.Consent()
            consent.all = options["yes"] == true
            consent.words = Set(options["confirm"]?.items?.compactMap(\.text) ?? [])
            let connection = try TargetOptions.connect(options, needsServer: first.needsServer)
            session = Session(connection: connection, console: console, consent: consent)
        } catch {
            return console.usage(error.message, advice: error.notes.first)
        }
        let (known, mistakes) = session.check(text, isPrompt: true, isTyped: isTyped)
        guard let program = known else {
            console.show(mistakes, session.sources)
            return .usage
        }
        if let status = console.refuse(program, session) { return status }
        switch session.run(program, observer: SilentObserver()).outcome {
        case .success(let value):
            show(value, program.resultType, json: options["json"] == true, console)
            return .done
        case .failure(let failure):
            let renderer = console.renderer(of: session.sources)
            console.errors.write(renderer.render(failure))
            return ExitStatus(of: failure)
        }
    }

    private static func show(_ value: Value, _ type: ValueType, json: Bool, _ console: Console) {
        // A new credential is shown once, because the server never shows it again; in a pipe `reveal` is the way.
        let reveals = console.output.isTerminal && !json
        if json {
            console.output.write(String(decoding: JSON.write(value, layout: .indented), as: UTF8.self) + "\n")
        } else {
            console.output.write(console.presenter(revealsSecrets: reveals).show(value, type: type))
        }
        if value.containsSecret, !reveals {
            console.errors.write(
                "lakesh: a secret is hidden (••••): `| reveal` shows it, `write_json` keeps it in a file\n")
        }
    }
}
