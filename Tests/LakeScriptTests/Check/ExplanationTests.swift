import Testing

@testable import LakeScript

/// The pages of the codes say what is so.
struct ExplanationTests {
    /// The files that the examples include and run.
    private static let files: [String: String] = {
        let files = [
            "script.lfs": "run \"script.lfs\"", "acting.lfs": "print hello", "common.lfs": "def f() { print a }",
            "asking.lfs": "param name\nprint $name", "33.lfs": "print done",
        ]
        return files.merging((1..<33).map { ("\($0).lfs", "run \"\($0 + 1).lfs\"") }) { first, _ in first }
    }()

    @Test(arguments: Diagnostic.codes.map(\.name))
    func theWrongExampleGivesTheCodeAndTheRightOneNothing(code: String) throws {
        let page = try #require(Diagnostic.codes.first { $0.name == code }?.examples.first)
        let wrong = CheckedText(bytes: page.wrongBytes, name: "script.lfs", files: ExplanationTests.files)
        #expect(wrong.codes == [code], "\(wrong.lines)")
        #expect(CheckedText(page.right, name: "script.lfs", files: ExplanationTests.files).lines == [])
    }

    @Test func noCodeHasTwoPages() {
        let codes = Diagnostic.codes.map(\.name)
        #expect(Set(codes).count == codes.count)
    }
}
