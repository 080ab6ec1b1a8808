/// The words of the checker: a factory for each thing that it can say, in the order of the codes.
///
/// `E03xx` names and files (here), `E04xx` calls, `E05xx` types, `E06xx` flow, `W01xx` warnings, each area in a file of
/// its own. A message says what is wrong, its label, next to the caret, why or what to do.
enum CheckMessages {
    /// `did you mean …?`, or nothing.
    static func question(_ suggestion: String?) -> String {
        suggestion.map { "did you mean `\($0)`?" } ?? ""
    }

    static func unknownCommand(_ name: Name, label: String) -> Diagnostic {
        Diagnostic("E0301", "unknown command `\(name.text)`", at: name.span, label: label)
    }

    static func undefinedVariable(_ name: String, at span: Span, close: String?, advice: String) -> Diagnostic {
        Diagnostic("E0302", "there is no variable `\(name)`", at: span, label: close.map { question($0) } ?? advice)
    }

    static func redeclared(_ name: Name, _ earlier: VariableInfo, line: Int) -> Diagnostic {
        Diagnostic(
            "E0303", "`\(name.text)` is declared already", at: name.span,
            label: "it is \(earlier.noun) since line \(line)")
    }

    static func unknownType(_ name: Name, among known: [String]) -> Diagnostic {
        let close = DidYouMean.closest(to: name.text, in: known)
        return Diagnostic(
            "E0304", "unknown type `\(name.text)`", at: name.span,
            label: close.map { question($0) } ?? "types are \(known.joined(separator: ", "))")
    }

    static func takenName(_ name: Name, isBuiltin: Bool) -> Diagnostic {
        Diagnostic(
            "E0305", "`\(name.text)` is the name of \(isBuiltin ? "a built-in" : "an operation")", at: name.span,
            label: "choose another name")
    }

    static func definedTwice(_ name: Name, place: String) -> Diagnostic {
        Diagnostic("E0306", "`\(name.text)` is defined twice", at: name.span, label: "first at \(place)")
    }

    static func reservedParameter(_ name: Name) -> Diagnostic {
        Diagnostic(
            "E0307", "`--\(name.text)` is an option of `lakesh run` itself", at: name.span,
            label: "choose another name")
    }

    static func globalVariable(_ variable: VariableInfo, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0308", "a `def` does not see `$\(variable.name)`, which is a `var`", at: span,
            label: "pass it as an argument, or make it a `let`")
    }

    static func setLater(_ name: String, at span: Span, line: Int) -> Diagnostic {
        Diagnostic(
            "E0309", "`$\(name)` has no value yet when this `def` is first called", at: span,
            label: "it is set in line \(line), after the call")
    }

    static func fileNotLoaded(_ path: String, _ failure: Checker.LoadFailure, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0310", "cannot read `\(path)`: \(failure.message)", at: span,
            label: failure.close.map { question($0) } ?? "paths start at this file's folder")
    }

    static func cycle(_ paths: [String], _ keyword: String, at span: Span) -> Diagnostic {
        let chain = paths.joined(separator: " → ")
        let what = keyword == "run" ? "this script runs itself" : "this include includes itself"
        return Diagnostic("E0311", what, at: span, label: chain)
    }

    static func includeDoesSomething(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0312", "an included file holds `def`s only", at: span,
            label: "move this into a `def`, or `run` the file")
    }

    static func pathNotLiteral(_ keyword: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0313", "`\(keyword)` takes the file's name as a plain string", at: span,
            label: "the file is read before anything runs")
    }

    static func fileOutside(_ keyword: String, at span: Span) -> Diagnostic {
        let what =
            keyword == "run"
            ? "a script that is run lies in the folder of the first one"
            : "an included file lies in the script's folder"
        return Diagnostic("E0314", "\(what) or below", at: span, label: "this one lies outside")
    }

    static func chainTooLong(at span: Span) -> Diagnostic {
        Diagnostic("E0315", "more than 32 scripts run one another", at: span)
    }

    static func keyTwice(_ key: Name) -> Diagnostic {
        Diagnostic("E0316", "the key `\(key.text)` is given twice", at: key.span, label: "only the last would count")
    }

    static func unknownErrorKind(_ kind: Name, kinds: [String]) -> Diagnostic {
        if Failure.Kind(rawValue: kind.text) != nil {
            return Diagnostic(
                "E0317", "an error of the kind `\(kind.text)` cannot be expected", at: kind.span,
                label: "it ends the run, whatever is around it")
        }
        let close = DidYouMean.closest(to: kind.text, in: kinds)
        return Diagnostic(
            "E0317", "there is no error of the kind `\(kind.text)`", at: kind.span,
            label: close.map { question($0) } ?? "kinds are \(kinds.joined(separator: ", "))")
    }

    static func unknownProfile(_ name: Name, _ known: Checker.KnownProfiles) -> Diagnostic {
        let close = DidYouMean.closest(to: name.text, in: known.names)
        return Diagnostic(
            "E0318", "there is no profile `\(name.text)`", at: name.span,
            label: close.map { question($0) } ?? "profiles stand in \(known.path)")
    }

    static func testNameNotLiteral(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0319", "the name of a `test` is a plain string", at: span, label: "tests are chosen by it before they run"
        )
    }

    static func topLevelInTest(_ name: Name, reads global: String) -> Diagnostic {
        Diagnostic(
            "E0320", "`\(name.text)` reads `$\(global)`, which has no value in a `test`", at: name.span,
            label: "the file's top level does not run there: pass it as an argument, or `run` the file")
    }
}
