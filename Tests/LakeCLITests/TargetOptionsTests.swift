import LakeRunner
import LakeScript
import Testing

@testable import LakeCLI

/// The server or sandbox that a command line's options select.
struct TargetOptionsTests {
    /// Loads profiles from a file with this text.
    private func profiles(_ text: String) throws -> Profiles {
        let files = FileStore()
        let folder = try files.makeTemporaryFolder("lakesh-target")
        defer { files.removeFolder(folder) }
        let path = folder + "/lakesh/profiles.yaml"
        try files.write(Array(text.utf8), to: path, isSecret: false, mayOverwrite: true)
        return try Profiles.load { ["XDG_CONFIG_HOME": folder, "KEY": "AKIA", "SECRET": "s"][$0] }
    }

    private static let two = """
        production: {server: "https://lakefs.example.com/api/v1", protected: true,
          keys: {env: {access_key_id: KEY, secret_access_key: SECRET}}}
        staging: {server: "http://h:8000"}
        """

    @Test(
        "a sandbox is one however it is asked for",
        arguments: [
            (["sandbox": true], "like lakeFS 1.84 with access control"), (["like": "v0.90"], "0.90"),
            (["storage": "s3"], "1.84"), (["sandbox": true, "like": "v0.90"], "0.90"),
        ] as [([String: Value], String)])
    func sandbox(_ options: [String: Value], _ words: String) throws {
        let connection = try TargetOptions.connect(options)
        #expect(connection.isSandbox && connection.description.contains(words), "\(connection.description)")
        #expect(connection.profiles == nil && connection.identityName == "admin")
        #expect(try TargetOptions.profiles(options) == nil)
    }

    @Test("the options of a sandbox do not go with a server", arguments: ["sandbox", "like", "storage"])
    func mixed(_ name: String) throws {
        let value: Value = name == "sandbox" ? true : name == "like" ? "v0.90" : "s3"
        let failure = #expect(throws: Failure.self) {
            _ = try TargetOptions.connect(["server": "http://h", name: value])
        }
        #expect(failure?.message == "`--\(name)` is about a sandbox, and `--server` names a server")
        #expect(failure?.notes == ["leave out one of the two"])
    }

    @Test("what sends nothing needs no server, and knows the profiles")
    func none() throws {
        let connection = try TargetOptions.connect(["sandbox": false], profiles(Self.two), needsServer: false)
        #expect(connection.description == "no server" && !connection.isSandbox)
        #expect(connection.profiles?.names == ["production", "staging"])
    }

    @Test("a profile by its name")
    func profile() throws {
        let connection = try TargetOptions.connect(["server": "production"], profiles(Self.two))
        #expect(connection.description == "https://lakefs.example.com" && connection.identityName == "AKIA")
        #expect(connection.profile?.name == "production" && connection.profile?.isProtected == true)
        #expect(try TargetOptions.connect(["server": "staging"], profiles(Self.two)).identityName == nil)
    }

    @Test("a server by its address, though profiles are there")
    func address() throws {
        let connection = try TargetOptions.connect(["server": "http://127.0.0.1:9"], profiles(Self.two))
        #expect(connection.description == "http://127.0.0.1:9" && connection.profile == nil)
    }

    @Test("a name that no profile has is a mistake, though nothing is to be sent", arguments: [true, false])
    func unknown(needsServer: Bool) throws {
        let known = try profiles(Self.two)
        let failure = #expect(throws: Failure.self) {
            _ = try TargetOptions.connect(["server": "prodution"], known, needsServer: needsServer)
        }
        #expect(failure?.message == "there is no profile `prodution`")
        #expect(failure?.notes == ["did you mean `production`?"])
    }
}
