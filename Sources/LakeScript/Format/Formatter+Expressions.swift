// Expressions, pipelines, commands.
extension Formatter {
    /// Lays out an expression. Literals are copied from the source.
    mutating func layout(_ expression: Expression) -> Layout {
        switch expression.kind {
        case .null, .bool, .int, .float, .duration, .variable, .missing: return source(expression.span)
        case .string: return string(expression.span)
        case .list(let list):
            let open = expression.span.start + 1
            return items(list, from: open, to: expression.span.end - 1, brackets: ("[", "]")) { $1.layout($0) }
        case .map(let entries):
            let open = expression.span.start + 1
            return items(entries, from: open, to: expression.span.end - 1, brackets: ("{", "}")) { $1.entry($0) }
        case .member(let base, let name, let isOptional):
            return .row([layout(base), .text((isOptional ? "?." : ".") + name.text)])
        case .index(let base, let index): return .row([layout(base), .text("["), layout(index), .text("]")])
        case .unary(let symbol, let value): return unary(symbol, value)
        case .binary(let symbol, _, let left, let right): return binary(symbol, left, right)
        case .parenthesized(let value): return parenthesized(value, expression.span)
        case .pipeline(let stages):
            let (content, isBroken) = pipeline(stages)
            return .group(content, isBroken: isBroken)
        case .call(let call): return layout(call)
        case .ensure(let call): return .row([.text("ensure "), layout(call)])
        case .ifElse(let arms, let otherwise): return conditional(arms, otherwise)
        case .tryCatch(let body, let name, let handler): return attempt(body, name, handler)
        case .step(let name, let body): return headed(.row([.text("step "), layout(name)]), body)
        case .retry(let count, let every, let body):
            let pause = every.map { Layout.row([.text(" every "), layout($0)]) } ?? .empty
            return headed(.row([.text("retry "), layout(count), pause]), body)
        case .timeout(let limit, let body): return headed(.row([.text("timeout "), layout(limit)]), body)
        case .identity(let key, let body): return headed(.row([.text("as "), layout(key)]), body)
        case .server(let name, let body): return headed(.row([.text("on "), layout(name)]), body)
        }
    }

    /// Lays out the items of a list, a map or a parameter list in their brackets.
    mutating func items<Element: RowElement>(
        _ elements: [Element], from open: UInt32, to close: UInt32, brackets: (String, String),
        layout: (Element, inout Formatter) -> Layout
    ) -> Layout {
        let rows = rows(elements, in: open..<max(open, close), opening: open, layout: layout)
        guard !rows.isEmpty else { return .text(brackets.0 + brackets.1) }
        let isBroken = rows.isMultiline || text.breaksLine(from: open, to: elements.first?.span.start ?? open)
        let inner = rows.layout(separator: ",", last: ",")
        return .group(rows.bracketed(brackets.0, inner, brackets.1), isBroken: isBroken)
    }

    private mutating func entry(_ entry: MapEntry) -> Layout {
        .row([entry.isQuoted ? string(entry.key.span) : .text(entry.key.text), .text(": "), layout(entry.value)])
    }

    /// Lays out a unary operator. `- 7` keeps its blank: it is an operator and an operand, `-7` is one literal.
    private mutating func unary(_ symbol: UnaryOperator, _ value: Expression) -> Layout {
        let first = text.bytes[Int(value.span.start)]
        let isApart = symbol == .not || first.isDigit || first == UInt8(ascii: "-")
        return .row([.text(symbol.rawValue + (isApart ? " " : "")), layout(value)])
    }

    private mutating func binary(_ symbol: BinaryOperator, _ left: Expression, _ right: Expression) -> Layout {
        let before = layout(left)
        let after = layout(right)
        if symbol == .range, !isBinary(left), !isBinary(right) { return .row([before, .text(".."), after]) }
        let isBroken = text.breaksLine(from: left.span.end, to: right.span.start)
        return .row([
            before, .text(" " + symbol.rawValue),
            isBroken ? .indented(.row([.lineEnd, after])) : .row([.text(" "), after]),
        ])
    }

    private func isBinary(_ expression: Expression) -> Bool {
        if case .binary = expression.kind { true } else { false }
    }

    /// Lays out `( … )`. It is broken if its pipeline is broken or if it contains comments.
    private mutating func parenthesized(_ value: Expression, _ span: Span) -> Layout {
        var isBroken = false
        let open = span.start + 1
        let rows = rows([value], in: open..<span.end - 1, opening: open) { value, formatter in
            guard case .pipeline(let stages) = value.kind else { return formatter.layout(value) }
            let (content, mustBreak) = formatter.pipeline(stages)
            isBroken = mustBreak
            return content
        }
        if case .pipeline = value.kind {
            isBroken = isBroken || rows.hasComments
        } else {
            guard rows.hasComments else { return .row([.text("("), rows.layout(), .text(")")]) }
            isBroken = true
        }
        // A `\` at the end would join the closing bracket's line to this one.
        let hugsLast = endsInBackslash(value.span) && !rows.endsInComment
        return .group(rows.bracketed("(", rows.layout(), ")", hugsLast: hugsLast), isBroken: isBroken)
    }

