import LakeRunner
import LakeScript
import Testing

@testable import LakeCLI

/// A script's `param`s on the command line.
struct ScriptParametersTests {
    private static let script = ScriptFront.load(
        SourceText(
            name: "a.lfs",
            text: """
                param user_name          # who it is
                param size: int = 3
                param dry_run: bool = false
                param labels: list = []
                param token: secret      # of the service
                print $user_name $size $dry_run $labels ($token | reveal)

                """), as: .file)

    @Test("they are further options, given by name alone; a secret says where it is read from")
    func extended() {
        #expect(Self.script.diagnostics.isEmpty, "\(Self.script.diagnostics.map(\.message))")
        let signature = ScriptSignature.extend(RunCommand.signature, with: Self.script.parameters)
        let own = RunCommand.signature.parameters.count
        let added = signature.parameters[own...]
        #expect(signature.parameters.prefix(own).map(\.name) == RunCommand.signature.parameters.map(\.name))
        #expect(added.map(\.name) == ["user_name", "size", "dry_run", "labels", "token_from"])
        #expect(added.allSatisfy { !$0.isRequired })
        #expect(added.last?.type == .string && added.last?.summary == "of the service (env:NAME, file:PATH, -)")
    }

    @Test("their options are written with hyphens")
    func names() {
        #expect(
            Self.script.parameters.map(\.parameter.optionName)
                == ["--user-name", "--size", "--dry-run", "--labels", "--token-from"])
    }

    @Test(
        "words are bound to them, and to the file",
        arguments: [
            (["a.lfs", "--user-name", "ana"], ["user_name": "ana"]),
            (["--user_name=ana", "a.lfs", "--size", "7"], ["user_name": "ana", "size": 7]),
            (["a.lfs", "--labels", "x", "--labels", "y", "--dry-run"], ["labels": ["x", "y"], "dry_run": true]),
            (["a.lfs", "--no-dry-run", "--token-from", "env:T"], ["dry_run": false, "token_from": "env:T"]),
        ] as [([String], [String: Value])])
    func bound(_ words: [String], _ values: [String: Value]) throws {
        let signature = ScriptSignature.extend(RunCommand.signature, with: Self.script.parameters)
        let options = try CommandLineBinder(signature).bind(words).get()
        #expect(options["file"] == "a.lfs")
        for (name, value) in values { #expect(options[name] == value) }
    }

    @Test(
        "what is wrong with them is told by the option's name",
        arguments: [
            (["a.lfs", "--size", "many"], "--size"), (["a.lfs", "--user"], "unknown option `--user`"),
            (["a.lfs", "ana"], "`ana` is one argument too many"),
            (["a.lfs", "--token", "t"], "unknown option `--token`"),
        ])
    func wrong(_ words: [String], _ message: String) {
        let signature = ScriptSignature.extend(RunCommand.signature, with: Self.script.parameters)
        guard case .failure(let mistake) = CommandLineBinder(signature).bind(words) else {
            Issue.record("it is taken")
            return
        }
        #expect(mistake.message.contains(message), "\(mistake.message)")
    }

    @Test("a parameter that a run has itself is refused by the check")
    func reserved() {
        let text = SourceText(name: "a.lfs", text: "param server\nprint $server\n")
        let reserved = Set(RunCommand.signature.parameters.map(\.name))
        #expect(ScriptFront.load(text, as: .file, reserved: reserved).program == nil)
        #expect(ScriptFront.load(text, as: .file).program != nil)
    }
}
