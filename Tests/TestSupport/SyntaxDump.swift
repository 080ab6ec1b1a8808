package import LakeScript

/// Writes a tree as an S-expression, without spans and comments, for golden tests and to compare trees after `fmt`.
package enum SyntaxDump {
    /// Returns the statements of a tree, each on its own lines.
    package static func dump(_ tree: SyntaxTree) -> String {
        tree.statements.map { dump($0, "") + "\n" }.joined()
    }

    private static func form(_ head: String, _ parts: [String?]) -> String {
        "(" + ([head] + parts.compactMap(\.self)).joined(separator: " ") + ")"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\"", "\\": result += "\\\(scalar)"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Writes a block with indented statements; its bracket is closed behind the last one.
    private static func dump(_ block: Block, _ indent: String) -> String {
        guard !block.statements.isEmpty else { return "(block)" }
        let inner = indent + "  "
        return "(block\n" + block.statements.map { inner + dump($0, inner) }.joined(separator: "\n") + ")"
    }

    private static func dump(_ statement: Statement, _ indent: String) -> String {
        let expression = { (value: Expression) in dump(value, indent) }
        switch statement.kind {
        case .param(let name, let type, let value):
            return form("param", [name.text, type.map { ":" + $0.text }, value.map(expression)])
        case .binding(let name, let value, let isMutable):
            return form(isMutable ? "var" : "let", [name.text, expression(value)])
        case .assignment(let target, let adds, let value):
            return form(adds ? "add" : "set", [expression(target), expression(value)])
        case .definition(let name, let parameters, let body):
            let list = parameters.map {
                form($0.name.text, [$0.type.map { ":" + $0.text }, $0.defaultValue.map(expression)])
            }
            return form("def", [name.text] + list + [dump(body, indent)])
        case .include(let path): return form("include", [expression(path)])
        case .whileLoop(let condition, let body): return form("while", [expression(condition), dump(body, indent)])
        case .forLoop(let loop): return dump(loop, indent)
        case .breakLoop: return "(break)"
        case .continueLoop: return "(continue)"
        case .returnValue(let value): return form("return", [value.map(expression)])
        case .onFailure(let body): return form("on_failure", [dump(body, indent)])
        case .onExit(let body): return form("on_exit", [dump(body, indent)])
        case .fail(let arguments): return form("fail", arguments.map { dump($0, indent) })
        case .confirm(let arguments): return form("confirm", arguments.map { dump($0, indent) })
        case .run(let arguments): return form("run", arguments.map { dump($0, indent) })
        case .assert(let condition, let message):
            return form("assert", [expression(condition), message.map(expression)])
        case .test(let name, let body): return form("test", [expression(name), dump(body, indent)])
        case .expectError(let kind, let body): return form("expect_error", [kind.text, dump(body, indent)])
        case .expression(let value): return expression(value)
        case .missing: return "missing"
        }
    }

    private static func dump(_ loop: ForLoop, _ indent: String) -> String {
        form(
            "for",
            [
                loop.name.text, loop.valueName?.text, dump(loop.subject, indent),
                loop.parallel.map { form("parallel", [dump($0, indent)]) }, loop.keepGoing.map { _ in "keep_going" },
                dump(loop.body, indent),
            ])
    }

    private static func dump(_ expression: Expression, _ indent: String) -> String {
        let inner = { (value: Expression) in dump(value, indent) }
        switch expression.kind {
        case .null: return "null"
        case .bool(let value): return "\(value)"
        case .int(let value): return "\(value)"
        case .float(let value): return "\(value)"
        case .duration(let value): return "\(value)ms"
        case .string(let parts): return dump(parts, indent)
        case .list(let items): return form("list", items.map(inner))
        case .map(let entries): return form("map", entries.map { form(quoted($0.key.text), [inner($0.value)]) })
        case .variable(let name): return "$" + name
        case .member(let base, let name, let isOptional):
            return form(isOptional ? "?." : ".", [inner(base), name.text])
        case .index(let base, let index): return form("[]", [inner(base), inner(index)])
        case .unary(let symbol, let value): return form(symbol.rawValue, [inner(value)])
        case .binary(let symbol, _, let left, let right): return form(symbol.rawValue, [inner(left), inner(right)])
        case .parenthesized(let value): return form("paren", [inner(value)])
        case .pipeline(let stages): return form("|", stages.map(inner))
        case .call(let call): return dump(call, indent)
        case .ensure(let call): return form("ensure", [dump(call, indent)])
        case .ifElse, .tryCatch, .step, .retry, .timeout, .identity, .server, .missing:
            return dumpBlocks(of: expression, indent)
        }
    }

    /// Writes expressions that have blocks.
    private static func dumpBlocks(of expression: Expression, _ indent: String) -> String {
        switch expression.kind {
        case .ifElse(let branches, let otherwise):
            let list = branches.flatMap { [dump($0.condition, indent), dump($0.body, indent)] }
            return form("if", list + [otherwise.map { form("else", [dump($0, indent)]) }])
        case .tryCatch(let body, let name, let handler):
            return form("try", [dump(body, indent), name?.text, handler.map { dump($0, indent) }])
        case .step(let name, let body): return form("step", [dump(name, indent), dump(body, indent)])
        case .retry(let count, let every, let body):
            return form("retry", [dump(count, indent), every.map { dump($0, indent) }, dump(body, indent)])
        case .timeout(let limit, let body): return form("timeout", [dump(limit, indent), dump(body, indent)])
        case .identity(let key, let body): return form("as", [dump(key, indent), dump(body, indent)])
        case .server(let name, let body): return form("on", [dump(name, indent), dump(body, indent)])
        default: return "missing"
        }
    }

    private static func dump(_ parts: [StringPart], _ indent: String) -> String {
        if parts.isEmpty { return quoted("") }
        let list = parts.map { part in
            switch part {
            case .text(let text): quoted(text)
            case .interpolation(let value): dump(value, indent)
            }
        }
        if case .text = parts[0], parts.count == 1 { return list[0] }
        return form("string", list)
    }

    private static func dump(_ call: Call, _ indent: String) -> String {
        form(call.name.text, call.arguments.map { dump($0, indent) })
    }

    /// Writes an argument; an option's name has `_`, even if it was written with hyphens.
    private static func dump(_ argument: Argument, _ indent: String) -> String {
        let value = argument.value.map { value in
            switch value {
            case .word(let word, _): "'" + word
            case .expression(let expression): dump(expression, indent)
            case .block(let block): dump(block, indent)
            }
        }
        guard let name = argument.name else { return value ?? "missing" }
        let option = "--" + String(name.text.map { $0 == "-" ? "_" : $0 })
        return value.map { option + "=" + $0 } ?? option
    }
}
