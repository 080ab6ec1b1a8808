/// Checks a whole script before any of it runs: names, arguments, types and control flow, in its includes and in the
/// scripts that it runs too. Produces a program that the compiler can trust, and all diagnostics in one pass.
///
/// The checker walks the tree once. It keeps a stack of *frames* (the variables of the top level, of a `def`, of a
/// `test`) and turns each expression into a `CheckedExpression` with its type. Types come from the vocabulary's
/// signatures and flow forward only. The type is `any` where nothing is known, and after an error, so that one cause
/// gives one message.
///
/// The body of a `def` is checked at its first call (or at the end), when it is known which variables of the top level
/// have a value; its result type is then known to all code that follows. A closure provides the text of other files:
/// the language itself reads no file.
///
/// Files of this folder: `Checker+Statements`, `+Flow`, `+Expressions`, `+Operators` and `+Access` walk the tree;
/// `+Calls`, `+Arguments`, `+Operations` and `+Builtins` bind commands; `+Definitions` and `+Files` add the definitions
/// of other files; `+Tests` checks `test` blocks, `+Scope` answers completion, `+Notes` records bound calls.
/// `CheckFrame` holds scopes, `NullFacts` the paths that are known not to be null, `TargetChecks` the reads before a
/// destructive operation. `CheckedTree` is the result, `CheckedVisitor` walks it, `BlockFacts` sums up what a part of it
/// does. All messages are in the files `Diagnostic+….swift`.
package struct Checker {
    let context: CheckContext
    /// The frame being checked. Stored apart from the outer frames, because every name is looked up in it.
    var frame: CheckFrame
    /// The enclosing frames, the top level's first.
    private(set) var outerFrames: [CheckFrame] = []
    var functions: [FunctionState] = []
    var functionNames: [String: Int] = [:]
    var parameters: [ScriptParameter] = []
    var scripts: [CheckedProgram] = []
    var scriptPlaces: [String: Int] = [:]
    var tests: [CheckedTest] = []
    /// The places of the names of tests.
    var testNames: [String: Span] = [:]
    /// Paths of the scripts that run one another down to this one, and of the open includes.
    var chain: [String]
    /// True if another script runs this one; its tests are then ignored.
    let isNested: Bool
    /// Paths of the included files.
    var included: Set<String> = []
    /// True if the `def` being checked is from an included file, which cannot read variables of the top level.
    var currentIsIncluded = false
    /// Index of the `def` being checked.
    var currentFunction: Int?
    /// The number of calls whose `def`s are being checked again with the types of their arguments.
    var pursuits = 0
    /// The first declarations of the top level's variables, for a message about one that is read too early.
    var laterGlobals: [String: Span] = [:]
    /// True if the code just checked always leaves by `return`, `break`, `continue` or `fail`.
    var exits = false
    /// True if the parser skipped text, which may use a variable that seems unused.
    var hasGaps = false
    /// Undefined assignment target already reported; suppresses a second report in the assigned value.
    var silenced: String?
    /// The string with values in it that is being checked.
    var stringSpan: Span?
    /// Number of `break`s so far.
    var breaks = 0

    /// The environment that a script is checked in.
    package struct Surroundings {
        package var vocabulary: Vocabulary
        /// The program of the earlier lines at the prompt: its variables and `def`s are in scope.
        package var earlier: CheckedProgram?
        /// True for a line at the prompt: its value is shown, and a `let` may replace an earlier one.
        package var isPrompt: Bool
        /// Names that a `param` cannot have: they are options of `lakesh run` itself.
        package var reservedParameters: Set<String>
        /// The profiles that `on` may name; nil allows any.
        package var profiles: KnownProfiles?
        /// The folder that relative file names start from, if `$script_folder` is to be absolute.
        package var baseFolder: String?
        /// True if the program will be run. Otherwise only diagnostics matter, and checked statements are dropped at
        /// once.
        package var wantsProgram: Bool
        /// Returns the mistake in a regular expression, or nil.
        package var patternMistake: (String) -> String?
        /// Returns the mistake in the replacement for a pattern, or nil.
        package var replacementMistake: (_ replacement: String, _ pattern: String) -> String? = { _, _ in nil }
        /// Returns true if a typed text looks like a secret.
        package var looksSecret: (String) -> Bool
        /// Returns the text of a script that another one names, by its path and the folder that it must be in after
        /// links are resolved, or the reason why it cannot be loaded.
        package var loadFile: (_ path: String, _ fence: String) -> Result<SourceText, LoadFailure>

        package init(
            vocabulary: Vocabulary, earlier: CheckedProgram? = nil, isPrompt: Bool = false,
            reservedParameters: Set<String> = [], profiles: KnownProfiles? = nil, baseFolder: String? = nil,
            wantsProgram: Bool = true, patternMistake: @escaping (String) -> String? = { _ in nil },
            looksSecret: @escaping (String) -> Bool = { $0.looksSecret },
            loadFile: @escaping (String, String) -> Result<SourceText, LoadFailure> = { _, _ in
                .failure(LoadFailure("no such file"))
            }
        ) {
            self.vocabulary = vocabulary
            self.earlier = earlier
            self.isPrompt = isPrompt
            self.reservedParameters = reservedParameters
            self.profiles = profiles
            self.baseFolder = baseFolder
            self.wantsProgram = wantsProgram
            self.patternMistake = patternMistake
            self.looksSecret = looksSecret
            self.loadFile = loadFile
        }
    }

    /// The names of the user's servers, and the file that defines them.
    package struct KnownProfiles: Sendable {
        package let names: [String]
        package let path: String

        package init(names: [String], path: String) {
            self.names = names
            self.path = path
        }
    }

    /// The reason why a file cannot be loaded: lower case, no final period ("no such file").
    package struct LoadFailure: Error, Sendable {
        package let message: String
        /// A file with a similar name.
        package let close: String?

        package init(_ message: String, close: String? = nil) {
            self.message = message
            self.close = close
        }
    }

    /// Checks a script. Adds the texts of other files to `sources`; returns a program only if one is wanted and there
    /// is no error.
    package static func check(
        _ tree: SyntaxTree, sources: inout SourceMap, in surroundings: Surroundings
    ) -> (program: CheckedProgram?, diagnostics: [Diagnostic]) {
        let context = CheckContext(sources: sources, surroundings: surroundings, of: tree)
        let (_, program, diagnostics) = check(tree, context)
        sources = context.sources
        return (program, diagnostics)
    }

    /// Checks a script; also returns the checker, which knows the `def`s.
    static func check(
        _ tree: SyntaxTree, _ context: CheckContext
    ) -> (checker: Checker, program: CheckedProgram?, diagnostics: [Diagnostic]) {
        let path = Path.normalized(context.sources[tree.file].name)
        context.loaded[path] = tree.file
        context.trees[tree.file] = tree
        var checker = Checker(context: context, chain: [path], isNested: false)
        var program = checker.checkProgram(tree)
        program.needsServer = context.needsServer
        let diagnostics = context.sortedDiagnostics()
        let hasError = diagnostics.contains { $0.severity == .error }
        return (checker, hasError || !context.surroundings.wantsProgram ? nil : program, diagnostics)
    }

    init(context: CheckContext, chain: [String], isNested: Bool) {
        self.context = context
        self.chain = chain
        self.isNested = isNested
        let earlier = isNested ? nil : context.surroundings.earlier
        frame = CheckFrame(.main, slots: earlier?.main.slots ?? 0)
        for global in earlier?.globals ?? [] {
            let name = Name(text: global.name, span: Span(file: FileID(index: 0), start: 0, end: 0))
            _ = frame.declare(name, .earlier(isMutable: global.isMutable), type: global.type, slot: global.slot)
        }
        for (index, function) in (earlier?.functions ?? []).enumerated() {
            functions.append(FunctionState(checked: function))
            functionNames[function.name] = index
        }
    }

    /// The frame of the top level while a `def` is checked.
    var mainFrame: CheckFrame {
        _read { yield outerFrames[0] }
        _modify { yield &outerFrames[0] }
    }

    mutating func enterFrame(_ inner: CheckFrame) {
        outerFrames.append(frame)
        frame = inner
    }

    /// Returns to the enclosing frame; gives the frame that was left.
    @discardableResult
    mutating func leaveFrame() -> CheckFrame {
        let left = frame
        frame = outerFrames.removeLast()
        context.notes?.declare(left.variables)
        return left
    }

    var isPrompt: Bool { context.surroundings.isPrompt && !isNested }

    mutating func report(_ diagnostic: Diagnostic) { context.report(diagnostic) }

    /// Checks a whole script.
    mutating func checkProgram(_ tree: SyntaxTree) -> CheckedProgram {
        hasGaps = !tree.isWhole
        collectDefinitions(of: tree, isIncluded: false)
        if !functions.isEmpty { noteGlobals(of: tree) }
        let main = checkTopLevel(tree)
        checkTests(of: tree)
        checkRemainingDefinitions()
        reportUnused(frame.outermost.filter { !$0.isUsed && $0.isWorthUsing })
        let globals = frame.outermost.map {
            Global(name: $0.name, type: $0.type, isMutable: $0.isMutable, slot: $0.slot)
        }
        let hasEarlier = !isNested && context.surroundings.earlier != nil
        return CheckedProgram(
            parameters: parameters, main: CheckedBody(statements: main, slots: frame.slots),
            functions: functions.compactMap(\.checked), scripts: scripts, tests: tests,
            globals: hasEarlier ? unique(globals) : globals,
            conventions: context.surroundings.vocabulary.conventions)
    }

    /// Keeps the last of several globals of one name.
    private func unique(_ globals: [Global]) -> [Global] {
        var seen: Set<String> = []
        return globals.reversed().filter { seen.insert($0.name).inserted }.reversed()
    }
}

