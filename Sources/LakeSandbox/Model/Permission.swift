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

/// Permissions that a request needs, one, all of some, or any of some.
package indirect enum Requirement: Sendable {
    case need(Permission)
    case all([Requirement])
    case any([Requirement])
}

/// The names of resources, as permissions are asked for.
package enum ARN {
    package static func user(_ id: String) -> String { "arn:lakefs:auth:::user/" + id }
    package static func group(_ id: String) -> String { "arn:lakefs:auth:::group/" + id }
    package static func policy(_ id: String) -> String { "arn:lakefs:auth:::policy/" + id }
    package static func externalPrincipal(_ id: String) -> String { "arn:lakefs:auth:::externalPrincipal/" + id }
    package static func repository(_ id: String) -> String { "arn:lakefs:fs:::repository/" + id }
    package static func object(_ path: String, in repository: String) -> String {
        "arn:lakefs:fs:::repository/" + repository + "/object/" + path
    }
    package static func branch(_ id: String, in repository: String) -> String {
        "arn:lakefs:fs:::repository/" + repository + "/branch/" + id
    }
    package static func tag(_ id: String, in repository: String) -> String {
        "arn:lakefs:fs:::repository/" + repository + "/tag/" + id
    }
    package static func namespace(_ address: String) -> String { "arn:lakefs:fs:::namespace/" + address }
}
