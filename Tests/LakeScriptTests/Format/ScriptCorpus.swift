import TestSupport

@testable import LakeScript

/// Every script without a mistake in its syntax that this repository has: the examples, the reference's, the pages' of
/// the codes, and those that other tests are about.
enum ScriptCorpus {
    static let all: [String] = {
        var texts = CorrectScriptTests.scripts + Diagnostic.codes.flatMap(\.examples).map(\.right)
        for name in ["trees", "onboarding", "hard-reset", "errors/lexical", "errors/syntax"] {
            texts += ChunkFile("script/\(name).txt").chunks.map(\.input)
        }
        for name in Fixtures.names(in: "script/format") {
            texts += ChunkFile("script/format/\(name)").chunks.flatMap { [$0.input, $0.expected] }
        }
        texts += Fixtures.names(in: "fuzz").compactMap { try? text("fuzz/\($0)") }
        texts += Fixtures.names(in: "../../examples").filter { $0.hasSuffix(".lfs") }
            .compactMap { try? text("../../examples/\($0)") }
        texts += Fixtures.names(in: docc).compactMap { try? text("\(docc)/\($0)") }.flatMap(blocks)
        return texts.filter { text in
            Parser.parse(SourceText(name: "t", text: text), file: FileID(index: 0)).diagnostics.isEmpty
        }
    }()

    private static let docc = "../../Sources/LakeScript/LakeScript.docc"

    /// The text of a file below `Tests/Fixtures`.
    static func text(_ name: String) throws -> String { String(decoding: try Fixtures.bytes(of: name), as: UTF8.self) }

    /// Returns the code blocks of an article in the language.
    private static func blocks(_ article: String) -> [String] {
        var blocks: [String] = []
        var isOpen = false
        for line in article.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```lfs" {
                isOpen = true
                blocks.append("")
            } else if line == "```" {
                isOpen = false
            } else if isOpen {
                blocks[blocks.count - 1] += line + "\n"
            }
        }
        return blocks
    }
}
