import TestSupport
import Testing

@testable import LakeScript

/// Compares the tables of the manual (`LakeScript.docc`) with the language. The tests of help run its examples.
struct ManualTests {
    private static func lines(of article: String) throws -> [String] {
        let bytes = try Fixtures.bytes(of: "../../Sources/LakeScript/LakeScript.docc/\(article).md")
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0) }
    }

    @Test func eachBuiltinHasARowWithItsParametersAndItsSummary() throws {
        let rows = try ManualTests.lines(of: "Builtins").filter { $0.hasPrefix("| `") }
        #expect(rows.count == Builtins.all.count)
        for builtin in Builtins.all {
            let signature = builtin.signature
            let row = try #require(
                rows.first { $0.hasPrefix("| `\(signature.name) ") || $0.hasPrefix("| `\(signature.name)`") },
                "\(signature.name) has no row")
            #expect(row.hasSuffix("| \(signature.summary) |"), "\(signature.name)")
            for parameter in signature.parameters {
                let isThere = row.contains("--\(parameter.name)") || row.contains(parameter.name.uppercased())
                #expect(isThere, "\(signature.name) --\(parameter.name)")
            }
        }
    }

    @Test func eachKindOfErrorIsInItsTable() throws {
        let text = try ManualTests.lines(of: "Errors").joined(separator: "\n")
        for kind in Failure.Kind.allCases { #expect(text.contains("`\(kind.rawValue)`")) }
    }
}
