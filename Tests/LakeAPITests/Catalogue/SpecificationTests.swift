import Glibc
import LakeScript
import TestSupport
import Testing

@testable import LakeAPI

/// Compares every literal with the specification, field by field, in both directions.
struct SpecificationTests {
    private static let facts: Value = {
        var bytes: [UInt8] = []
        guard let file = fopen(Fixtures.path("operations.json"), "rb") else { return .null }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return (try? JSON.read(bytes)) ?? .null
    }()

    private static let byName = Dictionary(
        (facts["operations"].items ?? []).map { ($0["command"].text ?? "", $0) }, uniquingKeysWith: { $1 })

    private func fact(_ operation: Operation) throws -> Value {
        try #require(SpecificationTests.byName[operation.name], "\(operation.name) is not an operation of the API")
    }

    @Test("the 43 operations of the first documents are there")
    func seeds() {
        let seeds = SpecificationTests.byName.filter { !$0.value["seed"].isNull }.keys
        #expect(seeds.count == 43)
        #expect(seeds.filter { Catalogue[$0] == nil }.sorted() == [])
    }

    @Test("name, verb and path are the specification's", arguments: Catalogue.all)
    func route(_ operation: Operation) throws {
        let fact = try fact(operation)
        #expect(operation.operationID == fact["operation_id"].text)
        #expect(operation.method.rawValue == fact["method"].text)
        #expect(operation.path == fact["path"].text)
        #expect(fact["tags"].items?.contains(.string(operation.area)) == true)
        // The specification requires a login, but the server accepts the mailed token alone (v0.90-passwords).
        let isOpen = operation.name == "update_password"
        #expect(operation.needsLogin == (fact["authentication"].items?.isEmpty == false && !isOpen))
        let ways = fact["authentication"].items?.compactMap(\.text) ?? []
        #expect(operation.authentication.map(\.rawValue).sorted() == ways.sorted())
    }

    @Test("parameters have the specification's names, places, types, defaults and limits", arguments: Catalogue.all)
    func parameters(_ operation: Operation) throws {
        let facts = try fact(operation)["parameters"].items ?? []
        #expect(Set(operation.parameters.map(\.wireName)) == Set(facts.compactMap { $0["name"].text }))
        #expect(operation.parameters.count == facts.count)
        for fact in facts {
            let found = operation.parameters.first { $0.wireName == fact["name"].text }
            let parameter = try #require(found, "\(operation.name) lacks \(fact["name"])")
            #expect(parameter.place.rawValue == fact["in"].text)
            #expect(parameter.isRequired == (fact["required"] == true), "\(parameter.name)")
            #expect(shape(parameter.type) == shape(of: fact), "\(parameter.name)")
            #expect((parameter.defaultValue ?? .null) == fact["default"], "\(parameter.name)")
            #expect(parameter.minimum == fact["minimum"].integer, "\(parameter.name)")
            #expect(parameter.maximum == fact["maximum"].integer, "\(parameter.name)")
        }
    }

    @Test("path parameters come in the order of the template", arguments: Catalogue.all)
    func order(_ operation: Operation) {
        let names = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
        let path = operation.parameters.prefix(names.count)
        #expect(path.map(\.wireName) == names.map(String.init))
        #expect(path.allSatisfy { $0.place == .path && $0.isRequired })
    }

    @Test("bodies have the specification's fields and types", arguments: Catalogue.all)
    func bodies(_ operation: Operation) throws {
        let fact = try fact(operation)["body"]
        #expect((operation.body == nil) == fact.isNull)
        guard let body = operation.body else { return }
        #expect(body.isRequired == (fact["required"] == true))
        let content = fact["content"]
        switch body.content {
        case .fields(let record): #expect(shape(.record(record)) == shape(of: content["application/json"]))
        case .list(let item): #expect(shape(.list(item)) == shape(of: content["application/json"]))
        case .bytes: #expect(content["application/octet-stream"]["format"] == "binary")
        }
    }

    @Test("answers have the specification's statuses, fields and types", arguments: Catalogue.all)
    func answers(_ operation: Operation) throws {
        let facts = try #require(try fact(operation)["responses"].record)
        let statuses = facts.keys.compactMap { Int($0) }
        #expect(operation.answers.keys.sorted() == statuses.filter { $0 < 400 }.sorted())
        #expect(operation.errors.sorted() == statuses.filter { $0 >= 400 }.sorted())
        for (status, type) in operation.answers {
            let contents = facts[String(status)]?.record?.filter { $0.0 != "headers" && $0.0 != "_headers" } ?? []
            let content = contents.first?.1
            #expect(type.map(shape) == content.map(shape(of:)), "\(operation.name) \(status)")
        }
    }

    @Test("an operation is in the releases whose specification has it", arguments: Catalogue.all)
    func releases(_ operation: Operation) throws {
        let seen = try fact(operation)["seen_in"].items?.compactMap(\.text) ?? []
        for release in ["v0.90.0", "v1.25.0", "v1.44.0", "v1.84.0"] {
            let version = try #require(ServerVersion(release))
            #expect(seen.contains(release) == operation.releases.contains(version), "\(operation.name) \(release)")
        }
    }

    // MARK: Types as comparable texts

    private func shape(_ type: ValueType) -> String {
        switch type {
        case .any: "any"
        case .null: "null"
        case .bool: "boolean"
        case .int: "integer"
        case .float: "number"
        case .string, .secret, .duration: "string"
        case .bytes: "binary"
        case .enumeration(let words): "enum(\(words.joined(separator: ",")))"
        case .list(let item): "[\(shape(item))]"
        case .map(let item): "map(\(shape(item)))"
        case .optional(let wrapped): shape(wrapped)
        case .record(let record): fields(record.fields.map { ($0.name, shape($0.type), $0.isRequired) })
        }
    }

    private func fields(_ fields: [(name: String, shape: String, isRequired: Bool)]) -> String {
        "{" + fields.map { "\($0.name)\($0.isRequired ? "" : "?"):\($0.shape)" }.sorted().joined(separator: " ") + "}"
    }

    private func shape(of fact: Value) -> String {
        if let name = fact["schema"].text { return shape(of: SpecificationTests.facts["schemas"][name]) }
        if let words = fact["enum"].items { return "enum(\(words.compactMap(\.text).joined(separator: ",")))" }
        if let parts = fact["all_of"].items { return fields(parts.flatMap(fieldShapes)) }
        switch fact["type"].text {
        case "array": return "[\(shape(of: fact["items"]))]"
        case "object":
            if !fact["map_of"].isNull { return "map(\(shape(of: fact["map_of"])))" }
            return fact["fields"].record?.isEmpty == false ? fields(fieldShapes(of: fact)) : "map(any)"
        case "string" where fact["format"] == "binary": return "binary"
        default: return fact["type"].text ?? "?"
        }
    }

    private func fieldShapes(of fact: Value) -> [(name: String, shape: String, isRequired: Bool)] {
        let whole = fact["schema"].text.map { SpecificationTests.facts["schemas"][$0] } ?? fact
        return (whole["fields"].record ?? Record()).map { ($0.0, shape(of: $0.1), $0.1["required"] == true) }
    }
}

extension Operation: CustomTestStringConvertible {
    package var testDescription: String { name }
}
