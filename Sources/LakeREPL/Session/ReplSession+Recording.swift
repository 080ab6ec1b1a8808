internal import LakeRunner
internal import LakeScript

/// A text to be recorded, while it is checked and runs.
struct RecordingNote {
    private let text: SourceText
    private let functionsBefore: Int
    private let results: [String: Int]
    /// The statements that were not recorded yet.
    private var statements: [(text: String, facts: StatementFacts, end: UInt32)]

    /// - Parameters:
    ///   - text: the text that was typed.
    ///   - earlier: the program of the lines before it.
    ///   - places: the places in the recording of the statements that gave `$_`, `$_1`, …; nil if not recorded.
    init(_ text: SourceText, after earlier: CheckedProgram?, places: [Int?]) {
        self.text = text
        functionsBefore = earlier?.functions.count ?? 0
        let names = places.enumerated().compactMap { age, place in place.map { (ReplSession.resultName(age: age), $0) }
        }
        results = Dictionary(uniqueKeysWithValues: names)
        statements = [(String(decoding: text.bytes, as: UTF8.self).trimmed, StatementFacts(), 0)]
    }

    /// Reads the facts of the checked text.
    mutating func read(_ program: CheckedProgram, _ tree: SyntaxTree) {
        statements = FactsReader.statements(of: tree, text, program: program, functionsBefore: functionsBefore)
    }

    /// Records that the text was done up to an offset, or to its end; returns the place of the statement that gave the
    /// value.
    mutating func succeed(_ sight: Recording.Sight, upTo end: UInt32? = nil, in recording: inout Recording) -> Int? {
        take(.done(sight), upTo: end, in: &recording)
    }

    /// Records that the statements up to an offset failed. Those behind it were not run; but their `def`s are there.
    mutating func fail(changes: Int = 0, upTo end: UInt32? = nil, in recording: inout Recording) {
        _ = take(.failed(changes: changes), upTo: end, in: &recording)
        statements.removeAll { $0.facts.form != .definition }
        _ = take(.done(.nothing), upTo: nil, in: &recording)
    }

    private mutating func take(_ outcome: Recording.Outcome, upTo end: UInt32?, in recording: inout Recording) -> Int? {
        let taken = statements.prefix { end == nil || $0.end <= end ?? 0 }
        statements.removeFirst(taken.count)
        return taken.map { recording.add($0.text, $0.facts, outcome, results: results) }.last ?? nil
    }
}

extension ReplSession {
    /// Begins the record of a text that is about to be checked.
    func note(_ text: SourceText) -> RecordingNote {
        RecordingNote(text, after: session.earlier, places: results.map(\.place))
    }

    /// The command `record on|off|save FILE`.
    func record(_ text: String) {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        switch words.first {
        case "on": setRecording(true)
        case "off": setRecording(false)
        case "save" where words.count == 2: saveRecording(to: words[1].unquoted)
        default: fail(.shellCommand("`record` takes on, off or save FILE"))
        }
    }

    private func setRecording(_ isOn: Bool) {
        recording.isOn = isOn
        let count = Quantity.of(recording.statements.count, "statement")
        say(console.errorStyler(.dim, isOn ? "recording; \(count) so far" : "not recording; \(count) kept"))
    }

    /// Writes the runbook, checks it like `lakesh check`, and says what was kept.
    private func saveRecording(to path: String) {
        let title = path.split(separator: "/").last.map(String.init) ?? path
        let runbook = Runbook(recording.statements, title: title, reserved: reservedNames)
        guard runbook.kept > 0 else {
            return fail(.shellState("nothing was recorded that changed anything"))
        }
        let files = FileStore()
        do throws(Failure) {
            guard mayReplace(path, files) else {
                throw .shellState(
                    "`\(path)` is there already, and was not recorded by this shell as it is now",
                    advice: "choose another name")
            }
            let bytes = Array(runbook.text.utf8)
            try files.write(bytes, to: path, isSecret: false, mayOverwrite: true)
            saved[path] = bytes
        } catch {
            return fail(error)
        }
        say(runbook.summary(of: recording.statements.count))
        if runbook.namesScripts, path.contains("/") {
            say("! Its `include` and `run` look in the folder of \(path) now.")
        }
        check(runbook, path)
    }

    /// True if nothing is lost by writing there: there is no file, or one that is as this shell wrote it.
    private func mayReplace(_ path: String, _ files: FileStore) -> Bool {
        guard files.exists(path) else { return true }
        return saved[path].map { $0 == (try? files.read(path)) } ?? false
    }

    private func check(_ runbook: Runbook, _ path: String) {
        let script = ScriptFront.load(
            SourceText(name: path, text: runbook.text), as: .file, profiles: session.connection.profiles,
            reserved: reservedNames)
        if !script.diagnostics.isEmpty {
            say(console.renderer(of: script.sources).render(script.diagnostics), atLineEnd: false)
        }
        guard script.program != nil else { return say("\(path) is written, and has mistakes.") }
        let options = runbook.parameters.filter { !$0.isSecret }.map { parameter in
            " --\(parameter.name.hyphenated) " + (parameter.text.isEmpty ? "…" : parameter.text.asShellWord)
        }
        say("\(path)  checked, formatted.   Run it:  lakesh run \(path.asShellWord)\(options.joined())")
    }
}

extension Runbook {
    /// Summarizes which statements were kept, and which names became parameters.
    func summary(of total: Int) -> String {
        var parts = ["Kept \(kept) of \(Quantity.of(total, "statement"))"]
        if looks > 0 {
            let how = looks == 1 ? "as a comment" : "as comments"
            let assert = offered == 0 ? "" : looks == 1 ? ", offered as an assert" : ", \(offered) offered as an assert"
            parts[0] += ", \(Quantity.of(looks, "look")) at what they changed (\(how)\(assert))"
        }
        var rest: [String] = []
        if elsewhere > 0 { rest.append("\(elsewhere) looked elsewhere") }
        if failed > 0 { rest.append("\(failed) failed") }
        if !rest.isEmpty { parts.append(rest.joined(separator: ", ")) }
        var lines = [parts.joined(separator: "; ") + "."]
        if leftOut > 0 {
            lines.append("! \(Quantity.of(leftOut, "statement")) could not be kept: see the comments in the file.")
        }
        for parameter in parameters {
            let isUnknown = parameter.text.isEmpty
            let shown = parameter.isSecret ? "A secret" : isUnknown ? "What was given before" : "`\(parameter.text)`"
            lines.append("\(shown) became the parameter \(parameter.name).")
        }
        if !keyFiles.isEmpty {
            lines.append("New keys go to \(keyFiles.joined(separator: ", ")) (mode 0600).")
        }
        return lines.joined(separator: "\n")
    }
}
