import LakeRunner
import Testing

@testable import LakeREPL

struct FrameTests {
    private func frame(_ text: String, cursor: Int? = nil, prompt: String = "> ") -> Frame {
        var frame = Frame()
        frame.prompt = [Piece(prompt)]
        frame.text = text
        frame.cursor = cursor ?? text.count
        return frame
    }

    private func rows(_ layout: FrameLayout) -> [String] { layout.rows.map { $0.map(\.text).joined() } }

    @Test("a text stands behind the prompt, the cursor behind the text")
    func line() {
        let layout = frame("get_user").layout(columns: 20)
        #expect(rows(layout) == ["> get_user"])
        #expect((layout.cursorRow, layout.cursorColumn) == (0, 10))
    }

    @Test(
        "text wraps at the window's width",
        arguments: [
            ("abcdef", 8, ["> abcdef", ""], 1, 0),
            ("abcdefg", 8, ["> abcdef", "g"], 1, 1),
            ("abc文", 6, ["> abc", "文"], 1, 2),
            ("ab文", 6, ["> ab文", ""], 1, 0),
            ("", 8, ["> "], 0, 2),
        ])
    func wrapping(text: String, columns: Int, expected: [String], row: Int, column: Int) {
        let layout = frame(text).layout(columns: columns)
        #expect(rows(layout) == expected)
        #expect((layout.cursorRow, layout.cursorColumn) == (row, column))
    }

    @Test("each further line opens with the continuation prompt")
    func continuation() {
        let layout = frame("if true {\n  x\n}", cursor: 11).layout(columns: 20)
        #expect(rows(layout) == ["> if true {", "·   x", "· }"])
        #expect((layout.cursorRow, layout.cursorColumn) == (1, 3))
    }

    @Test(
        "the server stays where the window is narrow, the place loses its beginning",
        arguments: [(60, "production lake/main> x"), (30, "production …n> x"), (16, "prod… > x"), (8, "… > x")])
    func server(columns: Int, row: String) {
        var frame = frame("x", prompt: "lake/main")
        frame.prompt.append(Piece("> "))
        frame.server = [Piece("production")]
        #expect(frame.layout(columns: columns).rows.map { $0.map(\.text).joined() } == [row])
    }

    @Test("a long prompt leaves half of the window to the text")
    func longPrompt() {
        let layout = frame("ab\nc", prompt: "repository/main> ").layout(columns: 12)
        #expect(rows(layout) == ["…ain> ab", "    · c"])
    }

    @Test("a cursor on a line end stands behind the line's last character")
    func cursorOnLineEnd() {
        let layout = frame("ab\ncd", cursor: 2).layout(columns: 20)
        #expect((layout.cursorRow, layout.cursorColumn) == (0, 4))
    }

    @Test("control characters are shown, never sent")
    func controls() {
        #expect(rows(frame("a\u{1B}[2Jb").layout(columns: 20)) == ["> a^[[2Jb"])
    }

    @Test("a family of emoji is one character of two columns")
    func clusters() {
        let layout = frame("👨‍👩‍👧x", cursor: 1).layout(columns: 20)
        #expect(layout.cursorColumn == 4)
        #expect(layout.rows[0].count == 4)
    }

    @Test("a sign stands for each character of a secret")
    func secret() {
        var frame = frame("é 'süß'")
        frame.secrets = [4..<9]
        #expect(rows(frame.layout(columns: 20)) == ["> é '•••'"])
    }

    @Test("highlights count in bytes")
    func highlights() {
        var frame = frame("文 ab")
        frame.highlights = [Highlight(0..<3, .blue), Highlight(4..<5, .red)]
        let styles = frame.layout(columns: 20).rows[0].dropFirst(2).map(\.style)
        #expect(Array(styles) == [.blue, .plain, .red, .plain])
    }

    @Test("the ghost follows the text, dim, and does not move the cursor")
    func ghost() {
        var frame = frame("li")
        frame.ghost = "st_users\nmore"
        let layout = frame.layout(columns: 30)
        #expect(rows(layout) == ["> list_users …"])
        #expect(layout.cursorColumn == 4)
        #expect(layout.rows[0][5].style == .dim)
    }

    @Test(
        "the right prompt stands at the edge, and gives way to the text",
        arguments: [("ab", true), ("abcdefghij", false)])
    func rightPrompt(text: String, isShown: Bool) {
        var frame = frame(text)
        frame.rightPrompt = [Piece("sandbox")]
        let row = frame.layout(columns: 20).rows[0]
        #expect(row.map(\.text).joined().hasSuffix("sandbox") == isShown)
        #expect(!isShown || row.width == 20)
    }

    @Test("rows below are cut to the window")
    func below() {
        var frame = frame("x")
        frame.below = [[Piece("a long description")]]
        #expect(rows(frame.layout(columns: 8)) == ["> x", "a long …"])
    }

    @Test("a block taller than the window shows the rows around the cursor")
    func viewport() {
        let text = (0..<20).map { "line \($0)" }.joined(separator: "\n")
        let layout = frame(text, cursor: 0).layout(columns: 20, height: 5)
        #expect(rows(layout).first == "> line 0")
        #expect(layout.rows.count == 5)
        let end = frame(text).layout(columns: 20, height: 5)
        #expect(rows(end).last == "· line 19")
        #expect(end.cursorRow == 4)
    }
}
