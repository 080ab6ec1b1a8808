import LakeAPI
import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

/// The output of `lakesh help OPERATION` and `lakesh operations OPERATION --json` for every operation.
@Suite struct OperationHelpTests {
    private func help(_ operation: Operation) -> [String] {
        OperationHelp(operation: operation, styler: Styler(isColoured: false)).text
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Returns the text of the line with a label.
    private func line(_ label: String, of operation: Operation) -> String? {
        help(operation).first { $0.hasPrefix(label + " ") }.map { String($0.dropFirst(label.count).drop { $0 == " " }) }
    }

    private static let facts = Result { try JSON.read(try Fixtures.bytes(of: "operations.json")) }

    private func fact(_ operation: Operation) throws -> Value {
        let operations = try OperationHelpTests.facts.get()["operations"].items ?? []
        return try #require(operations.first { $0["command"].text == operation.name })
    }

    @Test("every field of an answer stands there with its type", arguments: Catalogue.all)
    func fields(_ operation: Operation) {
        guard case .record(let record) = operation.result else { return }
        let lines = help(operation)
        for field in record.fields {
            let found = lines.first { $0.hasPrefix("  \(field.name) ") }
            #expect(found?.contains(field.type.noun) == true, "\(field.name)")
        }
    }

    @Test(
        "the request stands there: verb, path, and every parameter and field by its name on the wire",
        arguments: Catalogue.all)
    func request(_ operation: Operation) throws {
        let fact = try fact(operation)
        let lines = help(operation)
        let (verb, path) = (fact["method"].text ?? "", fact["path"].text ?? "")
        #expect(lines.contains("request  \(verb) /api/v1\(path)"))
        for parameter in fact["parameters"].items ?? [] {
            let (name, place) = (parameter["name"].text ?? "", parameter["in"].text ?? "")
            #expect(lines.contains { $0.hasPrefix("  \(name) ") && $0.contains(" \(place) ") }, "\(name)")
        }
        for field in operation.bodyFields {
            #expect(lines.contains { $0.hasPrefix("  \(field.name) ") && $0.contains(" body ") }, "\(field.name)")
        }
    }

    @Test("every status of the documents is explained", arguments: Catalogue.all)
    func statuses(_ operation: Operation) throws {
        let lines = help(operation)
        for status in (try fact(operation)["responses"].record ?? Record()).keys.compactMap(Int.init) {
            let words = lines.first { $0.hasPrefix("  \(status)  ") }?.dropFirst("  200  ".count) ?? ""
            #expect(!words.isEmpty, "\(status)")
        }
    }

    @Test(
        "effect, what a second sending does, permission, ways to log in, servers and lakectl stand there",
        arguments: Catalogue.all)
    func labels(_ operation: Operation) {
        #expect(["reads", "writes", "destroys"].contains(line("effect", of: operation)))
        #expect(line("sent twice", of: operation)?.isEmpty == false)
        #expect(line("needs", of: operation) == operation.permission)
        #expect(line("log in", of: operation)?.isEmpty == false)
        #expect(line("servers", of: operation)?.hasPrefix("lakeFS ") == true)
        #expect(line("lakectl", of: operation)?.isEmpty == false)
        #expect(help(operation).suffix(2).contains { $0.contains(operation.name) })
    }

    @Test("secret fields are named, sent and received")
    func secrets() throws {
        #expect(line("secret", of: try #require(Catalogue["create_credentials"])) == "returns secret_access_key")
        #expect(line("secret", of: try #require(Catalogue["login"])) == "sends secret_access_key; returns token")
        let upload = try #require(Catalogue["create_presign_multipart_upload"])
        #expect(line("secret", of: upload) == "returns presigned_urls[]")
        #expect(line("secret", of: try #require(Catalogue["get_user"])) == nil)
    }

    @Test("which releases have it is said, holes included")
    func releases() throws {
        #expect(line("servers", of: try #require(Catalogue["get_user"])) == "lakeFS of every release")
        #expect(line("servers", of: try #require(Catalogue["hard_reset_branch"])) == "lakeFS 1.8.0 and later")
        #expect(line("servers", of: try #require(Catalogue["forgot_password"])) == "lakeFS 0.109.0 and earlier")
        let callback = line("servers", of: try #require(Catalogue["oauth_callback"]))
        #expect(callback == "lakeFS 0.93.0 and earlier, 1.57.0 and later")
    }

    @Test("an option and a field say since when, where they are younger than their operation")
    func younger() throws {
        let merge = help(try #require(Catalogue["merge_into_branch"]))
        #expect(merge.contains { $0.contains("--squash-merge") && $0.hasSuffix("; lakeFS 1.48.0 and later") })
        #expect(merge.contains { $0.hasPrefix("  squash_merge ") && $0.hasSuffix(", lakeFS 1.48.0 and later") })
        #expect(merge.contains { $0.hasPrefix("  strategy ") && !$0.contains("lakeFS") })
        let policy = help(try #require(Catalogue["create_policy"]))
        #expect(policy.contains { $0.hasPrefix("    condition ") && $0.contains(", lakeFS 1.71.0 and later") })
        let rules = help(try #require(Catalogue["get_branch_protection_rules"]))
        let former = "  on lakeFS 0.110.0 and earlier: /api/v1/repositories/{repository}/branch_protection"
        #expect(rules.contains(former))
    }

    @Test("as JSON releases are runs, null the oldest and the newest")
    func releasesAsJSON() throws {
        let merge = OperationJSON.value(of: try #require(Catalogue["merge_into_branch"]))
        #expect(merge["releases"] == [[nil, nil]])
        #expect(merge["elements"]["body"]["squash_merge"] == [["1.48.0", nil]])
        let callback = OperationJSON.value(of: try #require(Catalogue["oauth_callback"]))
        #expect(callback["releases"] == [[nil, "0.93.0"], ["1.57.0", nil]])
        let log = OperationJSON.value(of: try #require(Catalogue["log_commits"]))
        let since = log["parameters"].items?.first { $0["name"] == "since" }
        #expect(since?["releases"] == [["1.1.0", nil]])
    }

    @Test(
        "as JSON all of it is there, types of answers and bodies as the specification has them",
        arguments: Catalogue.all)
    func json(_ operation: Operation) throws {
        let fact = try fact(operation)
        let value = OperationJSON.value(of: operation)
        for name in ["command", "operation_id", "method", "path"] { #expect(value[name] == fact[name]) }
        for name in ["summary", "effect", "repetition", "servers", "example"] {
            #expect(value[name].text?.isEmpty == false)
        }
        #expect(value["parameters"].items?.count == fact["parameters"].items?.count)
        let named = (fact["responses"].record ?? Record()).keys.filter { Int($0) != nil }
        #expect(Set(named).isSubset(of: Set(value["statuses"].record?.keys ?? [])))
        #expect(value["permission"].text == operation.permission)
        #expect(value["lakectl"].text == operation.lakectl)
        #expect((value["body"].isNull) == fact["body"].isNull)
        let schemas = try OperationHelpTests.facts.get()["schemas"]
        for status in operation.answers.keys {
            let schema = fact["responses"][String(status)]["application/json"]["schema"].text ?? ""
            let fields = schemas[schema]["fields"].record?.keys ?? []
            let told = value["answers"][String(status)].record?.keys.map { $0.last == "?" ? String($0.dropLast()) : $0 }
            #expect(fields.isEmpty || Set(told ?? []).isSuperset(of: fields), "\(status)")
        }
    }

    @Test("no line of help is cut or ends in blanks", arguments: Catalogue.all)
    func layout(_ operation: Operation) {
        for line in help(operation) { #expect(!line.hasSuffix(" "), "\(line)") }
    }
}
