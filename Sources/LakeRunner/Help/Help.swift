internal import LakeAPI
internal import LakeSandbox
package import LakeScript

// Help on every topic.
//
// Nothing is written twice. The help on an operation, a built-in or a diagnostic is made from its definition. Longer
// explanations are articles, Markdown files in `LakeScript.docc` and `LakeRunner.docc`. DocC shows them as pages, and
// the build embeds them into the binary: `Article` parses them, `ArticleRenderer` shows them on a terminal. A section
// of an article is a topic, too, by its heading or by the keyword in it.
//
// `lakesh help`, the built-in `help` and the shell all use it. Its tests run each example, compare each table with the
// code it describes, and look up each topic.

/// Answers `help TOPIC`.
package struct Help {
    private let styler: Styler
    private let command: String
    private let renderer: ArticleRenderer

    /// - Parameters:
    /// - styler: the styles of the output.
    /// - width: its width in columns.
    /// - command: the command that shows more help.
    /// - colouringCode: highlights text of the language.
    package init(
        styler: Styler = Styler(isColoured: false), width: Int = 80, command: String = "lakesh help",
        colouringCode: @escaping (String) -> String = { $0 }
    ) {
        self.styler = styler
        self.command = command
        renderer = ArticleRenderer(styler: styler, width: width, command: command, colouringCode: colouringCode)
    }

    /// Returns the help on a topic; nil if there is no such topic.
    package func text(on topic: String) -> String? {
        let name = topic.replacingHyphens
        if let operation = Catalogue[name] { return OperationHelp(operation: operation, styler: styler).text }
        if let code = Help.codes.first(where: { $0.name == topic.uppercased() }) { return code.page }
        // A name may be that of a built-in and of an article.
        let pages = [
            Builtins[name].map { text(on: $0) }, Article.all.first { $0.name == topic }.map { text(of: $0) },
        ].compactMap(\.self)
        guard pages.isEmpty else { return pages.joined(separator: "\n") }
        if isHeading(topic) { return section(on: topic) }
        let found = [section(on: topic), search(topic)].compactMap(\.self)
        return found.isEmpty ? nil : found.joined(separator: "\n")
    }

    /// True if a section of an article has a topic as its heading.
    private func isHeading(_ topic: String) -> Bool {
        Help.sections.contains { $0.section.names.contains(topic.lowercased()) }
    }

    /// Lists the commands and sections that have a word in their name or in what is said of them; nil if there are none.
    private func search(_ word: String) -> String? {
        let word = word.lowercased().stem
        let commands =
            Catalogue.all.map { ($0.name, $0.summary) } + Builtins.all.map { ($0.name, $0.signature.summary) }
        let rows = commands.filter { name, summary in
            "\(name) \(name.hyphenated) \(summary)".lowercased().contains(word)
        }
        let headings = Help.sections.filter { $0.section.speaks(of: word) }.map { article, section in
            (section.names.first ?? article.name, section.heading.isEmpty ? article.title : section.heading)
        }
        let all = (rows + headings).map { ["  " + $0, Markdown.spans(of: $1).map(\.text).joined()] }
        guard !all.isEmpty else { return nil }
        let shown = Array(all.prefix(Help.shownResults)).aligned()
        let more = all.count > shown.count ? ["  and \(all.count - shown.count) more"] : []
        let lines = [styler(.bold, "Where `\(word)` is spoken of") + " (\(command) NAME)"] + shown + more
        return lines.map { $0 + "\n" }.joined()
    }

    private static let shownResults = 40

    /// Returns the section of an article about a topic: one with that heading, or the first one that mentions it as
    /// code.
    package func section(on topic: String) -> String? {
        let topic = topic.lowercased().drop { $0 == "$" }
        let all = Help.sections
        guard
            let (article, section) = all.first(where: { $0.section.names.contains(String(topic)) })
                ?? all.first(where: { $0.section.mentions.contains(String(topic)) })
        else { return nil }
        var lines = [renderer.heading(section.heading.isEmpty ? article.title : section.heading), ""]
        lines += renderer.lines(section.blocks)
        lines += ["", styler(.dim, "more: \(command) \(article.name)")]
        return lines.map { $0 + "\n" }.joined()
    }

    /// Lists the articles, and explains how to find other topics.
    package var topics: String {
        let others = "Also any operation, built-in, keyword or code:"
        let examples = ["create_user", "where", "retry", "E0201"].map { "help \($0)" }.joined(separator: ", ")
        let lines =
            [styler(.bold, "Topics") + " (help TOPIC)"]
            + renderer.lines([
                .table(head: ["", ""], rows: Article.all.map { [$0.name, $0.summary] }),
                .paragraph("\(others) \(examples)"),
            ])
        return lines.map { $0 + "\n" }.joined()
    }

    /// The names of all topics.
    package static var names: [String] {
        Catalogue.all.map(\.name) + Builtins.all.map(\.signature.name) + Article.all.map(\.name)
            + sections.flatMap { $0.section.names } + codes.map(\.name)
    }

    /// The codes of all errors and warnings, by room.
    package static let codes =
        Diagnostic.codes + Failure.codesOfLakeScript + Failure.codesOfLakeAPI + Failure.codesOfCatalogue
        + Failure.codesOfSandbox + Failure.codesOfSessions + Failure.codesOfWorld + Failure.codesOfHost
        + Failure.codesOfTests + Failure.codesOfCommands

    /// The failure for an unknown topic, with a suggestion; `others` are additional topics of the caller.
    package static func unknown(_ topic: String, others: [String] = []) -> Failure {
        let known = others + names
        let close =
            DidYouMean.closest(to: topic, in: known) ?? DidYouMean.closest(to: topic.replacingHyphens, in: known)
        return .unknownTopic(
            "there is no help on `\(topic)`",
            notes: [close.map { "did you mean `\($0)`?" } ?? "`help` lists the topics"])
    }

    // MARK: Pages

    private func text(of article: Article) -> String {
        var lines = [styler(.bold, article.title)]
        for section in article.sections {
            lines += [""]
            if !section.heading.isEmpty { lines += [renderer.heading(section.heading), ""] }
            lines += renderer.lines(section.blocks)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func text(on builtin: Builtin) -> String {
        let name = builtin.signature.name
        let call = SignatureHelp(signature: builtin.signature, prefix: "", styler: styler).text
        let article = Article.all.first { $0.name == "builtins" }
        let lines = article?.sections.flatMap(\.exampleLines) ?? []
        let section = article?.sections.first { $0.rows.contains(name) }
        let examples = lines.filter { $0.hasCommand(name) }.map { "  " + renderer.colouringCode($0) }
        let rest =
            ["", styler(.bold, "for example")] + examples
            + ["", styler(.dim, "more: \(command) \(section?.names.last ?? "builtins")")]
        return call + rest.map { $0 + "\n" }.joined()
    }

    /// All sections; those of articles that explain words come before those that only mention them.
    private static let sections: [(article: Article, section: Article.Section)] = {
        let first = ["statements", "values", "commands"]
        let articles =
            first.compactMap { name in Article.all.first { $0.name == name } }
            + Article.all.filter { !first.contains($0.name) }
        return articles.flatMap { article in article.sections.map { (article: article, section: $0) } }
    }()
}

extension String {
    /// The word without an ending, so that `memberships` finds `members`.
    fileprivate var stem: String {
        ["s", "ship", "ing"].reduce(self) { word, ending in
            word.hasSuffix(ending) && word.count > ending.count + 3 ? String(word.dropLast(ending.count)) : word
        }
    }

    /// True if a line contains the command.
    fileprivate func hasCommand(_ name: String) -> Bool {
        split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == name }
    }
}
