import LakeAPI
import LakeSandbox
import LakeSandboxServer
import LakeScript
import TestSupport
import Testing

/// Answers of the sandbox to valid and invalid requests over HTTP, as in the tables of lakeFS's behaviour.
@Suite struct ConversationTests {
    @Test("the sandbox says what it must", arguments: Conversation.names)
    func says(_ name: String) throws {
        var player = ConversationPlayer(start: Self.serve)
        let differences = try player.play(try Conversation(named: name))
        #expect(differences.isEmpty, "\(differences.count) answers differ:\n\(differences.joined(separator: "\n"))")
    }

    @Test("every status that the documents name is reached, or it is listed why no server gives it")
    func statuses() throws {
        var player = ConversationPlayer(start: Self.serve)
        _ = try player.play(try Conversation(named: "statuses"))
        let excused = try Self.excuses()
        var lacking: [String] = []
        for (operation, statuses) in try Self.documented() {
            for status in statuses {
                let isReached = player.reached.contains { status.isMet(by: $0, of: operation) }
                let excuse = excused["\(operation) \(status.code)"] ?? excused["* \(status.code)"]
                if !isReached, excuse == nil { lacking.append("\(operation) \(status.code) is not reached") }
                if isReached, excused["\(operation) \(status.code)"] != nil {
                    lacking.append("\(operation) \(status.code) is reached: take it from unreachable.list")
                }
            }
        }
        #expect(lacking.isEmpty, "\(lacking.joined(separator: "\n"))")
    }

    /// A status in those tables; 0 stands for a failure of the server.
    private struct Documented {
        let code: Int

        func isMet(by reached: ConversationPlayer.Reached, of operation: String) -> Bool {
            reached.operation == operation && (code == 0 ? reached.status >= 500 : reached.status == code)
        }
    }

    private static func documented() throws -> [(String, [Documented])] {
        let facts = try JSON.read(try Fixtures.bytes(of: "documented-statuses.json")).record ?? Record()
        #expect(facts.keys.count == 43)
        return facts.map {
            ($0.0, ($0.1["statuses"].record ?? Record()).keys.compactMap(Int.init).map(Documented.init))
        }
    }

    /// Reads `OPERATION STATUS: reason`, one per line; the operation may be `*`.
    private static func excuses() throws -> [String: String] {
        let text = String(decoding: try Fixtures.bytes(of: "conversations/unreachable.list"), as: UTF8.self)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: ":", maxSplits: 1)
        }
        #expect(lines.allSatisfy { $0.count == 2 && $0[1].count > 10 }, "each line gives its reason")
        return Dictionary(lines.map { (String($0[0]), String($0.last ?? "")) }, uniquingKeysWith: { $1 })
    }

    private static func serve(_ flags: [String]) throws -> ConversationPlayer.Server {
        let likeness = try #require(flags.first.flatMap { SandboxConfiguration.Likeness(rawValue: $0) })
        let storage = flags.compactMap { SandboxConfiguration.Storage(rawValue: $0) }.first ?? .local
        let served = try ServedSandbox(
            SandboxConfiguration(
                like: likeness, storage: storage, isSetUp: !flags.contains("no-set-up"),
                asksPreferences: flags.contains("ask-preferences")))
        let keys = served.server.sandbox.adminCredentials
        return ConversationPlayer.Server(keys: (keys?.id ?? "", keys?.secret ?? "")) { try served.exchange($0) }
    }
}
