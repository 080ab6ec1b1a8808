package import LakeScript

/// A server that calls go to.
package struct APIServer {
    /// The transport that carries requests to it.
    package let transport: any Transport
    /// `https://host:port`; a transport in this process ignores it.
    package let origin: String
    /// The path that the paths of the API are below.
    package let basePath: String
    /// The identity of calls outside of any `as`; nil for nobody.
    package let identity: Value?

    package init(
        transport: any Transport, origin: String = "", basePath: String = "/api/v1", identity: Value? = nil
    ) {
        self.transport = transport
        self.origin = origin
        self.basePath = basePath
        self.identity = identity
    }
}

/// A server and what was learned about it.
struct ServerState {
    let server: APIServer
    let builder: RequestBuilder
    var known = KnownServer()
    /// The question about the server that is in flight.
    var question: String?
    /// True if the server has ever answered.
    var hasAnswered = false

    init(_ server: APIServer) {
        self.server = server
        builder = RequestBuilder(basePath: server.basePath)
    }

    /// Takes the answer to a question; nil if there is none.
    mutating func learn(_ response: HTTPResponse?, to question: String) {
        let answer = response.flatMap { $0.status == 200 ? try? JSON.read($0.body) : nil }
        known.learn(answer ?? .null, to: question)
    }
}
