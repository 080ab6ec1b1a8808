internal import Glibc
internal import LakeAPI
internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// The shell's own commands: they control the shell and not lakeFS, and scripts do not have them.
enum MetaCommand: String, CaseIterable {
    case use, cd, more, source, edit, record, explain, timing, history, exit

    static let signatures = allCases.map(\.signature)

    /// The signature for completion and help. Commands read their arguments themselves, up to the end of the line.
    var signature: Signature {
        switch self {
        case .use: Signature(rawValue, [Parameter("server", role: .profile)], summary: "go on with another server")
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
        case .timing:
            Signature(rawValue, [Parameter("what", .enumeration(["on", "off"]))], summary: "say how long results take")
        case .history: Signature(rawValue, [Parameter("text", isRequired: false)], summary: "earlier statements")
        case .exit: Signature(rawValue, summary: "leave the shell")
        }
    }
}

extension ReplSession {
    /// Runs one of the shell's own commands with the text behind its name.
    func runMeta(_ command: Signature, argument rest: String) {
        guard let meta = MetaCommand(rawValue: command.name) else { return }
        guard rest.isEmpty || !command.parameters.isEmpty else {
            return complain(.shellCommand("`\(command.name)` takes no argument"))
        }
        switch meta {
        case .use: use(rest.unquoted)
        case .cd: changePlace(rest)
        case .more: more()
        case .source: source(rest.unquoted)
        case .edit: edit()
        case .record: record(rest)
        case .explain: explain(rest)
        case .timing: setTiming(rest)
        case .history: listHistory(rest)
        case .exit: hasEnded = true
        }
    }

    /// Shows a mistake in a command of the shell.
    func complain(_ failure: Failure) { say(renderer.render(failure), atLineEnd: false) }

    private func setTiming(_ text: String) {
        guard ["on", "off"].contains(text) else { return complain(.shellCommand("`timing` takes on or off")) }
        isTiming = text == "on"
    }

    private func use(_ server: String) {
        guard !server.isEmpty else {
            return complain(.shellCommand("`use` takes a server", advice: "use https://lakefs.example.com"))
        }
        do throws(Failure) {
            session = try connect(server)
            serverValues = ReplSession.serverValues(of: session)
            (location, lastLocation, results, shown) = (nil, nil, [], nil)
            recording.forget()
            say(banner)
            say(console.errorStyler(.dim, "variables are gone, and the recording begins anew"))
        } catch {
            complain(error)
        }
    }

    /// Sets `$repository`, `$branch` and the prompt. No command uses them implicitly. A repository alone means its
    /// default branch; `..` leaves the branch, then the repository; `-` goes back.
    private func changePlace(_ text: String) {
        var wanted = text == "-" ? lastLocation : Location.going(text.unquoted, from: location)
        if let repository = wanted?.repository, wanted?.branch == nil, !text.contains(".."), text != "-" {
            guard let branch = defaultBranch(of: repository) else { return }
            wanted = Location(repository: repository, branch: branch)
        }
        lastLocation = location
        location = wanted
        session.forget(["repository", "branch"])
        guard let wanted else { return }
        let branch = wanted.branch.map { "\nlet branch = \($0.quoted)" } ?? ""
        execute(
            SourceText(name: "<prompt>", text: "let repository = \(wanted.repository.quoted)" + branch),
            isRecorded: true)
    }

    /// Asks the server for a default branch; nil, and an error was shown, if it gives none.
    private func defaultBranch(of repository: String) -> String? {
        let line = SourceText(name: "<prompt>", text: "(get_repository \(repository.quoted)).default_branch")
        let script = session.load(line)
        guard script.program != nil else { return nil }
        serverValues.cancel()
        switch session.run(script).outcome {
        case .success(let value): return value.text
        case .failure(var failure):
            // The user did not type the line that the failure points to.
            failure.span = nil
            fail(failure)
            return nil
        }
    }

    private func source(_ path: String) {
        guard !path.isEmpty else { return complain(.shellCommand("`source` takes a file")) }
        do throws(Failure) {
            let text = try ScriptFront.read(path)
            let typed = engine.analysis(of: String(decoding: text.bytes, as: UTF8.self))
            execute(text, showing: typed, isRecorded: true)
        } catch {
            complain(error)
        }
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
                return analysis.shellCommand == nil && !analysis.holdsSecret
            } ?? ""
        do throws(Failure) {
            let files = FileStore()
            let folder = try files.makeTemporaryFolder("lakesh-edit")
            defer { files.removeFolder(folder) }
            let path = folder + "/statement.lfs"
            try files.write(Array((before + "\n").utf8), to: path, isSecret: false, mayOverwrite: false)
            guard TerminalProgram.edit(path, on: console.terminal) else {
                throw .shellState("$EDITOR failed: nothing is run")
            }
            let text = String(decoding: try files.read(path), as: UTF8.self).trimmed
            guard text != before, !text.isEmpty else { return say("unchanged: nothing is run") }
            console.output.write(text + "\n")
            enter(text)
        } catch {
            complain(error)
        }
    }
}
