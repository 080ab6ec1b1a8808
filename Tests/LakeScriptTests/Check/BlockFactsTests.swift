import LakeScript
import TestSupport
import Testing

@Suite("What a block does")
struct BlockFactsTests {
    private func facts(_ text: String) throws -> BlockFacts {
        BlockFacts(of: try ScriptRun.check(text).main.statements)
    }

    @Test("the calls that reach the world, with their effects, wherever they stand")
    func calls() throws {
        let facts = try facts(
            """
            let a = 1 + 2
            if ((list_users --all | count) > $a) { create_user ana }
            for x in [1] { try { delete_user ana } catch e { print no } }
            [(get_object lake main p --to "f")]
            delete_file f
            """)
        let names = facts.calls.map { call in
            if case .builtin(let builtin, _) = call.kind {
                builtin.name
            } else {
                call.operation?.command.signature.name
            }
        }
        #expect(names == ["list_users", "create_user", "delete_user", "print", "get_object", "delete_file"])
        #expect(facts.calls.map(\.effect) == [.read, .write, .destroy, .read, .write, .destroy])
        #expect(facts.serverEffect == .destroy)
        #expect(!facts.onlyReads)
    }

    @Test("what only computes and asks a server changes nothing")
    func reads() throws {
        let facts = try facts("let a = (get_user ana).id\nnow\nsleep 1s\nget_url \"https://a/b\"")
        #expect(facts.onlyReads)
        #expect(facts.serverEffect == .read)
        #expect(try !self.facts("get_url \"https://a/b\" --path f").onlyReads)
    }

    @Test("assigned variables, deferred blocks, called functions, questions and checks")
    func others() throws {
        let program = try ScriptRun.check(
            """
            def f() { 1 }
            def g() { f }
            var n = 0
            var m = {a: 1}
            for x in [1] { n = $n + 1; $m.a = (g) }
            step "s" { on_failure { delete_user a }; on_exit { print b } }
            confirm "go on?"
            assert 1 == 1
            """)
        let facts = BlockFacts(of: program.main.statements)
        #expect(facts.assigned == [.local(0), .local(1)])
        #expect(facts.deferred.count == 2)
        #expect(facts.functions == [1])
        #expect(facts.asks && facts.checks)
        #expect(BlockFacts(of: program.functions[1].body.statements).functions == [0])
    }

    @Test(
        "an assignment knows where the name of its variable is",
        arguments: ["let  n = 1", "var\tn = 1\n n = 2", "var n = {a: 1}\n$n.a = 2", "var n = [1]\n$n[0] = 2"])
    func names(text: String) throws {
        let statements = try ScriptRun.check(text).main.statements
        let names = statements.compactMap { statement -> Name? in
            switch statement.kind {
            case .set(_, let name, _), .setPath(_, let name, _, _): name
            default: nil
            }
        }
        #expect(names.count == statements.count)
        for name in names {
            let bytes = Array(text.utf8)[Int(name.span.start)..<Int(name.span.end)]
            #expect(String(decoding: bytes, as: UTF8.self) == "n")
        }
    }
}
