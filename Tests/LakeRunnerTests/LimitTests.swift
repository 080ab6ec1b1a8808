import LakeScript
import Testing

@testable import LakeRunner

/// Values just within the limits.
struct LimitTests {
    @Test("a value that is as deep as one may be is compared, written and let go of")
    func deepest() throws {
        let text = """
            var x = []
            for i in 1..511 { x = [$x] }
            let y = $x
            assert $x == $y
            to_json $x | from_json | to_json | length
            """
        #expect(try RunBench(text).outcome.get() == 1024)
    }

    @Test("a long range is walked through without being stored")
    func longRange() throws {
        let text = "var last = 0\nfor i in 1..9223372036854775807 { last = $i; if $i == 5 { break } }\n$last"
        #expect(try RunBench(text).value == 5)
    }
}
