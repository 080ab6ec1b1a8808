package import LakeScript

/// A request as it goes over the wire, or through the sandbox's in-process door.
package struct HTTPRequest: Sendable {
    package var method: String
    /// The raw target from the path on, percent-encoded, with its query: `/api/v1/auth/users?prefix=a`.
    package var target: String
    /// In order; names as they are written.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, in any case.
    package func header(_ name: String) -> String? { LakeAPI.header(name, in: headers) }
}

/// A server's answer.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// Whether the connection broke before the body's end.
    package var isCutOff = false

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, in any case.
    package func header(_ name: String) -> String? { LakeAPI.header(name, in: headers) }
}

private func header(_ name: String, in headers: [(name: String, value: String)]) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
}

/// What carries a request to a server and its answer back: libcurl, or the sandbox in this process.
///
/// As a `Performer`, a transport never waits: the loop waits for its descriptors and deadline.
package protocol Transport: AnyObject {
    /// Begins to send. The answer comes from `tick`.
    func send(_ request: HTTPRequest, id: EffectID, options: TransportOptions, now: Instant)
    /// Gives up; still answered once.
    func cancel(_ id: EffectID, now: Instant)
    func waits() -> Waits
    func tick(now: Instant, ready: [Descriptor]) -> [TransportEvent]
    /// Whether it sends files and writes answers to files itself, a piece at a time; else they come and go in memory.
    var carriesFiles: Bool { get }
    /// The only server that it reaches, as its addresses begin; nil where it reaches any.
    var ownOrigin: String? { get }
}

extension Transport {
    package var carriesFiles: Bool { false }
    package var ownOrigin: String? { nil }
}

/// How a request is to be carried.
package struct TransportOptions {
    /// Milliseconds for the whole exchange; nil for no limit.
    package var timeout: Int?
    /// Whether sending it twice by itself would be wrong (a POST that creates): then a second sending on a new
    /// connection is refused and the request is in doubt.
    package var mustNotRepeat = false
    /// The server, `https://host:port`; a transport in this process ignores it.
    package var origin = ""
    /// Where the body comes from, and where the answer's goes to.
    package var source: ByteSource?
    package var sink: ByteSink?
    /// The part of a file that is the body, in bytes; nil for all of it.
    package var bodyRange: Range<Int>?
    /// What was asked for before, where the request is for the rest of an answer.
    package var resumption: Resumption?
    /// What the file stands in: its head goes out before, its tail after it.
    package var form: UploadForm?

    package init() {}

    /// Whether an answer's body goes to the sink: not an error's, nor what is not the rest that was asked for.
    package func isForSink(_ response: HTTPResponse) -> Bool {
        guard sink != nil, (200..<300).contains(response.status) else { return false }
        return resumption?.isRest(response) ?? true
    }
}

package enum TransportEvent: Sendable {
    case response(EffectID, HTTPResponse)
    /// It did not get an answer.
    case failure(EffectID, TransportFailure)
    case progress(EffectID, done: Int, total: Int)
}

package struct TransportFailure: Error, Sendable {
    /// For people, with the library's own words.
    package let message: String
    /// Whether any byte of the request had left: then a write may have happened.
    package let wasSent: Bool
    package let isTimeout: Bool
    /// Whether the cause lies on this side, so that another try meets it again: a file, memory.
    package let isOwn: Bool

    package init(message: String, wasSent: Bool, isTimeout: Bool = false, isOwn: Bool = false) {
        self.message = message
        self.wasSent = wasSent
        self.isTimeout = isTimeout
        self.isOwn = isOwn
    }
}
