package import LakeScript

/// An operation of the lakeFS API, as data: one literal that drives the command's signature, the checker, the request,
/// the reading of the answer, completion, help, redaction, and the sandbox's route and validation.
///
/// Where something is said of the API (a name, a place, a type, a status), the source is the specification that the
/// server publishes; `Tests/Fixtures/operations.json` holds those facts and a test holds every literal to them. What the
/// specification does not say (what a call does to the world, which answer means "done already", which permission it
/// needs) comes from the server's behaviour, recorded in `Tests/Fixtures/recordings`.
package struct Operation: Sendable {
    /// Snake case: `hard_reset_branch`.
    package let name: String
    /// As the specification spells it: `hardResetBranch`.
    package let operationID: String
    package let method: Method
    /// The template below the API's base path: `/repositories/{repository}/branches/{branch}/hard_reset`.
    package let path: String
    /// Path parameters in the template's order, then query and header parameters.
    package let parameters: [OperationParameter]
    package let body: Body?
    /// What each documented status brings; nil for an empty body.
    package let answers: [Int: ValueType?]
    /// The documented statuses of errors.
    package let errors: [Int]
    package let effect: Command.EffectClass
    package let repetition: Repetition
    /// Which answer means "done already"; nil where `ensure` makes no sense.
    package let ensure: Ensure?
    /// The line that shows whether a call whose answer got lost has happened: `list_user_credentials {user_id}`; nil
    /// where calling again does no harm, or nothing shows it.
    package let evidence: String?
    /// What the caller must be allowed: `auth:CreateUser on user/{user_id}`; nil where no login is needed.
    package let permission: String?
    /// The API area: `auth`, `branches`, `experimental`.
    package let area: String
    /// What `lakectl` calls it; nil where it has no command for it.
    package let lakectl: String?
    /// One line, without a final period.
    package let summary: String
    /// Lines of script that run on the sandbox; the last one calls the operation.
    package let example: String
    /// Whether the open-source server, which has one user, lacks it.
    package let needsAccessControl: Bool
    /// The ways to say who asks, where they are others than those of most operations.
    private let ownAuthentication: [Authentication]?
    /// Whether callers must log in.
    package let needsLogin: Bool
    /// What a status means here, where the operation's shape does not tell it; also of statuses that servers give and
    /// the specification does not name.
    package let meanings: [Int: String]

    package enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
        case patch = "PATCH"
    }

    /// What sending a call again does: how one is settled whose answer got lost.
    package enum Repetition: String, Sendable {
        /// Reads: again, whenever.
        case read
        /// Ends in the same state however often: deletes, settings, a hard reset to a commit id.
        case converge
        /// Creates what has a name: again, and a conflict means that it is there.
        case createByName = "create_by_name"
        /// Adds one more each time: commits, merges.
        case append
        /// Nothing tells afterwards whether it happened: a new pair of keys.
        case opaque
    }

    /// Which answer means that what a call wants is so already.
    package enum Ensure: Sendable {
        /// A conflict: what is there is read by that operation (same path parameters, or the body's id as its first
        /// parameter), and the given fields are compared (`ref=commit_id` where the field has another name there);
        /// `update` names the operation that would change them. Where the server answers that read from a memory that
        /// outlives what it remembers, `listing` names the listing that tells what is really there.
        case existing(read: String, compare: [String], update: String?, listing: String? = nil)
        /// A conflict, and there is nothing to compare: a membership, an attachment.
        case conflict
        /// 404 of a delete.
        case absent
    }

    /// A way to say who asks. Raw values are the specification's.
    package enum Authentication: String, Sendable, CaseIterable {
        /// A pair of keys.
        case basic = "basic_auth"
        /// What logins give.
        case token = "jwt_token"
        /// The cookie `internal_auth_session`.
        case session = "cookie_auth"
        /// The cookie `oidc_auth_session`.
        case oidc = "oidc_auth"
        /// The cookie `saml_auth_session`.
        case saml = "saml_auth"
    }

    /// What a request carries.
    package struct Body: Sendable {
        package let isRequired: Bool
        package let content: Content

        package enum Content: Sendable {
            /// A JSON object with fields; each is a parameter of the command.
            case fields(RecordType)
            /// A JSON array of such items: the last positional parameter `body`.
            case list(ValueType)
            /// Any bytes: the parameter `content`, or `--from FILE`.
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
        effect: Command.EffectClass = .read, repetition: Repetition = .read, ensure: Ensure? = nil,
        evidence: String? = nil,
        permission: String? = nil, area: String, lakectl: String? = nil,
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
        self.evidence = evidence
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

    /// The ways to say who asks that the specification takes; none where nobody must log in.
    package var authentication: [Authentication] {
        // What has gone from the API went before the last way came.
        let isGone = releases.runs.last?.last != nil
        return ownAuthentication ?? (needsLogin ? Authentication.allCases.filter { !isGone || $0 != .saml } : [])
    }
}

/// A parameter in an operation's path, query or headers.
package struct OperationParameter: Sendable {
    /// As it goes over the wire: `userId`, `If-Match`.
    package let wireName: String
    /// As it is typed: `user_id`, `if_match`.
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
    /// `userId`, `If-Match`, `identityRequest` in snake case: the name that is typed.
    package var snakeCased: String {
        // By bytes: the catalogue makes some two thousand names at each start, and characters cost it a millisecond.
        var text: [UInt8] = []
        for byte in utf8 {
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            if isUpper, let last = text.last, last != UInt8(ascii: "_") { text.append(UInt8(ascii: "_")) }
            text.append(isUpper ? byte | 0x20 : byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
