import LakeSandbox
import LakeScript
import Testing

@testable import LakeRunner

/// A text is checked once, as the kind of text that it is.
struct ScriptTests {
    private static let kinds: [Script.Kind] = [
        .file, .test(from: "/folder"), .typedUnit, .pipedUnit, .typedLine(after: nil),
    ]

    private func load(_ text: String, _ kind: Script.Kind) -> Script {
        ScriptFront.load(SourceText(name: "a.lfs", text: text), as: kind)
    }

    @Test("a text with a mistake has no program, whatever it is, and nothing of it is run")
    func mistake() throws {
        for kind in Self.kinds {
            let script = load("create_user ana\ncreate_usr bo\n", kind)
            #expect(script.program == nil && script.diagnostics.map(\.code) == ["E0301"])
            let session = Session(connection: .sandbox(.init()), console: Console())
            let result = session.run(script)
            #expect(result.changes == 0)
            guard case .failure(let failure) = result.outcome else {
                Issue.record("it was run")
                continue
            }
            #expect(failure.kind == .mistake)
            let users = ScriptFront.load(
                SourceText(name: "b.lfs", text: "list_users --all | get id"), as: .typedUnit)
            #expect(try session.run(users).outcome.get() == ["admin"])
        }
    }

    @Test(
        "a line that ends with a new secret is known before it runs",
        arguments: [
            ("create_credentials ana", true), ("[\"ana\"] | each { create_credentials $it }", true),
            ("login k s", false), ("if true { create_credentials ana }", true),
            ("def mk(u) { return create_credentials $u }; mk ana", true),
            ("create_credentials ana | get secret_access_key", true), ("create_credentials ana | reveal", false),
            ("create_credentials ana | write_json k.json", false), ("let key = create_credentials ana", false),
            ("create_credentials ana | get access_key_id", false), ("list_user_credentials ana", false),
            ("env HOME --secret", false), ("stat_object lake main a --presign", false),
        ])
    func newSecret(line: String, gives: Bool) throws {
        #expect(try #require(load(line, .typedUnit).program).givesNewSecret == gives)
    }

    @Test("only a file's value is dropped, and said to be")
    func value() throws {
        for kind in Self.kinds {
            let script = load("get_user admin", kind)
            #expect(script.diagnostics.map(\.code) == (kind.isPrompt ? [] : ["W0108"]))
            #expect(script.needsServer)
        }
        #expect(!load("print 1", .file).needsServer)
    }

    @Test("a line sees what came before and leaves its variables; a unit does neither")
    func variables() throws {
        let session = Session(connection: .sandbox(.init()), console: Console())
        #expect(try session.run(session.load(SourceText(name: "<prompt>", text: "let a = 1"))).outcome.get() == .null)
        let sum = session.load(SourceText(name: "<prompt>", text: "$a + 1"))
        #expect(try session.run(sum).outcome.get() == 2)
        #expect(sum.sources.texts.count == 2 && session.sources.texts.count == 2)
        for kind in [Script.Kind.typedUnit, .pipedUnit, .file] { #expect(load("print $a", kind).program == nil) }
        #expect(try session.run(load("let b = 1\n$b", .typedUnit)).outcome.get() == 1)
        #expect(session.load(SourceText(name: "<prompt>", text: "$b")).program == nil)
    }

    @Test("without a program only the mistakes are told")
    func onlyMistakes() {
        let text = SourceText(name: "a.lfs", text: "let unused = 1\n")
        let script = ScriptFront.load(text, as: .file, wantsProgram: false)
        #expect(script.program == nil && script.diagnostics.count == 1)
    }
}
