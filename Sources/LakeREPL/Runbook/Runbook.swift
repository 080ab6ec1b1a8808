internal import LakeAPI
internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// A script made from a session: the statements that mattered, with parameters for the entities they name.
///
/// Kept are statements that changed something, and those that made a value that a kept one reads. A read of an entity
/// that a later statement changes is kept as a comment, the last one before the change as an offered `assert`. Other
/// reads and failed statements are dropped. A literal that names the same entity twice becomes a `param`, a secret
/// becomes a `secret` parameter, a result that was read as `$_` becomes a `let`. A destructive statement gets a
/// `confirm`. A new key is written to a file that only its owner can read, because the server shows its secret only
/// once.
struct Runbook {
    private(set) var text = ""
    private(set) var kept = 0
    private(set) var looks = 0
    private(set) var offered = 0
    private(set) var elsewhere = 0
    private(set) var failed = 0
    /// The number of statements left as comments: they failed after a change, or read a result from before the
    /// recording.
    private(set) var leftOut = 0
    /// True if it includes or runs other scripts; their paths are relative to its own folder.
    private(set) var namesScripts = false
    /// The files for new keys, as written in the script.
    private(set) var keyFiles: [String] = []
    var parameters: [RunbookNames.Parameter] { names.parameters }

    private let statements: [Recording.Statement]
    private let retention: Retention
    private let names: RunbookNames
    private let available: Set<Int>

    init(_ statements: [Recording.Statement], title: String, reserved: Set<String> = []) {
        self.statements = statements
        retention = Retention(statements)
        let staying = statements.indices.filter { [retention] in retention.all[$0] == .stays }.map {
            ($0, statements[$0])
        }
        names = RunbookNames(staying, retention: retention, reserved: reserved)
        namesScripts = staying.contains { $0.1.facts.namesScript }
        available = Set(staying.flatMap { $0.1.facts.gives })
        var head: [String] = []
        var body: [String] = []
        for place in statements.indices {
            if statements[place].facts.form == .parameter, retention.all[place] == .stays {
                head.append(RewrittenStatement(statements[place], names).text)
                kept += 1
            } else {
                body += lines(at: place)
            }
        }
        head += parameters.map { "param \($0.name)\($0.isSecret ? ": secret" : "")" }
        if !head.isEmpty { head.append("") }
        text =
            (["# \(title): recorded at the prompt.", "# When:  …   Needs: …   Undo: …", ""] + head + body)
            .filter { !$0.looksSecretOrSigned }.joined(separator: "\n") + "\n"
        text = Formatter.format(SourceText(name: title, text: text)).text ?? text
    }

    private mutating func lines(at place: Int) -> [String] {
        switch retention.all[place] {
        case .stays:
            kept += 1
            return statement(at: place)
        case .look(let isOffered):
            looks += 1
            return look(statements[place], isOffered: isOffered)
        case .elsewhere:
            elsewhere += 1
            return []
        case .failed(let changes):
            failed += 1
            guard changes > 0 else { return [] }
            leftOut += 1
            let counted = changes == 1 ? "a change" : "\(changes) changes"
            return comment("failed after \(counted), left out:\n" + statements[place].text)
        case .lost:
            leftOut += 1
            return comment("reads a result that was not recorded, left out:\n" + statements[place].text)
        }
    }

    private mutating func statement(at place: Int) -> [String] {
        let statement = statements[place]
        let rewritten = RewrittenStatement(statement, names)
        var lines: [String] = []
        if let question = rewritten.question { lines.append(question) }
        switch statement.facts.form {
        case .binding(let slot, _, let value, _):
            if names.replaced.contains(slot) { return [] }
            let isRead = retention.readSlots.contains(slot)
            let drops = !isRead && statement.facts.isKept && !statement.facts.type.isNewKey
            lines.append(rewritten.text(from: drops ? value : 0))
            if !isRead, statement.facts.type.isNewKey, let name = names.variables[slot] {
                lines.append(write(name, rewritten))
            }
        case .expression:
            lines.append((names.results[place].map { "let \($0) = " } ?? "") + rewritten.text)
            if let name = names.results[place], statement.facts.type.isNewKey, !retention.readResults.contains(place) {
                lines.append(write(name, rewritten))
            }
        case .parameter, .definition, .other: lines.append(rewritten.text)
        }
        return lines
    }

    /// Returns the statement that writes a new key to a file.
    private mutating func write(_ variable: String, _ statement: RewrittenStatement) -> String {
        let owner = statement.interpolated(.user) ?? "key"
        let taken = keyFiles.count { $0.hasPrefix("keys/\(owner).") || $0.hasPrefix("keys/\(owner)-") }
        let file = "keys/\(owner)\(taken > 0 ? "-\(taken + 1)" : "").json"
        keyFiles.append(file)
        return "write_json \"\(file)\" $\(variable)"
    }

    private mutating func look(_ statement: Recording.Statement, isOffered: Bool) -> [String] {
        let rewritten = RewrittenStatement(statement, names)
        var start = 0
        if case .binding(_, _, let value, _) = statement.facts.form { start = value }
        let text = rewritten.text(from: start)
        let isWhole =
            statement.facts.reads.isSubset(of: available) && statement.facts.resultNames.isEmpty
            && !text.contains("\n")
        guard isOffered, isWhole, let assert = Runbook.assertion(text, statement) else { return comment(text) }
        offered += 1
        return comment(text) + comment(assert)
    }

    /// Returns the `assert` that a result is the same again.
    private static func assertion(_ text: String, _ statement: Recording.Statement) -> String? {
        guard case .done(let sight) = statement.outcome else { return nil }
        switch sight {
        case .nothing: return nil
        case .thing:
            let isCall = statement.facts.calls.count == 1 && !text.contains("|") && !text.contains("--or")
            return "assert (\(text)\(isCall ? " --or null" : "")) != null"
        case .page(let count): return "assert (\(text) | get \(PageShape.lakeFS.items) | count) == \(count)"
        case .list(let count): return "assert (\(text) | count) == \(count)"
        case .plain(let value): return "assert (\(text)) == \(value)"
        }
    }

    private func comment(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "#" : "# \($0)" }
    }
}
