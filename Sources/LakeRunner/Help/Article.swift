internal import LakeScript

/// An article of the help: a Markdown text with a title, a summary, and sections that are topics of their own.
package struct Article: Sendable {
    /// The topic: `exit-status`.
    package let name: String
    package let title: String
    /// The first paragraph, without its final period.
    package let summary: String
    /// The text before the first heading, then each heading with the text below it.
    let sections: [Section]

    struct Section: Sendable {
        /// Empty for the text before the first heading.
        let heading: String
        var blocks: [Markdown.Block] = []

        /// The topics of the section: each word of code in its heading, or the heading in lower case with hyphens for
        /// blanks.
        var names: [String] {
            let spans = Markdown.spans(of: heading)
            let code = spans.filter { $0.kind == .code }.flatMap { span in
                span.text.split(separator: " ").map { String($0.drop { $0 == "$" }) }
            }
            guard code.isEmpty, !heading.isEmpty else { return code }
            return [spans.map(\.text).joined().lowercased().map { $0 == " " ? "-" : String($0) }.joined()]
        }

        /// The words of all code spans and code blocks in it.
        var mentions: Set<String> {
            let texts = blocks.flatMap { block -> [String] in
                switch block {
                case .paragraph(let text): [text]
                case .items(let items): items
                case .table(_, let rows): rows.flatMap(\.self)
                case .heading, .code: []
                }
            }
            return Set(texts.flatMap(Section.code).flatMap { $0.split(separator: " ").map(String.init) })
        }

        /// True if its heading or a paragraph has a word, which is in lower case.
        func speaks(of word: String) -> Bool {
            let texts = blocks.flatMap { block -> [String] in
                switch block {
                case .paragraph(let text): [text]
                case .items(let items): items
                case .table(_, let rows): rows.flatMap(\.self)
                case .heading, .code: []
                }
            }
            return ([heading] + texts).contains { $0.lowercased().contains(word) }
        }

        /// The commands in the first column of its tables.
        var rows: Set<String> {
            let cells = blocks.flatMap { block -> [String] in
                if case .table(_, let rows) = block { rows.compactMap(\.first) } else { [] }
            }
            return Set(cells.flatMap(Section.code).map { String($0.prefix { $0 != " " }) })
        }

        private static func code(in text: String) -> [String] {
            Markdown.spans(of: text).filter { $0.kind == .code }.map(\.text)
        }

        /// The lines of its code examples in the language.
        var exampleLines: [String] {
            blocks.flatMap { block -> [String] in
                if case .code("lfs", let lines) = block { lines } else { [] }
            }
        }
    }

    /// Makes an article from a file's name and text.
    init(file: String, text: String) {
        name = file == "LakeScript" ? "language" : Article.hyphenated(file)
        var title = ""
        var sections = [Section(heading: "")]
        for block in Markdown.blocks(of: text) {
            switch block {
            case .heading(1, let words): title = Markdown.spans(of: words).map(\.text).joined()
            case .heading(_, let words): sections.append(Section(heading: words))
            case .paragraph, .items, .table, .code: sections[sections.count - 1].blocks.append(block)
            }
        }
        // The rest is navigation for DocC.
        if let topics = sections.firstIndex(where: { $0.heading == "Topics" }) { sections.removeSubrange(topics...) }
        self.title = title
        self.sections = sections
        var summary = ""
        if case .paragraph(let words)? = sections[0].blocks.first { summary = words }
        self.summary = summary.hasSuffix(".") ? String(summary.dropLast()) : summary
    }

    /// Returns `exit-status` for `ExitStatus`.
    private static func hyphenated(_ name: String) -> String {
        name.reduce(into: "") { result, letter in
            if letter.isUppercase, !result.isEmpty { result += "-" }
            result += letter.lowercased()
        }
    }
}

extension Article {
    /// All articles: those of the language and those of lakesh.
    package static let all: [Article] = Manual.articles.map { Article(file: $0.file, text: $0.text) } + ofLakesh

    private static let ofLakesh: [Article] = [
        article("Shell", PackageResources.Shell_md), article("Profiles", PackageResources.Profiles_md),
        article("Environment", PackageResources.Environment_md),
        article("ExitStatus", PackageResources.ExitStatus_md), article("Lakectl", PackageResources.Lakectl_md),
    ]

    private static func article(_ file: String, _ bytes: [UInt8]) -> Article {
        Article(file: file, text: String(decoding: bytes, as: UTF8.self))
    }
}
