import LakeAPI
import LakeScript
import Testing

@testable import LakeSandbox

/// Permissions that operations ask for, as their handlers list them.
@Suite struct PermissionTests {
    /// Operations whose help names a permission that servers do not ask for.
    private let mistaken: Set = ["log_commits", "log_branch_commits", "set_group_acl"]

    @Test("the permission that an operation's help names is one that its handler asks for", arguments: Catalogue.all)
    func help(_ operation: LakeAPI.Operation) throws {
        let handler = try #require(HandlerTable.handlers[operation.name])
        let asked = handler.permissions.map { "\($0.action) on \(short($0.resource))" }
        if let permission = operation.permission {
            let isNamed = asked.contains(permission)
            #expect(isNamed != mistaken.contains(operation.name), "\(operation.name): \(permission), asked: \(asked)")
        } else {
            #expect(asked.isEmpty, "\(operation.name): nothing, asked: \(asked)")
        }
    }

    @Test("only operations without a login are open to anybody", arguments: Catalogue.all)
    func logins(_ operation: LakeAPI.Operation) throws {
        let handler = try #require(HandlerTable.handlers[operation.name])
        // 1.84 also tells a caller without a login who the caller is.
        let isOpen = if case .open = handler.access { operation.name != "get_current_user" } else { false }
        #expect(isOpen == !operation.needsLogin)
    }

    @Test("the resource of a permission names arguments of its operation", arguments: Catalogue.all)
    func arguments(_ operation: LakeAPI.Operation) throws {
        let handler = try #require(HandlerTable.handlers[operation.name])
        guard case .permissions(let permissions) = handler.access else { return }
        let known = names(of: operation)
        for permission in permissions {
            let filled = permission.filled { known.contains($0) ? "known" : "{\($0)}" }
            #expect(!filled.resource.contains("{"), "\(operation.name): \(permission.resource)")
        }
    }

    @Test("arguments take the place of the names in a resource, byte by byte")
    func filling() {
        let permission = Permission("fs:ReadObject", ARN.object("{path}", in: "{repository}"))
        let filled = permission.filled { $0 == "path" ? "a/{b}\u{301}" : "lake" }
        #expect(filled == Permission("fs:ReadObject", "arn:lakefs:fs:::repository/lake/object/a/{b}\u{301}"))
        #expect(Permission("fs:ListUsers", "*").filled { _ in "?" } == Permission("fs:ListUsers", "*"))
    }

    /// The resource as the catalogue writes it: without the service, with the names that are typed.
    private func short(_ resource: String) -> String {
        let name = resource.split(separator: ":", omittingEmptySubsequences: false).last ?? ""
        return Permission("", String(name)).filled { "{" + $0.snakeCased + "}" }.resource
    }

    private func names(of operation: LakeAPI.Operation) -> Set<String> {
        var names = Set(operation.parameters.map(\.wireName))
        guard case .fields(let record)? = operation.body?.content else { return names }
        for field in record.fields {
            names.insert(field.name)
            var type = field.type
            if case .optional(let inner) = type { type = inner }
            guard case .record(let inner) = type else { continue }
            names.formUnion(inner.fields.map { field.name + "." + $0.name })
        }
        return names
    }
}
