import LakeAssist
import LakeRunner
import Testing

@testable import LakeREPL

struct LineTests {
    private func line(_ text: String, cursor: Int? = nil) -> Line {
        let scalars = text.unicodeScalars.map(\.value)
        return Line(scalars: scalars, cursor: cursor ?? scalars.count)
    }

    @Test("a flag is one character of two scalars")
    func clusters() {
        #expect(line("a🇩🇪").previousLength == 2)
        #expect(line("🇩🇪a", cursor: 0).nextLength == 2)
        #expect(line("🇩🇪a", cursor: 2).characterCursor == 1)
        #expect(line("é文", cursor: 1).byteCursor == 2)
    }

    @Test(
        "rows above and below keep the column",
        arguments: [(5, -1, 1), (1, 1, 5), (2, 1, 5), (9, -1, 5), (1, -1, nil), (7, 1, nil)])
    func rows(cursor: Int, step: Int, expected: Int?) {
        // "abc", "d", "efgh"
        let text = "abc\nd\nefgh"
        #expect(line(text, cursor: cursor).cursor(rowsDown: step) == expected)
    }

    @Test("rows keep the column of the screen, not the count of characters")
    func wideRows() {
        #expect(line("文文文\nabcdef", cursor: 8).cursor(rowsDown: -1) == 2)
        #expect(line("文文文\nabcdef", cursor: 1).cursor(rowsDown: 1) == 6)
    }

    @Test("a paste and what is typed after it are two steps of undo")
    func undoOfPaste() {
        var undo = UndoHistory()
        for text in ["x", "x pasted", "x pastedy"] { undo.note(line(text)) }
        #expect(undo.back()?.text == "x pasted")
        #expect(undo.back()?.text == "x")
    }

    @Test("undo goes back by words, not by letters")
    func undo() {
        var undo = UndoHistory()
        for end in 0...8 { undo.note(line(String("get user".prefix(end)))) }
        #expect(undo.back()?.text == "get")
        #expect(undo.back()?.text == "")
        #expect(undo.back() == nil)
    }
}

struct KillBufferTests {
    private func line(_ text: String) -> Line {
        Line(scalars: text.unicodeScalars.map(\.value), cursor: text.unicodeScalars.count)
    }

    @Test("kills in a row are one text, in the order in which they stood")
    func row() {
        var kills = KillBuffer()
        kills.keep("three", before: true, from: line("one two three"), to: line("one two "))
        kills.keep("two ", before: true, from: line("one two "), to: line("one "))
        #expect(kills.text == "two three")
    }

    @Test("a kill after another key begins anew")
    func anew() {
        var kills = KillBuffer()
        kills.keep("b", before: true, from: line("ab"), to: line("a"))
        kills.keep("d", before: true, from: line("acd"), to: line("ac"))
        #expect(kills.text == "d")
    }
}

struct MenuTests {
    private func menu(_ count: Int, pageSize: Int = 3) -> Menu {
        Menu((0..<count).map { Candidate("c\($0)", "d", .value) }, pageSize: pageSize)
    }

    @Test("nothing is chosen until it is asked for")
    func opens() {
        #expect(menu(2).selected == nil)
        #expect(menu(2).rows == [[Piece("  c0"), Piece("  d", .dim)], [Piece("  c1"), Piece("  d", .dim)]])
    }

    @Test("choices go round the ends", arguments: [(1, 0), (-1, 4)])
    func first(step: Int, expected: Int) {
        var menu = menu(5)
        menu.move(by: step)
        #expect(menu.selected == expected)
        for _ in 0..<5 { menu.move(by: step) }
        #expect(menu.selected == expected)
    }

    @Test("the page follows the choice and says where it is")
    func pages() {
        var menu = menu(8)
        #expect(menu.rows.last == [Piece("  1-3 of 8", .dim)])
        for _ in 0..<8 { menu.move(by: 1) }
        #expect(menu.page == 6..<8)
        #expect(menu.rows.last == [Piece("  7-8 of 8", .dim)])
    }

    @Test("ten thousand candidates cost a page")
    func many() {
        #expect(menu(10_000, pageSize: 10).rows.count == 11)
    }
}
