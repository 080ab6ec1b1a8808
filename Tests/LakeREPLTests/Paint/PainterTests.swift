import LakeRunner
import Testing

@testable import LakeREPL

/// Stores the written text.
private final class Screen {
    var text = ""
}

struct PainterTests {
    private func frame(_ text: String, below: [StyledText] = []) -> Frame {
        var frame = Frame()
        frame.prompt = [Piece("> ", .green)]
        frame.text = text
        frame.cursor = text.count
        frame.below = below
        return frame
    }

    @Test("a frame is one write between the marks of synchronized output")
    func oneWrite() {
        var writes: [String] = []
        let painter = Painter(isColoured: true) { writes.append($0) }
        painter.paint(frame("ab"), columns: 20, height: 5)
        #expect(
            writes == ["\u{1B}[?2026h\u{1B}[?25l\r\u{1B}[J\u{1B}[0;32m> \u{1B}[0mab\u{1B}[5G\u{1B}[?25h\u{1B}[?2026l"])
    }

    @Test("the next frame begins at the block's first row")
    func goesUp() {
        let screen = Screen()
        let painter = Painter(isColoured: false) { screen.text += $0 }
        painter.paint(frame("abc\ndef"), columns: 20, height: 5)
        screen.text = ""
        painter.paint(frame("abc"), columns: 20, height: 5)
        #expect(screen.text.contains("\r\u{1B}[1A\u{1B}[J> abc"))
    }

    @Test("without colours there are no colours")
    func plain() {
        let screen = Screen()
        Painter(isColoured: false) { screen.text += $0 }.paint(frame("ab"), columns: 20, height: 5)
        #expect(!screen.text.contains("m"))
    }

    @Test("what goes above takes the block away first")
    func above() {
        let screen = Screen()
        let painter = Painter(isColoured: false) { screen.text += $0 }
        painter.paint(frame("a\nb"), columns: 20, height: 5)
        screen.text = ""
        painter.printAbove("one\ntwo")
        #expect(screen.text == "\r\u{1B}[1A\u{1B}[Jone\r\ntwo\r\n")
    }

    @Test("after a resize the block is looked for where the terminal has broken its rows")
    func resize() {
        let screen = Screen()
        let painter = Painter(isColoured: false) { screen.text += $0 }
        painter.paint(frame(String(repeating: "x", count: 30)), columns: 40, height: 5)
        screen.text = ""
        painter.resize(columns: 20)
        #expect(screen.text == "\r\u{1B}[1A\u{1B}[J")
    }

    @Test("the final frame ends on a line of its own and leaves nothing to go back to")
    func finish() {
        let screen = Screen()
        let painter = Painter(isColoured: false) { screen.text += $0 }
        painter.paint(frame("ab"), columns: 20, height: 5)
        painter.finish(frame("ab"), columns: 20)
        #expect(screen.text.hasSuffix("\r\n"))
        screen.text = ""
        painter.erase()
        #expect(screen.text == "\r\u{1B}[J")
    }
}
