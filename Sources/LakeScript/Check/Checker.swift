/// Checks a script whole before anything of it runs: names, arguments, types, flow; its includes and the scripts that it
/// runs too. Gives a program that the compiler can trust, and everything there is to say about the text in one pass.
///
/// The checker walks the tree once. It carries a stack of *frames* (the variables of the top level, of a `def`, of a
/// `test`), and makes of each expression a `CheckedExpression` with its type. Types come from the vocabulary's
/// signatures and flow forward only; where nothing is known the type is `any`, and where something is wrong it becomes
/// `any` as well, so that one cause gives one message.
///
/// A `def`'s body is checked at its first call (else at the end), since only then is it known which of the top level's
/// variables have a value: what a call gives is known to all that follows. Text of other files comes through a closure;
/// the language itself touches no file.
///
/// Files of this folder: `Checker+Statements`, `+Flow`, `+Expressions`, `+Operators`, `+Access` walk the tree;
/// `+Calls`, `+Arguments`, `+Operations`, `+Builtins` bind commands; `+Definitions`, `+Files` bring in what is defined
/// elsewhere, `+Tests` checks `test` blocks, `+Scope` answers completion, `Analysis/Checker+Notes` notes
/// what is bound; `CheckFrame` is scopes, `NullFacts` what is
/// known not to be null, `TargetChecks` what a destroying operation relies on. All words are in the files `Diagnostic+….swift`.
package struct Checker {
    let context: CheckContext
    /// The frame being checked. It stands apart from those around it, since it is asked at every name.
    var frame: CheckFrame
    /// The frames around it, the top level's first.
    private(set) var outerFrames: [CheckFrame] = []
    var functions: [FunctionState] = []
    var functionNames: [String: Int] = [:]
    var parameters: [ScriptParameter] = []
    var scripts: [CheckedProgram] = []
    var scriptPlaces: [String: Int] = [:]
    var tests: [CheckedTest] = []
    /// The scripts that run one another down to this one, by path, and the includes that are open.
    var chain: [String]
    /// Whether this is a script that another one runs: then its tests are of no interest.
    let isNested: Bool
    /// The files that were included.
    var included: Set<String> = []
    /// Whether the `def` being checked is of an included file, and so sees nothing of the top level.
    var currentIsIncluded = false
    /// The `def` being checked.
    var currentFunction: Int?
    /// Where the top level's variables are first declared, for a message about one that is read too early.
    var laterGlobals: [String: Span] = [:]
    /// Whether what was just checked never ends in the ordinary way: it returns, breaks, fails.
    var exits = false
    /// Whether the parser left something out: then what seems unused may be used there.
    var hasGaps = false
    /// The variable that an assignment names and that is no variable: that was said, and is not said of its value.
    var silenced: String?
    /// How many `break`s there were so far.
    var breaks = 0

    /// What the script is checked against.
    package struct Surroundings {
        package var vocabulary: Vocabulary
        /// What came before at the prompt: its variables and `def`s are in scope.
        package var earlier: CheckedProgram?
        /// A line at the prompt: its value is shown, a `let` may replace an earlier one.
        package var isPrompt: Bool
        /// `param` may not take these names: they are options of `lakesh run` itself.
        package var reservedParameters: Set<String>
        /// The profiles that `on` may name; nil for any.
        package var profiles: KnownProfiles?
        /// The folder that relative names of files start at, where `$script_folder` is to be absolute.
        package var baseFolder: String?
        /// Whether the program is to be run; without it only mistakes are of interest, and what is made of each
        /// statement is let go at once.
        package var wantsProgram: Bool
        /// What is wrong with a regular expression, or nil.
        package var patternMistake: (String) -> String?
        /// Whether a text that is typed is a secret by its form.
        package var looksSecret: (String) -> Bool
        /// The text of a script that another one names, by its path and the folder that it has to be in, wherever links
        /// lead; or why it cannot be had.
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

    /// The names that a person has for servers, and the file that they stand in.
    package struct KnownProfiles: Sendable {
        package let names: [String]
        package let path: String

        package init(names: [String], path: String) {
            self.names = names
            self.path = path
        }
    }

    /// Why a file cannot be had: lower case, no final period ("no such file").
    package struct LoadFailure: Error, Sendable {
        package let message: String
        /// The file that was meant, most likely.
        package let close: String?

        package init(_ message: String, close: String? = nil) {
            self.message = message
            self.close = close
        }
    }

    /// Checks the script of a tree. The texts of other files are added to `sources`; there is a program only if one is
    /// wanted and there is no error.
    package static func check(
        _ tree: SyntaxTree, sources: inout SourceMap, in surroundings: Surroundings
    ) -> (program: CheckedProgram?, diagnostics: [Diagnostic]) {
        let context = CheckContext(sources: sources, surroundings: surroundings, of: tree)
        let (_, program, diagnostics) = check(tree, context)
        sources = context.sources
        return (program, diagnostics)
    }

    /// Checks the script of a tree; gives the checker, too, which knows the `def`s.
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

    /// The top level's frame, while a `def` is checked.
    var mainFrame: CheckFrame {
        _read { yield outerFrames[0] }
        _modify { yield &outerFrames[0] }
    }

    mutating func enterFrame(_ inner: CheckFrame) {
        outerFrames.append(frame)
        frame = inner
    }

    /// Goes back to the frame around, and gives the one that was left.
    @discardableResult
    mutating func leaveFrame() -> CheckFrame {
        let left = frame
        frame = outerFrames.removeLast()
        context.notes?.declare(left.variables)
        return left
    }

    var isPrompt: Bool { context.surroundings.isPrompt && !isNested }

    mutating func report(_ diagnostic: Diagnostic) { context.report(diagnostic) }

    /// The whole of a script, from its tree.
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
            globals: hasEarlier ? unique(globals) : globals)
    }

    /// Of globals of one name, the last.
    private func unique(_ globals: [Global]) -> [Global] {
        var seen: Set<String> = []
        return globals.reversed().filter { seen.insert($0.name).inserted }.reversed()
    }
}

