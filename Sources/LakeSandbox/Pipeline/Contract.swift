import LakeScript

/// An operation from the view of the server: its route and its requirements.
struct WireOperation: Sendable {
    let command: String
    let method: String
    /// Segments of the path below `/api/v1`.
    let path: [Segment]
    /// True if it needs no login.
    let isOpen: Bool
    /// Requirements, computed for each request because a run sends few.
    let demands: @Sendable () -> Demands

    /// Parameters and body.
    struct Demands: Sendable {
        /// Name of the operation in the real server's code and messages: `CreateUser`.
        let title: String
        let parameters: [WireParameter]
        let body: WireBody?
    }

    enum Segment: Sendable, Equatable {
        case literal(String)
        case parameter(String)
    }
}

/// A parameter outside the body.
struct WireParameter: Sendable {
    /// Location of a parameter. Raw values are the specification's.
    enum Location: String, Sendable {
        case path, query, header, cookie
    }

    let name: String
    let location: Location
    let schema: Schema
    let isRequired: Bool
    /// Value that the validator of 1.84 fills in for an absent parameter.
    let defaultValue: Value?
    /// True if 1.84 accepts an empty value.
    let allowsEmpty: Bool
}

/// Body of a request.
struct WireBody: Sendable {
    let isRequired: Bool
    /// Accepted content types.
    let types: [String]
    /// Schema of a JSON body; nil for other bodies, which the validator does not check.
    let schema: Schema?
}
