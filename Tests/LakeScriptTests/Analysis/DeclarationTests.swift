import TestSupport
import Testing

@testable import LakeScript

/// Declared names and their uses.
struct DeclarationTests {
    private func analysis(_ text: String) -> SourceAnalysis {
        SourceAnalysis(
            SourceText(name: "t.lfs", text: text),
            in: Checker.Surroundings(vocabulary: ToyVocabulary.vocabulary, wantsProgram: false))
    }

    private static let texts: [(String, [String])] = [
        ("let a = 1\nprint $a \"${a}\" \"$a\"", ["immutable a 4: 17 22 28"]),
        ("var n = 1\nn = $n + 2", ["mutable n 4: 10 15"]),
        ("var m = {}\n$m.k = 1", ["mutable m 4: 12"]),
        ("for x in [1] { print $x }\nfor x in [2] { print $x }", ["item x 4: 22", "item x 30: 48"]),
        ("def f(a) { print $a }\nf 1; f 2", ["function f 4: 22 27", "parameter a 6: 18"]),
        ("let a = 1\ndef f() { print $a }\nf", ["immutable a 4: 27", "function f 14: 31"]),
        ("try { fail \"x\" } catch e { print $e.kind }", ["item e 23: 34"]),
        ("param p = \"x\"\nlet p2 = $p", ["parameter p 6: 24", "immutable p2 18:"]),
        ("[1] | where { $it > 0 }", []),
    ]

    @Test("each name has its declaration and its uses", arguments: texts)
    func declarations(text: String, expected: [String]) {
        let found = analysis(text).declarations.map { declaration in
            let uses = declaration.uses.map { " \($0.lowerBound)" }.joined()
            return "\(declaration.kind) \(declaration.name) \(declaration.range.lowerBound):\(uses)"
        }
        #expect(found == expected)
    }

    @Test("a name is found where it is given and where it is used")
    func at() {
        let analysis = analysis("let who = \"ana\"\nget_user $who")
        #expect(analysis.declaration(at: 5)?.name == "who")
        #expect(analysis.declaration(at: 28)?.name == "who")
        #expect(analysis.declaration(at: 20) == nil)
    }

    @Test(
        "positions count in UTF-16, as editors do, and lead back",
        arguments: [(0, 0), (3, 2), (8, 5), (9, 0), (12, 1)])
    func utf16(offset: UInt32, column: Int) {
        // é: 2 bytes, 1 unit; 😀: 4 bytes, 2 units; 文: 3 bytes, 1 unit.
        let text = SourceText(name: "t", text: "aé😀b\n文x")
        let position = text.utf16Position(of: offset)
        #expect(position.column == column)
        #expect(text.offset(line: position.line, utf16Column: position.column) == offset)
    }

    @Test("a position that there is not is the nearest one before")
    func outside() {
        let text = SourceText(name: "t", text: "ab\n😀c")
        #expect(text.offset(line: 0, utf16Column: 9) == 2)
        #expect(text.offset(line: 1, utf16Column: 1) == 3)
        #expect(text.offset(line: 7, utf16Column: 0) == 8)
    }
}
