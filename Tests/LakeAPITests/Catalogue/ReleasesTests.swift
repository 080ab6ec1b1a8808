import LakeScript
import TestSupport
import Testing

@testable import LakeAPI

/// Compares the table of releases with the facts of 160 specifications, in both directions; and tests ranges of
/// releases.
struct ReleasesTests {
    private static let facts = Result { try JSON.read(try Fixtures.bytes(of: "since.json"))["operations"].record }

    private func facts() throws -> Record { try #require(try ReleasesTests.facts.get()) }

    /// Returns the ranges of a fact.
    private func releases(_ fact: Value) -> Releases {
        Releases(
            (fact.items ?? []).map { run in
                let ends = (run.items ?? []).map { $0.text.flatMap { ServerVersion($0) } }
                return Releases.Run(from: ends[0], to: ends[1])
            })
    }

    /// Returns the elements of an operation in a fact, each as `query force`.
    private func parts(_ fact: Value) -> [String: Releases] {
        var parts: [String: Releases] = [:]
        for kind in Operation.Element.Kind.allCases {
            let isPath = kind == .path
            for (name, runs) in fact[isPath ? "requests" : kind.rawValue].record ?? Record() {
                let name = isPath ? String(name.drop { $0 != " " }.dropFirst()) : name
                parts["\(kind.rawValue) \(name)"] = releases(runs)
            }
        }
        return parts
    }

    @Test("the table has the operations of the facts, and no other")
    func operations() throws {
        #expect(Set(ReleaseTable.names) == Set(try facts().keys))
        #expect(try facts().count == 159)
    }

    @Test("each operation has the releases and the parts of the facts, and no other")
    func entries() throws {
        for (name, fact) in try facts() {
            let entry = try #require(ReleaseTable[name])
            #expect(entry.releases == releases(fact["releases"]), "\(name)")
            let known = entry.elements.map { ("\($0.element.kind.rawValue) \($0.element.name)", $0.releases) }
            #expect(Dictionary(known) { first, _ in first } == parts(fact), "\(name)")
            #expect(known.count == parts(fact).count, "\(name) says something twice")
        }
    }

    @Test("the catalogue's verb and path are those of the newest release that has it", arguments: Catalogue.all)
    func requests(_ operation: Operation) throws {
        let fact = try #require(try facts()[operation.name], "\(operation.name) is not in the table")
        let own = operation.method.rawValue + " " + operation.path
        #expect(fact["request"].text.map { $0 == own } ?? (fact["requests"][own].isNull == false))
    }

    @Test("what the newest release has of parameters and fields, the catalogue has", arguments: Catalogue.all)
    func names(_ operation: Operation) {
        var known: Set<Operation.Element> = []
        for parameter in operation.parameters {
            if let kind = Operation.Element.Kind(rawValue: parameter.place.rawValue) {
                known.insert(Operation.Element(kind, parameter.wireName))
            }
        }
        for path in paths(of: .record(RecordType("", operation.bodyFields)), below: "") {
            known.insert(Operation.Element(.body, path))
        }
        for kind in [Operation.Element.Kind.query, .header, .body] {
            for (name, releases) in operation.elements(kind) where releases.contains(ServerVersion(1, 84)) {
                #expect(known.contains(Operation.Element(kind, name)), "\(operation.name) \(kind) \(name)")
            }
        }
    }

    private func paths(of type: ValueType, below path: String) -> [String] {
        switch type {
        case .record(let record):
            record.fields.flatMap { field in
                let own = path.isEmpty ? field.name : path + "." + field.name
                return [own] + paths(of: field.type, below: own)
            }
        case .list(let item): paths(of: item, below: path + "[]")
        case .optional(let wrapped): paths(of: wrapped, below: path)
        default: []
        }
    }

    @Test("a part that the table does not name was there as long as its operation")
    func asLongAs() throws {
        let cherryPick = try #require(Catalogue["cherry_pick"])
        #expect(cherryPick.releases(of: .init(.body, "ref")) == cherryPick.releases)
        #expect(cherryPick.ownReleases(ofParameter: "ref") == nil)
        #expect(cherryPick.ownReleases(ofParameter: "force")?.words == "lakeFS 1.5.0 and later")
        #expect(cherryPick.ownReleases(ofParameter: "repository") == nil)
    }

    // MARK: Runs

    @Test("both ends of a run belong to it, and a hole does not")
    func runs() throws {
        let callback = try #require(Releases(utf8: "-0.93.0,1.57.0-".utf8))
        for text in ["0.85.0", "0.93.0", "1.57.0", "1.84.0", "2.0.0"] {
            #expect(callback.contains(try #require(ServerVersion(text))), "\(text)")
        }
        for text in ["0.93.1", "0.94.0", "1.25.0", "1.56.9"] {
            #expect(!callback.contains(try #require(ServerVersion(text))), "\(text)")
        }
        #expect(callback.overlaps(Releases.Run(from: ServerVersion(0, 92), to: ServerVersion(1, 1))))
        #expect(!callback.overlaps(Releases.Run(from: ServerVersion(0, 94), to: ServerVersion(1, 56))))
        #expect(callback.overlaps(Releases.Run()))
    }

    @Test(
        "runs are told in words",
        arguments: [
            ("-", "lakeFS of every release have it"), ("1.7.0-", "lakeFS 1.7.0 and later have it"),
            ("-0.109.0", "lakeFS 0.109.0 and earlier have it"), ("0.98.0", "lakeFS 0.98.0 alone has it"),
            ("0.94.0-1.9.1", "lakeFS 0.94.0 to 1.9.1 have it"),
            ("-0.93.0,1.57.0-", "lakeFS 0.93.0 and earlier, 1.57.0 and later have it"),
        ])
    func words(_ text: String, _ sentence: String) {
        #expect(Releases(utf8: text.utf8)?.sentence == sentence)
    }

    @Test("what is no run is none", arguments: ["x", "1.2.3-x", "1-2-3"])
    func noRuns(_ text: String) {
        #expect(Releases(utf8: text.utf8) == nil)
    }

    // MARK: Fields

    @Test(
        "a field asks for something where one of those that the path leads to does",
        arguments: [
            (#"{"statement":[{"a":1},{"condition":{"x":1}}]}"#, true),
            (#"{"statement":[{"a":1},{"condition":{}}]}"#, false), (#"{"statement":[{"condition":null}]}"#, false),
            (#"{"statement":{"condition":{"x":1}}}"#, false), (#"{}"#, false),
        ])
    func says(_ json: String, _ isSaid: Bool) throws {
        #expect(try JSON.read(Array(json.utf8)).says("statement[].condition") == isSaid)
    }
}
