/// An action on a resource.
package struct Permission: Sendable, Equatable {
    /// As policies name it: `fs:ReadObject`.
    package let action: String
    /// An ARN or `*`.
    package let resource: String

    package init(action: String, resource: String) {
        self.action = action
        self.resource = resource
    }
}

/// What a request needs: a permission, all of several, or any of several.
indirect enum Requirement: Sendable {
    case need(Permission)
    case all([Requirement])
    case any([Requirement])

    /// One permission.
    static func need(_ action: String, _ resource: String) -> Requirement {
        .need(Permission(action: action, resource: resource))
    }
}

/// The names of resources: `arn:lakefs:SERVICE:REGION:ACCOUNT:RESOURCE`, region and account being empty.
package enum ARN {
    package static func user(_ id: String) -> String { "arn:lakefs:auth:::user/" + id }
    package static func group(_ id: String) -> String { "arn:lakefs:auth:::group/" + id }
    package static func policy(_ id: String) -> String { "arn:lakefs:auth:::policy/" + id }
    static func externalPrincipal(_ id: String) -> String { "arn:lakefs:auth:::externalPrincipal/" + id }
    static func repository(_ id: String) -> String { "arn:lakefs:fs:::repository/" + id }
    static func object(_ path: String, in repository: String) -> String {
        ARN.repository(repository) + "/object/" + path
    }
    static func branch(_ id: String, in repository: String) -> String {
        ARN.repository(repository) + "/branch/" + id
    }
    static func tag(_ id: String, in repository: String) -> String { ARN.repository(repository) + "/tag/" + id }
    static func namespace(_ address: String) -> String { "arn:lakefs:fs:::namespace/" + address }

    /// Whether a policy's resource covers a requested one. Only the last part is a glob; the region does not count.
    static func matches(_ pattern: String, _ requested: String) -> Bool {
        if pattern == "*" { return true }
        guard let pattern = Parts(pattern), let requested = Parts(requested) else { return false }
        return isEqual(pattern.service, requested.service) && isEqual(pattern.account, requested.account)
            && Glob.matches(pattern.resource, requested.resource)
    }

    /// Whether a text has the form of an ARN of any kind, as 0.90 demands of a policy's resource.
    static func isWellFormed(_ text: String) -> Bool {
        text.begins(with: "arn:") && text.utf8.count(where: { $0 == UInt8(ascii: ":") }) >= 5
    }

    /// A lakeFS ARN taken apart.
    private struct Parts {
        let service: String
        let account: String
        let resource: String

        init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 6, parts[0] == "arn", parts[1] == "lakefs" else { return nil }
            guard !parts[2].isEmpty, !parts[5].isEmpty else { return nil }
            (service, account, resource) = (parts[2], parts[4], parts[5])
        }
    }
}
