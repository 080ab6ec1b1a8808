import TestSupport
import Testing

@testable import LakeScript

struct SecretHidingTests {
    private static let texts: [(text: String, keepingWidth: Bool, expected: String)] = [
        ("a hunter2, `hunter2`", false, "a ••••, `••••`"), ("a hunter2, `hunter2`", true, "a •••••••, `•••••••`"),
        ("süßer hunter", false, "süßer hunter"), ("", false, ""),
    ]

    @Test("a secret is hidden wherever it stands", arguments: texts)
    func hides(text: String, keepingWidth: Bool, expected: String) {
        #expect(text.hiding(["hunter2"], keepingWidth: keepingWidth) == expected)
    }

    @Test("what is too short to be a secret is left in the text")
    func short() {
        #expect("this is it".hiding(["is"]) == "this is it")
    }

    @Test("an error that is raised with a secret does not tell it")
    func raised() {
        #expect(Failure(raising: .secret("hunter2")).message == "••••")
        #expect(Failure(raising: "plain").message == "plain")
    }

    @Test("a server that repeats a secret is not repeated")
    func repeated() {
        var failure = Failure(.notFound, "no user hunter2", notes: ["server: hunter2 is not here"])
        failure.body = ["message": "hunter2"]
        let hidden = failure.hiding((["user_id": .secret("hunter2"), "n": 1] as Value).secretTexts)
        #expect(hidden.message == "no user ••••")
        #expect(hidden.notes == ["server: •••• is not here"])
        #expect(hidden.body == ["message": "••••"])
    }
}
