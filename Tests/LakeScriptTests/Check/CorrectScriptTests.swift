import TestSupport
import Testing

@testable import LakeScript

/// Correct scripts (`Fixtures/script/correct`), which must have no diagnostics.
struct CorrectScriptTests {
    static let scripts = Fixtures.names(in: "script/correct").flatMap { name in
        ChunkFile("script/correct/\(name)").chunks.map(\.input)
    }

    @Test(arguments: scripts)
    func aCorrectScriptGivesNoDiagnostic(_ script: String) {
        let checked = CheckedText(script, files: CorrectScriptTests.files)
        #expect(checked.lines == [], "\(script)")
        #expect(checked.program != nil)
    }

    private static let files = [
        "lib.lfs": "def greet(name) { print \"hello $name\" }\ninclude \"more/more.lfs\"",
        "more/more.lfs": "def twice(n: int) { return $n * 2 }",
        "other.lfs": "param user_id\nparam count = 3\nparam keys: list = []\nprint $user_id $count $keys",
    ]
}
