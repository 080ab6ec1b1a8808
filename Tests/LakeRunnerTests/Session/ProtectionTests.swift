import LakeAPI
import LakeSandbox
import LakeScript
import Testing

@testable import LakeRunner

/// The questions asked before a destructive operation.
struct ProtectionTests {
    private let sandbox = Connection.sandbox(.init())

    private func question(_ command: String, _ arguments: Record) throws -> Protection? {
        let call = OperationCall(command: command, arguments: arguments)
        return Protection(call, try sandbox.server(of: nil).get(), isPrompt: true)
    }

    @Test("a hard reset can be taken back, and the question says how")
    func hardReset() throws {
        let question = try question(
            "hard_reset_branch", ["repository": "lake", "branch": "main", "ref": "main~1"])
        #expect(
            question?.message == "`hard_reset_branch lake main main~1` on the sandbox: moves a branch to any commit; "
                + "it may lose commits, staged changes are kept. To take it back: hard_reset_branch to the commit that "
                + "the branch is at now.")
        #expect(question?.word == nil && question?.profile == nil)
    }

    @Test("a deleted repository cannot, and its name is to be typed")
    func repository() throws {
        let question = try question("delete_repository", ["repository": "lake"])
        #expect(question?.message.hasPrefix("`delete_repository lake` on the sandbox cannot be taken back: ") == true)
        #expect(question?.word == "lake")
    }

    @Test("what destroys nothing is not asked about", arguments: ["get_branch", "create_branch", "no_such"])
    func harmless(_ command: String) throws {
        #expect(try question(command, ["repository": "lake", "branch": "main"]) == nil)
    }

    @Test("what takes a call back is told of operations that destroy, and names one that there is")
    func undos() {
        let told = Catalogue.all.filter { $0.undo != nil }
        #expect(told.count == 5 && told.allSatisfy { $0.effect == .destroy })
        for operation in told {
            #expect(Catalogue[String(operation.undo?.prefix { $0 != " " } ?? "")] != nil, "\(operation.name)")
        }
    }
}
