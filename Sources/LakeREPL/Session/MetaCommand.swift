internal import Glibc
internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// The shell's own commands: they steer the shell, not lakeFS, and no file can have them.
enum MetaCommand: String, CaseIterable {
    case use, cd, more, source, edit, record, explain, timing, history, exit

    /// For completion and help; arguments are read by the command itself, up to the line's end.
    var signature: Signature {
        switch self {
        case .use: Signature(rawValue, [Parameter("server", role: .profile)], summary: "go on with another server")
        case .cd:
            Signature(
                rawValue, [Parameter("place", isRequired: false, role: .repository)],
                summary: "set $repository and $branch: cd lake/main")
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
        case .timing:
            Signature(rawValue, [Parameter("what", .enumeration(["on", "off"]))], summary: "say how long results take")
        case .history: Signature(rawValue, [Parameter("text", isRequired: false)], summary: "earlier statements")
        case .exit: Signature(rawValue, summary: "leave the shell")
        }
    }
}

extension ReplSession {
    /// Runs one of the shell's own commands.
    func runMeta(_ command: Signature, _ text: String) {
        guard let meta = MetaCommand(rawValue: command.name) else { return }
        let line = text.drop(while: \.isWhitespace).dropFirst(command.name.count)
        let rest = String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        switch meta {
        case .use: use(rest)
        case .cd: changePlace(rest)
        case .more: more()
        case .source: source(rest)
        case .edit: edit()
        case .record: record(rest)
        case .explain: explain(rest)
        case .timing: isTiming = rest != "off"
        case .history: listHistory(rest)
        case .exit: hasEnded = true
        }
    }

    /// A mistake with a command of the shell.
    func complain(_ failure: Failure) { say(renderer.render(failure), atLineEnd: false) }

    private func use(_ server: String) {
        guard !server.isEmpty else {
            return complain(Failure(.mistake, "`use` wants a server", notes: ["use https://lakefs.example.com"]))
        }
        do throws(Failure) {
            session = try connect(server)
            background = PromptWait(session.connection, vocabulary: session.vocabulary)
            place = ""
            say(console.errorStyler(.dim, "\(session.connection.description): variables are gone"))
        } catch {
            complain(error)
        }
    }

    /// Sets `$repository`, `$branch` and the prompt. No command takes them by itself: its arity never depends on them.
    private func changePlace(_ text: String) {
        let trimmed = text.hasPrefix("lakefs://") ? String(text.dropFirst(9)) : text
        let parts = trimmed.split(separator: "/", maxSplits: 1).map(String.init)
        guard let repository = parts.first else {
            place = ""
            return
        }
        let branch = parts.count > 1 ? parts[1] : "main"
        let statement = "let repository = \(repository.quoted)\nlet branch = \(branch.quoted)"
        if execute(SourceText(name: "<prompt>", text: statement)) { place = "\(repository)/\(branch)" }
    }

    private func source(_ path: String) {
        do throws(Failure) {
            execute(SourceText(name: path, bytes: try FileStore().read(path)), shows: true)
        } catch {
            complain(error)
        }
    }

    private func listHistory(_ text: String) {
        for place in history.places(containing: text).prefix(50).reversed() {
            console.output.write(history.entries[place] + "\n")
        }
    }

    /// Runs `$EDITOR` on a file of its own, then what was written.
    private func edit() {
        var template = Array("/tmp/lakesh-edit-XXXXXX.lfs".utf8CString)
        let descriptor = mkstemps(&template, 4)
        guard descriptor >= 0 else { return complain(Failure(.mistake, "no file can be made in /tmp")) }
        close(descriptor)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        guard TerminalProgram.edit(path) else { return complain(Failure(.mistake, "$EDITOR could not be run")) }
        source(path)
    }

    private func record(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        switch words.first {
        case "on": recording.isOn = true
        case "off": recording.isOn = false
        case "save" where words.count == 2: saveRecording(to: words[1])
        default: complain(Failure(.mistake, "`record` wants on, off or save FILE"))
        }
    }
}
