internal import Glibc
internal import LakeAPI
internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// The shell's own commands: they control the shell and not lakeFS, and scripts do not have them.
enum MetaCommand: String, CaseIterable {
    case use, cd, more, source, edit, record, explain, vertical, timing, history, exit

    static let signatures = allCases.map(\.signature)

    /// The signature for completion and help. Commands read their arguments themselves, up to the end of the line.
    var signature: Signature {
        switch self {
        case .use:
            Signature(
                rawValue, [Parameter("server", isRequired: false, role: .profile)],
                summary: "go on with another server; alone: say where you are", optionalsByPosition: true)
        case .cd:
            Signature(
                rawValue, [Parameter("place", isRequired: false, role: .repository)],
                summary: "set $repository and $branch: cd lake/main, cd .., cd -", optionalsByPosition: true)
        case .more: Signature(rawValue, summary: "show what follows of the last listing")
        case .source: Signature(rawValue, [Parameter("file", role: .file)], summary: "run a file's statements here")
        case .edit: Signature(rawValue, summary: "write a statement in $EDITOR")
        case .record:
            Signature(
                rawValue,
                [
                    Parameter("what", .enumeration(["on", "off", "save"])),
                    Parameter("file", isRequired: false, role: .file),
                ],
                summary: "make a runbook of what works", optionalsByPosition: true)
        case .explain:
            Signature(
                rawValue, [Parameter("line", role: .command)], summary: "show what a line would send; nothing is sent")
        case .vertical:
            Signature(
                rawValue, [Parameter("what", .enumeration(["on", "off"]))], summary: "show each record field by field")
        case .timing:
            Signature(rawValue, [Parameter("what", .enumeration(["on", "off"]))], summary: "say how long results take")
        case .history: Signature(rawValue, [Parameter("text", isRequired: false)], summary: "earlier statements")
        case .exit: Signature(rawValue, summary: "leave the shell")
        }
    }
}

extension ReplSession {
    /// Runs one of the shell's own commands with the text behind its name, to the end of its line.
    func runMeta(_ command: Signature, argument rest: String) {
        guard let meta = MetaCommand(rawValue: command.name) else { return }
        guard rest.isEmpty || !command.parameters.isEmpty else {
            return fail(.shellCommand("`\(command.name)` takes no argument"))
        }
        switch meta {
        case .use: use(rest.unquoted)
        case .cd: changePlace(rest)
        case .more: more()
        case .source: source(rest)
        case .edit: edit()
        case .record: record(rest)
        case .explain: explain(rest)
        case .vertical: isVertical = isOn(rest, of: meta) ?? isVertical
        case .timing: isTiming = isOn(rest, of: meta) ?? isTiming
        case .history: listHistory(rest)
        case .exit: hasEnded = true
        }
    }

    /// Reads the argument of a switch; nil, and a mistake was shown, if it is neither `on` nor `off`.
    private func isOn(_ text: String, of command: MetaCommand) -> Bool? {
        if ["on", "off"].contains(text) { return text == "on" }
        fail(.shellCommand("`\(command.rawValue)` takes on or off"))
        return nil
    }

    private func listHistory(_ text: String) {
        for place in history.places(containing: text).prefix(50).reversed() {
            console.output.write(history.entries[place] + "\n")
        }
    }

    /// Runs `$EDITOR` on a temporary file with the last statement, then the edited statement, if it was changed.
    private func edit() {
        let engine = engine
        let before =
            history.entries.last { entry in
                let analysis = engine.analysis(of: entry)
                return analysis.pieces.allSatisfy { $0.shellCommand == nil } && !analysis.holdsSecret
            } ?? ""
        switch TerminalProgram.edited(before, on: console.terminal) {
        case .failure(let failure): fail(failure)
        case .success(let text):
            guard text != before, !text.isEmpty else { return say("unchanged: nothing is run") }
            console.output.write(text.hiding(secretTexts(in: engine.analysis(of: text)), keepingWidth: true) + "\n")
            enter(text)
        }
    }
}
