internal import LakeAPI
package import LakeScript

// Help: everything that can be asked for by a word, and what is said then.
//
// Nothing is written twice. What an operation, a built-in or a diagnostic is stands where it is defined, and its help is
// made from that. What is told in sentences stands in articles, Markdown files in `LakeScript.docc` and
// `LakeRunner.docc`, which DocC shows on pages and the build puts into the binary: `Article` reads them, `ArticleRenderer`
// shows them on a terminal. A section of one is asked for by its heading, or by the keyword that stands in it.
//
// `lakesh help`, the built-in `help` and the shell all ask here. Their tests run each example, hold each table against
// what it tells of, and ask for each word.

/// Answers what `help TOPIC` asks.
package struct Help {
    private let styler: Styler
    private let command: String
    private let renderer: ArticleRenderer

    /// - Parameters:
    ///   - styler: how it is coloured.
    ///   - width: the columns that there are.
    ///   - command: how further help is asked for where this is read.
    ///   - colouringCode: puts colours into a text of the language.
    package init(
        styler: Styler = Styler(isColoured: false), width: Int = 80, command: String = "lakesh help",
        colouringCode: @escaping (String) -> String = { $0 }
    ) {
        self.styler = styler
        self.command = command
        renderer = ArticleRenderer(styler: styler, width: width, command: command, colouringCode: colouringCode)
    }

    /// What there is to say about a word; nil where it is no topic.
    package func text(on topic: String) -> String? {
        let name = topic.replacingHyphens
        if let operation = Catalogue[name] { return OperationHelp(operation: operation, styler: styler).text }
        if let builtin = Builtins[name] { return text(on: builtin) }
        if let code = Help.codes.first(where: { $0.name == topic.uppercased() }) { return code.page }
        if let article = Article.all.first(where: { $0.name == topic }) { return text(of: article) }
        return section(on: topic)
    }

    /// The section of an article that a word is told about in: a heading's, else the first that mentions it as code.
    package func section(on topic: String) -> String? {
        let topic = topic.lowercased()
        let all = Help.sections
        guard
            let (article, section) = all.first(where: { $0.section.names.contains(topic) })
                ?? all.first(where: { $0.section.mentions.contains(topic) })
        else { return nil }
        var lines = [renderer.heading(section.heading.isEmpty ? article.title : section.heading), ""]
        lines += renderer.lines(section.blocks)
        lines += ["", styler(.dim, "more: \(command) \(article.name)")]
        return lines.map { $0 + "\n" }.joined()
    }

    /// The topics that are articles, and how the others are asked for.
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

    /// All that can be asked for.
    package static var names: [String] {
        Catalogue.all.map(\.name) + Builtins.all.map(\.signature.name) + Article.all.map(\.name)
            + sections.flatMap { $0.section.names } + codes.map(\.name)
    }

    /// The codes of all errors and warnings, by room.
    package static let codes = Diagnostic.codes + Failure.codesOfLakeScript + Failure.codesOfCatalogue + Failure.codesOfSandbox
        + Failure.codesOfHost + Failure.codesOfTests + Failure.codesOfCommands

    /// That a word is no topic, with the topic that was most likely meant; `others` are topics of the caller's own.
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

    /// All sections; those of the articles that explain a word, not only name it, come first.
    private static let sections: [(article: Article, section: Article.Section)] = {
        let first = ["statements", "values", "commands"]
        let articles =
            first.compactMap { name in Article.all.first { $0.name == name } }
            + Article.all.filter { !first.contains($0.name) }
        return articles.flatMap { article in article.sections.map { (article: article, section: $0) } }
    }()
}

extension String {
    /// Whether a command of that name is in a line.
    fileprivate func hasCommand(_ name: String) -> Bool {
        split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == name }
    }
}
