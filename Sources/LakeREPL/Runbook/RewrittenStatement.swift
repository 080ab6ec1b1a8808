internal import LakeAssist
internal import LakeScript

/// A recorded statement in which literals, results and redeclared variables are replaced by the runbook's names.
struct RewrittenStatement {
    private let statement: Recording.Statement
    private let names: RunbookNames
    /// Replacements of byte ranges, in order.
    private let edits: [(range: Range<Int>, text: String)]

    init(_ statement: Recording.Statement, _ names: RunbookNames) {
        self.statement = statement
        self.names = names
        let facts = statement.facts
        var edits: [Int: (range: Range<Int>, text: String)] = [:]
        for subject in facts.subjects {
            guard let range = subject.range, let name = names.parameter(for: subject) else { continue }
            edits[range.lowerBound] = (range, "$" + name)
        }
        for text in facts.texts {
            guard let name = names.parameter(forSecret: text.text) else { continue }
            edits[text.range.lowerBound] = (text.range, "$" + name)
        }
        for use in facts.variables {
            let result = statement.results[use.name].flatMap { names.results[$0] }
            let name = StatementFacts.isResult(use.name) ? result : names.variables[use.slot]
            if let name, name != use.name { edits[use.range.lowerBound] = (use.range, name) }
        }
        self.edits = edits.values.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    var text: String { text(from: 0) }

    /// Returns the text from an offset on.
    func text(from start: Int) -> String { text(in: start..<statement.text.utf8.count) }

    private func text(in range: Range<Int>) -> String {
        let bytes = Array(statement.text.utf8)
        var text = ""
        var place = range.lowerBound
        for edit in edits where range.lowerBound <= edit.range.lowerBound && edit.range.upperBound <= range.upperBound {
            text += String(decoding: bytes[place..<edit.range.lowerBound], as: UTF8.self) + edit.text
            place = edit.range.upperBound
        }
        return text + String(decoding: bytes[place..<range.upperBound], as: UTF8.self)
    }

    /// The `confirm` before a destructive statement; nil if it is not destructive or asks by itself.
    var question: String? {
        let facts = statement.facts
        guard facts.effect == .destroy, !facts.asksItself else { return nil }
        let direct = facts.calls.filter { $0.effect == .destroy }
        let calls = direct.isEmpty ? facts.calls : direct
        let words = calls.map { call in ([call.name] + call.arguments.map(shown)).joined(separator: " ") }
        let question = "confirm \"\(words.joined(separator: ", "))?\""
        guard let call = direct.first(where: { $0.name == "delete_repository" }), let first = call.arguments.first
        else {
            return question
        }
        let repository = text(in: first)
        return question + (mayStandOutside(first) ? " --type \(repository)" : "")
    }

    /// Returns an argument for the text of a question: interpolated if its value is known before the statement runs,
    /// else as written.
    private func shown(_ range: Range<Int>) -> String {
        let written = text(in: range)
        if written.hasPrefix("$") {
            guard mayStandOutside(range) else { return "\\" + written }
            let path = written.dropFirst()
            return path.utf8.allSatisfy(\.isNamePart) ? written : "${\(path)}"
        }
        let isQuoted = written.hasPrefix("\"") || written.hasPrefix("'")
        let inner = isQuoted ? String(written.dropFirst().dropLast()) : written
        // A text that was in double quotes stays in double quotes.
        return written.hasPrefix("\"") && mayStandOutside(range) ? inner : String(inner.quoted.dropFirst().dropLast())
    }

    /// True if all variables of an argument have their values before the statement runs.
    private func mayStandOutside(_ range: Range<Int>) -> Bool {
        let known = statement.facts.variables.filter { !$0.isGiven && range.contains($0.range.lowerBound) }.count
        let signs = statement.text.utf8.enumerated().count {
            range.contains($0.offset) && $0.element == UInt8(ascii: "$")
        }
        return known == signs
    }

    /// Returns the first entity of a kind that it names, for use in a string; nil if its value is not known before.
    func interpolated(_ kind: StatementFacts.Kind) -> String? {
        for subject in statement.facts.subjects where subject.kind == kind {
            switch subject.value {
            case .text(let text):
                return names.parameter(for: subject).map { "$" + $0 } ?? String(text.quoted.dropFirst().dropLast())
            case .variable(let slot): return names.variables[slot].map { "$" + $0 }
            }
        }
        return nil
    }
}
