import LakeScript
import TestSupport
import Testing

/// Code that a timeout ends runs its undos first: in the script's own fiber and in every body of a parallel loop.
struct TimeoutTests {
    /// A run in which timers pass as soon as all bodies sleep; `world` says how operations answer.
    private func run(_ text: String, _ call: @escaping (OperationCall) -> Answer = { _ in .value(.null) }) throws
        -> ScriptRun
    {
        var world = ScriptRun.World()
        world.timersPassDuringSleeps = true
        world.call = { operation, _ in call(operation) }
        return try ScriptRun(text, world: world)
    }

    /// Users that were made and not deleted, by the order of the log.
    private func left(_ run: ScriptRun) -> [String] {
        var users: [String] = []
        for line in run.log {
            guard let id = line.split(separator: "\"").dropFirst(3).first.map(String.init) else { continue }
            if line.hasPrefix("create_user") { users.append(id) }
            if line.hasPrefix("delete_user") { users.removeAll { $0 == id } }
        }
        return users
    }

    private static let body = #"create_user "u$i"; on_failure { delete_user "u$i" }; sleep 3s"#

    @Test(
        "each body that a timeout cancels runs its undos, whatever stands around it",
        arguments: [
            "timeout 1s { for i in 1..3 parallel 3 { BODY } }",
            "timeout 1s { for i in 1..3 parallel 3 { step \"w $i\" { BODY } } }",
            "timeout 1s { for i in 1..3 parallel 3 { try { BODY } catch e { print $e.kind } } }",
            "timeout 1s { for i in 1..3 parallel 3 { retry 5 every 1s { BODY } } }",
            "timeout 1s { for i in 1..3 parallel 3 keep_going { BODY } }",
            "timeout 1s { for o in 1..2 parallel 2 { for n in 1..2 parallel 2 { let i = $o * 10 + $n; BODY } } }",
            "def work(i) { BODY }\ntimeout 1s { for i in 1..3 parallel 3 { work $i } }",
            "def bodies() { for i in 1..3 parallel 3 { BODY } }\ntimeout 1s { bodies }",
            "timeout 1s { print (1..3 | each --parallel 3 { let i = $it; BODY; $i }) }",
            "step \"s\" { timeout 1s { for i in 1..3 parallel 3 { BODY } } }",
            "timeout 1s { for i in 1..3 parallel 3 { timeout 10s { BODY } } }",
        ])
    func undone(text: String) throws {
        let run = try run(text.replacing("BODY", with: Self.body))
        #expect(run.log.count { $0.hasPrefix("create_user") } >= 3)
        #expect(left(run) == [], "\(run.log)")
        #expect(run.failure?.kind == .timeout)
        #expect(!run.log.contains("print timeout"))
    }

    @Test("undos run last first, on_exit after them, in each body")
    func order() throws {
        let text = """
            timeout 1s {
              for i in 1..2 parallel 2 {
                step "w" {
                  on_exit { print "exit $i" }
                  on_failure { print "first $i" }
                  on_failure { print "second $i" }
                  sleep 3s
                }
              }
            }
            """
        for i in 1...2 {
            let lines = try run(text).log.filter { $0.hasPrefix("print") && $0.hasSuffix("\(i)") }
            #expect(lines == ["print second \(i)", "print first \(i)", "print exit \(i)"])
        }
    }

    @Test("a caught timeout finds everything undone, and a retry starts clean")
    func caught() throws {
        let caught = try run(
            "try { timeout 1s { for i in 1..3 parallel 2 { \(Self.body) } } } catch e { print $e.kind }")
        #expect(caught.failure == nil && caught.log.last == "print timeout")
        #expect(left(caught) == [])

        var there: Set<String> = []
        let again = try run("retry 2 every 0s { timeout 1s { for i in 1..3 parallel 3 { \(Self.body) } } }") { call in
            let id = (call.arguments["id"] ?? call.arguments["user_id"] ?? .null).interpolated
            guard call.command == "create_user" else {
                there.remove(id)
                return .value(.null)
            }
            return there.insert(id).inserted ? .value(.null) : .failure(Failure(.conflict, "\(id) exists"))
        }
        #expect(again.failure?.kind == .timeout && there.isEmpty)
    }

    @Test("what fails in an undo is kept beside the timeout, with the body's own failure")
    func failing() throws {
        let text = """
            timeout 1s { for i in 1..3 parallel 3 { \(Self.body) } }
            """
        let run = try run(text) { call in
            call.arguments["user_id"] == "u2" ? .failure(Failure(.denied, "no")) : .value(.null)
        }
        #expect(run.failure?.kind == .timeout)
        #expect(run.failure?.failures.map(\.kind) == [.denied])
        #expect(left(run) == [])
    }

    @Test("an undo that is under way is not cut short by a timeout around it")
    func shielded() throws {
        let undo = #"create_user "u$i"; on_failure { sleep 9s; delete_user "u$i" }; sleep 3s"#
        for loop in ["for i in [1, 2] parallel 2 { \(undo) }", "for i in [1] { \(undo) }"] {
            let inner = "try { timeout 1s { \(loop) } } catch e { print inner }"
            let run = try run("try { timeout 2s { \(inner) } } catch e { print $e.kind }")
            #expect(left(run) == [], "\(run.log)")
            #expect(!run.log.contains("print inner"))
            #expect(run.log.last == "print timeout")
        }
    }

