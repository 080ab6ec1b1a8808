/// Compiles a checked program to register code.
///
/// Variables keep the slots that the checker gave them; temporaries are above them, allocated like a stack. Every
/// expression is compiled "into" a register. Commands with a block (`where`, `each`, `retry`, `parallel`) become a loop
/// or a separate body, never a Swift function that calls back, so that the machine can stop at any effect. A pipeline
/// over a listing with `--all` becomes one loop: it asks for a page when it has used up the one before, and keeps only
/// what its last stage keeps.
///
/// Instructions begin and end regions (a scope, a `try`, a `timeout`, an identity); a `break` or `return` ends those
/// that it leaves. After an error the machine ends them at run time.
package struct Compiler {
    var program = Program()
    var frame: FrameBuilder
    /// Indexes in `program.codes` of the current script's functions, these, and the scripts that it runs.
    var functions: [Int] = []
    var definitions: [CheckedFunction] = []
    var scripts: [CheckedProgram] = []
    /// The functions of the current script that reach the world, directly or through others that they call.
    var reaching: Set<Int> = []
    /// The command that gave each variable its value, in the current body and at the top level; nil if several did.
    var origins: [Int: Failure.CallSite?] = [:]
    var globalOrigins: [Int: Failure.CallSite?] = [:]
    /// The statement before the one that is being compiled, in its block.
    var previous: CheckedStatement?
    private var constants: [Int: Int32] = [:]
    private var names: [String: Int32] = [:]

    /// Compiles a program. With `showsItems`, for the prompt, a listing as the last statement hands out its items one
    /// by one instead of making a list of them.
    package static func compile(_ checked: CheckedProgram, showsItems: Bool = false) -> Program {
        var compiler = Compiler(checked.main.span)
        if showsItems, case .expression(let value)? = checked.main.statements.last?.kind {
            compiler.program.showsItems = compiler.isStreamed(value)
        }
        compiler.program.conventions = checked.conventions
        compiler.program.globalCount = checked.main.slots
        compiler.program.parameters = checked.parameters.map(\.parameter.name)
        _ = compiler.script(checked)
        return compiler.program
    }

    /// Compiles one `test` block with the functions of its program.
    package static func compile(_ test: CheckedTest, of checked: CheckedProgram) -> Program {
        let program = CheckedProgram(
            main: test.body, functions: checked.functions, scripts: checked.scripts, globals: checked.globals,
            conventions: checked.conventions)
        return compile(program)
    }

    private init(_ span: Span) {
        frame = FrameBuilder(name: "", slots: 0, span: span)
    }

    /// Compiles the functions and the main body of a script; returns the index of the body.
    mutating func script(_ checked: CheckedProgram) -> Int {
        let around = (functions, definitions, scripts, reaching, origins, globalOrigins)
        defer { (functions, definitions, scripts, reaching, origins, globalOrigins) = around }
        let index = reserve()
        reaching = Compiler.reaching(checked.functions)
        scripts = checked.scripts
        definitions = checked.functions
        functions = definitions.map { reserve($0.name) }
        noteGlobals(of: checked.main.statements)
        for (function, place) in zip(checked.functions, functions) { define(function, at: place) }
        program.codes[index] = body(name: "", slots: checked.main.slots, span: checked.main.span) { compiler in
            compiler.mainBody(checked, showsItems: compiler.program.showsItems && index == 0)
        }
        program.codes[index].ownsGlobals = true
        return index
    }

    private mutating func mainBody(_ checked: CheckedProgram, showsItems: Bool) {
        let span = checked.main.span
        for (slot, script) in checked.parameters.enumerated() {
            fill(Register(slot), with: script.defaultValue, script.parameter, of: "param", script.span)
        }
        let result = frame.temporary()
        inScope(.run, name: nil, d: result, span) { compiler in
            guard showsItems, case .expression(let listing)? = checked.main.statements.last?.kind else {
                return compiler.block(checked.main.statements, into: result, span)
            }
            compiler.block(checked.main.statements.dropLast(), into: result, span)
            compiler.show(listing)
        }
        frame.emit(.returnValue(result), span)
    }

    private mutating func define(_ function: CheckedFunction, at index: Int) {
        defer { origins = [:] }
        program.codes[index] = body(name: function.name, slots: function.body.slots, span: function.span) { compiler in
            for (slot, parameter) in function.parameters.enumerated() {
                let value = function.defaults[slot]
                compiler.fill(Register(slot), with: value, parameter, of: function.name, function.span)
            }
            let result = compiler.frame.temporary()
            if BlockFacts(of: function.body.statements).isScope() {
                compiler.inScope(.definition, name: function.name, d: result, function.span) { compiler in
                    compiler.block(function.body.statements, into: result, function.span)
                }
            } else {
                compiler.block(function.body.statements, into: result, function.span)
            }
            compiler.frame.emit(.returnValue(result), function.span)
        }
        program.codes[index].argumentCount = function.parameters.count
    }

    private static func reaching(_ functions: [CheckedFunction]) -> Set<Int> {
        let facts = functions.map { BlockFacts(of: $0.body.statements) }
        var known = -1
        var reaching: Set<Int> = []
        while known < reaching.count {
            known = reaching.count
            for index in facts.indices where facts[index].isScope(reachingThrough: reaching) { reaching.insert(index) }
        }
        return reaching
    }

    /// Compiles a separate body of code.
    mutating func body(name: String, slots: Int, span: Span, _ make: (inout Compiler) -> Void) -> CompiledCode {
        let around = frame
        defer { frame = around }
        frame = FrameBuilder(name: name, slots: slots, span: span)
        make(&self)
        return frame.finished()
    }

    /// Reserves the index of a body that is compiled later.
    mutating func reserve(_ name: String = "") -> Int {
        program.codes.append(CompiledCode(name: name, registers: 0, span: frame.code.span))
        return program.codes.count - 1
    }

    // Tables.

    mutating func constant(_ value: Value) -> Int32 {
        if case .int(let integer) = value {
            if let known = constants[integer] { return known }
            constants[integer] = Int32(program.constants.count)
        }
        program.constants.append(value)
        return Int32(program.constants.count - 1)
    }

    mutating func name(_ text: String) -> Int32 {
        if let known = names[text] { return known }
        let index = Int32(program.names.count)
        program.names.append(text)
        names[text] = index
        return index
    }

    mutating func builtin(_ builtin: Builtin) -> Int32 {
        program.builtins.append(builtin)
        return Int32(program.builtins.count - 1)
    }

    mutating func emitConstant(_ value: Value, into d: Register, _ span: Span) {
        frame.emit(.constant(d: d, k: constant(value)), span)
    }

    /// Compiles a body inside a scope; its value goes to d.
    mutating func inScope(
        _ kind: ScopeKind, name: String?, nameIn s: Register? = nil, value: Register? = nil, d: Register, _ span: Span,
        _ make: (inout Compiler) -> Void
    ) {
        let end = frame.label()
        program.scopes.append(CompiledScope(kind: kind, name: name ?? "", d: d, value: value))
        frame.emit(.enterScope(k: Int32(program.scopes.count - 1), s: s ?? d, end.id), span)
        inRegion(.scope) { compiler in make(&compiler) }
        frame.emit(.leaveScope(s: d), span)
        frame.place(end)
    }

    /// Compiles a body inside an open region.
    mutating func inRegion(_ region: FrameBuilder.OpenRegion, _ make: (inout Compiler) -> Void) {
        frame.regions.append(region)
        make(&self)
        frame.regions.removeLast()
    }

    /// Ends the regions from the innermost down to a depth, before a jump out of them.
    mutating func leaveRegions(downTo depth: Int, value: Register, _ span: Span) {
        for region in frame.regions[depth...].reversed() {
            switch region {
            case .scope: frame.emit(.leaveScope(s: value), span)
            case .attempt: frame.emit(.leaveTry, span)
            case .timeout: frame.emit(.leaveTimeout, span)
            case .identity: frame.emit(.leaveIdentity, span)
            case .keepGoing: frame.emit(.leaveKeepGoing, span)
            }
        }
    }
}

extension CheckedBody {
    /// The span of the statements; an empty one at the start of the text if there are none.
    var span: Span {
        guard let first = statements.first, let last = statements.last else {
            return Span(file: FileID(index: 0), start: 0, end: 0)
        }
        return first.span.joined(with: last.span)
    }
}
