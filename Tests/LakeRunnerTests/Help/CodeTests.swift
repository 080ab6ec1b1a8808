import LakeRunner
import LakeScript
import TestSupport
import Testing

/// The codes of errors and warnings, over all rooms.
struct CodeTests {
    @Test("a code has one meaning")
    func unique() {
        let names = Help.codes.map(\.name)
        #expect(Set(names).count == names.count, "\(names.filter { name in names.count { $0 == name } > 1 })")
    }

    @Test("each code that the sources declare is listed for the help, and its constant is called by it")
    func listed() throws {
        let listed = Set(Help.codes.map(\.name))
        var declared: Set<String> = []
        for text in try CodeTests.sources(in: "../../Sources") {
            for piece in text.split(separator: "static let ").dropFirst() {
                let words = piece.prefix(60).split { " (\n\"".contains($0) }
                guard words.count > 3, words[1] == "=", words[2] == "Code" else { continue }
                #expect(listed.contains(String(words[3])) && words[0].uppercased() == words[3])
                declared.insert(String(words[3]))
            }
        }
        #expect(declared == listed)
    }

    @Test("each page has whole sentences below its code", arguments: Help.codes.map(\.name))
    func pages(name: String) throws {
        let page = try #require(Help().text(on: name))
        let text = try #require(Help.codes.first { $0.name == name }?.text)
        #expect(page.hasPrefix("\(name)\n\n\(text)\n") && page == Help().text(on: name.lowercased()))
        #expect(text.count > 20 && (text.hasSuffix(".") || text.hasSuffix(".)")), "\(text)")
    }

    /// The texts of all Swift files below a folder.
    private static func sources(in folder: String) throws -> [String] {
        try Fixtures.names(in: folder).flatMap { name in
            name.hasSuffix(".swift")
                ? [String(decoding: try Fixtures.bytes(of: "\(folder)/\(name)"), as: UTF8.self)]
                : try sources(in: "\(folder)/\(name)")
        }
    }
}
