import LakeScript
import Testing

@testable import LakeRunner

/// Parsing and rendering the Markdown of articles.
struct MarkdownTests {
    @Test("headings, paragraphs, lists, tables and code are blocks of their own")
    func blocks() {
        let blocks = Markdown.blocks(
            of: """
                # Title

                One line
                and its next.
                - first
                  goes on
                - second

                | a | |
                |---|---|
                | `x \\| y` | z |

                ```lfs
                print "| # -"

                ```
                ## Next
                """)
        #expect(
            blocks == [
                .heading(level: 1, "Title"), .paragraph("One line and its next. - first   goes on - second"),
                .table(head: ["a", ""], rows: [["`x | y`", "z"]]),
                .code(language: "lfs", lines: ["print \"| # -\"", ""]),
                .heading(level: 2, "Next"),
            ])
        #expect(Markdown.blocks(of: "- first\n  goes on\n- second") == [.items(["first goes on", "second"])])
    }

    @Test("code, emphasis and links are spans; a mark that is not closed is text")
    func spans() {
        #expect(
            Markdown.spans(of: "a `b c` **d** <doc:Errors> `open")
                == [
                    .init(text: "a ", kind: .text), .init(text: "b c", kind: .code), .init(text: " ", kind: .text),
                    .init(text: "d", kind: .strong), .init(text: " ", kind: .text), .init(text: "Errors", kind: .link),
                    .init(text: " ", kind: .text), .init(text: "`open", kind: .text),
                ])
    }

    private func shown(_ text: String, width: Int, isColoured: Bool = false) -> [String] {
        let renderer = ArticleRenderer(
            styler: Styler(isColoured: isColoured), width: width, colouringCode: { "<\($0)>" })
        return renderer.lines(Markdown.blocks(of: text))
    }

    @Test("text is wrapped between words, wide characters counted as they show")
    func wrapping() {
        #expect(shown("one two three", width: 9) == ["  one two", "  three"])
        #expect(shown("日本 日本 日本", width: 11) == ["  日本 日本", "  日本"])
        #expect(shown("- one two three", width: 11) == ["  - one two", "    three"])
        #expect(shown("extraordinarily", width: 5) == ["  extraordinarily"])
    }

    @Test("with colours code has no backticks, without them it keeps them")
    func code() {
        #expect(shown("see `get_user`", width: 40) == ["  see `get_user`"])
        #expect(shown("see `get_user`", width: 40, isColoured: true) == ["  see \u{1B}[36mget_user\u{1B}[0m"])
        #expect(shown("see <doc:ExitStatus>", width: 60) == ["  see `lakesh help exit-status`"])
    }

    @Test("code of the language is coloured by who knows it, and never wrapped")
    func blockOfCode() {
        #expect(
            shown("```lfs\nprint 1\n\nprint 22222222\n```", width: 8) == ["    <print 1", "", "    print 22222222>"])
        #expect(shown("```\na = b\n```", width: 8) == ["    a = b"])
    }

    @Test("a table has its columns aligned and its last cell wrapped; where there is no room, that stands below")
    func table() {
        let text = "| key | meaning |\n|---|---|\n| a | one two three four five six seven |\n| bcd | x |"
        #expect(
            shown(text, width: 34) == [
                "  key  meaning", "  a    one two three four five six", "       seven", "  bcd  x",
            ])
        #expect(
            shown(text, width: 20) == [
                "  a", "      one two three", "      four five six", "      seven", "  bcd", "      x",
            ])
    }
}
