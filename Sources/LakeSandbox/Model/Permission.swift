/// An action on a resource.
package struct Permission: Sendable, Equatable {
    /// Action in the form of policies: `fs:ReadObject`.
    package let action: String
    /// An ARN or `*`.
    package let resource: String

    package init(action: String, resource: String) {
        self.action = action
        self.resource = resource
    }
}

extension Permission {
    init(_ action: String, _ resource: String) { self.init(action: action, resource: resource) }

    /// Returns the permission with arguments in the place of `{name}` in its resource.
    func filled(_ argument: (_ name: String) -> String) -> Permission {
        var (filled, rest) = ("", resource.utf8[...])
        while let open = rest.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            let name = String(Substring(rest[rest.index(after: open)..<close]))
            filled += String(Substring(rest[..<open])) + argument(name)
            rest = rest[rest.index(after: close)...]
        }
        return Permission(action, filled + String(Substring(rest)))
    }
}

/// Names of resources: `arn:lakefs:SERVICE:REGION:ACCOUNT:RESOURCE`, with empty region and account.
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

    /// Returns true if a policy's resource covers a requested one. Only the last part is a glob; the region does not
    /// count.
    static func matches(_ pattern: String, _ requested: String) -> Bool {
        if pattern == "*" { return true }
        guard let pattern = Parts(pattern), let requested = Parts(requested) else { return false }
        return isEqual(pattern.service, requested.service) && isEqual(pattern.account, requested.account)
            && Glob.matches(pattern.resource, requested.resource)
    }

    /// Returns true if a text has the form of any ARN, as 0.90 requires for a policy's resource.
    static func isWellFormed(_ text: String) -> Bool {
        text.begins(with: "arn:") && text.utf8.count(where: { $0 == UInt8(ascii: ":") }) >= 5
    }

    /// Parts of a lakeFS ARN.
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
