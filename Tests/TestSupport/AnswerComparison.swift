package import LakeScript

/// Compares a body that a server sent with the recorded one.
package struct AnswerComparison: Sendable {
    package var symbols: Symbols
    /// The current time in seconds since 1970, for `{{in 60}}`, a time about a minute from now.
    package var now = 0

    package init(_ symbols: Symbols) {
        self.symbols = symbols
    }

    /// Describes the first difference; nil if the values agree.
    package mutating func difference(_ want: Value, _ got: Value, at path: String = "$") -> String? {
        switch want {
        case .string(let text): textDifference(text, got, at: path)
        case .map(let record): recordDifference(record, got, at: path)
        case .list(let items): listDifference(items, got, at: path)
        case .null, .bool, .int, .float, .bytes, .secret, .duration:
            want == got && want.typeName == got.typeName ? nil : unlike(want, got, at: path)
        }
    }

    /// Returns a value with its lists sorted: the real server keeps some of them in a map.
    package static func ordered(_ value: Value) -> Value {
        switch value {
        case .map(let record): .map(Record(record.map { ($0, ordered($1)) }))
        case .list(let items):
            .list(items.map(ordered).map { ($0, written($0)) }.sorted { $0.1 < $1.1 }.map(\.0))
        case .null, .bool, .int, .float, .string, .bytes, .secret, .duration: value
        }
    }

    private mutating func textDifference(_ want: String, _ got: Value, at path: String) -> String? {
        if let seconds = AnswerComparison.secondsFromNow(want) {
            guard let time = got.integer, abs(time - now - seconds) < 20 else {
                return "\(path): want a time \(seconds) s from now, got \(AnswerComparison.written(got))"
            }
            return nil
        }
        if want == "{{time}}" {
            if case .int = got { return nil }
            if case .float = got { return nil }
            return "\(path): want a time, got \(AnswerComparison.written(got))"
        }
        guard case .string(let text) = got,
            symbols.match(AnswerComparison.withoutSchema(want), AnswerComparison.withoutSchema(text))
        else { return unlike(.string(want), got, at: path) }
        return nil
    }

    private mutating func recordDifference(_ want: Record, _ got: Value, at path: String) -> String? {
        guard let record = got.record else { return unlike(.map(want), got, at: path) }
        for (key, value) in want {
            guard let there = record[key] else {
                return "\(path).\(key): missing (want \(AnswerComparison.written(value)))"
            }
            if let difference = difference(value, there, at: "\(path).\(key)") { return difference }
        }
        let more = record.keys.filter { want[$0] == nil }
        return more.isEmpty ? nil : "\(path): not expected: \(more.sorted().joined(separator: ", "))"
    }

    private mutating func listDifference(_ want: [Value], _ got: Value, at path: String) -> String? {
        guard let items = got.items, items.count == want.count else { return unlike(.list(want), got, at: path) }
        for (index, (wanted, there)) in zip(inOrderOfKeys(want), items).enumerated() {
            if let difference = difference(wanted, there, at: "\(path)[\(index)]") { return difference }
        }
        return nil
    }

    /// Sorts credentials: they are listed by their keys, which are different in each run.
    private func inOrderOfKeys(_ want: [Value]) -> [Value] {
        let keys = want.map { $0["access_key_id"].text.map(symbols.fill) ?? "{{" }
        guard !keys.contains(where: { $0.contains("{{") }) else { return want }
        return zip(keys, want).sorted { $0.0 < $1.0 }.map(\.1)
    }

    private func unlike(_ want: Value, _ got: Value, at path: String) -> String {
        "\(path): want \(AnswerComparison.written(symbols.fill(want))), got \(AnswerComparison.written(got))"
    }

    /// Returns the 60 of `{{in 60}}`.
    private static func secondsFromNow(_ text: String) -> Int? {
        guard text.hasPrefix("{{in "), text.hasSuffix("}}") else { return nil }
        return Int(text.dropFirst(5).dropLast(2))
    }

    /// Cuts a validation message before its schema, which is copied from the specification.
    private static func withoutSchema(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("Schema:") && !lines.isEmpty { break }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }

    private static func written(_ value: Value) -> String {
        String(decoding: JSON.write(value, layout: .canonical), as: UTF8.self)
    }
}