/// The state shared by all scripts of one check.
final class CheckContext {
    var sources: SourceMap
    let surroundings: Checker.Surroundings
    /// The folder of the started script: the files it names must be in it or below.
    let fence: String
    private var diagnostics: [Diagnostic] = []
    /// Number of errors so far.
    private(set) var errorCount = 0
    /// Checked scripts that `run` names; nil while one is being checked or if it could not be loaded.
    var checkedScripts: [String: CheckedProgram] = [:]
    /// Files loaded so far: the id, or nil if an error was reported.
    var loaded: [String: FileID?] = [:]
    /// Syntax trees of loaded files.
    var trees: [FileID: SyntaxTree] = [:]
    /// The `def`s whose heads could not be parsed: their calls are not judged.
    var lostCommands: Set<String> = []
    /// True if an included file could not be read, which may have the `def` of an unknown command.
    var lacksInclude = false
    /// Cache of did-you-mean suggestions.
    var suggestions: [String: String] = [:]
    /// Cache of the vocabulary's commands; nil for an unknown name.
    private var commands: [String: Command?] = [:]
    /// True if a call goes to a server.
    var needsServer = false
    /// The bound calls, if the caller wants them.
    var notes: CheckNotes?
    /// The place that completion asks about, and the answer so far.
    var asked: (place: Span, found: ScopeAtPlace)?

