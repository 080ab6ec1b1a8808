import Testing

@testable import LakeScript

/// The pages of the checker's codes say what is so.
struct ExplanationTests {
    private static let pages =
        Explanations.names + Explanations.calls + Explanations.types + Explanations.flow + Explanations.warnings
    private static let files = [
        "script.lfs": "run \"script.lfs\"", "acting.lfs": "print hello", "common.lfs": "def f() { print a }",
        "asking.lfs": "param name\nprint $name",
    ]
    /// Codes that a short example cannot give.
    private static let needsMore = ["E0315"]

    @Test(arguments: pages.map(\.code))
    func theWrongExampleGivesTheCodeAndTheRightOneNothing(code: String) throws {
        let page = try #require(ExplanationTests.pages.first { $0.code == code })
        let wrong = CheckedText(page.wrong, name: "script.lfs", files: ExplanationTests.files)
        if !ExplanationTests.needsMore.contains(code) { #expect(wrong.codes == [code], "\(wrong.lines)") }
        #expect(CheckedText(page.right, name: "script.lfs", files: ExplanationTests.files).lines == [])
    }

    @Test func noCodeHasTwoPages() {
        let codes = Explanations.all.map(\.code)
        #expect(Set(codes).count == codes.count)
    }
}
