import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

/// The answers of `help TOPIC`, and the correctness of the articles.
struct HelpTests {
    private let help = Help()

    private static let keywords = Keyword.allCases.map(\.rawValue)
    private static let builtins = Builtins.all.map(\.signature.name)

    @Test("each keyword has a section, which mentions it", arguments: keywords)
    func keyword(_ word: String) throws {
        let text = try #require(help.section(on: word))
        #expect(text.contains(word) && text.contains("more: lakesh help "))
    }

    @Test("a statement's section is its own")
    func statement() throws {
        #expect(try #require(help.text(on: "while")).hasPrefix("while, break, continue\n\n    var left = 4\n"))
        #expect(try #require(help.text(on: "retry")).hasPrefix("retry, every\n"))
        #expect(try #require(help.text(on: "secrets")).hasPrefix("Secrets\n"))
        #expect(try #require(help.text(on: "=~")).hasPrefix("Operators\n"))
        #expect(try #require(help.text(on: "--with_headers")).hasPrefix("Options of every operation\n"))
    }

    @Test("each built-in has its call, what it does and an example", arguments: builtins)
    func builtin(_ name: String) throws {
        let builtin = try #require(Builtins[name])
        let text = try #require(help.text(on: name))
        #expect(text.hasPrefix(name) && text.contains("\n  \(builtin.signature.summary)\n"))
        #expect(text.contains("\nfor example\n  "))
        #expect(text.contains("\nmore: lakesh help "))
    }

    @Test("each topic that is said to be one is one")
    func names() {
        for name in Help.names { #expect(help.text(on: name) != nil, "\(name)") }
    }

    @Test("an operation is found by its name with hyphens, too, and a code by its letters in any case")
    func spellings() {
        #expect(help.text(on: "create-user") == help.text(on: "create_user"))
        #expect(help.text(on: "e0201") == help.text(on: "E0201") && help.text(on: "E0201") != nil)
    }

    @Test("what is no topic gets the closest that is one")
    func unknown() {
        #expect(help.text(on: "whle") == nil)
        #expect(Help.unknown("whle").notes == ["did you mean `while`?"])
        #expect(Help.unknown("enviroment").notes == ["did you mean `environment`?"])
        #expect(Help.unknown("creat-user").notes == ["did you mean `create_user`?"])
        #expect(Help.unknown("xyzzyx").notes == ["`help` lists the topics"])
    }

    @Test("every article is listed with what it is about")
    func topics() {
        let words = { (text: String) in text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        for article in Article.all {
            #expect(help.topics.contains("  \(article.name) "))
            #expect(words(help.topics).contains("\(article.name) \(words(article.summary))"))
            #expect(!article.summary.isEmpty && !article.summary.contains("\n"))
        }
    }

    @Test("no line of an article but code is wider than the window", arguments: [60, 80, 100])
    func width(_ width: Int) {
        let help = Help(width: width)
        for article in Article.all {
            let lines = help.text(on: article.name)?.split(separator: "\n") ?? []
            for line in lines where !line.hasPrefix("    ") && line.contains(" ") {
                let isOneWord = line.split(separator: " ").count < 3
                #expect(line.reduce(0) { $0 + $1.displayWidth } <= width || isOneWord, "\(line)")
            }
        }
    }

    // MARK: Articles

    @Test(
        "every file of the two catalogues of articles is in the binary, as it is",
        arguments: ["LakeScript", "LakeRunner"])
    func files(_ room: String) throws {
        let folder = "../../Sources/\(room)/\(room).docc"
        let files = Fixtures.names(in: folder).filter { $0.hasSuffix(".md") }
        #expect(!files.isEmpty)
        for file in files {
            let text = String(decoding: try Fixtures.bytes(of: "\(folder)/\(file)"), as: UTF8.self)
            let article = Article(file: String(file.dropLast(3)), text: text)
            let known = try #require(Article.all.first { $0.name == article.name }, "\(file)")
            #expect(
                known.title == article.title && known.sections.flatMap(\.blocks) == article.sections.flatMap(\.blocks))
        }
    }

    @Test("each link leads to an article")
    func links() {
        for article in Article.all {
            for case .paragraph(let text) in article.sections.flatMap(\.blocks) {
                for span in Markdown.spans(of: text) where span.kind == .link {
                    #expect(Article.all.contains { $0.name == Article(file: span.text, text: "").name }, "\(span.text)")
                }
            }
        }
    }

    @Test("each example in the language is correct", arguments: Article.all.map(\.name))
    func examples(_ name: String) throws {
        let article = try #require(Article.all.first { $0.name == name })
        for case .code("lfs", let lines) in article.sections.flatMap(\.blocks) {
            let text = lines.joined(separator: "\n") + "\n"
            #expect(HelpTests.mistakes(in: text).isEmpty, "\(text)\(HelpTests.mistakes(in: text))")
        }
    }

    /// Returns the errors of a script.
    static func mistakes(in text: String) -> [String] {
        ScriptFront.load(SourceText(name: "t.lfs", text: text), as: .file).diagnostics
            .filter { $0.severity == .error }.map { "\($0.code) \($0.message)" }
    }
}
