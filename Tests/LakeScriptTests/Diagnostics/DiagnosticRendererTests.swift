import TestSupport
import Testing

@testable import LakeScript

struct DiagnosticRendererTests {
    /// Renders an error under the words between `«` and `»`, which are taken out of the text.
    private func render(
        _ marked: String, label: String = "here", notes: [String] = [], isStyled: Bool = false,
        width: Int? = nil
    ) throws -> String {
        let start = try #require(marked.firstRange(of: "«")?.lowerBound)
        let end = try #require(marked.firstRange(of: "»")?.lowerBound)
        let first = marked.utf8.distance(from: marked.startIndex, to: start)
        let last = marked.utf8.distance(from: marked.startIndex, to: end) - 2
        var sources = SourceMap()
        let text = String(marked.unicodeScalars.filter { $0 != "«" && $0 != "»" }.map(Character.init))
        let file = sources.add(SourceText(name: "a.lfs", text: text))
        let span = Span(file: file, start: UInt32(first), end: UInt32(last))
        let diagnostic = Diagnostic(
            Failure.Code("E0999", ""), "something is wrong", at: span, label: label, notes: notes)
        return DiagnosticRenderer(sources: sources, isStyled: isStyled, width: width).render(diagnostic)
    }

    @Test func aDiagnosticShowsPlaceLineAndCaret() throws {
        let shown = try render("one\n  two «three» four\n", notes: ["because", "and so"])
        #expect(
            shown == """
                error[E0999]: something is wrong
                 --> a.lfs:2:7
                  |
                2 |   two three four
                  |       ^^^^^ here
                  |
                  = because
                  = and so

                """)
    }

    @Test func theGutterIsAsWideAsTheLineNumber() throws {
        let shown = try render(String(repeating: "\n", count: 99) + "«x»")
        #expect(shown.contains("   --> a.lfs:100:1\n    |\n100 | x\n    | ^ here\n"))
    }

    @Test(arguments: [
        ("日本 «x»", "1 | 日本 x\n  |      ^"), ("\t«x»", "1 |     x\n  |     ^"), ("«日本» x", "1 | 日本 x\n  | ^^^^"),
        ("e\u{301}«x»", "1 | e\u{301}x\n  |  ^"), ("👩‍👧«x»", "1 | 👩‍👧x\n  |   ^"), ("a«»", "1 | a\n  |  ^"),
        ("a«»b", "1 | ab\n  |  ^"), ("«a\nb»", "1 | a\n  | ^"), ("a\r\n«b»\r\n", "2 | b\n  | ^"),
        ("\u{1B}[31m«x»", "1 | ␛[31mx\n  |      ^"),
    ])
    func theCaretStandsUnderTheWords(marked: String, excerpt: String) throws {
        #expect(try render(marked, label: "").contains(excerpt + "\n"))
    }

    @Test func aLongLineIsCutAroundTheWords() throws {
        let shown = try render(String(repeating: "a", count: 500) + "«bb»" + String(repeating: "c", count: 500))
        let lines = shown.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count < 180 } && lines[3].hasPrefix("1 | …a") && lines[3].hasSuffix("c…"))
        #expect(lines[4].drop { $0 != "^" } == "^^ here" && lines[3].dropFirst(lines[4].count - 7).hasPrefix("bb"))
    }

    @Test func inANarrowWindowALabelStandsBelowAndLinesBreakAtBlanks() throws {
        let shown = try render(
            "one two «three» four", label: "what to do is said in more words", notes: ["because of this and that"],
            width: 26)
        #expect(
            shown == """
                error[E0999]: something is
                wrong
                 --> a.lfs:1:9
                  |
                1 | one two three four
                  |         ^^^^^
                  |
                  = what to do is said in
                    more words
                  = because of this and
                    that

                """)
    }

    @Test(arguments: [24, 40, 80])
    func noLineIsWiderThanTheWindow(width: Int) throws {
        let long = String(repeating: "word ", count: 40)
        let shown = try render(long + "«bb» " + long, label: long, notes: [long], width: width)
        #expect(shown.split(separator: "\n").allSatisfy { $0.count <= width && !$0.isEmpty }, "\(shown)")
        #expect(shown.contains("bb"))
    }

    @Test func stylesChangeNoText() throws {
        let plain = try render("«x»")
        let styled = try render("«x»", isStyled: true)
        #expect(styled != plain && styled.replacing(pattern: "\u{1B}", until: "m") == plain)
    }

    @Test(arguments: [
        (
            [Diagnostic.Severity.error],
            "1 error. Nothing was sent.                                         lakesh help E1"
        ),
        (
            [.error, .error, .warning],
            "2 errors, 1 warning. Nothing was sent.                             lakesh help E1"
        ),
        ([.warning], "1 warning.                                                         lakesh help E1"),
    ])
    func aLineSumsUp(severities: [Diagnostic.Severity], line: String) {
        let span = Span(file: FileID(index: 0), start: 0, end: 0)
        let all = severities.map { Diagnostic(Failure.Code("E1", ""), $0, "m", at: span) }
        #expect(DiagnosticRenderer(sources: SourceMap(), isStyled: false).summary(of: all) == line)
    }

    @Test func aFailureShowsTheServersWordsAndTheCalls() {
        var sources = SourceMap()
        let file = sources.add(SourceText(name: "a.lfs", text: "get_group x\nfoo\n"))
        var failure = Failure(.notFound, "no group has the id `x`")
        failure.span = Span(file: file, start: 0, end: 9)
        failure.notes = ["look it up", "server: 404 \"not found\" · request 9c1f"]
        failure.calls = [Failure.CallSite(name: "foo", span: Span(file: file, start: 12, end: 15))]
        failure.failures = [Failure(.fail, "another")]
        #expect(
            DiagnosticRenderer(sources: sources, isStyled: false).render(failure) == """
                error[R0000]: no group has the id `x`
                 --> a.lfs:1:1
                  |
                1 | get_group x
                  | ^^^^^^^^^
                  |
                  = look it up
                  = server: 404 "not found" · request 9c1f
                  = in `foo`, called at a.lfs:2:1
                  = also: another

                """)
    }

    @Test(
        "what failed beside it is told once each, with how often",
        arguments: [
            (false, ["b"], ["also: b"]), (false, ["a"], ["also: the same, twice in all"]),
            (false, ["a", "a", "b", "b"], ["also: the same, 3 times in all", "also: b, twice"]),
            (false, ["b", "c", "b", "b"], ["also: b, 3 times", "also: c"]),
            (true, ["a", "b"], ["also: b"]), (true, ["a"], []), (true, ["a", "a"], ["also: the same, twice in all"]),
            (false, (1...21).map { "b\($0)" }, (1...20).map { "also: b\($0)" } + ["and 1 more error"]),
            (false, (1...22).map { "b\($0)" } + ["b22"], (1...20).map { "also: b\($0)" } + ["and 3 more errors"]),
        ])
    func othersAreToldOnce(isKeptGoing: Bool, others: [String], lines: [String]) {
        var failure = Failure(.fail, "a")
        failure.failures = others.map { Failure(.fail, $0) }
        failure.isKeptGoing = isKeptGoing
        let shown = DiagnosticRenderer(sources: SourceMap(), isStyled: false).render(failure)
        #expect(shown == "error[R0000]: a\n" + lines.map { "   = \($0)\n" }.joined())
    }

    @Test func aFailureWithoutAPlaceHasItsNotesAlone() {
        let failure = Failure(.denied, "ops-bot may not", notes: ["one\ntwo"])
        let shown = DiagnosticRenderer(sources: SourceMap(), isStyled: false).render(failure)
        #expect(shown == "error[R0000]: ops-bot may not\n   = one\n     two\n")
    }

    @Test func aDiagnosticIsDataForPrograms() {
        var sources = SourceMap()
        let file = sources.add(SourceText(name: "a.lfs", text: "é x\ny\n"))
        let diagnostic = Diagnostic(
            Failure.Code("W1", ""), .warning, "m", at: Span(file: file, start: 3, end: 6), label: "l", notes: ["n"])
        let expected: Value = [
            "code": "W1", "severity": "warning", "message": "m", "file": "a.lfs", "line": 1, "column": 3, "end_line": 2,
            "end_column": 2, "label": "l", "notes": ["n"],
        ]
        #expect(DiagnosticRenderer(sources: sources, isStyled: false).json(diagnostic) == expected)
    }
}

extension String {
    fileprivate func replacing(pattern start: Character, until end: Character) -> String {
        var isInside = false
        return filter { character in
            defer { if character == end { isInside = false } }
            if character == start { isInside = true }
            return !isInside
        }
    }
}
