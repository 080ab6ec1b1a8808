/// Other files: `include` adds their `def`s, `run` runs them as scripts.
extension Checker {
    /// Returns the tree of the file that a path names; reports an error and returns nil if it cannot be loaded.
    private mutating func tree(of path: String, at span: Span) -> SyntaxTree? {
        if let known = context.loaded[path] { return known.flatMap { context.trees[$0] } }
        switch context.surroundings.loadFile(path, context.fence) {
        case .failure(let failure):
            context.loaded[path] = .some(nil)
            report(.fileNotLoaded(path, failure, at: span))
            return nil
        case .success(let text):
            let file = context.sources.add(text)
            let parsed = Parser.parse(text, file: file)
            for diagnostic in parsed.diagnostics { report(diagnostic) }
            context.loaded[path] = file
            context.trees[file] = parsed.tree
            return parsed.tree
        }
    }

    /// Returns the path of the file that an `include` or `run` names, relative to the folder of its text.
    private mutating func path(from expression: Expression, _ keyword: String) -> String? {
        guard case .string(let parts) = expression.kind, parts.count == 1, case .text(let name) = parts[0],
            !name.isEmpty
        else {
            report(.pathNotLiteral(keyword, at: expression.span))
            if keyword == "run" { _ = check(expression) }
            return nil
        }
        return Path.joined(name, relativeTo: context.sources[expression.span.file].name)
    }

    /// Returns true if a script may name this file: it must have a script's name and be in the folder of the started
    /// script or below. The loader checks where links lead.
    private mutating func isFenced(_ path: String, _ keyword: String, _ span: Span) -> Bool {
        guard Path.isPath(path, inside: context.fence) else {
            report(.fileOutside(keyword, at: span))
            return false
        }
        guard path.hasSuffix(".lfs") else {
            report(.notNamedAsScript(keyword, at: span))
            return false
        }
        return true
    }

    /// Declares the `def`s of an included file, which can contain nothing else.
    mutating func collectInclude(_ expression: Expression, _ span: Span) {
        guard let path = path(from: expression, "include") else {
            context.lacksInclude = true
            return
        }
        guard !chain.contains(path) else {
            report(.cycle(chain.drop { $0 != path } + [path], "include", at: expression.span))
            return
        }
        guard isFenced(path, "include", expression.span) else {
            context.lacksInclude = true
            return
        }
        guard included.insert(path).inserted else { return }
        guard let tree = tree(of: path, at: expression.span) else {
            context.lacksInclude = true
            return
        }
        hasGaps = hasGaps || !tree.isWhole
        for statement in tree.statements {
            switch statement.kind {
            case .definition, .include, .test, .missing:
                continue
            case .param, .binding, .assignment, .whileLoop, .forLoop, .breakLoop, .continueLoop, .returnValue,
                .onFailure, .onExit, .fail, .confirm, .assert, .run, .expectError, .expression:
                report(.includeDoesSomething(at: statement.span))
            }
        }
        chain.append(path)
        collectDefinitions(of: tree, isIncluded: true)
        chain.removeLast()
    }

    /// Checks `run "other.lfs" --param v`.
    mutating func checkRun(_ arguments: [Argument], _ span: Span) -> CheckedStatement? {
        guard let first = arguments.first, first.name == nil, case .expression(let name)? = first.value else {
            report(.pathNotLiteral("run", at: arguments.first?.span ?? span.endPoint))
            checkUnbound(arguments)
            return nil
        }
        guard let path = path(from: name, "run"), isFenced(path, "run", name.span),
            let index = script(at: path, name.span)
        else {
            checkUnbound(Array(arguments.dropFirst()))
            return nil
        }
        let parameters = scripts[index].parameters.map(\.parameter)
        let binder = ArgumentBinder(Signature(path, parameters), positions: ArgumentBinder.Positions.none)
        let bound = bind(Array(arguments.dropFirst()), piped: nil, binder, Name(text: path, span: name.span))
        return CheckedStatement(.run(script: index, arguments: bound.arguments), span: span)
    }

    /// Returns the index of a checked script in `scripts`.
    private mutating func script(at path: String, _ span: Span) -> Int? {
        if let place = scriptPlaces[path] { return place }
        guard !chain.contains(path) else {
            report(.cycle(chain.drop { $0 != path } + [path], "run", at: span))
            return nil
        }
        guard let program = program(at: path, span) else { return nil }
        scripts.append(program)
        scriptPlaces[path] = scripts.count - 1
        return scripts.count - 1
    }

    private mutating func program(at path: String, _ span: Span) -> CheckedProgram? {
        if let program = context.checkedScripts[path] { return program }
        guard chain.count < Checker.maximumChain else {
            report(.chainTooLong(at: span))
            return nil
        }
        guard let tree = tree(of: path, at: span) else { return nil }
        var checker = Checker(context: context, chain: chain + [path], isNested: true)
        let program = checker.checkProgram(tree)
        context.checkedScripts[path] = program
        return program
    }

    /// Limit for scripts that run one another.
    private static let maximumChain = 32

    /// Checks arguments that belong to no command, for the names in them.
    mutating func checkUnbound(_ arguments: [Argument]) {
        for case .expression(let expression)? in arguments.map(\.value) { _ = check(expression) }
    }
}
