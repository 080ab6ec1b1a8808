internal import LakeRunner
internal import LakeScript

/// A text to be recorded, while it is checked and runs.
struct RecordingNote {
    private let text: SourceText
    private let functionsBefore: Int
    private let results: [String: Int]
    private var statements: [(text: String, facts: StatementFacts)]

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
        statements = [(String(decoding: text.bytes, as: UTF8.self), StatementFacts())]
    }

    /// Reads the facts of the checked text.
    mutating func read(_ program: CheckedProgram, _ tree: SyntaxTree) {
        statements = FactsReader.statements(of: tree, text, program: program, functionsBefore: functionsBefore)
    }

    /// Records that the whole text was done; returns the place of the statement that gave the value.
    func succeed(_ sight: Recording.Sight, in recording: inout Recording) -> Int? {
        recording.add(statements, .done(sight), results: results)
    }

    func fail(changes: Int = 0, in recording: inout Recording) {
        _ = recording.add(statements, .failed(changes: changes), results: results)
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
        default: complain(.shellCommand("`record` takes on, off or save FILE"))
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
            return complain(.shellState("nothing was recorded that changed anything"))
        }
        let files = FileStore()
        do throws(Failure) {
            guard mayReplace(path, files) else {
                throw .shellState(
                    "`\(path)` is there already, and was not recorded", advice: "choose another name")
            }
            try files.write(Array(runbook.text.utf8), to: path, isSecret: false, mayOverwrite: true)
        } catch {
            return complain(error)
        }
        say(runbook.summary(of: recording.statements.count))
        if runbook.namesScripts, path.contains("/") {
            say("! Its `include` and `run` look in the folder of \(path) now.")
        }
        check(runbook, path)
    }

    /// True if nothing is lost by writing there: there is no file, or a recorded one.
    private func mayReplace(_ path: String, _ files: FileStore) -> Bool {
        guard let bytes = try? files.read(path) else { return true }
        return String(decoding: bytes.prefix(300), as: UTF8.self).contains("recorded at the prompt.")
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
            let text = parameter.text.contains { !($0.isLetter || $0.isNumber || "-_./~".contains($0)) }
            let name = parameter.name.hyphenated
            return " --\(name) " + (text ? "'\(parameter.text)'" : parameter.text.isEmpty ? "…" : parameter.text)
        }
        say("\(path)  checked, formatted.   Run it:  lakesh run \(path)\(options.joined())")
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
