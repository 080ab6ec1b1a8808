import TestSupport
import Testing

@testable import LakeScript

/// The language depends on no API: its sources name no entity of lakeFS, in code, comments or texts.
///
/// The examples of explanations are exempt, and so is the manual in `LakeScript.docc`: they show scripts of lakesh with
/// operations that really exist, and are checked and run.
struct NounTests {
    /// Words of identifiers and of texts, in small letters.
    private static let nouns: Set<String> = [
        "repository", "repositories", "branch", "commit", "commits", "committed", "committer", "ref", "refs", "lakefs",
        "lakectl", "cookie", "cookies", "pagination", "credential", "credentials", "bucket",
        "buckets", "policy", "policies", "tombstone", "blockstore", "lockout", "metarange", "graveler",
        "presign", "presigned",
    ]

    @Test("no source of the language has a noun of lakeFS")
    func sources() throws {
        var found: [String] = []
        for file in try NounTests.files(in: "../../Sources/LakeScript") {
            let text = String(decoding: try Fixtures.bytes(of: file), as: UTF8.self)
            found += NounTests.nouns(in: text).map { "\(file.dropFirst(6)): \($0)" }
        }
        #expect(found == [])
    }

    private static let texts: [(String, [String])] = [
        ("let aBranchOfIt = list_repositories", ["branch", "repositories"]), ("// `lakefs://`", ["lakefs"]),
        ("branches.commission", []), ("wrong: \"commit x\", right: \"get_commit x\"", []), ("COOKIE", ["cookie"]),
    ]

    @Test("a noun is found inside of identifiers, and not in examples", arguments: texts)
    func detection(text: String, found: [String]) {
        #expect(NounTests.nouns(in: text) == found)
    }

    private static func files(in folder: String) throws -> [String] {
        try Fixtures.names(in: folder).flatMap { name -> [String] in
            let path = folder + "/" + name
            if name.hasSuffix(".swift") { return [path] }
            return name.contains(".") ? [] : try files(in: path)
        }
    }

    /// Returns the nouns in a Swift file, in order.
    private static func nouns(in text: String) -> [String] {
        let examples = /(wrong|right): "(\\.|[^"\\])*"/
        var words: [String] = []
        var word = ""
        for character in text.replacing(examples, with: "") + " " {
            let isCapital = character.isUppercase && word.last?.isLowercase == true
            if !character.isLetter || isCapital {
                words.append(word.lowercased())
                word = ""
            }
            if character.isLetter { word.append(character) }
        }
        return words.filter(nouns.contains)
    }
}
