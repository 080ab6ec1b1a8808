import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

struct HostFunctionTests {
    private func call(_ name: String, _ arguments: Value...) throws(Failure) -> Value {
        guard let function = HostFunctions.live()[name] else { throw Failure(.mistake, "`\(name)` is not there") }
        return try function(arguments + [.null])
    }

    @Test func aDigestIsTheOneOfTheStandard() throws {
        // FIPS 180-2, appendix B.1.
        let digest: Value = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(try call("sha256", "abc") == digest)
        #expect(try call("sha256", .bytes(Array("abc".utf8))) == digest)
    }

    @Test func aRegularExpressionMatchesAndReplaces() throws {
        #expect(try call("=~", "svc-dbt", "^svc-") == true)
        #expect(try call("=~", "ana", "^svc-") == false)
        #expect(try call("replace", "a-b-c", "-(\\w)", "+$1") == "a+b+c")
    }

    @Test func aPatternThatCostsTooMuchIsAnErrorNotAHang() {
        #expect(throws: Failure.self) { try call("=~", .string(String(repeating: "a", count: 60) + "!"), "^(a+)+$") }
    }

    @Test func whatReplacesInASecretStaysOne() throws {
        guard case .secret("xyz") = try call("replace", .secret("abc"), "abc", "xyz") else {
            Issue.record("not a secret")
            return
        }
    }

    @Test func whatIsMadeOfASecretIsOne() throws {
        #expect(try call("sha256", .secret("abc")).containsSecret)
        #expect(try call("from_yaml", .secret("key: abc"))["key"].containsSecret)
    }

    @Test func aReplacementIsNamedThatCannotBe() {
        let failure = #expect(throws: Failure.self) { try call("replace", "abc", "b", "$2") }
        #expect(failure?.message == "the replacement `$2` is wrong: unknown substring")
    }

    @Test(
        arguments: [
            ("pw=PASS", "PASS", "pa$$w0rd", "pw=pa$w0rd"), ("x", "x", "pa$word", "pa$word"), ("x", "x", "$", "$"),
            ("x", "x", "C:\\new\\Users\\t", "C:\\new\\Users\\t"), ("ab", "(a)", "\\1", "\\1b"),
            ("svc-dbt", "^svc-(?<n>.*)$", "${n}!$1$0", "dbt!dbt$0"), ("ab", "(a)", "$12", "a2b"),
            ("x", "x", "$*MARK", "$*MARK"),
        ])
    func aReplacementIsAsWrittenButForGroups(text: String, pattern: String, replacement: String, result: String) throws
    {
        #expect(try call("replace", .string(text), .string(pattern), .string(replacement)) == .string(result))
    }

    @Test(arguments: [("a.b", ".", "-", "a-b"), ("x", "x", "$1 $$ ${n}", "$1 $$ ${n}"), ("(?<é", "(?<é", "", "")])
    func literallyNeitherPatternNorReplacementHasSigns(
        text: String, pattern: String, replacement: String, result: String
    ) throws {
        #expect(try call("replace", .string(text), .string(pattern), .string(replacement), true) == .string(result))
    }

    @Test func aGroupThatWasNotThereIsEmpty() throws {
        #expect(try call("replace", "abc", "(x)?b", "[$1]") == "a[]c")
    }
}
