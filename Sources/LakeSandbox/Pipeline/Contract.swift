import LakeScript

/// An operation as the server sees it: where it answers and what it demands of a request.
struct WireOperation: Sendable {
    let command: String
    let method: String
    /// The path's segments below `/api/v1`.
    let path: [Segment]
    /// Whether it wants no credentials at all.
    let isOpen: Bool
    /// What it takes: made for a request, of which a run sends few.
    let demands: @Sendable () -> Demands

    /// Parameters and body, and a name for messages.
    struct Demands: Sendable {
        /// What the real server's own code calls the operation: `CreateUser`.
        let title: String
        let parameters: [WireParameter]
        let body: WireBody?
    }

    /// A part of a path.
    enum Segment: Sendable, Equatable {
        case literal(String)
        case parameter(String)
    }
}

/// A parameter of a request outside its body.
struct WireParameter: Sendable {
    /// Where it stands. Raw values are the specification's.
    enum Place: String, Sendable {
        case path, query, header, cookie
    }

    let name: String
    let place: Place
    let schema: Schema
    let isRequired: Bool
    /// Put in by the validator of 1.84 where the parameter is absent.
    let defaultValue: Value?
    /// Whether 1.84 lets it stand empty.
    let allowsEmpty: Bool
}

/// A request's body.
struct WireBody: Sendable {
    let isRequired: Bool
    /// The content types taken.
    let types: [String]
    /// What JSON must be like; nil where the body is no JSON, and is not looked at by the validator.
    let schema: Schema?
}
