import LakeAPI
import LakeSandbox
import LakeSandboxServer
import LakeScript
import TestSupport
import Testing

/// Recorded answers of real servers, compared with the sandbox's, in this process and over HTTP.
@Suite struct RecordingTests {
    @Test("The sandbox answers a recording as the real server did, in this process", arguments: Recording.names)
    func inProcess(_ name: String) throws {
        let recording = try Recording(named: name)
        let random = SystemRandomNumberGenerator()
        var door = InProcess(try recording.configuration, random: random)
        try expect(recording, admin: door.sandbox.adminCredentials) { door.answer($0) }
    }

    @Test("The sandbox answers a recording as the real server did, over HTTP", arguments: Recording.names)
    func overHTTP(_ name: String) throws {
        let recording = try Recording(named: name)
        let served = try ServedSandbox(try recording.configuration)
        let admin = served.server.sandbox.adminCredentials
        try expect(recording, admin: admin) { try served.exchange($0) }
    }

    /// Checks that a step is answered as recorded, or listed as pending.
    private func expect(_ recording: Recording, admin: AccessKey?, _ door: @escaping RecordingPlayer.Door) throws {
        let differences = RecordingPlayer.play(
            recording, accessKey: admin?.id ?? "", secretKey: admin?.secret ?? "", through: door)
        let pending = try Recording.pending()[recording.name] ?? []
        let new = differences.filter { !pending.contains($0.step) }.map { "step \($0.step) \($0.difference)" }
        #expect(new.isEmpty, "\(new.count) steps differ:\n\(new.joined(separator: "\n"))")
        let passing = pending.subtracting(differences.map(\.step)).sorted()
        #expect(passing.isEmpty, "\(recording.name) passes at \(passing) now: take them from pending.txt")
    }

    @Test("What is pending names recordings and steps that there are")
    func pending() throws {
        for (name, steps) in try Recording.pending() {
            let count = try Recording(named: name).steps.count
            #expect(!steps.isEmpty && steps.allSatisfy { (1...count).contains($0) }, "\(name)")
        }
    }
}

/// Answers requests in this process.
private struct InProcess {
    private(set) var sandbox: Sandbox
    private var random: SystemRandomNumberGenerator

    init(_ configuration: SandboxConfiguration, random: SystemRandomNumberGenerator) {
        self.random = random
        sandbox = Sandbox(configuration, at: .current, random: &self.random)
    }

    mutating func answer(_ request: HTTPRequest) -> HTTPResponse {
        var answer = sandbox.answer(request, at: .current, random: &random)
        // Over HTTP, the server adds this header.
        if answer.header("Content-Length") == nil, request.method != "HEAD" {
            answer.headers.append(("Content-Length", String(answer.body.count)))
        }
        return answer
    }
}

extension Recording {
    /// The configuration of the sandbox that imitates the recorded server.
    fileprivate var configuration: SandboxConfiguration {
        get throws {
            SandboxConfiguration(
                like: try #require(value(of: "--like").flatMap { .init(rawValue: $0) }),
                storage: try #require(SandboxConfiguration.Storage(rawValue: value(of: "--storage") ?? "local")),
                isSetUp: isSetUp, asksPreferences: flags.contains("--ask-preferences"))
        }
    }
}
