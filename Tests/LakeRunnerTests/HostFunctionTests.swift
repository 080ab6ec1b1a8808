import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

struct HostFunctionTests {
    private func call(_ name: String, _ arguments: Value...) throws(Failure) -> Value {
        guard let function = HostFunctions.live()[name] else { throw Failure(.mistake, "`\(name)` is not there") }
        return try function(arguments)
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

    @Test func aGroupThatWasNotThereIsEmpty() throws {
        #expect(try call("replace", "abc", "(x)?b", "[$1]") == "a[]c")
    }
}
