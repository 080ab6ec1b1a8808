import TestSupport
import Testing

@testable import LakeScript

/// Compiled statements, tested by running them.
struct CompiledCodeTests {
    @Test(arguments: ["ana", "bo"])
    func anIterationWhoseEffectsAreInADefIsAScopeThatAJournalMayKnow(known: String) throws {
        var world = ScriptRun.World()
        world.finished["item:" + HostFunctions.forTests.contentHash(Array("\"\(known)\"".utf8))] = .null
        let run = try ScriptRun(
            """
            def make(id) { onboard $id }
            def onboard(id) { create_user $id }
            for id in ["ana", "bo"] { make $id }
            """, world: world)
        #expect(run.log == [#"create_user {"id":"\#(known == "ana" ? "bo" : "ana")"}"#])
    }

    @Test(arguments: [
        // The block reads the variable's old value; the assignment comes afterwards.
        (#"var x = 5; x = step "s" { for i in 1..2 { print $x } }"#, ["enter s", "print 5", "print 5", "leave s"]),
        ("var x = 1; x = if $x == 1 { while $x < 3 { x = $x + 1 }; print $x }", ["print 3"]),
        ("var x = [3, 4]; x = $x | where { $it > 3 }; print $x", ["print [4]"]),
        ("var x = {a: 1}; x = $x?.a; print $x", ["print 1"]),
    ])
    func aVariableMayStandOnBothSidesOfAnAssignment(text: String, log: [String]) throws {
        let run = try ScriptRun(text)
        #expect(run.failure == nil)
        #expect(run.log == log, "\(text)")
    }

    @Test(arguments: [
        ("1.5", "<", "2", true), ("7", ">=", "7", true), ("8", "!=", "8", false), ("2.0", "==", "2", true),
        ("9223372036854775807", ">", "2147483648", true), ("-3", "<=", "-3", true),
    ])
    func aConditionComparesWithANumberOfTheText(left: String, sign: String, right: String, holds: Bool) throws {
        let run = try ScriptRun("let a = from_json \"\(left)\"; if $a \(sign) \(right) { 1 } else { 2 }")
        #expect(try run.value == (holds ? 1 : 2))
    }

    @Test func comparingAStringWithANumberOfTheTextIsAMistake() throws {
        let failure = try ScriptRun("let a = from_json '\"x\"'; if $a == 2 { 1 }").failure
        #expect(failure?.message == "a string and an int are never equal")
    }

    @Test func eachCallHasVariablesOfItsOwn() throws {
        let run = try ScriptRun(
            """
            def total(n: int) {
              var rest = 0
              if $n > 0 { rest = total ($n - 1) }
              let own = $n
              return $rest + $own
            }
            total 1000
            """)
        #expect(try run.value == 500_500)
    }

    @Test func aDefReadsTopLevelVariablesHoweverDeepItIsCalled() throws {
        let run = try ScriptRun("let base = 40\ndef inner() { $base + 2 }\ndef outer() { inner }\nouter")
        #expect(try run.value == 42)
    }

    @Test func anErrorInADeepCallLeavesTheCallersVariablesAsTheyWere() throws {
        let run = try ScriptRun(
            """
            def down(n: int) {
              if $n == 0 { fail "bottom" }
              down ($n - 1)
            }
            let before = "kept"
            let message = try { down 50; "none" } catch error { $error.message }
            "$before $message"
            """)
        #expect(try run.value == "kept bottom")
    }
}
