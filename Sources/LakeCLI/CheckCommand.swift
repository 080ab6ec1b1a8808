internal import LakeRunner
internal import LakeSandbox
internal import LakeScript

/// Keeps a value until the process ends, since freeing a tree node by node takes longer than parsing did.
private final class KeptToTheEnd<Value> {
    private let value: Value
    private var itself: KeptToTheEnd?

    private init(_ value: Value) { self.value = value }

    static func keep(_ value: Value) where Value: Sendable {
        let kept = KeptToTheEnd(value)
        kept.itself = kept
    }
}

/// `lakesh check FILE…`: reports all errors and warnings of scripts, and what `run` would refuse; sends nothing.
enum CheckCommand {
    static let subcommand = Subcommand(
        signature: Signature(
            "check",
            [
                Parameter(
                    "files", .list(.string), isVariadic: true, summary: "the scripts, - for standard input", role: .file
                ),
                Parameter("json", .bool, default: false, summary: "print the diagnostics as JSON on standard output"),
                Parameter(
                    "sandbox", .bool, default: false,
                    summary: "check for a run in a sandbox, where `on` may name any profile"),
                Parameter(
                    "like", .enumeration(SandboxConfiguration.Likeness.allCases.map(\.rawValue)), isRequired: false,
                    summary: "check for a run in a sandbox like this server: what it lacks is refused"),
            ], summary: "check scripts without running them"),
        run: run)

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: subcommand.signature) else { return .usage }
        do throws(Failure) {
            let profiles = try TargetOptions.profiles(options)
            let session =
                options["like"] == nil
                ? nil : Session(connection: try TargetOptions.connect(options), console: console)
            var findings = Findings()
            var sources = SourceMap()
            for path in options["files"]?.items?.compactMap(\.text) ?? [] {
                let script = ScriptFront.load(
                    try ScriptFront.read(argument: path), as: .file, beside: sources, profiles: profiles,
                    reserved: RunCommand.reservedNames, wantsProgram: session != nil)
                sources = script.sources
                findings.add(script)
                if let session { findings.add(try session.lacks(of: script), sources) }
                KeptToTheEnd.keep(script.tree)
            }
            show(findings.diagnostics, console.renderer(of: sources), json: options["json"] == true, console)
            return findings.hasErrors ? .usage : .done
        } catch {
            return console.usage(error)
        }
    }

    private static func show(
        _ found: [Diagnostic], _ renderer: DiagnosticRenderer, json: Bool, _ console: Console
    ) {
        if json {
            let list = Value.list(found.map { renderer.json($0) })
            console.output.write(String(decoding: JSON.write(list, layout: .indented), as: UTF8.self) + "\n")
        } else if !found.isEmpty {
            console.errors.write(renderer.render(found))
        }
    }
}

extension Session {
    /// Returns what a script uses and the session's server lacks, as errors of the check.
    fileprivate func lacks(of script: Script) throws(Failure) -> [Diagnostic] {
        guard let program = script.program else { return [] }
        return try refusals(of: program).get().compactMap { failure in
            failure.span.map { Diagnostic(failure, at: $0) }
        }
    }
}
