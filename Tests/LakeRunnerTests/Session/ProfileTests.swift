import Glibc
import LakeSandbox
import LakeScript
import Testing

@testable import LakeRunner

/// Profiles of servers.
struct ProfileTests {
    /// Loads a text as `profiles.yaml` in a folder of its own.
    private func load(
        _ text: String, mode: mode_t = 0o644, environment: [String: String] = [:], beside: [String: String] = [:]
    ) throws -> Profiles {
        let folder = "/tmp/lakesh-profiles-\(RandomID.make())"
        defer {
            for name in ["profiles.yaml"] + beside.keys { unlink(folder + "/lakesh/" + name) }
            rmdir(folder + "/lakesh")
            rmdir(folder)
        }
        for (name, contents) in beside.merging(["profiles.yaml": text], uniquingKeysWith: { $1 }) {
            try FileStore().write(
                Array(contents.utf8), to: folder + "/lakesh/" + name, isSecret: false, mayOverwrite: true)
        }
        chmod(folder + "/lakesh/profiles.yaml", mode)
        let variables = environment.merging(["XDG_CONFIG_HOME": folder, "HOME": folder]) { $1 }
        let profiles = try Profiles.load { variables[$0] }
        // Reads the identities while their files exist.
        for profile in profiles.all { _ = try? profile.identity() }
        identities.append(contentsOf: profiles.all.map { profile in Result { try profile.identity() } })
        return profiles
    }

    private final class Kept { var identities: [Result<Value?, any Error>] = [] }
    private let kept = Kept()
    private var identities: [Result<Value?, any Error>] {
        get { kept.identities }
        nonmutating set { kept.identities = newValue }
    }

    private func mistake(_ text: String, mode: mode_t = 0o644) -> Failure? {
        do { _ = try load(text, mode: mode) } catch { return error as? Failure }
        return nil
    }

    @Test("a profile has a server, keys and may be protected")
    func whole() throws {
        let profiles = try load(
            """
            production:
              server: https://lakefs.example.com
              keys: {env: {access_key_id: ID, secret_access_key: KEY}}
              protected: true
            staging: {server: "http://staging.example.com:8000/lake/api/v1"}
            """, environment: ["ID": "AKIA", "KEY": "canary"])
        #expect(profiles.names == ["production", "staging"])
        #expect(profiles["production"]?.isProtected == true && profiles["staging"]?.isProtected == false)
        #expect(profiles["staging"]?.endpoint.basePath == "/lake/api/v1")
        #expect(try identities[0].get() == ["access_key_id": "AKIA", "secret_access_key": .secret("canary")])
        #expect(try identities[1].get() == nil)
    }

    @Test("keys come from a file as lakectl has it, named from home or from the folder of the profiles")
    func file() throws {
        let keys = "credentials:\n  access_key_id: A\n  secret_access_key: S\n"
        for name in ["~/lakesh/other.yaml", "other.yaml"] {
            _ = try load("a: {server: \"http://h\", keys: {file: \"\(name)\"}}", beside: ["other.yaml": keys])
        }
        for identity in identities {
            #expect(try identity.get() == ["access_key_id": "A", "secret_access_key": .secret("S")])
        }
    }

    @Test("keys in the file itself are refused where others may read it")
    func mode() throws {
        let text = "a: {server: \"http://h\", keys: {access_key_id: A, secret_access_key: canary}}"
        #expect(mistake(text)?.message.hasSuffix("the profile `a` holds keys, and others may read the file") == true)
        #expect(mistake(text, mode: 0o600) == nil)
    }

    @Test("a variable that is not set is named when the server is used")
    func unset() throws {
        _ = try load("a: {server: \"http://h\", keys: {env: {token: TOKEN}}}")
        let failure = #expect(throws: Failure.self) { try identities[0].get() }
        #expect(failure?.message == "the profile `a` takes its keys from $TOKEN, which is not set")
    }

    private static let mistakes: [(String, String)] = [
        ("[a]", "is not a map from names to profiles"),
        ("a: {sever: x}", "the profile `a` has `sever`, which means nothing"),
        ("a: {protected: true}", "the profile `a` needs a `server`"),
        ("a: {server: \"http://h\", protected: 1}", "neither true nor false"),
        ("a: {server: \"http://h\", keys: 5}", "has `keys` that say nothing"),
        ("a: {server: \"lakefs\"}", "is not a server's address"),
        ("a: [", "cannot be read"),
    ]

    @Test("what is wrong with the file is said with its path and the profile", arguments: mistakes)
    func wrong(_ text: String, _ words: String) throws {
        let failure = try #require(mistake(text))
        #expect(failure.message.contains("/lakesh/profiles.yaml") && failure.message.contains(words))
    }

    @Test("without a file there are none")
    func none() throws {
        #expect(try Profiles.load { ["HOME": "/nowhere"][$0] }.names.isEmpty)
    }

    @Test("in a sandbox each name is a sandbox of its own, with an identity of its own")
    func sandboxes() throws {
        let text = """
            create_user ana
            on "production" { create_user bo }
            let there = on "production" { list_users --all | get id }
            let elsewhere = on "staging" { list_users --all | get id }
            {here: (list_users --all | get id), there: $there, elsewhere: $elsewhere}
            """
        let value = try RunBench(text).value
        #expect(value == ["here": ["admin", "ana"], "there": ["admin", "bo"], "elsewhere": ["admin"]])
    }

    @Test("a name that no profile has is found before the run, in a sandbox it is good")
    func unknown() throws {
        let profiles = try load("production: {server: \"http://h\"}")
        let text = SourceText(name: "t.lfs", text: "on \"prodution\" { print 1 }")
        let found = ScriptFront.load(text, as: .file, profiles: profiles).diagnostics
        #expect(found.map(\.code) == ["E0318"] && found.first?.label == "did you mean `production`?")
        #expect(ScriptFront.load(text, as: .file).diagnostics.isEmpty)
    }

    // MARK: Protected

    /// Runs a line on a profile whose server does not answer; the outcome shows the question that was asked.
    private func run(_ line: String, protected: Bool = true, words: Set<String> = [], all: Bool = false) throws
        -> Failure?
    {
        let profiles = try load("production: {server: \"http://127.0.0.1:1\", protected: \(protected)}")
        let profile = try #require(profiles["production"])
        let connection = try Connection.server(
            profile.endpoint, identity: ["token": "t"], profile: profile, profiles: profiles)
        var consent = Questions.Consent()
        consent.words = words
        consent.all = all
        return try RunBench(line, on: connection, consent: consent).failure
    }

    @Test("what destroys on a protected profile asks for the name of its target")
    func protected() throws {
        let failure = try #require(try run("delete_branch lake main"))
        #expect(failure.kind == .declined && failure.notes == ["there is no terminal: confirm with --confirm main"])
        #expect(failure.message.contains("`delete_branch lake main` destroys on http://127.0.0.1:1"))
    }

    @Test("so it does inside of `on`")
    func protectedInside() throws {
        #expect(try run("on \"production\" { delete_branch lake main }")?.kind == .declined)
    }

    @Test("the target's name or the profile's agrees; --yes does not")
    func agreed() throws {
        for words: Set<String> in [["main"], ["production"]] {
            #expect(try run("delete_branch lake main", words: words)?.kind == .operation)
        }
        #expect(try run("delete_branch lake main", all: true)?.kind == .declined)
    }

    @Test("reading and making, and profiles that are not protected, ask nothing")
    func unasked() throws {
        #expect(try run("get_branch lake main")?.kind == .operation)
        #expect(try run("delete_branch lake main", protected: false)?.kind == .operation)
    }
}