/// What all the scripts of one check share.
final class CheckContext {
    var sources: SourceMap
    let surroundings: Checker.Surroundings
    /// The folder of the script that was started: what it names lies there or below.
    let fence: String
    private var diagnostics: [Diagnostic] = []
    /// How many errors there are so far.
    private(set) var errorCount = 0
    /// Scripts that `run` names, checked once each; nil while they are being checked or where they cannot be had.
    var checkedScripts: [String: CheckedProgram] = [:]
    /// Files that were asked for already: the id, or nil where a message was given.
    var loaded: [String: FileID?] = [:]
    /// Trees of loaded files.
    var trees: [FileID: SyntaxTree] = [:]
    /// What was suggested for an unknown command, so that a thousand of them cost no more than one.
    var suggestions: [String: String] = [:]
    /// The commands of the vocabulary that were asked for; nil for a name that is none.
    private var commands: [String: Command?] = [:]
    /// Whether a call was met that goes to a server.
    var needsServer = false
    /// The bound calls, where somebody asks for them.
    var notes: CheckNotes?
    /// Where completion asks, and what was found there so far.
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

    /// The command of that name.
    func command(_ name: String) -> Command? {
        if let known = commands[name] { return known }
        let command = surroundings.vocabulary[name]
        commands[name] = .some(command)
        return command
    }

    /// In the order of the texts.
    func sortedDiagnostics() -> [Diagnostic] {
        diagnostics.sorted {
            ($0.span.file.index, $0.span.start, $0.span.end) < ($1.span.file.index, $1.span.start, $1.span.end)
        }
    }

    /// The line of a span's start, from 1.
    func line(of span: Span) -> Int { sources[span.file].position(of: span.start).line }
}
