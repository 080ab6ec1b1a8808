import LakeAPI
import LakeScript
import Testing

@testable import LakeREPL

struct CommandUseTests {
    private let engine = ReplEngine(vocabulary: Catalogue.vocabulary)

    private func literals(_ text: String) -> [String] {
        engine.uses(in: text).flatMap(\.literals).map { "\($0.parameter)=\($0.text)" }
    }

    @Test(
        "each literal is bound to the parameter that it fills",
        arguments: [
            ("get_branch lake main", ["repository=lake", "branch=main"]),
            ("get_branch --branch=main lake", ["branch=main", "repository=lake"]),
            ("get_branch lake \"my branch\"", ["repository=lake", "branch=my branch"]),
            ("get_branch $r main", ["branch=main"]),
            ("add_group_membership (get_group_id Devs) ana", ["user_id=ana"]),
            ("for u in [1] { get_user ana }", ["user_id=ana"]),
            (
                "hard_reset_branch lake (get_branch lake dev).id main",
                [
                    "repository=lake", "ref=main", "repository=lake", "branch=dev",
                ]
            ),
        ])
    func binds(text: String, expected: [String]) {
        #expect(literals(text) == expected)
    }

    @Test("a range is the token's, quotes included")
    func range() {
        let text = "get_user 'ana'"
        let literal = engine.uses(in: text).flatMap(\.literals).first
        #expect(literal?.range == 9..<14)
    }
}