    @Test("where the block failed before, a timeout that passes during its undos changes nothing")
    func lateTimeout() throws {
        let text = """
            try {
              timeout 1s { step "s" { on_failure { sleep 9s; print undone }; fail "x" } }
            } catch e { print $e.kind }
            print after
            """
        let run = try run(text)
        #expect(run.failure == nil)
        #expect(run.log.filter { $0.hasPrefix("print") } == ["print undone", "print fail", "print after"])
    }

    @Test("what comes behind an on_exit block that overran is not done any more")
    func overrun() throws {
        let run = try run("timeout 1s { step \"s\" { on_exit { sleep 9s; print released } }; create_user late }")
        #expect(run.failure?.kind == .timeout)
        #expect(run.log.contains("print released") && !run.log.contains { $0.hasPrefix("create_user") })
    }

    @Test("what was carried out although it was cancelled is undone: its undo stands right behind it")
    func carriedOut() throws {
        let text = """
            timeout 1s {
              for i in 1..2 parallel 2 { let made = create_user "u$i"; on_failure { delete_user $made.id }; sleep 3s }
            }
            """
        for isDone in [true, false] {
            var machine = Machine(program: Compiler.compile(try ScriptRun.check(text)), hosts: .forTests)
            var (timer, deleted): (EffectID?, [String]) = (nil, [])
            var creates: [EffectID: Value] = [:]
            var turn = machine.run(fuel: 1000)
            for _ in 0..<20 {
                for (id, effect) in turn.requests {
                    switch effect.kind {
                    case .timer: timer = id
                    case .call(let call) where call.command == "create_user": creates[id] = call.arguments["id"]
                    case .call(let call):
                        deleted.append(call.arguments["user_id"]?.text ?? "")
                        machine.answer(id, .value(.null))
                    default: machine.answer(id, .value(.null))
                    }
                }
                if creates.count == 2, let passed = timer {
                    timer = nil
                    machine.answer(passed, .value(.null))
                    #expect(machine.run(fuel: 1000).cancel.sorted() == creates.keys.sorted())
                    for (id, name) in creates {
                        machine.answer(id, isDone ? .value(["id": name, "creation_date": 1]) : .notSent)
                    }
                }
                turn = machine.run(fuel: 1000)
            }
            guard case .done(.failure(let failure)) = turn.state else {
                Issue.record("it goes on")
                return
            }
            #expect(failure.kind == .timeout)
            #expect(deleted.sorted() == (isDone ? ["u1", "u2"] : []))
        }
    }

    @Test("after ^C no body runs an undo, also where a timeout came first")
    func interrupted() throws {
        var machine = Machine(
            program: Compiler.compile(
                try ScriptRun.check("timeout 1s { for i in 1..2 parallel 2 { on_failure { print undo }; sleep 3s } }")),
            hosts: .forTests)
        var (timer, sleeps): (EffectID?, [EffectID]) = (nil, [])
        var turn = machine.run(fuel: 1000)
        while sleeps.count < 2 {
            for (id, effect) in turn.requests {
                switch effect.kind {
                case .timer: timer = id
                case .builtin: sleeps.append(id)
                default: machine.answer(id, .value(.null))
                }
            }
            turn = machine.run(fuel: 1000)
        }
        machine.answer(try #require(timer), .value(.null))
        #expect(machine.run(fuel: 1000).cancel.sorted() == sleeps)
        _ = machine.cancel(Failure(.cancelled, "interrupted"))
        for id in sleeps { machine.answer(id, .notSent) }
        turn = machine.run(fuel: 1000)
        #expect(!turn.requests.contains { if case .builtin = $0.effect.kind { true } else { false } })
        guard case .done(.failure(let failure)) = turn.state else {
            Issue.record("it goes on")
            return
        }
        #expect(failure.kind == .cancelled)
    }

    @Test("the notes of a call that a timeout cut off repeat no secret that it was given")
    func secretsOfWhatWasCutOff() throws {
        let text = "let k = create_credentials a\ntimeout 1s { let _t = login K $k.secret_access_key }"
        var machine = Machine(program: Compiler.compile(try ScriptRun.check(text)), hosts: .forTests)
        var (timer, login): (EffectID?, EffectID?) = (nil, nil)
        var turn = machine.run(fuel: 1000)
        for _ in 0..<20 where login == nil {
            for (id, effect) in turn.requests {
                switch effect.kind {
                case .timer: timer = id
                case .call(let call) where call.command == "login": login = id
                case .call: machine.answer(id, .value(["access_key_id": "K", "secret_access_key": .secret("hunter2")]))
                default: machine.answer(id, .value(.null))
                }
            }
            turn = machine.run(fuel: 1000)
        }
        machine.answer(try #require(timer), .value(.null))
        _ = machine.run(fuel: 1000)
        let end = Failure(.cancelled, "cut off", notes: ["hunter2 is not stored"])
        machine.answer(try #require(login), .failure(end))
        guard case .done(.failure(let failure)) = machine.run(fuel: 1000).state else {
            Issue.record("it goes on")
            return
        }
        #expect(failure.kind == .timeout && failure.notes == ["•••• is not stored"])
    }
}
