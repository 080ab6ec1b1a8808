import LakeScript
import Testing

@testable import LakeAPI

/// The table, and operations as commands of the language.
struct CatalogueTests {
    @Test("an operation is found by its name, and nothing by another")
    func lookup() {
        #expect(Catalogue["hard_reset_branch"]?.operationID == "hardResetBranch")
        #expect(Catalogue["hardResetBranch"] == nil)
        #expect(Set(Catalogue.all.map(\.name)).count == Catalogue.all.count)
    }

    @Test(
        "required parameters come by position: path, query, body",
        arguments: [
            ("hard_reset_branch", ["repository", "branch", "ref"]),
            ("add_group_membership", ["group_id", "user_id"]),
            ("create_branch", ["repository", "name", "source"]),
            ("upload_part", ["repository", "branch", "upload_id", "part_number", "path", "physical_address"]),
            ("set_branch_protection_rules", ["repository", "body"]),
            ("external_principal_login", ["identity_request"]),
        ])
    func positions(_ name: String, _ required: [String]) throws {
        let command = try #require(Catalogue.vocabulary[name])
        #expect(command.signature.parameters.prefix { $0.isRequired }.map(\.name) == required)
        #expect(command.signature.parameters.dropFirst(required.count).allSatisfy { !$0.isRequired })
    }

    @Test("a default is the server's: what is left out is not sent")
    func defaults() throws {
        let signature = try #require(Catalogue.vocabulary["list_users"]).signature
        #expect(Catalogue["list_users"]?.parameters.last?.defaultValue == 100)
        #expect(signature.parameters.allSatisfy { $0.defaultValue == nil })
    }

    @Test("listings walk their pages", arguments: Catalogue.all.filter { $0.name.hasPrefix("list_") })
    func paging(_ operation: Operation) {
        #expect(operation.paging?.cursor == ["pagination", "next_offset"])
    }

    @Test("no two parameters of a command have one name", arguments: Catalogue.all)
    func names(_ operation: Operation) {
        let names = operation.command.signature.parameters.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test("what is read and compared by an ensure exists", arguments: Catalogue.all)
    func ensures(_ operation: Operation) throws {
        guard case .existing(let fields, let update, let listing) = operation.ensure else { return }
        let name = try #require(operation.probe?.read)
        let read = try #require(Catalogue[name])
        let result = try #require(record(read.result))
        for field in fields {
            let last = try #require(field.split(separator: "=").last)
            #expect(result.field(String(last)) != nil, "\(name) gives no \(last)")
        }
        if let update { #expect(Catalogue[update] != nil) }
        guard let listing else { return }
        let items = try #require(Catalogue[listing.read])
        #expect(items.paging != nil && items.parameters.contains { $0.name == "prefix" })
        #expect(record(items.result)?.field("results")?.type == .list(read.result))
    }

    private func record(_ type: ValueType) -> RecordType? {
        if case .record(let record) = type { record } else { nil }
    }

    @Test("reads are reads in every respect", arguments: Catalogue.all)
    func classes(_ operation: Operation) {
        if operation.method == .get || operation.method == .head {
            #expect(operation.effect == .read && operation.repetition == .read)
        }
        if operation.method == .delete { #expect(operation.effect == .destroy) }
        #expect(operation.ensure == nil || operation.effect != .read)
    }

    @Test("templates name parameters of their operation", arguments: Catalogue.all)
    func templates(_ operation: Operation) {
        let names = Set(operation.command.signature.parameters.map(\.name))
        for template in [operation.permission] {
            for part in (template ?? "").split(separator: "{").dropFirst(template?.hasPrefix("{") == true ? 0 : 1) {
                let name = String(part.prefix { $0 != "}" })
                #expect(names.contains(name) || name == "path", "\(operation.name): \(name)")
            }
        }
    }

    @Test("every operation has words and an example of itself", arguments: Catalogue.all)
    func words(_ operation: Operation) {
        #expect(!operation.summary.isEmpty && !operation.summary.hasSuffix("."))
        let last = operation.example.split(separator: "\n").last ?? ""
        #expect(last.split(separator: " ").prefix(2).contains { $0 == operation.name })
    }

    @Test(
        "names are typed in snake case",
        arguments: [
            ("userId", "user_id"), ("If-None-Match", "if_none_match"), ("featureUpdates", "feature_updates"),
            ("storage_namespace", "storage_namespace"), ("identityRequest", "identity_request"),
        ])
    func snakeCase(_ wire: String, _ typed: String) {
        #expect(wire.snakeCased == typed)
    }
}
