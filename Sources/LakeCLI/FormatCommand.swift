internal import LakeRunner
internal import LakeScript

/// `lakesh fmt [FILE|DIR]…`: formats scripts; without a path or with `-` from standard input to standard output.
enum FormatCommand {
    static let subcommand = Subcommand(
        signature: Signature(
            "fmt",
            [
                Parameter(
                    "paths", .list(.string), isRequired: false, isVariadic: true,
                    summary: "scripts, folders with scripts, - for standard input", role: .file),
                Parameter(
                    "check", .bool, default: false, summary: "change nothing; exit with 1 if a script would change"),
            ], summary: "format scripts", optionalsByPosition: true),
        run: run)

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: subcommand.signature) else { return .usage }
        var work = FormatWork(console: console, changesNothing: options["check"] == true)
        let paths = options["paths"]?.items?.compactMap(\.text) ?? []
        guard !paths.isEmpty else {
            guard !console.terminal.hasKeyboard else {
                return console.usage(
                    "there is nothing to format", advice: "lakesh fmt FILE, or a script through a pipe")
            }
            return work.run(["-"])
        }
        return work.run(paths)
    }
}

/// Formats files one after the other. A file with syntax errors is left unchanged; the others are formatted.
private struct FormatWork {
    let console: Console
    let changesNothing: Bool
    private var status = ExitStatus.done

    init(console: Console, changesNothing: Bool) {
        self.console = console
        self.changesNothing = changesNothing
    }

    mutating func run(_ paths: [String]) -> ExitStatus {
        for path in paths {
            do throws(Failure) {
                if path == "-" {
                    formatInput(try ScriptFront.readInput())
                } else {
                    let scripts = try ScriptFront.scripts(at: path) { console.errors.write($0) }
                    for script in scripts { try format(script) }
                }
            } catch {
                status = console.usage(error)
            }
        }
        return status
    }

    private mutating func format(_ path: String) throws(Failure) {
        let text = try ScriptFront.read(path)
        guard let formatted = formatted(text), formatted.bytes != text.bytes else { return }
        if changesNothing { return show(text, formatted) }
        try FileStore().write(formatted.bytes, to: path, isSecret: false, mayOverwrite: true)
        console.output.write("formatted \(path)\n")
    }

    private mutating func formatInput(_ text: SourceText) {
        guard let formatted = formatted(text) else { return }
        if !changesNothing {
            console.output.write(String(decoding: formatted.bytes, as: UTF8.self))
        } else if formatted.bytes != text.bytes {
            show(text, formatted)
        }
    }

    /// Shows the first line that would change.
    private mutating func show(_ text: SourceText, _ formatted: SourceText) {
        let count = max(text.lineStarts.count, formatted.lineStarts.count)
        let number = (1...count).first { text.line($0) != formatted.line($0) } ?? 1
        let lines = text.isScript ? "  - \(text.line(number))\n  + \(formatted.line(number))\n" : ""
        console.output.write("\(text.name):\(number) is not formatted\n\(lines)")
        if status == .done { status = .notFormatted }
    }

    /// Returns the formatted text; nil if it has syntax errors, which are shown.
    private mutating func formatted(_ text: SourceText) -> SourceText? {
        var sources = SourceMap()
        let file = sources.add(text)
        let (formatted, diagnostics) = Formatter.format(text, file: file)
        console.show(text.isScript ? diagnostics : diagnostics.ofNoScript(file), sources)
        if formatted == nil { status = .usage }
        return formatted.map { SourceText(name: text.name, text: $0) }
    }
}