    init(sources: SourceMap, surroundings: Checker.Surroundings, of tree: SyntaxTree) {
        self.sources = sources
        fence = Path.folder(of: Path.normalized(sources[tree.file].name))
        self.surroundings = surroundings
    }

    func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
        if diagnostic.severity == .error { errorCount += 1 }
    }

    /// Returns the new diagnostics of a second check of code, which are not reported.
    func diagnosticsOfSecondCheck(_ check: () -> Void) -> [Diagnostic] {
        let (known, errors) = (diagnostics.count, errorCount)
        check()
        let found = Array(diagnostics[known...])
        diagnostics.removeSubrange(known...)
        errorCount = errors
        return found.filter { new in !diagnostics.contains { $0.code == new.code && $0.span == new.span } }
    }

    var address: AddressScheme? { surroundings.vocabulary.conventions.address }

    /// Returns the command of that name.
    func command(_ name: String) -> Command? {
        if let known = commands[name] { return known }
        let command = surroundings.vocabulary[name]
        commands[name] = .some(command)
        return command
    }

    /// The diagnostics in the order of the text.
    func sortedDiagnostics() -> [Diagnostic] {
        diagnostics.sorted {
            ($0.span.file.index, $0.span.start, $0.span.end) < ($1.span.file.index, $1.span.start, $1.span.end)
        }
    }

    /// Returns the line where a span starts, from 1.
    func line(of span: Span) -> Int { sources[span.file].position(of: span.start).line }
}
