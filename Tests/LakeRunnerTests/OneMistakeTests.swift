import LakeRunner
import LakeScript
import TestSupport
import Testing

/// Scripts with one error each, checked with the real catalogue: it is found before anything is sent.
@Suite struct OneMistakeTests {
    struct Script: Sendable, CustomTestStringConvertible {
        let code: String
        let text: String

        var testDescription: String { text }
    }

    static let scripts: [Script] = {
        let text = String(decoding: (try? Fixtures.bytes(of: "one-mistake.txt")) ?? [], as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            return Script(code: parts[0], text: parts.last ?? "")
        }
    }()

    @Test("the check finds a script's one mistake, and says it once", arguments: scripts)
    func finds(_ script: Script) {
        let checked = ScriptFront.load(SourceText(name: "one.lfs", text: script.text), as: .file)
        #expect(checked.diagnostics.filter { $0.severity == .error }.map(\.code) == [script.code])
        #expect(checked.program == nil)
    }

    @Test("each of the 43 operations of the first documents has its script")
    func coversTheDocuments() throws {
        let documented = try JSON.read(try Fixtures.bytes(of: "documented-statuses.json")).record?.keys ?? []
        let words = Self.scripts.flatMap { $0.text.split { !$0.isLetter && $0 != "_" } }.map(String.init)
        #expect(documented.count == 43 && Self.scripts.count == 43)
        #expect(documented.filter { !words.contains($0) } == [])
    }
}
