import Testing

@testable import LakeScript

/// The names that other shells have: none of them is one of ours.
struct ElsewhereTests {
    @Test(arguments: Diagnostic.elsewhere.keys.sorted())
    func aNameFromElsewhereIsUnknownHere(name: String) {
        #expect(Builtins[name] == nil)
        #expect(CheckedText("\(name) x").diagnostics.first?.label == Diagnostic.elsewhere[name])
    }
}
