package import LakeScript

/// An operation of the lakeFS API, as data. One literal drives the command's signature, the checker, the request, the
/// response, completion, help, redaction, and the sandbox's route and validation.
///
/// Names, places, types and statuses come from the specification that the server publishes; a test compares every
/// literal with its copy in `Tests/Fixtures/operations.json`. The specification does not state an operation's effect,
/// which answer means "done already" or which permission it needs; those facts come from the server's behaviour,
/// recorded in `Tests/Fixtures/recordings`.
package struct Operation: Sendable {
    /// The name in snake case: `hard_reset_branch`.
    package let name: String
    /// The name in the specification: `hardResetBranch`.
    package let operationID: String
    package let method: Method
    /// The template below the API's base path: `/repositories/{repository}/branches/{branch}/hard_reset`.
    package let path: String
    /// Path parameters in the template's order, then query and header parameters.
    package let parameters: [OperationParameter]
    package let body: Body?
    /// The body type of each documented successful status; nil for an empty body.
    package let answers: [Int: ValueType?]
    /// The documented error statuses.
    package let errors: [Int]
    package let effect: EffectClass
    package let repetition: Repetition
    /// The answer that means "done already"; nil if `ensure` is not supported.
    package let ensure: Ensure?
    /// The read that shows whether a call whose answer got lost was done; nil if a repeated call does no harm, or nothing
    /// shows it.
    package let probe: Probe?
    /// The permission that a caller needs: `auth:CreateUser on user/{user_id}`; nil if no login is needed.
    package let permission: String?
    /// The API area: `auth`, `branches`, `experimental`.
    package let area: String
    /// The equivalent `lakectl` command; nil if there is none.
    package let lakectl: String?
    /// One line, without a final period.
    package let summary: String
    /// Lines of script that run on the sandbox; the last one calls the operation.
    package let example: String
    /// True if the open-source server, which has a single user, does not support it.
    package let needsAccessControl: Bool
    /// The accepted ways to authenticate, if they differ from those of most operations.
    private let ownAuthentication: [Authentication]?
    /// True if callers must log in.
    package let needsLogin: Bool
    /// The meaning of a status that the operation's shape does not tell; includes statuses that servers send although
    /// the specification does not list them.
    package let meanings: [Int: String]

    package enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
        case patch = "PATCH"
    }

    /// The effect of sending a call again; decides how a call with a lost answer is resolved.
    package enum Repetition: String, Sendable {
        /// A read; it can always be repeated.
        case read
        /// Idempotent: deletes, settings, a hard reset to a commit id.
        case converge
        /// Creates something with a name; when repeated, a conflict means that it exists.
        case createByName = "create_by_name"
        /// Not idempotent, each call adds one more: commits, merges.
        case append
        /// Nothing shows afterwards if the call took effect: a new pair of keys.
        case opaque
    }

    /// The answer which means that the wanted state exists already.
    package enum Ensure: Sendable {
        /// A conflict: the operation's probe reads what is there, and the given fields are compared (`ref=commit_id` if
        /// the field has another name there); `update` names the operation that would change them. If the server may
        /// answer the probe from its memory of a deleted thing, `listing` shows what is really there.
        case existing(compare: [String], update: String?, listing: Probe? = nil)
        /// A conflict, with nothing to compare: a membership, an attachment.
        case conflict
        /// The status 404 of a delete.
        case absent
    }

    /// A way to authenticate. The raw values are the specification's.
    package enum Authentication: String, Sendable, CaseIterable {
        /// A pair of keys.
        case basic = "basic_auth"
        /// The token of a login.
        case token = "jwt_token"
        /// The cookie `internal_auth_session`.
        case session = "cookie_auth"
        /// The cookie `oidc_auth_session`.
        case oidc = "oidc_auth"
        /// The cookie `saml_auth_session`.
        case saml = "saml_auth"
    }

    /// The body of a request.
    package struct Body: Sendable {
        package let isRequired: Bool
        package let content: Content

        package enum Content: Sendable {
            /// A JSON object; each of its fields is a parameter of the command.
            case fields(RecordType)
            /// A JSON array of such items, given as the last positional parameter `body`.
            case list(ValueType)
            /// Bytes, given as the parameter `content` or by `--from FILE`.
            case bytes
        }

        package init(_ content: Content, isRequired: Bool = true) {
            self.isRequired = isRequired
            self.content = content
        }
    }

    package init(
        _ name: String, _ operationID: String, _ method: Method, _ path: String,
        parameters: [OperationParameter] = [], body: Body? = nil, answers: [Int: ValueType?], errors: [Int],
        effect: EffectClass = .read, repetition: Repetition = .read, ensure: Ensure? = nil,
        probe: Probe? = nil, permission: String? = nil, area: String, lakectl: String? = nil,
        needsAccessControl: Bool = false, needsLogin: Bool = true, authentication: [Authentication]? = nil,
        meanings: [Int: String] = [:], summary: String, example: String
    ) {
        self.name = name
        self.operationID = operationID
        self.method = method
        self.path = path
        self.parameters = parameters
        self.body = body
        self.answers = answers
        self.errors = errors
        self.effect = effect
        self.repetition = repetition
        self.ensure = ensure
        self.probe = probe
        self.permission = permission
        self.area = area
        self.lakectl = lakectl
        self.needsAccessControl = needsAccessControl
        self.needsLogin = needsLogin
        ownAuthentication = authentication
        self.meanings = meanings
        self.summary = summary
        self.example = example
    }

    /// The accepted ways to authenticate; empty if no login is needed.
    package var authentication: [Authentication] {
        // Operations that were removed from the API are older than the newest way to authenticate.
        let isGone = releases.runs.last?.last != nil
        return ownAuthentication ?? (needsLogin ? Authentication.allCases.filter { !isGone || $0 != .saml } : [])
    }
}

/// A parameter in an operation's path, query or headers.
package struct OperationParameter: Sendable {
    /// The name on the wire: `userId`, `If-Match`.
    package let wireName: String
    /// The name in scripts: `user_id`, `if_match`.
    package let name: String
    package let place: Place
    package let type: ValueType
    package let isRequired: Bool
    package let defaultValue: Value?
    package let minimum: Int?
    package let maximum: Int?
    package let role: Parameter.Role
    package let summary: String

    package enum Place: String, Sendable {
        case path, query, header
    }

    package init(
        _ wireName: String, _ place: Place = .path, _ type: ValueType = .string, isRequired: Bool? = nil,
        default defaultValue: Value? = nil, minimum: Int? = nil, maximum: Int? = nil, role: Parameter.Role = .plain,
        summary: String = ""
    ) {
        self.wireName = wireName
        name = wireName.snakeCased
        self.place = place
        self.type = type
        self.isRequired = isRequired ?? (place == .path)
        self.defaultValue = defaultValue
        self.minimum = minimum
        self.maximum = maximum
        self.role = role
        self.summary = summary
    }
}

extension String {
    /// The name in snake case: `user_id` for `userId`, `if_match` for `If-Match`.
    package var snakeCased: String {
        // Converts bytes, not characters: the catalogue makes some two thousand names at each start, and characters
        // cost 1 ms.
        var text: [UInt8] = []
        for byte in utf8 {
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            if isUpper, let last = text.last, last != UInt8(ascii: "_") { text.append(UInt8(ascii: "_")) }
            text.append(isUpper ? byte | 0x20 : byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
