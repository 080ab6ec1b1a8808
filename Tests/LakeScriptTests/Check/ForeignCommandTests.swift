import Testing

@testable import LakeScript

/// The names of commands in other shells: none of them is a built-in.
struct ForeignCommandTests {
    @Test(arguments: Diagnostic.foreignCommands.keys.sorted())
    func anUnknownNameOfAnotherShellHasAdvice(name: String) {
        #expect(Builtins[name] == nil)
        #expect(CheckedText("\(name) x").diagnostics.first?.label == Diagnostic.foreignCommands[name])
    }

    @Test("the vocabulary has more of them, and its advice counts")
    func theirs() {
        var conventions = Conventions()
        conventions.foreignCommands = ["fetch": "write `get`", "grep": "write `find`"]
        let text = CheckedText("fetch x\ngrep x", vocabulary: Vocabulary(conventions: conventions))
        #expect(text.diagnostics.map(\.label) == ["write `get`", "write `find`"])
    }
}
