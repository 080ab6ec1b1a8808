import Testing

@testable import LakeScript

struct DidYouMeanTests {
    @Test(
        "a name that is close is the one that was meant",
        arguments: [
            ("creaton_date", "creation_date"), ("brnach", "branch"), ("date_creation", "creation_date"), ("A", "a"),
            ("b", nil), ("bra", nil),
        ] as [(String, String?)])
    func closest(name: String, meant: String?) {
        #expect(DidYouMean.closest(to: name, in: ["creation_date", "branch", "a"]) == meant)
    }

    @Test("a name as long as a book is compared with nothing: it took longer than anybody waits")
    func longName() {
        let name = String(repeating: "a", count: 200_000)
        #expect(DidYouMean.closest(to: name, in: [name + "b"]) == nil)
    }
}
