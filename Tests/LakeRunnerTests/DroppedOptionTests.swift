import LakeScript
import Testing

@testable import LakeRunner

/// Options that exclude each other, checked with the real catalogue.
struct DroppedOptionTests {
    @Test(
        "an option that the way of sending would drop is refused by the check",
        arguments: [
            ("upload_object lake main a --from b --presign --if_none_match \"*\"", 1),
            ("upload_object lake main a --from b --presign --if_match x --force", 2),
            ("upload_object lake main a --from b --content \"x\"", 1),
            ("get_object lake main a --presign --to b", 1), ("print (list_users --all --with_headers)", 1),
            ("upload_object lake main a --from b --presign", 0), ("print (list_users --with_headers)", 0),
            ("upload_object lake main a --from b --presign --no-force", 0),
            ("let way = (env A) == \"b\"\nupload_object lake main a --from b --presign=$way --if_match x", 0),
        ])
    func options(_ text: String, _ count: Int) {
        let script = ScriptFront.load(SourceText(name: "a.lfs", text: text + "\n"), as: .file)
        let found = script.diagnostics
        let all = DiagnosticRenderer(sources: script.sources, isStyled: false).render(found)
        #expect(found.map(\.code).filter { $0 != "W0105" } == Array(repeating: "E0415", count: count), "\(all)")
    }
}