    /// Lays out the stages, and tells if each must be on a line of its own.
    private mutating func pipeline(_ stages: [Expression]) -> (Layout, isBroken: Bool) {
        let start = stages[0].span.end
        let end = stages[stages.count - 1].span.end
        let rows = rows(stages, in: start..<end) { $1.layout($0) }
        let wasBroken = zip(stages, stages.dropFirst()).contains {
            text.breaksLine(from: $0.span.end, to: $1.span.start)
        }
        let isBroken = wasBroken || rows.hasComments || rows.isMultilineBeforeTheLast
        return (rows.layout(separator: " |", keepsBlankLines: false, hangs: true), isBroken)
    }

    private mutating func layout(_ call: Call) -> Layout {
        command(call.name.text, call.arguments, from: call.name.span.start)
    }

    /// Lays out a command and its arguments.
    mutating func command(_ name: String, _ arguments: [Argument], from start: UInt32) -> Layout {
        var parts = [Layout.text(name)]
        var end = start + UInt32(name.utf8.count)
        for argument in arguments {
            parts.append(gap(end, argument.span.start, layout(argument)))
            end = argument.span.end
        }
        return .row(parts)
    }

    /// Lays out the second of two arguments and the space before it: a `\` if the source has a line break there.
    func gap(_ end: UInt32, _ start: UInt32, _ layout: Layout) -> Layout {
        guard text.breaksLine(from: end, to: start) else { return .row([.text(" "), layout]) }
        return .indented(.row([.text(" \\"), .lineEnd, layout]))
    }

    private mutating func layout(_ argument: Argument) -> Layout {
        let name = argument.name.map { "--" + $0.text.map { $0 == "-" ? "_" : String($0) }.joined() }
        guard let value = argument.value else { return .text(name ?? "") }
        return .row([.text(name.map { $0 + "=" } ?? ""), layout(value)])
    }

    private mutating func layout(_ value: ArgumentValue) -> Layout {
        switch value {
        case .word(_, let span): return source(span)
        case .expression(let expression): return layout(expression)
        case .block(let body):
            let (block, isBroken) = block(body, opening: "{", isArgument: true)
            return .group(block, isBroken: isBroken)
        }
    }

    private mutating func conditional(
        _ arms: [(condition: Expression, body: Block)], _ otherwise: Block?
    ) -> Layout {
        var chain = BlockChain()
        for arm in arms {
            let head = Layout.row([.text(chain.isEmpty ? "if " : " else if "), layout(arm.condition)])
            chain.add(head, block(arm.body, from: chain.end), arm.body)
        }
        if let otherwise { chain.add(.text(" else"), block(otherwise, from: chain.end), otherwise) }
        return chain.layout
    }

    private mutating func attempt(_ body: Block, _ name: Name?, _ handler: Block?) -> Layout {
        var chain = BlockChain()
        chain.add(.text("try"), block(body), body)
        guard let handler else { return chain.layout }
        let head = " catch" + (name.map { " " + $0.text } ?? "")
        chain.add(.text(head), block(handler, from: chain.end), handler)
        return chain.layout
    }

    /// Lays out a string as it is in the source. A multi-line string gets the indentation of its new place.
    private mutating func string(_ span: Span) -> Layout {
        // Comments inside `${ }` stay there.
        _ = comments.take(in: span.start..<span.end)
        guard lexer.isTripleQuote(Int(span.start)), text.breaksLine(from: span.start, to: span.end) else {
            return source(span)
        }
        let bytes = text.bytes[Int(span.start)..<Int(span.end)]
        let lines = bytes.split(separator: .newline, omittingEmptySubsequences: false)
        let indentation: ArraySlice<UInt8> = lines.last?.prefix { $0.isBlank } ?? []
        let content = lines.dropFirst().dropLast().map { Formatter.line($0, without: indentation) }
        return .indented(.lines(["\"\"\""] + content + ["\"\"\""]))
    }

    /// Returns a line of a string without its indentation. A carriage return that belongs to the text becomes an
    /// escape.
    private static func line(_ line: ArraySlice<UInt8>, without indentation: ArraySlice<UInt8>) -> String {
        var text = line.last == .carriageReturn ? line.dropLast() : line
        let blanks = zip(text, indentation).prefix { $0 == $1 }.count
        if blanks == indentation.count || blanks == text.count { text = text.dropFirst(blanks) }
        guard text.last == .carriageReturn else { return String(decoding: text, as: UTF8.self) }
        return String(decoding: text.dropLast(), as: UTF8.self) + "\\r"
    }
}

/// Blocks that are broken together: `if … else …`, `try … catch …`.
private struct BlockChain {
    private var parts: [Layout] = []
    private var isBroken = false
    /// The end of the last block.
    private(set) var end: UInt32?

    var isEmpty: Bool { parts.isEmpty }

    var layout: Layout { .group(.row(parts), isBroken: isBroken) }

    mutating func add(_ head: Layout, _ block: (Layout, isBroken: Bool), _ body: Block) {
        parts += [head, block.0]
        isBroken = isBroken || block.isBroken
        end = body.span.end
    }
}
