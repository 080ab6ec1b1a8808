// Statements and blocks.
extension Formatter {
    /// Lays out a statement as a row. A word that ends in `\` would join the next line, so it gets a `;`.
    mutating func statementRow(_ statement: Statement) -> Layout {
        let layout = self.layout(statement)
        return endsInBackslash(statement.span) ? .row([layout, .whenBroken(";")]) : layout
    }

    /// True if the last byte of a span is a `\`; only a word can end in one.
    func endsInBackslash(_ span: Span) -> Bool {
        span.end > span.start && text.bytes[Int(span.end) - 1] == UInt8(ascii: "\\")
    }

    private mutating func layout(_ statement: Statement) -> Layout {
        switch statement.kind {
        case .param(let name, let type, let value): return parameter(name, type, value, head: "param ")
        case .binding(let name, let value, let isMutable):
            return .row([.text(isMutable ? "var " : "let "), .text(name.text), .text(" = "), layout(value)])
        case .assignment(let target, let adds, let value):
            return .row([layout(target), .text(adds ? " += " : " = "), layout(value)])
        case .definition(let name, let parameters, let body): return definition(name, parameters, body)
        case .include(let path): return .row([.text("include "), layout(path)])
        case .whileLoop(let condition, let body): return headed(.row([.text("while "), layout(condition)]), body)
        case .forLoop(let loop): return layout(loop)
        case .breakLoop: return .text("break")
        case .continueLoop: return .text("continue")
        case .returnValue(let value): return value.map { .row([.text("return "), layout($0)]) } ?? .text("return")
        case .onFailure(let body): return headed(.text("on_failure"), body)
        case .onExit(let body): return headed(.text("on_exit"), body)
        case .fail(let list): return command("fail", list, from: statement.span.start)
        case .confirm(let list): return command("confirm", list, from: statement.span.start)
        case .run(let list): return command("run", list, from: statement.span.start)
        case .assert(let condition, let message): return assertion(condition, message)
        case .test(let name, let body): return headed(.row([.text("test "), layout(name)]), body)
        case .expectError(let kind, let body): return headed(.text("expect_error " + kind.text), body)
        case .expression(let value): return layout(value)
        case .missing: return source(statement.span)
        }
    }

    /// Lays out `name: type = default`.
    private mutating func parameter(_ name: Name, _ type: Name?, _ value: Expression?, head: String = "") -> Layout {
        let typed = head + name.text + (type.map { ": " + $0.text } ?? "")
        return .row([.text(typed), value.map { .row([.text(" = "), layout($0)]) } ?? .empty])
    }

    private mutating func definition(_ name: Name, _ parameters: [DefinitionParameter], _ body: Block) -> Layout {
        var lexer = lexer
        let open = lexer.token(at: Int(name.span.end)).end
        let list = items(parameters, from: open, to: body.span.start, brackets: ("(", ")")) {
            $1.parameter($0.name, $0.type, $0.defaultValue)
        }
        return headed(.row([.text("def " + name.text), list]), body)
    }

    private mutating func layout(_ loop: ForLoop) -> Layout {
        let names = loop.name.text + (loop.valueName.map { ", " + $0.text } ?? "")
        var head = [Layout.text("for \(names) in "), layout(loop.subject)]
        if let limit = loop.parallel { head += [.text(" parallel "), layout(limit)] }
        if loop.keepGoing != nil { head.append(.text(" keep_going")) }
        return headed(.row(head), loop.body)
    }

    private mutating func assertion(_ condition: Expression, _ message: Expression?) -> Layout {
        let head = Layout.row([.text("assert "), layout(condition)])
        guard let message else { return head }
        return .row([head, gap(condition.span.end, message.span.start, layout(message))])
    }

    /// Lays out a head and its block.
    mutating func headed(_ head: Layout, _ body: Block) -> Layout {
        let (block, isBroken) = block(body)
        return .row([head, .group(block, isBroken: isBroken)])
    }

    /// Lays out a block with its braces, and tells if it must be broken. Comments after `from` belong to the block: a
    /// comment between a block and its `else` moves into the `else` block.
    mutating func block(
        _ block: Block, from: UInt32? = nil, opening: String = " {", isArgument: Bool = false
    ) -> (Layout, isBroken: Bool) {
        let open = block.span.start + 1
        let list = block.statements
        var rows = rows(list, in: (from ?? open)..<block.span.end - 1, opening: open) { $1.statementRow($0) }
        let first = list.first?.span.start
        if isArgument, lexer.startsMap(behind: Int(first ?? block.span.end - 1)) { rows.markAsBlock() }
        guard !rows.isEmpty else { return (.text(opening + " }"), false) }
        let isBroken = rows.isMultiline || list.count > 1 || text.breaksLine(from: open, to: first ?? open)
        return (rows.bracketed(opening, rows.layout(), "}", blank: " "), isBroken)
    }
}
