import TestSupport
import Testing

@testable import LakeScript

/// The analysis of unfinished texts.
struct SourceAnalysisTests {
    private func analysis(_ text: String) -> SourceAnalysis {
        SourceAnalysis(
            SourceText(name: "<prompt>", text: text),
            in: Checker.Surroundings(vocabulary: ToyVocabulary.vocabulary, isPrompt: true, wantsProgram: false),
            shellCommands: [
                Signature("use", [Parameter("server")]), Signature("explain", [Parameter("line", role: .command)]),
            ])
    }

    @Test("each piece of a text is classified by what it is at its place")
    func tokens() {
        let analysis = analysis("for u in $users[0].as { get_user $u --or=\"${x}\" a-b; x = 'y' | where { 1 > 2 } # z")
        let pieces = analysis.tokens.map { "\(analysis.string($0.range)) \($0.kind)" }
        #expect(
            pieces == [
                "for keyword", "u name", "in keyword", "$users variable", "[ open", "0 number", "] close",
                ". accessor", "as field", "{ open", "get_user command", "$u variable", "--or= option",
                "\"${x}\" string(isOpen: false)", "a-b word", "; separator", "x name", "= assignment",
                "'y' string(isOpen: false)", "| pipe", "where command", "{ open", "1 number", "> symbol", "2 number",
                "} close", "# z comment",
            ])
    }

    @Test(
        "a string is open until its own closing quote",
        arguments: [
            ("'a", true), ("'a'", false), ("\"a\\\"", true), ("\"a\\\\\"", false), ("\"", true), ("\"\"\"\na", true),
            ("\"\"\"\na\n\"\"\"", false),
        ])
    func openStrings(text: String, isOpen: Bool) {
        #expect(analysis("print \(text)").tokens.last?.kind == .string(isOpen: isOpen))
    }

    /// Complete scripts, and the erroneous ones from the lists of errors.
    private static let texts: [String] =
        ScriptCorpus.all.filter { $0.utf8.count < 1500 }
        + ["errors/lexical", "errors/syntax"].flatMap { ChunkFile("script/\($0).txt").chunks.map(\.input) }

    @Test("whatever a text is, its tokens are in order and leave out nothing but blanks", arguments: texts)
    func cover(text: String) {
        for text in [text, String(text.prefix(text.count / 2)), String(text.dropFirst(text.count / 3))] {
            let analysis = analysis(text)
            var end = 0
            var left = ""
            for token in analysis.tokens {
                #expect(token.range.lowerBound >= end && !token.range.isEmpty)
                left += analysis.string(end..<token.range.lowerBound)
                end = token.range.upperBound
            }
            left += analysis.string(end..<analysis.text.bytes.count)
            let isBlank = left.unicodeScalars.allSatisfy { " \t\r\n\\\u{FEFF}".unicodeScalars.contains($0) }
            #expect(isBlank, "left out: \(left.debugDescription) of \(text)")
        }
    }

    private static let calls: [(String, [String])] = [
        ("get_branch lake main", ["repository=lake", "branch=main"]),
        ("get_branch --branch=main lake", ["branch=main", "repository=lake"]),
        ("get_branch --timeout 5s lake main", ["timeout", "timeout=5s", "repository=lake", "branch=main"]),
        ("get_branch lakefs://lake/main", ["repository=lakefs://lake/main"]),
        ("hard_reset_branch lake main x --no-force", ["repository=lake", "branch=main", "ref=x", "force"]),
        ("$x | get_branch main", ["branch=main"]),
        ("get_user ana bo", ["user_id=ana", "?=bo"]),
        ("print (get_user ana", ["values", "user_id=ana"]),
        ("if (get_user ana) { get_branch lake", ["user_id=ana", "repository=lake"]),
        ("let = (get_user ana)", ["user_id"]),
        ("get_branch lake ma$in", ["repository=lake", "branch"]),
        ("get_branch \"a\"b main", ["repository"]),
        ("def f(a, b: int = 2) { get_user $a }; f x --b 3", ["user_id", "a=x", "b", "b=3"]),
        ("use https://lakefs", ["server=https://lakefs"]),
        ("explain get_user ana", ["user_id=ana"]),
        ("frobnicate a", []),
    ]

    @Test("each argument is bound to the parameter that it fills, of calls that are not whole, too", arguments: calls)
    func bound(text: String, expected: [String]) {
        let arguments = analysis(text).calls.flatMap(\.arguments).map { argument in
            let name = argument.parameter?.name ?? "?"
            return if case .text(let text) = argument.form { "\(name)=\(text)" } else { name }
        }
        #expect(arguments == expected)
    }

    @Test("an address gives its parts to the parameters")
    func address() throws {
        let call = try #require(analysis("stat_object lakefs://lake/main/data/a.csv").calls.first)
        #expect(["repository", "ref", "path"].map(call.text) == ["lake", "main", "data/a.csv"])
    }

    @Test(
        "the binder says what is due next",
        arguments: [
            ("get_branch ", "repository"), ("get_branch lake ", "branch"), ("get_branch lake --timeout ", "timeout"),
            ("get_branch --timeout 5s ", "repository"), ("get_branch lakefs://lake ", "branch"),
            ("get_branch --repository=lake ", "branch"), ("$x | get_branch ", "branch"),
            ("$x | write_json ", "path"), ("get_user ana ", nil), ("$x | select id ", "fields"),
            ("print (get_user ", "user_id"), ("create_user --body {} ", nil),
        ])
    func due(text: String, expected: String?) throws {
        let analysis = analysis(text).upTo(text.utf8.count)
        let call = try #require(analysis.call(at: text.utf8.count))
        #expect(call.due?.name == expected)
    }

    @Test(
        "a command may start where the parser looks for one",
        arguments: [
            ("", true), ("get_user ana; ", true), ("get_user ana\n", true), ("x = ", true), ("let x =", true),
            ("$x | ", true), ("print (", true), ("step \"a\" {", true), ("ensure ", true), ("get_user ", false),
            ("if ", false), ("let ", false), ("$x ", false), ("print [", false), ("get_user --or=", false),
            ("if true { } ", false), ("let x = (", true),
        ])
    func commandPlaces(text: String, expected: Bool) {
        #expect(analysis(text).mayStartCommand(at: text.utf8.count) == expected)
    }

    @Test(
        "a command of the shell ends at its line's end, at `;` and at a comment; statements stand around it",
        arguments: [
            (" use  'a b' ; ", ["use ['a b']"]), ("user", ["user"]), ("use", ["use []"]),
            ("get_user ana; use x", ["get_user ana; ", "use [x]"]), ("use x; use y", ["use [x]", "use [y]"]),
            ("use x # y\nget_user ana\n", ["use [x]", "get_user ana\n"]),
            ("use a#b\n# c\nuse d", ["use [a#b]", "use [d]"]),
            ("use it's\nget_user ana", ["use [it's]", "get_user ana"]),
            ("if true {\nuse x\n}", ["if true {\nuse x\n}"]), ("print (\nuse x)", ["print (\nuse x)"]),
            ("let t = \"\"\"\nuse x\n\"\"\"\nuse y", ["let t = \"\"\"\nuse x\n\"\"\"\n", "use [y]"]),
            ("explain get_user ana; use x\nuse y", ["explain [get_user ana; use x]", "use [y]"]),
            ("explain if true {\nget_user ana }\nuse y", ["explain [if true {\nget_user ana }]", "use [y]"]),
            ("# use x", []),
        ])
    func shellCommands(text: String, expected: [String]) {
        let analysis = analysis(text)
        let pieces = analysis.pieces.map { piece in
            switch piece {
            case .shell(let command): "\(command.signature.name) [\(analysis.string(command.rest))]"
            case .statements(let range): analysis.string(range)
            }
        }
        #expect(pieces == expected)
    }

    @Test(
        "wherever a text is cut, its secrets lie in what is left",
        arguments: [
            "login \"a\" \"-or=[{a: 1}]\n", "login (get_user \"a\").id { [ 'b' ] }",
            "step \"x\" { login a \"\"\"\n  b\n  \"\"\"",
        ])
    func cut(text: String) {
        for end in 0...text.utf8.count {
            let analysis = analysis(text).upTo(end)
            #expect(analysis.secretRanges.allSatisfy { $0.upperBound <= end && !$0.isEmpty })
        }
    }
}
