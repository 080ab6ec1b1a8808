internal import LakeRunner
internal import LakeScript

/// A session made into a runbook: what worked and mattered, with parameters for what it was about.
///
/// Kept are statements that changed something, and those that gave a variable which a kept one reads. A look at
/// something that a later change touches stays as a comment, the last one before the change as an offered `assert`.
/// Other looks and failures go. A literal that stands for the same kind of thing twice becomes a `param`; secrets
/// become `secret` ones. A statement that destroys gets its `confirm`.
struct Runbook {
    private let engine: ReplEngine
    private(set) var kept = 0
    private(set) var looks = 0
    private(set) var elsewhere = 0
    private(set) var failed = 0
    /// Literals and the parameters that they became.
    private(set) var parameters: [(text: String, name: String, isSecret: Bool)] = []
    private(set) var text = ""

    private enum Fate {
        case keep, look, drop
    }

    init(_ statements: [Recording.Statement], title: String, engine: ReplEngine) {
        self.engine = engine
        failed = statements.count { !$0.succeeded }
        let texts = statements.filter(\.succeeded).map(\.text)
        let fates = self.fates(texts)
        findParameters(zip(texts, fates).filter { $1 == .keep }.map(\.0))
        var body: [String] = []
        for (text, fate) in zip(texts, fates) {
            switch fate {
            case .keep: body += statement(text)
            case .look: body += look(text)
            case .drop: break
            }
        }
        kept = fates.count { $0 == .keep }
        looks = fates.count { $0 == .look }
        elsewhere = fates.count { $0 == .drop }
        let head = ["# \(title): recorded at the prompt.", "# When:  …   Needs: …   Undo: …", ""]
        let params = parameters.map { "param \($0.name)\($0.isSecret ? ": secret" : "")" }
        text = (head + params + (params.isEmpty ? [] : [""]) + body).joined(separator: "\n") + "\n"
        text = Formatter.format(SourceText(name: title, text: text)).text ?? text
    }

    /// From the last statement to the first: a variable that a kept one reads keeps the statement that gives it.
    private func fates(_ texts: [String]) -> [Fate] {
        var needed: Set<String> = []
        var touched: Set<String> = []
        var fates: [Fate] = []
        for text in texts.reversed() {
            let uses = engine.uses(in: text)
            let writes = uses.contains { engine.vocabulary[$0.signature.name].map { $0.effect != .read } ?? false }
            let given = VariableNames.given(by: text)
            let subjects = Set(
                uses.flatMap(\.literals).filter { $0.role != .plain || $0.parameter == "id" }.map(\.text))
            if writes || given.contains(where: needed.contains) {
                fates.append(.keep)
                needed.formUnion(VariableNames.read(by: text))
                if writes { touched.formUnion(subjects) }
            } else {
                fates.append(!subjects.isDisjoint(with: touched) ? .look : .drop)
            }
        }
        return fates.reversed()
    }

    /// Literals that a parameter stands for: those that name the same kind of thing in two places, and secrets.
    private mutating func findParameters(_ texts: [String]) {
        var counts: [String: (count: Int, name: String, isSecret: Bool)] = [:]
        var order: [String] = []
        for literal in texts.flatMap({ engine.uses(in: $0).flatMap(\.literals) }) {
            guard literal.isSecret || literal.role != .plain || literal.parameter == "id" else { continue }
            if counts[literal.text] == nil { order.append(literal.text) }
            var entry = counts[literal.text] ?? (0, literal.parameter, literal.isSecret)
            entry.count += 1
            if entry.name == "id" { entry.name = literal.parameter }
            entry.isSecret = entry.isSecret || literal.isSecret
            counts[literal.text] = entry
        }
        var names: Set<String> = []
        for text in order {
            guard let entry = counts[text], entry.count > 1 || entry.isSecret else { continue }
            var name = entry.name
            var number = 2
            while !names.insert(name).inserted {
                name = "\(entry.name)_\(number)"
                number += 1
            }
            parameters.append((text, name, entry.isSecret))
        }
    }

