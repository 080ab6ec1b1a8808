// `E03xx`: names and files. Each factory stands below the code that explains it.
//
// A message says what is wrong, in the words of the script; the label at the caret says why, or what to write instead.
extension Diagnostic {
    static let nameCodes = [
        e0301, e0302, e0303, e0304, e0305, e0306, e0307, e0308, e0309, e0310, e0311, e0312, e0313, e0314, e0315, e0316,
        e0317, e0318, e0319, e0320, e0321,
    ]

    static let e0302 = Code(
        "E0302",
        "A variable exists from its `let`, `var`, `param` or `for` to the end of the block that it stands in.",
        wrong: "if true { var n = 1\nn = 2\nprint $n }\nprint $n", right: "var n = 1\nif true { n = 2 }\nprint $n")
    static func undefinedVariable(
        _ name: String, at span: Span, close: String?, advice: String, literal: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            e0302, "there is no variable `\(name)`", at: span, label: close.map { question($0) } ?? advice,
            notes: literal.map { ["in '…' a `$` is text: \($0)"] } ?? [])
    }

    /// Returns `did you mean …?`, or an empty text.
    static func question(_ suggestion: String?) -> String {
        suggestion.map { "did you mean `\($0)`?" } ?? ""
    }

    static let e0303 = Code(
        "E0303", "A name is declared once in a block. A `var` is changed by an assignment, without `var`.",
        wrong: "var n = 1\nvar n = 2\nprint $n", right: "var n = 1\nn = 2\nprint $n")
    static func redeclared(_ name: Name, _ earlier: VariableInfo, line: Int) -> Diagnostic {
        Diagnostic(
            e0303, "`\(name.text)` is declared already", at: name.span,
            label: "it is \(earlier.noun) since line \(line)")
    }

    static let e0304 = Code(
        "E0304",
        "The types of a `param` are string, int, float, bool, duration, list, map and secret; a `def` has "
            + "any, bytes beside them.",
        wrong: "param count: integer\nprint $count", right: "param count: int\nprint $count")
    static func unknownType(_ name: Name, among known: [String]) -> Diagnostic {
        let close = DidYouMean.closest(to: name.text, in: known)
        return Diagnostic(
            e0304, "unknown type `\(name.text)`", at: name.span,
            label: close.map { question($0) } ?? "types are \(known.joined(separator: ", "))")
    }

    static let e0305 = Code(
        "E0305",
        "A `def` may not take the name of a built-in or of an operation, so that each name means one thing.",
        wrong: "def count(list) { return 1 }", right: "def count_all(list) { return ($list | count) }")
    static func takenName(_ name: Name, isBuiltin: Bool) -> Diagnostic {
        Diagnostic(
            e0305, "`\(name.text)` is the name of \(isBuiltin ? "a built-in" : "an operation")", at: name.span,
            label: "choose another name")
    }

    static let e0306 = Code(
        "E0306", "A name is defined once, included files among them.",
        wrong: "def f() { print a }\ndef f() { print b }", right: "def f() { print a }\ndef g() { print b }")
    static func definedTwice(_ name: Name, place: String) -> Diagnostic {
        Diagnostic(e0306, "`\(name.text)` is defined twice", at: name.span, label: "first at \(place)")
    }

    static func testTwice(_ name: String, at span: Span, place: String) -> Diagnostic {
        Diagnostic(e0306, "the test `\(name)` is there twice", at: span, label: "first at \(place)")
    }

    static let e0307 = Code(
        "E0307", "A script's `param`s become options of `lakesh run`, which has some of its own.",
        wrong: "param server\nprint $server", right: "param target\nprint $target")
    static func reservedParameter(_ name: Name) -> Diagnostic {
        Diagnostic(
            e0307, "`--\(name.text)` is an option of `lakesh run` itself", at: name.span,
            label: "choose another name")
    }

    static let e0308 = Code(
        "E0308",
        "A `def` sees its parameters, the `param`s and the `let`s of the top level. What changes is given to it.",
        wrong: "var n = 1\ndef show() { print $n }\nshow", right: "var n = 1\ndef show(n) { print $n }\nshow $n")
    static func globalVariable(_ variable: VariableInfo, at span: Span) -> Diagnostic {
        Diagnostic(
            e0308, "a `def` does not see `$\(variable.name)`, which is a `var`", at: span,
            label: "pass it as an argument, or make it a `let`")
    }

    static let e0309 = Code(
        "E0309",
        "A `def` reads variables of the top level when it is called: they must be set above the first call.",
        wrong: "def show() { print $name }\nshow\nlet name = \"ana\"\nprint $name",
        right: "def show() { print $name }\nlet name = \"ana\"\nshow\nprint $name")
    static func setLater(_ name: String, at span: Span, line: Int) -> Diagnostic {
        Diagnostic(
            e0309, "`$\(name)` has no value yet when this `def` is first called", at: span,
            label: "it is set in line \(line), after the call")
    }

    static let e0310 = Code(
        "E0310",
        "The file cannot be read. Names of files in `include` and `run` are relative to the file they stand in.",
        wrong: "run \"nothing.lfs\"", right: "print \"run needs a file that is there\"")
    static func fileNotLoaded(_ path: String, _ failure: Checker.LoadFailure, at span: Span) -> Diagnostic {
        Diagnostic(
            e0310, "cannot read `\(path)`: \(failure.message)", at: span,
            label: failure.close.map { question($0) } ?? "paths start at this file's folder")
    }

    static let e0311 = Code(
        "E0311", "A script that runs itself, over others or not, would never end; nor would an include.",
        wrong: "run \"script.lfs\"", right: "def again() { print again }\nagain")
    static func cycle(_ paths: [String], _ keyword: String, at span: Span) -> Diagnostic {
        let chain = paths.joined(separator: " → ")
        let what = keyword == "run" ? "this script runs itself" : "this include includes itself"
        return Diagnostic(e0311, what, at: span, label: chain)
    }

    static let e0312 = Code(
        "E0312", "An included file has `def`s only. Statements that act belong in a script, which is started by `run`.",
        wrong: "include \"acting.lfs\"", right: "run \"acting.lfs\"")
    static func includeDoesSomething(at span: Span) -> Diagnostic {
        Diagnostic(
            e0312, "an included file holds `def`s only", at: span,
            label: "move this into a `def`, or `run` the file")
    }

    static let e0313 = Code(
        "E0313", "Included and run files are checked before anything runs, so their names are plain strings.",
        wrong: "let name = \"acting\"\nrun \"$name.lfs\"", right: "run \"acting.lfs\"")
    static func pathNotLiteral(_ keyword: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0313, "`\(keyword)` takes the file's name as a plain string", at: span,
            label: "the file is read before anything runs")
    }

    static let e0314 = Code(
        "E0314",
        "A file that a script includes or runs lies in the script's folder or below it, also if it is a link: a runbook is one folder.",
        wrong: "run \"../acting.lfs\"", right: "run \"acting.lfs\"")
    static func fileOutside(_ keyword: String, at span: Span) -> Diagnostic {
        let what =
            keyword == "run"
            ? "a script that is run lies in the folder of the first one"
            : "an included file lies in the script's folder"
        return Diagnostic(e0314, "\(what) or below", at: span, label: "this one lies outside")
    }

    static let e0315 = Code(
        "E0315",
        "Scripts may run scripts, 32 deep. (Here 1.lfs runs 2.lfs, that one 3.lfs, and so on to 33.lfs.)",
        wrong: "run \"1.lfs\"", right: "run \"acting.lfs\"")
    static func chainTooLong(at span: Span) -> Diagnostic {
        Diagnostic(e0315, "more than 32 scripts run one another", at: span)
    }

    static let e0316 = Code(
        "E0316", "A map has each key once.", wrong: "print {a: 1, a: 2}", right: "print {a: 1, b: 2}")
    static func keyTwice(_ key: Name) -> Diagnostic {
        Diagnostic(e0316, "the key `\(key.text)` is given twice", at: key.span, label: "only the last would count")
    }

    static let e0317 = Code(
        "E0317",
        "The kinds that can be expected are operation, not_found, conflict, denied, unauthenticated, assert, fail, "
            + "timeout and mistake; in_doubt, cancelled and declined end the run, whatever is around them.",
        wrong: "test \"a\" { expect_error missing { get_user ana } }",
        right: "test \"a\" { expect_error not_found { get_user ana } }")
    static func unknownErrorKind(_ kind: Name, kinds: [String]) -> Diagnostic {
        if Failure.Kind(rawValue: kind.text) != nil {
            return Diagnostic(
                e0317, "an error of the kind `\(kind.text)` cannot be expected", at: kind.span,
                label: "it ends the run, whatever is around it")
        }
        let close = DidYouMean.closest(to: kind.text, in: kinds)
        return Diagnostic(
            e0317, "there is no error of the kind `\(kind.text)`", at: kind.span,
            label: close.map { question($0) } ?? "kinds are \(kinds.joined(separator: ", "))")
    }

    static let e0318 = Code(
        "E0318",
        "`on` goes to a server by the name that it has in $XDG_CONFIG_HOME/lakesh/profiles.yaml (~/.config where "
            + "that is not set). In a sandbox each name is a sandbox of its own.",
        wrong: "on \"prodution\" { create_user ana }", right: "on \"production\" { create_user ana }")
    static func unknownProfile(_ name: Name, _ known: Checker.KnownProfiles) -> Diagnostic {
        let close = DidYouMean.closest(to: name.text, in: known.names)
        return Diagnostic(
            e0318, "there is no profile `\(name.text)`", at: name.span,
            label: close.map { question($0) } ?? "profiles stand in \(known.path)")
    }

    static let e0319 = Code(
        "E0319", "A test is listed and chosen by its name before anything runs, so it is a plain string.",
        wrong: "test \"now ${(now)}\" { assert true }", right: "test \"now\" { assert true }")
    static func testNameNotLiteral(at span: Span) -> Diagnostic {
        Diagnostic(
            e0319, "the name of a `test` is a plain string", at: span, label: "tests are chosen by it before they run"
        )
    }

    static let e0320 = Code(
        "E0320",
        "A `test` has the file's `def`s, and the top level does not run for it: what a `def` reads from there has no "
            + "value. `run` the file in the test, or pass the value as an argument.",
        wrong: "let limit = 5\ndef isMany(n) { return $n > $limit }\n"
            + "test \"many\" { assert (isMany 6) }\nprint (isMany 3)",
        right: "let limit = 5\ndef isMany(n, most) { return $n > $most }\n"
            + "test \"many\" { assert (isMany 6 5) }\nprint (isMany 3 $limit)")
    static func topLevelInTest(_ name: Name, reads global: String) -> Diagnostic {
        Diagnostic(
            e0320, "`\(name.text)` reads `$\(global)`, which has no value in a `test`", at: name.span,
            label: "the file's top level does not run there: pass it as an argument, or `run` the file")
    }

    static let e0321 = Code(
        "E0321",
        "What a script includes or runs is a script too, and ends in .lfs. Of other files nothing is shown, since they "
            + "may hold secrets.",
        wrong: "run \"passwords.txt\"", right: "run \"acting.lfs\"")
    static func noScript(at span: Span) -> Diagnostic {
        Diagnostic(
            e0321, "this is not an .lfs script", at: span,
            notes: [
                "errors are shown for files whose name ends in .lfs, or whose first line begins with #! and names lakesh"
            ])
    }

    static func notNamedAsScript(_ keyword: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0321, "`\(keyword)` takes a script, whose name ends in .lfs, and no folder", at: span,
            label: "name the file itself")
    }
}

extension [Diagnostic] {
    /// Returns the diagnostics without the text of a file that is not a script by its name. Such a file may hold a
    /// secret, and many people may read the messages, as in the log of a pipeline.
    ///
    /// - Parameter file: The file.
    /// - Returns: One diagnostic for the file, and those of other files.
    package func ofNoScript(_ file: FileID) -> [Diagnostic] {
        let others = filter { $0.span.file != file }
        guard let first = first(where: { $0.span.file == file && $0.severity == .error }) else { return others }
        return [Diagnostic.noScript(at: first.span)] + others
    }
}
