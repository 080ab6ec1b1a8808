import TestSupport
import Testing

@testable import LakeScript

/// Loops, and the equivalence of the fast and the slow instruction loop.
struct LoopTests {
    static let loops: [(String, Value)] = [
        ("var s = 1; while $s > 5 { s = 0 }; $s", 1),
        ("var i = 0; var s = 0; while $i < 6 { i = $i + 1; if $i % 2 == 0 { continue }; s = $s + $i }; $s", 9),
        ("var i = 0; while $i < 6 { i = $i + 1; if $i == 4 { break } }; $i", 4),
        (
            """
            var n = 0; var i = 0
            while $i < 3 {
              i = $i + 1
              var j = 0
              while true { j = $j + 1; if $j == 2 { continue }; if $j > $i { break }; n = $n + 1 }
            }
            $n
            """, 4
        ),
        (
            """
            var s = 0; var i = 0
            while $i < 9 {
              i = $i + 1
              try {
                if $i == 2 { continue }
                if $i == 3 { fail "three" }
                if $i == 5 { break }
                s = $s + $i
              } catch e { s = $s + 10 }
            }
            $s
            """, 15
        ),
        ("var s = 0; for i in 1..3 { for j in [1, 2, 3] { if $j == $i { continue }; s = $s + $j } }; $s", 12),
        ("def f(most: int) { var i = 0; while true { i = $i + 1; if $i * $i > $most { return $i } } }; f 50", 8),
    ]

    @Test(arguments: loops)
    func aLoopGoesOnAndEndsWhereItSays(text: String, value: Value) throws {
        #expect(try ScriptRun(text).value == value, "\(text)")
    }

    @Test(arguments: loops)
    func stoppingAfterEachInstructionChangesNothing(text: String, value: Value) throws {
        var machine = Machine(program: Compiler.compile(try ScriptRun.check(text)), hosts: .forTests)
        while true {
            let turn = machine.run(fuel: 1)
            for (id, _) in turn.requests { machine.answer(id, .value(.null)) }
            guard case .done(let outcome) = turn.state else { continue }
            #expect(try outcome.get() == value)
            return
        }
    }

    @Test func aMistakeInAConditionOfALaterTurnStandsAtTheCondition() throws {
        let text = "var x = from_json \"1\"; while $x < 3 { x = \"a\" }"
        let failure = try ScriptRun(text).failure
        #expect(failure?.message == "a string and an int have no order")
        let span = try #require(failure?.span)
        let bytes = Array(text.utf8)[Int(span.start)..<Int(span.end)]
        #expect(String(decoding: bytes, as: UTF8.self) == "$x < 3")
    }

    @Test(arguments: [-1, 0, 1], ["<", "<=", ">", ">=", "==", "!="])
    func aConditionHoldsBetweenIntegersAsItsSignSays(difference: Int, sign: String) throws {
        let holds = [
            "<": difference < 0, "<=": difference <= 0, ">": difference > 0, ">=": difference >= 0,
            "==": difference == 0, "!=": difference != 0,
        ]
        let run = try ScriptRun(
            """
            let a = from_json "\(7 + difference)"
            let b = from_json "7"
            var turns = 0
            while $a \(sign) $b { turns = 1; break }
            [(if $a \(sign) $b { true } else { false }), (if $a \(sign) 7 { true } else { false }), $turns == 1]
            """)
        let expected = Value.bool(holds[sign] ?? false)
        #expect(try run.value == [expected, expected, expected])
    }

    @Test func aRegisterTakesValuesOfAnyKindOneAfterTheOther() throws {
        let text = "a text that is too long to stand in a register"
        let run = try ScriptRun(
            """
            def same(value, other = null) { let held = $value; return $held }
            var all = []
            var last = null
            for value in ["\(text)", 1, [1, 2], 2, {a: 3}, null, 4, true, "\(text)", 5] {
              last = $value
              all = $all + [(same $last)]
            }
            $all
            """)
        #expect(try run.value == [.string(text), 1, [1, 2], 2, ["a": 3], nil, 4, true, .string(text), 5])
    }
}