    /// A statement with its parameters, a `confirm` before it if it destroys.
    private func statement(_ text: String) -> [String] {
        let changed = withParameters(text)
        let destroys = engine.uses(in: text).first { engine.vocabulary[$0.signature.name]?.effect == .destroy }
        guard let destroys, !text.contains("confirm ") else { return [changed] }
        let words = destroys.literals.filter { !$0.isSecret }.map { literal in
            parameters.first { $0.text == literal.text }.map { "$" + $0.name } ?? literal.text
        }
        return ["confirm \"\(([destroys.signature.name] + words).joined(separator: " "))?\"", changed]
    }

    private func look(_ text: String) -> [String] {
        withParameters(text).split(separator: "\n").map { "# \($0)" } + ["# assert (\(withParameters(text))) != null"]
    }

    private func withParameters(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let literals = engine.uses(in: text).flatMap(\.literals)
        for literal in literals.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            guard let parameter = parameters.first(where: { $0.text == literal.text }) else { continue }
            bytes.replaceSubrange(literal.range, with: Array("$\(parameter.name)".utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Which variables a statement gives and reads, by its tokens.
enum VariableNames {
    static func given(by text: String) -> Set<String> {
        let bytes = Array(text.utf8)
        let words = TextScanner.tokens(of: bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) }
        var names: Set<String> = []
        for (index, word) in words.enumerated() where index + 1 < words.count {
            if ["let", "var", "def"].contains(word) { names.insert(String(words[index + 1].prefix { $0 != "(" })) }
            if words[index + 1] == "=", !word.hasPrefix("$") { names.insert(word) }
        }
        return names
    }

    static func read(by text: String) -> Set<String> {
        var names: Set<String> = []
        for part in text.split(separator: "$", omittingEmptySubsequences: false).dropFirst() {
            let name = part.drop { $0 == "{" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if !name.isEmpty { names.insert(String(name)) }
        }
        return names
    }
}

extension ReplSession {
    /// `record save FILE`: writes the runbook, checks it, says what was kept.
    func saveRecording(to path: String) {
        let title = path.split(separator: "/").last.map(String.init) ?? path
        let runbook = Runbook(recording.statements, title: title, engine: engine)
        let (program, diagnostics) = ScriptCheck.check(runbook.text, name: path, vocabulary: session.vocabulary)
        do throws(Failure) {
            try FileStore().write(Array(runbook.text.utf8), to: path, isSecret: false, mayOverwrite: true)
        } catch {
            return complain(error)
        }
        let total = recording.statements.count
        say(
            "Kept \(runbook.kept) of \(Quantity.of(total, "statement")), \(runbook.looks) looks at what they changed"
                + " (as comments, each offered as an assert); \(runbook.elsewhere) looked elsewhere, \(runbook.failed) failed."
        )
        for parameter in runbook.parameters {
            let shown = parameter.isSecret ? "a secret" : "`\(parameter.text)`"
            say("\(shown) became the parameter \(parameter.name).")
        }
        if !diagnostics.isEmpty { say(diagnostics) }
        if program { say("\(path)  checked.   Run it:  lakesh run \(path)") }
    }
}

/// Checks a script that is not part of the session.
enum ScriptCheck {
    /// Whether it is right, and what there is to say.
    static func check(_ text: String, name: String, vocabulary: Vocabulary) -> (Bool, String) {
        var sources = SourceMap()
        let source = SourceText(name: name, text: text)
        let parsed = Parser.parse(source, file: sources.add(source))
        let surroundings = Checker.Surroundings(vocabulary: vocabulary)
        let checked = Checker.check(parsed.tree, sources: &sources, in: surroundings)
        let all = parsed.diagnostics + checked.diagnostics
        let errors = all.filter { $0.severity == .error }
        return (errors.isEmpty, DiagnosticRenderer(sources: sources, isStyled: false).render(errors))
    }
}
