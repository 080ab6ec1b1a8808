import LakeAPI
import LakeScript

/// A request as a handler gets it: routed, validated, bound, with its user.
struct Exchange: Sendable {
    /// The imitated server.
    let profile: ServerProfile
    /// Path parameters by their names on the wire (`userId`), percent-decoded.
    let path: [String: String]
    /// Query parameters by their names on the wire, with the types of the specification. Absent ones are absent, unless
    /// the imitated server fills in a default.
    let query: Record
    /// Header parameters of the specification (`If-None-Match`), by their names there.
    let headerParameters: Record
    /// JSON body, checked against its schema; null without one.
    let body: Value
    /// The request as it came.
    let request: HTTPRequest
    /// Id of the user who sends the request; nil without a login.
    let user: String?
    let now: Instant

    /// Seconds since 1970.
    var seconds: Int { now.epochSeconds }

    /// Returns a path parameter; the router has made sure that it is there.
    func path(_ name: String) -> String { path[name] ?? "" }

    /// Returns a string of the query; empty if it is absent.
    func query(_ name: String) -> String { query[name]?.text ?? "" }

    /// Returns true if a flag of the query is set.
    func flag(_ name: String) -> Bool { query[name] == .bool(true) }

    /// Returns a string of the body; empty if it is absent.
    func field(_ name: String) -> String { body[name].text ?? "" }

    /// Returns true if a flag of the body is set.
    func bodyFlag(_ name: String) -> Bool { body[name] == .bool(true) }

    /// The repository in the path.
    var repositoryID: String { path("repository") }

    /// The branch in the path.
    var branchID: String { path("branch") }

    /// True if the client sends `force`, in the query or in the body.
    var isForced: Bool { flag("force") || bodyFlag("force") }

    /// The requested page; an amount of 0 or −1 stands for the server's default.
    var page: PageRequest {
        let amount = query["amount"]?.integer ?? 0
        return PageRequest(
            prefix: query("prefix"), after: query("after"), amount: amount > 0 ? amount : profile.defaultAmount)
    }

    /// The server's address as the client sees it; begins the addresses that the sandbox gives out.
    var origin: String { request.header("Host").map { "http://" + $0 } ?? Exchange.ownOrigin }

    /// Origin of the addresses that are given out without a socket.
    static let ownOrigin = "http://sandbox"
}
