import Testing

@testable import LakeScript

struct ParserTests {
    private func parse(_ text: String, isPrompt: Bool = false) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        Parser.parse(SourceText(name: "t", text: text), file: FileID(index: 0), isPrompt: isPrompt)
    }

    @Test(arguments: [
        "let a = get_user ana", "var a = 1 + 2 * 3", "list_users --all | where { $it.id =~ '^a' } | select id",
        "list_users\n  # why\n\n  | count", "if $a == 1 { print x }\nelse { print y }", "x = 5MB", "$m.k[0] = 1",
        "for k, v in $m parallel 8 keep_going { print $k }", "def f(a, b: int = 3,) { return $a }",
        "try { a } catch e { fail $e }", "retry 10 every 3s { assert (f).x == 1 \"no\" }",
        "let x = if $a { 1 } else { 2 }",
        "print \"a ${b.c[0]?.d} $e.f ${($g + 1)} \\u{41}\"", "create_policy --body {\n  id: \"a\",\n}", "print 'a$b'",
        "print a#b # c", "let t = \"\"\"\n  a\n    $b\n  \"\"\"", "f --x=1 --y --no-z", "step \"a $b\" { f }",
        "on prod { f }",
        "assert not ($a in [1, 2]) and 1..3 == []", "return", "get_object lakefs://r/b/p --to -",
        "while true { break }",
        "let a =\n  f", "f \\\n  x", "print (f | g --n 2)", "timeout 30s { f }", "as $key { f }", "f { a: 1 }", "f {}",
        "expect_error not_found { f }", "test \"x\" { f }", "on_failure { f }\non_exit { f }", "ensure f a",
        "x = -9223372036854775808",
        "f 2026-11-22 8d11f0 10.0.0.1 1h30m", "list = 1", "print \"$ 5 $5\"", "f [\"a\", 'b'] $c[0].d (g).h",
    ])
    func aStatementIsRead(text: String) {
        #expect(parse(text).diagnostics == [], "\(text)")
    }

    @Test func oneMistakeHidesNoOther() {
        let parsed = parse("f $a/b\nlet x = (1 2)\nif a {\n  g\n}\nlet y = 012\nf { g == 1; h && i }")
        #expect(parsed.diagnostics.map(\.code) == ["E0116", "E0234", "E0206", "E0110", "E0114", "E0114"])
    }

    @Test(arguments: [
        ("f\n| g", ["E0214"]), ("if true { f }\nelse { g }", ["E0215"]),
        ("try { f }\ncatch e { g }", ["E0239", "E0215"]),
    ])
    func aLineAtThePromptDoesNotGoOnTheOneBefore(text: String, codes: [String]) {
        #expect(parse(text, isPrompt: true).diagnostics.map(\.code) == codes)
        #expect(parse(text).diagnostics == [])
    }

    @Test(arguments: ["f |\ng", "(f\n| g)", "step a {\n  f\n  | g\n  if true { f }\n  else { g }\n}"])
    func whatIsOpenAtThePromptGoesOn(text: String) {
        #expect(parse(text, isPrompt: true).diagnostics == [])
    }

    @Test(arguments: ["f {", "if true {\n  f", "f (g", "let a = [1,", "f |", "let a =", "let a = 1 +", "f \\"])
    func anOpenTextIsIncomplete(text: String) {
        #expect(Parser.isIncomplete(text))
    }

    @Test(arguments: ["f", "f {}", "f \"a", "", "let a = 1"])
    func aTextThatCannotBecomeRightIsNot(text: String) {
        #expect(!Parser.isIncomplete(text))
    }

    @Test(arguments: ["(", "[", "{", "f {", "-", "not ", "\"${("])
    func deepNestingIsAnErrorNotACrash(text: String) {
        let deep = "let a = " + String(repeating: text, count: 10_000)
        #expect(!parse(deep).diagnostics.isEmpty)
    }

    @Test func whatIsNotUTF8IsOneError() {
        let source = SourceText(name: "t", bytes: Array("f ".utf8) + [0xFF, 0xFE] + Array("\ng".utf8))
        let parsed = Parser.parse(source, file: FileID(index: 0))
        #expect(parsed.diagnostics.map(\.code) == ["E0101"])
    }

    @Test func windowsLineEndsAreLineEnds() {
        let parsed = parse("\u{FEFF}let a = 1\r\nif true {\r\n  f a\r\n}\r\n")
        #expect(parsed.diagnostics == [] && parsed.tree.statements.count == 2)
    }
}
