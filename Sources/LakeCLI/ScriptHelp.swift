internal import LakeRunner
internal import LakeScript

/// `lakesh run FILE --help`: shows the comment at the script's head, and its parameters as options.
enum ScriptHelp {
    static func text(of text: SourceText, path: String, parameters: [ScriptParameter]) -> String {
        let usage = parameters.map { script in
            let option = script.parameter.optionName
            let value = script.parameter.type == .bool ? option : "\(option) \(script.parameter.name.uppercased())"
            return isRequired(script) ? value : "[\(value)]"
        }
        let lines = head(of: text) + ["", (["lakesh run \(path)"] + usage).joined(separator: " "), ""]
        let rows = parameters.map { script in
            [
                "  " + script.parameter.optionName, script.parameter.type.annotation,
                script.parameter.summary + (isRequired(script) ? "" : defaultNote(script, text)),
            ]
        }
        return (lines + rows.aligned()).map { $0 + "\n" }.joined()
    }

    /// Returns the comment block at the top, without `#` and without the `#!` line.
    private static func head(of text: SourceText) -> [String] {
        guard text.isScript else { return [] }
        var lines: [String] = []
        for number in 1...max(1, text.lineStarts.count) {
            let line = text.line(number)
            if number == 1, line.hasPrefix("#!") { continue }
            guard line.hasPrefix("#") else { break }
            lines.append(String(line.dropFirst(line.hasPrefix("# ") ? 2 : 1)))
        }
        return lines
    }

    private static func isRequired(_ script: ScriptParameter) -> Bool {
        script.defaultValue == nil && script.parameter.defaultValue == nil
    }

    private static func defaultNote(_ script: ScriptParameter, _ text: SourceText) -> String {
        guard let value = script.defaultValue else { return "" }
        let shown = script.parameter.isSecret && !value.type.isOptional ? String.hidden : text.text(of: value.span)
        return (script.parameter.summary.isEmpty ? "" : " ") + "(\(shown))"
    }
}
