import LakeScript
import TestSupport
import Testing

@Suite("Options of calls")
struct CallOptionTests {
    private let dryRun = CallOption("dry_run", .bool, "nothing is changed")
    private let target = CallOption("target", .string, "where the answer goes", result: .int, effect: .write)
    private let force = CallOption("force_it", .bool, "even if it is in use", isLiteral: true)

    private var vocabulary: Vocabulary {
        Vocabulary([
            Command(
                Signature("look_at", [Parameter("name")], result: .string), effect: .read,
                options: [dryRun, target, force])
        ])
    }

    /// The options of each call that a text makes.
    private func options(_ text: String) throws -> [CallOptions<Value>] {
        var seen: [CallOptions<Value>] = []
        var world = ScriptRun.World()
        world.call = { call, _ in
            seen.append(call.options)
            return .value("done")
        }
        _ = try ScriptRun(text, vocabulary: vocabulary, world: world).value
        return seen
    }

    @Test("an option that only a vocabulary knows goes from the text to the effect")
    func fromTextToEffect() throws {
        let seen = try options("let t = \"a\" + \"b\"\nlook_at x --dry-run --target $t\nlook_at y --no-force-it")
        #expect(seen.count == 2)
        #expect(seen[0][dryRun] == true)
        #expect(seen[0][target] == "ab")
        #expect(seen[0][force] == nil)
        #expect(!seen[1].isOn(dryRun))
        #expect(!seen[1].isOn(force))
    }

    private func type(of text: String) throws -> ValueType? {
        let statement = try ScriptRun.check(text, vocabulary: vocabulary).main.statements.last
        return if case .expression(let value)? = statement?.kind { value.type } else { nil }
    }

    @Test("its facts are known to the check: the type that it gives, what it does, that it must be a literal")
    func facts() throws {
        #expect(try type(of: "look_at x --target f") == .int)
        #expect(try type(of: "look_at x") == .string)
        #expect(throws: ScriptRun.Mistakes.self) {
            try ScriptRun.check("let f = true\nlook_at x --force_it=$f", vocabulary: vocabulary)
        }
    }

    @Test("the options of the language pass every level, too, and `--or` stays with the machine")
    func language() throws {
        let seen = try options("look_at x --timeout 2s --retries 3 --with-headers --or null\nlook_at y")
        #expect(seen[0].timeout == 2000)
        #expect(seen[0].retries == 3)
        #expect(seen[0].isOn(.withHeaders))
        #expect(seen[0]["or"] == nil)
        #expect(seen[1].slots.isEmpty)
    }
}
