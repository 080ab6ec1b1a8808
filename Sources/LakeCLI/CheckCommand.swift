internal import LakeRunner
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

/// `lakesh check FILE…`: reports all errors and warnings of scripts; sends nothing.
enum CheckCommand {
    static let subcommand = Subcommand(
        signature: Signature(
            "check",
            [
                Parameter(
                    "files", .list(.string), isVariadic: true, summary: "the scripts, - for standard input", role: .file
                ),
                Parameter("json", .bool, default: false, summary: "print the diagnostics as JSON on standard output"),
            ], summary: "check scripts without running them"),
        run: run)

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: subcommand.signature) else { return .usage }
        // Without any configured profile, the names of profiles in a script are not checked.
        let profiles = (try? Profiles.load()).flatMap { $0.all.isEmpty ? nil : $0 }
        var findings = Findings()
        var sources = SourceMap()
        for path in options["files"]?.items?.compactMap(\.text) ?? [] {
            let text: SourceText
            do throws(Failure) { text = try ScriptFront.read(argument: path) } catch { return console.usage(error) }
            let script = ScriptFront.load(text, as: .file, beside: sources, profiles: profiles, wantsProgram: false)
            sources = script.sources
            findings.add(script)
            KeptToTheEnd.keep(script.tree)
        }
        let found = findings.diagnostics
        let renderer = console.renderer(of: sources)
        if options["json"] == true {
            let list = Value.list(found.map { renderer.json($0) })
            console.output.write(String(decoding: JSON.write(list, layout: .indented), as: UTF8.self) + "\n")
        } else if !found.isEmpty {
            console.errors.write(renderer.render(found))
        }
        return findings.hasErrors ? .usage : .done
    }
}
