import LakeAPI
import LakeScript

/// One request on its way through a handler: routed, validated, bound, and who it is from.
struct Exchange: Sendable {
    /// The operation's command name in the catalogue: `create_user`.
    let command: String
    /// Path parameters by their names on the wire (`userId`), percent-decoded.
    var path: [String: String]
    /// Query parameters by their names on the wire, typed as the specification has them, defaults filled in where
    /// the imitated server does so. Absent ones are absent.
    var query: Record
    /// Header parameters of the specification (`If-None-Match`), by their names there.
    var headerParameters: Record
    /// The JSON body, schema-checked; null without one.
    var body: Value
    /// The request as it came.
    let request: HTTPRequest
    /// Who asks: the id of a user; nil where the operation needs nobody.
    var user: String?
    /// When it came.
    let now: Instant

    /// The raw bytes of the body.
    var bytes: [UInt8] { request.body }

    /// Seconds since 1970, what most answers give.
    var seconds: Int { now.epochSeconds }

    /// A path parameter; the router has seen to it that it is there.
    func path(_ name: String) -> String { path[name] ?? "" }

    /// A string of the query, empty where it is absent.
    func query(_ name: String) -> String { query[name]?.text ?? "" }

    /// Whether a flag of the query is set.
    func flag(_ name: String) -> Bool { query[name] == .bool(true) }

    /// The server's own address as the client sees it, for addresses that the sandbox gives out.
    var origin: String { request.header("Host").map { "http://" + $0 } ?? Exchange.ownOrigin }

    /// What addresses begin with that are given out without a socket.
    static let ownOrigin = "http://sandbox"
}
