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

    @Test("undo goes back by words, not by letters")
    func undo() {
        var undo = UndoHistory()
        for end in 0...8 { undo.note(line(String("get user".prefix(end)))) }
        #expect(undo.back()?.text == "get")
        #expect(undo.back()?.text == "")
        #expect(undo.back() == nil)
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
