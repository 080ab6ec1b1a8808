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
        ("nan", "nan"), ("yes", "yes"), ("[1, a]", [1, "a"]), ("", .null), ("--- a\n...\n", "a"), ("+12", 12),
        ("1.2.3", "1.2.3"),
        ("0xZ", "0xZ"), ("a: &a [1]\nb: *a", ["a": [1], "b": [1]]), (#"["\ud83d\ude00"]"#, ["😀"]),
        ("a: &a {x: 1, y: 1}\nb:\n  <<: *a\n  y: 2", ["a": ["x": 1, "y": 1], "b": ["x": 1, "y": 2]]),
        ("- &a {x: 1}\n- &b {x: 2, z: 3}\n- {<<: [*a, *b]}", [["x": 1], ["x": 2, "z": 3], ["x": 1, "z": 3]]),
        ("'<<': 1", ["<<": 1]),
    ]

    @Test(arguments: scalars)
    func scalarsFollowTheCoreSchema(text: String, value: Value) throws {
        #expect(try read(text) == value)
    }

    @Test(arguments: [
        "a: [1", "a: *b", "? [x]\n: 1", "a: 1\na: 2", "1: a\n'1': b", "a: 1\n---\nb: 2", "a: !!str 5", "a: !x [1]",
        "!y\na: 1", "1e999", "9223372036854775808", "0xFFFFFFFFFFFFFFFF", ".inf", "-.INF", ".nan", "&a [*a]", "<<: 1",
        "[a", "a: &a {x: 1}\nb: {<<: *a, y: 1, y: 2}",
    ])
    func whatCannotBeReadNamesItsLine(text: String) {
        #expect(throws: Failure.self) { try read(text) }
    }

    static let values: [Value] = [
        Value.null, "text", "12", "no", "a: b", " lead", [], [:], ["a": ["b": [1, ["c": "d"]], "e": []]],
        [["id": "ana", "n": 1], ["id": "bo", "n": 2]], "line\nbreak", "\u{85}\u{2028}\u{2029}\u{FEFF}\u{7F}\u{9F}",
        "é😀", ["<<": "y", "": "12e3", "k: #": ["n"]], .string(String(repeating: "k", count: 5000)),
        .map([String(repeating: "k", count: 1100): 1, String(repeating: "\n", count: 1100): [["a": []]]]),
    ]

    @Test func aliasesOfAliasesAreBounded() {
        let rows = (1..<12).map { n in
            "a\(n): &a\(n) [\(repeatElement("*a\(n - 1)", count: 10).joined(separator: ", "))]\n"
        }
        #expect(throws: Failure.self) { try read("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + rows.joined()) }
    }

    @Test func aliasesAddToTheDepth() {
        let deep = "- &a \(String(repeating: "[", count: 300))\(String(repeating: "]", count: 300))\n"
        #expect(throws: Failure.self) {
            try read(deep + "- \(String(repeating: "[", count: 300))*a\(String(repeating: "]", count: 300))\n")
        }
    }

    @Test func severalDocumentsAreAList() throws {
        #expect(try YAML.read(Array("1\n---\n2\n".utf8), isList: true) == [1, 2])
        #expect(try YAML.read(Array("".utf8), isList: true) == [])
    }

    @Test(arguments: values)
    func whatIsWrittenReadsTheSame(value: Value) throws {
        #expect(try read(YAML.write(value)) == value)
    }
}
