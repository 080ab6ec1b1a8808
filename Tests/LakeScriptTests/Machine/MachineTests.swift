import LakeScript
import TestSupport
import Testing

struct MachineTests {
    /// A text and the JSON of its value.
    static let values: [(String, String)] = [
        ("1 + 2 * 3", "7"), ("7 % 3 - 10 / 4", "-1"), ("-(2 + 3)", "-5"), ("1.5 + 1", "2.5"),
        (#""a" + "b""#, #""ab""#), ("[1] + [2, 3]", "[1,2,3]"), ("1..3 | each { $it * 2 }", "[2,4,6]"),
        (#"{a: 1, "b c": [true]}"#, #"{"a":1,"b c":[true]}"#), ("not (1 < 2) or 3 in [1, 2, 3]", "true"),
        ("null ?? 4", "4"), ("5s + 500ms", #""5500ms""#), ("100 + 2s", "102"),
        (#"if 1 == 2 { "x" } else { "y" }"#, #""y""#), (#"let a = 2; "${a} and ${($a + 1)}""#, #""2 and 3""#),
        ("let m = {a: {b: [10, 20]}}; $m.a.b[-1]", "20"),
        ("var m = {a: [1, 2]}; $m.a[1] = 5; $m.c = 6; $m", #"{"a":[1,5],"c":6}"#),
        ("var s = 0; for i in 1..4 { if $i == 3 { continue }; s = $s + $i }; $s", "7"),
        ("var s = 0; while true { s = $s + 1; if $s == 5 { break } }; $s", "5"),
        (#"var s = ""; for k, v in {a: 1, b: 2} { s = "$s$k${v}" }; $s"#, #""a1b2""#),
        ("def f(a, b: int = 3) { return $a + $b }; f 4", "7"),
        ("def fib(n: int) { if $n < 2 { return $n }; return (fib ($n - 1)) + (fib ($n - 2)) }; fib 15", "610"),
        ("[3, 1, 2] | sort | reverse", "[3,2,1]"), ("[{n: 2}, {n: 1}] | sort_by n | get n", "[1,2]"),
        (#"[{n: 2, k: "a"}, {n: 1, k: "b"}, {n: 5, k: "a"}] | group_by k | keys"#, #"["a","b"]"#),
        ("[1, 2, 3, 4] | where { $it % 2 == 0 } | count", "2"), ("[[1, 2], [3]] | flatten | sum", "6"),
        ("[3, 5] | sort_by { -$it }", "[5,3]"), (#"try { fail "no" } catch e { $e.message }"#, #""no""#),
        ("try { let z = 0; 1 / $z } catch e { $e.kind }", #""mistake""#), (#"let x = step "s" { 4 }; $x"#, "4"),
        (#"split "" ";""#, "[]"), (#""a;b" | split ";" | join "+""#, #""a+b""#),
        (#"now | format_time "%Y""#, #""1970""#), ("1 == null", "false"), ("let a = [1, 2, 2] | unique; $a", "[1,2]"),
        (#"(try { fail "a" } catch e { 1 }) + 1"#, "2"), ("var l = []; for i in 1..3 { l = $l + [$i] }; $l", "[1,2,3]"),
        ("9223372036854775806..9223372036854775807 | count", "2"),
        ("def half(n: float) { return $n / 2 }; let t = 3; [(half 3), (half $t)]", "[1.5,1.5]"),
        ("def half(n: float) { return $n / 2 }; half (from_json \"3\")", "1.5"),
        ("def half(n: float = 3) { return $n / 2 }; half", "1.5"),
        ("def half(l = [0.5]) { return ($l[0] / 2) }; half (from_json \"[3]\")", "1.5"),
        (#"def mark(token: secret) { return "<$token>" }; type_of (mark "hunter2")"#, #""secret""#),
        (#"def mark(token: secret = "hunter2") { return {t: [$token]} }; type_of (mark).t[0]"#, #""secret""#),
        ("def f(n: int = 3) { return $n }; let none = null; [(f $none), (f null), (f 4)]", "[3,3,4]"),
        (#"def f(text = "x") { return $text }; [(f --text null), (f "null")]"#, #"["x","null"]"#),
        (#"let m = from_json '{"a": {}}'; $m?.a?.b?.c ?? 7"#, "7"),
        ("var l = []; for i in 1..3 { l = (append $l $i) }; $l", "[1,2,3]"),
        ("var m = {l: []}; for i in 1..3 { $m.l = $m.l + [$i] }; $m", #"{"l":[1,2,3]}"#),
        (#"var s = ""; for i in 1..3 { s = $s + "$i" }; $s"#, #""123""#),
        (#"try { fail "x" --status 41 } catch e { $e.status }"#, "41"),
        (
            #"var n = 0; try { for i in 1..3 keep_going { n = $n + $i; fail "$i" } } catch e { [$n, (count $e.failures)] }"#,
            "[6,3]"
        ),
    ]

    @Test(arguments: values)
    func aTextHasAValue(text: String, value: String) throws {
        let json = JSON.write(try ScriptRun(text).value, layout: .compact)
        #expect(String(decoding: json, as: UTF8.self) == value, "\(text)")
    }

    static let mistakes: [(String, String)] = [
        ("var a = 9223372036854775807; $a + 1", "the result of `+` does not fit 64 bits"),
        ("var z = 0; 1 / $z", "division by zero"),
        ("let a = from_json \"{}\"; $a.b", "`$a` has no field `b`"),
        ("let a = from_json \"null\"; $a.b", "`$a` is null, and null has no field `b`"),
        ("let a = from_json \"[1]\"; $a?.b", "`$a` is a list, and a list has no field `b`"),
        ("def f(x) { return \"$x\" }; f null", "`$x` is null, and a text cannot hold null"),
        ("def f(n: int) { return $n }; f (from_json \"1.5\")", "`f` takes an int as `n`, and this is a float"),
        ("var l = [1]; $l[5]", "`$l` has 1 item, and no [5]"), ("fail \"stop\"", "stop"),
        ("let a = from_json \"1\"; if $a { 1 }", "a condition is true or false, and this is an int"),
        ("def f(n) { return (f $n) }; f 1", "calls nest deeper than 10000"),
        ("assert 1 == 2", "the assertion does not hold"),
        ("assert 1 == 2 \"why\"", "why"),
        ("let a = from_json \"\\\"x\\\"\"; $a < 1", "a string and an int have no order"),
    ]

    @Test(arguments: mistakes)
    func aMistakeSaysWhatIsWrong(text: String, message: String) throws {
        #expect(try ScriptRun(text).failure?.message == message, "\(text)")
    }

    @Test(arguments: [
        ("let l = [1, 2]; print $l", "print [1,2]"), ("print [1] [2] 3", "print [1] [2] 3"), ("print []", "print []"),
        (#"let v = from_json "[1]"; print "is" $v"#, "print is [1]"),
    ])
    func aListIsOneOfTheValuesToPrint(text: String, line: String) throws {
        #expect(try ScriptRun(text).log == [line])
    }

    @Test func aListGivesTheNamesThatACommandTakes() throws {
        let run = try ScriptRun(#"let names = ["a", "b"]; {a: 1, b: 2, c: 3} | select $names"#)
        #expect(try run.value == ["a": 1, "b": 2])
    }

    @Test func anErrorKnowsTheCallsThatLedThere() throws {
        let failure = try ScriptRun("def inner() { fail \"x\" }\ndef outer() { inner }\nouter").failure
        #expect(failure?.calls.map(\.name) == ["inner", "outer"])
    }

    @Test func aLoopWithoutEndUsesUpItsFuel() {
        #expect(throws: ScriptRun.Mistakes.self) { try ScriptRun("while true { }", fuel: 10_000) }
    }

    @Test func anAssertionShowsBothSides() throws {
        let failure = try ScriptRun("let a = 1; assert $a == 2").failure
        #expect(failure?.notes == ["left:  1", "right: 2"])
    }

    @Test func parallelBodiesGiveEqualResultsInEveryOrderOfAnswers() throws {
        let text = """
            let ids = ["a", "b", "c", "d", "e"]
            let users = $ids | each --parallel 3 { get_user $it }
            for id in $ids parallel 2 { create_user $id; add_group_membership Dev $id }
            $users | get id
            """
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            var world = ScriptRun.World()
            world.call = { call, _ in
                .value(["id": call.arguments["user_id"] ?? call.arguments["id"] ?? .null, "creation_date": 1])
            }
            world.pick = { Int.random(in: 0..<$0, using: &random) }
            let run = try ScriptRun(text, world: world)
            #expect(try run.value == ["a", "b", "c", "d", "e"])
            #expect(run.log.count { $0.hasPrefix("create_user") } == 5)
            #expect(run.log.count { $0.hasPrefix("add_group_membership") } == 5)
        }
    }

    private func failing(_ ids: Set<String>, kind: Failure.Kind = .operation) -> ScriptRun.World {
        var world = ScriptRun.World()
        world.call = { call, _ in
            let id = (call.arguments["id"] ?? call.arguments["user_id"] ?? .null).interpolated
            return ids.contains(id) ? .failure(Failure(kind, "no \(id)")) : .value(["id": .string(id)])
        }
        return world
    }

    @Test("a failure repeats no secret that the call was given, whoever repeated it, and has the place of the call")
    func secretsOfCalls() throws {
        var world = ScriptRun.World()
        world.call = { call, _ in
            guard call.command == "get_user" else {
                return .value(["access_key_id": "K", "secret_access_key": .secret("hunter2"), "creation_date": 1])
            }
            var failure = Failure(.notFound, "hunter2: not found", notes: ["server: hunter2"])
            failure.body = ["message": "hunter2: not found"]
            failure.span = Span(file: FileID(index: 0), start: 0, end: 0)
            return .failure(failure)
        }
        let text = "let k = create_credentials a\nget_user $k.secret_access_key"
        let failure = try ScriptRun(text, world: world).failure
        #expect(failure?.message == "••••: not found" && failure?.notes == ["server: ••••"])
        #expect(failure?.body == ["message": "••••: not found"])
        #expect(failure?.span?.start == 29)
    }

    @Test func theFirstErrorOfAParallelLoopStopsNewBodies() throws {
        let run = try ScriptRun(
            "for i in [\"a\", \"b\", \"c\", \"d\"] parallel 1 { create_user $i }", world: failing(["b"]))
        #expect(run.failure?.message == "no b")
        #expect(run.log.count { $0.hasPrefix("create_user") } == 2)
    }

    @Test func keepGoingRunsAllAndFailsWithAllErrors() throws {
        let run = try ScriptRun(
            "for i in [\"a\", \"b\", \"c\", \"d\"] parallel 2 keep_going { create_user $i }",
            world: failing(["b", "d"]))
        #expect(run.failure?.failures.map(\.message) == ["no b", "no d"])
        #expect(run.failure?.isKeptGoing == true)
        #expect(run.log.count { $0.hasPrefix("create_user") } == 4)
    }

    @Test(
        "`keep_going` ends where no server answers, but not for a server of the body's own",
        arguments: [
            ("for i in IDS keep_going { create_user $i }", 2, 0),
            ("for i in IDS parallel 2 keep_going { create_user $i }", 3, 1),
            ("for i in IDS keep_going { try { create_user $i } catch e { fail $e } }", 2, 0),
            ("for i in IDS keep_going { on \"two\" { create_user $i } }", 4, 0),
            ("for i in IDS parallel 2 keep_going { on \"two\" { create_user $i } }", 4, 0),
            ("on \"two\" { for i in IDS keep_going { create_user $i } }", 2, 0),
        ])
    func anUnansweredCallEndsALoop(text: String, calls: Int, notes: Int) throws {
        var world = ScriptRun.World()
        world.call = { call, _ in
            guard call.arguments["id"] == "b" else { return .value(["id": "a"]) }
            var failure = Failure(.operation, "no connection")
            failure.isUnanswered = true
            return .failure(failure)
        }
        let list = #"["a", "b", "c", "d"]"#
        let run = try ScriptRun(text.replacing("IDS", with: list), world: world)
        #expect(run.failure?.message == "no connection")
        #expect(run.log.count { $0.hasPrefix("create_user") } == calls, "\(run.log)")
        #expect(run.failure?.notes.count { $0.hasSuffix("items were not begun") } == notes)
    }

    @Test("a loop around one that no server answered ends, too, whatever failed in it first")
    func anUnansweredCallEndsTheOuterLoop() throws {
        var world = ScriptRun.World()
        world.call = { _, _ in
            var failure = Failure(.operation, "no connection")
            failure.isUnanswered = true
            return .failure(failure)
        }
        let text = "for n in 1..3 keep_going { for i in [1, 2] keep_going { assert $i > 1; create_user a } }"
        #expect(try ScriptRun(text, world: world).log.count { $0.hasPrefix("create_user") } == 1)
    }

    @Test func aMissingThingGivesTheValueOfOr() throws {
        #expect(try ScriptRun("get_user a --or null", world: failing(["a"], kind: .notFound)).value == .null)
        #expect(try ScriptRun("get_user a --or null", world: failing(["a"])).failure?.kind == .operation)
    }

    @Test func undosRunLastFirstAndTheErrorStays() throws {
        let text = """
            step "s" {
              create_user a
              on_failure { print "undo a" }
              create_user b
              on_failure { print "undo b" }
              on_exit { print "exit" }
              create_user c
            }
            """
        let run = try ScriptRun(text, world: failing(["c"]))
        #expect(run.log.filter { $0.hasPrefix("print") } == ["print undo b", "print undo a", "print exit"])
        #expect(run.log.last == "failed s")
        #expect(run.failure?.message == "no c")
    }

    @Test func anUndoStaysWhereTheScopeEndsWell() throws {
        let run = try ScriptRun(
            "step \"s\" { on_failure { print \"undo\" }; on_exit { print \"exit\" }; create_user a }\nfail \"later\"")
        #expect(run.log.filter { $0.hasPrefix("print") } == ["print exit"])
    }

    @Test func doubtRunsNoUndoAndNoCatchTakesIt() throws {
        let text =
            "try { on_failure { print \"undo\" }; on_exit { print \"exit\" }; create_user a } catch e { print \"caught\" }"
        let run = try ScriptRun(text, world: failing(["a"], kind: .inDoubt))
        #expect(run.log.filter { $0.hasPrefix("print") } == ["print exit"])
        #expect(run.failure?.kind == .inDoubt)
    }

    @Test func retryTriesAgainUntilItEndsWell() throws {
        var left = 2
        var world = ScriptRun.World()
        world.call = { _, _ in
            left -= 1
            return left >= 0 ? .failure(Failure(.operation, "busy")) : .value(["id": "a"])
        }
        let run = try ScriptRun("(retry 5 every 3s { get_user a }).id", world: world)
        #expect(try run.value == "a")
        #expect(run.log.count { $0.hasPrefix("sleep") } == 2)
    }

    @Test func retryGivesUpAndNeverRepeatsAFail() throws {
        #expect(
            try ScriptRun("retry 3 every 0s { get_user a }", world: failing(["a"])).log.count {
                $0.hasPrefix("get_user")
            } == 3)
        #expect(try ScriptRun("retry 3 every 0s { print \"x\"; fail \"no\" }").log == ["print x"])
    }

    @Test func aTimeoutCancelsWhatIsUnderWayAndIsNoInnerTrysAffair() throws {
        var world = ScriptRun.World()
        world.timersPass = true
        let text = "try { timeout 1s { try { get_user a } catch e { print \"inner\" } } } catch e { print $e.kind }"
        let run = try ScriptRun(text, world: world)
        #expect(run.log == ["timer 1000", "get_user {\"user_id\":\"a\"}", "cancel", "print timeout"])
    }

    @Test func callsInsideAsCarryTheIdentity() throws {
        let text = "let key = {access_key_id: \"K\", secret_access_key: \"S\"}\nas $key { get_user a }\nget_user b"
        #expect(try ScriptRun(text).log == ["get_user {\"user_id\":\"a\"} as K", "get_user {\"user_id\":\"b\"}"])
    }

    @Test func aListingWithAllWalksThroughItsPagesLazily() throws {
        var world = ScriptRun.World()
        world.call = { call, _ in
            let after = Int(call.arguments["after"]?.text ?? "0") ?? 0
            let users = (after + 1...after + 2).map {
                Value.map(Record([("id", .string("u\($0)")), ("creation_date", 1)]))
            }
            return .value([
                "pagination": [
                    "has_more": .bool(after < 98), "next_offset": .string("\(after + 2)"), "results": 2,
                    "max_per_page": 2,
                ],
                "results": .list(users),
            ])
        }
        #expect(try ScriptRun("list_users --all | count", world: world).value == 100)
        // The later pages are those of the listing, whatever operation `--or` has.
        let other = try ScriptRun("list_users --all --or (list_groups --all) | count", world: world)
        #expect(try other.value == 100)
        #expect(other.log.allSatisfy { $0.hasPrefix("list_users") })
        let run = try ScriptRun("list_users --all | where { $it.id != \"u1\" } | get id | first 2", world: world)
        #expect(try run.value == ["u2", "u3"])
        #expect(run.log.count == 2)
        let loop = try ScriptRun("for u in (list_users --all) { if $u.id == \"u3\" { break } }", world: world)
        #expect(loop.log.count { $0.hasPrefix("list_users") } == 2)
    }

    @Test func aSecretStaysOneInWhatIsMadeOfIt() throws {
        var world = ScriptRun.World()
        world.call = { _, _ in .value(["access_key_id": "K", "secret_access_key": .secret("S"), "creation_date": 1]) }
        let run = try ScriptRun("let k = create_credentials a; \"x${k.secret_access_key}\" + \"y\"", world: world)
        guard case .secret("xSy") = try run.value else {
            Issue.record("not a secret")
            return
        }
    }

    @Test func aDeclinedConfirmationEndsTheScript() throws {
        var world = ScriptRun.World()
        world.confirms = false
        let run = try ScriptRun("try { confirm \"go?\" } catch e { print \"caught\" }\nprint \"on\"", world: world)
        #expect(run.failure?.kind == .declined)
        #expect(run.log == ["confirm go?"])
    }

    @Test func cancellingRunsOnExitBlocksAndNoUndos() throws {
        var machine = Machine(
            program: Compiler.compile(
                try ScriptRun.check(
                    "step \"s\" { on_failure { print \"undo\" }; on_exit { print \"exit\" }; get_user a }")),
            hosts: .forTests)
        var log: [String] = []
        var turn = machine.run(fuel: 1000)
        while true {
            for (id, effect) in turn.requests {
                switch effect.kind {
                case .enter: machine.answer(id, .value(.null))
                case .builtin(let call):
                    log.append((call["values"].items ?? []).map(\.interpolated).joined())
                    machine.answer(id, .value(.null))
                case .call:
                    for cancelled in machine.cancel(Failure(.cancelled, "interrupted")) {
                        machine.answer(cancelled, .notSent)
                    }
                case .leave, .confirm, .timer, .show, .undo: break
                }
            }
            if case .done(let outcome) = turn.state {
                guard case .failure(let failure) = outcome else { break }
                #expect(failure.kind == .cancelled)
                break
            }
            turn = machine.run(fuel: 1000)
        }
        #expect(log == ["exit"])
    }

    @Test func anEffectKnowsWhomTheRunActsAsInAllItsStrands() throws {
        let text = """
            let k1 = {access_key_id: "K1", secret_access_key: "s"}
            let k2 = {access_key_id: "K2", secret_access_key: "s"}
            as $k1 { as $k2 { get_user nested } }
            try { as $k1 { fail "no" } } catch e { 1 }
            get_user after
            for k in [$k1, $k2] parallel 2 { as $k { get_user "strand" } }
            get_user last
            """
        var machine = Machine(program: Compiler.compile(try ScriptRun.check(text)), hosts: .forTests)
        var seen: [String] = []
        while true {
            let turn = machine.run(fuel: 10_000)
            for (id, effect) in turn.requests {
                if case .call(let call) = effect.kind {
                    let keys = effect.origin.callers.map { $0.identity?["access_key_id"].text ?? "" }
                    seen.append("\(call.arguments["user_id"]?.text ?? ""):" + keys.joined(separator: ","))
                }
                machine.answer(id, .value(["id": "x"]))
            }
            if case .done = turn.state { break }
        }
        #expect(seen == ["nested:K1,K2", "after:", "strand:K1", "strand:K1,K2", "last:"])
    }

    @Test func aScopeThatAJournalKnowsIsNotRunAgain() throws {
        var world = ScriptRun.World()
        world.finished = ["step:s": 7]
        let run = try ScriptRun("let x = step \"s\" { create_user a; 1 }; $x", world: world)
        #expect(try run.value == 7)
        #expect(run.log == ["enter s"])
    }

    @Test func expectErrorTakesTheKindItNames() throws {
        #expect(
            try ScriptRun("expect_error not_found { get_user a }", world: failing(["a"], kind: .notFound)).failure
                == nil)
        #expect(
            try ScriptRun("expect_error conflict { get_user a }", world: failing(["a"], kind: .notFound)).failure?.kind
                == .assertion)
        #expect(
            try ScriptRun("expect_error conflict { 1 }").failure?.message
                == "expected the error `conflict`, and no error came")
    }
}
