internal import LakeRunner
internal import LakeScript

/// `lakesh` alone: the shell on a terminal; from a pipe, a script that is run as one unit.
enum ShellCommand {
    static let signature = Signature(
        "lakesh",
        TargetOptions.parameters + [
            Parameter("yes", .bool, default: false, summary: "go on wherever the script asks"),
            Parameter("confirm", .list(.string), isRequired: false, summary: "go on where it asks for this word"),
            Parameter("json", .bool, default: false, summary: "the result as JSON"),
        ], summary: "the shell")

    static func run(_ words: [String], _ console: Console) -> ExitStatus {
        guard case .success(let options) = console.bind(words, to: signature) else { return .usage }
        var text = ""
        while let line = readLine(strippingNewline: false) { text += line }
        return EvaluateCommand.evaluate(SourceText(name: "standard input", text: text), options, console)
    }
}
