import LakeScript
import Synchronization
import TestSupport
import Testing

/// Work within one instruction: it costs fuel, and stops in the middle.
struct WorkTests {
    private static let nested =
        "var a = [1]\nfor i in 1..40 { a = [$a, $a] }\nvar b = [1]\nfor i in 1..40 { b = [$b, $b] }\n"

    @Test(
        "work without an end stops as soon as something is wanted, and can be cancelled",
        arguments: [
            "let x = $a == $b", "let x = to_json $a", "let x = \"${a}\"", "let x = unique [$a, $b]",
            "let x = $a in [$b]",
            "let x = diff [$a] [$b]", "let x = [{n: $a}, {n: $b}] | group_by n", "assert $a == $b",
        ])
    func stops(_ statement: String) throws {
        var machine = try machine(WorkTests.nested + statement)
        var turn = machine.run(fuel: 1_000_000, isWanted: { true })
        while case .waiting = turn.state {
            for (id, _) in turn.requests { machine.answer(id, .value(.null)) }
            turn = machine.run(fuel: 1_000_000, isWanted: { true })
        }
        guard case .outOfFuel = turn.state else {
            Issue.record("it did not stop")
            return
        }
        _ = machine.cancel(.interrupted)
        guard case .done(.failure(let failure)) = machine.run(fuel: 1_000_000).state else {
            Issue.record("it did not end")
            return
        }
        #expect(failure.kind == .cancelled)
    }

    @Test("work that was stopped begins again, and gives what it gives otherwise")
    func beginsAgain() throws {
        let looks = Atomic(0)
        var machine = try machine("var l = 1..30000 | each { 30001 - $it }\nl = sort $l\nreturn [$l[0], $l[29999]]")
        var result: Result<Value, Failure>?
        while result == nil {
            let turn = machine.run(fuel: 10_000_000) { looks.add(1, ordering: .relaxed).newValue == 3 }
            for (id, _) in turn.requests { machine.answer(id, .value(.null)) }
            if case .done(let outcome) = turn.state { result = outcome }
        }
        #expect(looks.load(ordering: .relaxed) > 3)
        #expect(try result?.get() == [1, 30000])
    }

    @Test("the fuel of a run is not exceeded by a single instruction")
    func most() throws {
        var machine = try machine(WorkTests.nested + "let x = $a == $b")
        var spent = 0
        while spent < 500_000 {
            let turn = machine.run(fuel: 500_000 - spent, most: 500_000 - spent)
            for (id, _) in turn.requests { machine.answer(id, .value(.null)) }
            spent += turn.spent
        }
        #expect(spent < 600_000)
    }

    private func machine(_ text: String) throws -> Machine {
        Machine(program: Compiler.compile(try ScriptRun.check(text)), parameters: [:], hosts: .forTests)
    }
}
