import TestSupport
import Testing

/// The variables that `on_exit` and `on_failure` blocks see: those of their iteration or call.
struct DeferredTests {
    private func printed(_ text: String) throws -> [String] {
        try ScriptRun(text).log.filter { $0.hasPrefix("print") }.map { String($0.dropFirst("print ".count)) }
    }

    @Test(
        "each turn of a loop keeps its own variables",
        arguments: [
            "for x in [1, 2, 3] { on_failure { print \"$x\" } }\nfail \"q\"",
            "for x in 1..3 { on_exit { print \"$x\" } }",
            "for x in 1..3 { try { on_exit { print \"$x\" }; fail \"q\" } catch e { assert $e.kind == \"fail\" } }",
            "var n = 0\nwhile $n < 3 { n = $n + 1; let x = $n; on_exit { print \"$x\" }; if $x == 2 { continue } }",
            "for x in [3, 2, 1] { for y in [$x] { on_exit { print \"${$y}\" }; break } }\nfor x in [] { print $x }",
            "def f(x) { on_failure { print \"$x\" } }\nstep \"s\" { f 1; f 2; f 3; fail \"q\" }",
        ])
    func turns(text: String) throws {
        let lines = try printed(text)
        #expect(lines == (text.contains("[3, 2, 1]") ? ["1", "2", "3"] : ["3", "2", "1"]))
    }

    @Test("so does each item of a pipeline")
    func pipeline() throws {
        let text = """
            let made = [1, 2] | where { on_exit { print "w$it" }; true } | each { on_exit { print "e$it" }; $it }
            print ($made | count)
            let sorted = [1, 2] | sort_by { on_exit { print "s$it" }; $it }
            print ($sorted | count)
            """
        #expect(try printed(text) == ["2", "2", "s2", "s1", "e2", "w2", "e1", "w1"])
    }

    @Test("a variable is seen as it was at the end of its turn, not as it was when the block was read")
    func changed() throws {
        let text = """
            var total = 0
            on_exit { print "total $total" }
            for x in [1, 2] { var made = false; on_exit { print "$x $made $total" }; made = true; total = $total + $x }
            """
        #expect(try printed(text) == ["2 true 3", "1 true 1", "total 3"])
    }

    @Test("an undo sees what its `def` did after it")
    func returned() throws {
        let text = """
            def f(a) { var made = false; on_failure { print "$a $made" }; made = true; return $a }
            step "s" { print (f 1); fail "x" }
            """
        #expect(try printed(text) == ["1", "1 true"])
    }

    @Test("in a parallel body they belong to the body")
    func parallel() throws {
        let text = """
            for x in [1, 2] parallel 2 { on_failure { print "u$x" }; on_exit { print "e$x" }; if $x == 2 { fail "b" } }
            """
        #expect(try Set(printed(text)) == ["e1", "u2", "e2"])
        #expect(try printed("print ([1, 2] | each --parallel 1 { on_exit { print $it }; 5 })") == ["1", "2", "[5,5]"])
    }

    /// A text, and the ends of its undos.
    static let undos: [(String, [String])] = [
        ("step \"s\" { create_user a; on_failure { delete_user a }; fail \"no\" }", ["done create_user a"]),
        ("step \"s\" { on_failure { delete_user a }; create_user a; fail \"no\" }", ["done create_user a"]),
        ("step \"s\" { on_failure { delete_user a }; get_user a; fail \"no\" }", []),
        (
            "step \"s\" { create_user a; on_failure { delete_user a }; create_user b; fail \"no\" }",
            ["done create_user a"]
        ),
    ]

    @Test(arguments: undos)
    func anUndoNamesTheWriteThatItUndoes(text: String, undos: [String]) throws {
        #expect(try ScriptRun(text).undos == undos, "\(text)")
    }
}
