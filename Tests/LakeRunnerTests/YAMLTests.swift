import LakeScript
import Testing

@testable import LakeRunner

struct YAMLTests {
    private func read(_ text: String) throws -> Value { try YAML.read(Array(text.utf8)) }

    @Test func aLakectlFileIsAMap() throws {
        let value = try read(
            """
            # lakectl command line configuration file
            credentials:
                access_key_id: AKIAJEXAMPLE
                secret_access_key: "abc/def+gh"
            server:
                endpoint_url: http://127.0.0.1:8000/api/v1
            """)
        #expect(value["credentials"]["secret_access_key"] == "abc/def+gh")
        #expect(value["server"]["endpoint_url"] == "http://127.0.0.1:8000/api/v1")
    }

    static let scalars: [(String, Value)] = [
        ("~", Value.null), ("true", true), ("12", 12), ("0x1F", 31), ("1.5", .float(1.5)), ("'12'", "12"),
        ("nan", "nan"), ("yes", "yes"), ("[1, a]", [1, "a"]), ("", .null), ("--- a\n...\n", "a"), ("1e999", "1e999"),
    ]

    @Test(arguments: scalars)
    func scalarsFollowTheCoreSchema(text: String, value: Value) throws {
        #expect(try read(text) == value)
    }

    @Test(arguments: [
        "a: [1", "a: *b", "? [x]\n: 1", "a: 1\na: 2", "1: a\n'1': b", "a: 1\n---\nb: 2", "a: !!str 5", "a: !x [1]",
        "!y\na: 1",
    ])
    func whatCannotBeReadNamesItsLine(text: String) {
        #expect(throws: Failure.self) { try read(text) }
    }

    static let values: [Value] = [
        Value.null, "text", "12", "no", "a: b", " lead", [], [:], ["a": ["b": [1, ["c": "d"]], "e": []]],
        [["id": "ana", "n": 1], ["id": "bo", "n": 2]], "line\nbreak", "\u{85}\u{2028}\u{2029}\u{FEFF}\u{7F}\u{9F}",
        "é😀",
    ]

    @Test(arguments: values)
    func whatIsWrittenReadsTheSame(value: Value) throws {
        #expect(try read(YAML.write(value)) == value)
    }
}
