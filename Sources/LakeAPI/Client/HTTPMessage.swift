package import LakeScript

/// A request as it is sent over the wire or to a sandbox in this process.
package struct HTTPRequest: Sendable {
    package var method: String
    /// The raw target from the path on, percent-encoded, with its query: `/api/v1/auth/users?prefix=a`.
    package var target: String
    /// In order, with their names as written.
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

/// A server's response.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// True if the connection broke before the end of the body.
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
    // Names are ASCII: compared by bytes, without copies in lower case.
    headers.first { $0.name.utf8.elementsEqual(name.utf8) { $0 | 0x20 == $1 | 0x20 } }?.value
}

/// Carries requests to servers and their responses back: libcurl, or a sandbox in this process.
///
/// Like a `Performer`, a transport never waits: the loop waits for its descriptors and deadline.
package protocol Transport: AnyObject {
    /// Begins to send a request. Its end comes from `tick`.
    func send(_ request: HTTPRequest, id: EffectID, options: TransportOptions, now: Instant)
    /// Cancels a request; its end still comes, once.
    func cancel(_ id: EffectID, now: Instant)
    /// Uses no connection again that is open now: one of them gave the answer to another request.
    func forgetConnections()
    /// True if something of a request that is in flight has left.
    func hasSent(_ id: EffectID) -> Bool
    func waits() -> Waits
    func tick(now: Instant, ready: [Descriptor]) -> [TransportEvent]
    /// True if it sends files and writes responses to files itself, piece by piece; otherwise bodies are in memory.
    var carriesFiles: Bool { get }
    /// The origin of the only server that it reaches; nil if it reaches any.
    var ownOrigin: String? { get }
}

extension Transport {
    package func hasSent(_ id: EffectID) -> Bool { true }
    package func forgetConnections() {}
    package var carriesFiles: Bool { false }
    package var ownOrigin: String? { nil }
}

/// Options for carrying a request.
package struct TransportOptions {
    /// The time limit of the whole exchange in milliseconds; nil for none.
    package var timeout: Int?
    /// True if the request is not idempotent (a POST that creates): the transport does not resend it on a new
    /// connection, and the request is then in doubt.
    package var mustNotRepeat = false
    /// The server, `https://host:port`; a transport in this process ignores it.
    package var origin = ""
    /// The file that is the body, and the destination of the response's body.
    package var source: ByteSource?
    package var sink: ByteSink?
    /// The range of the file that is the body, in bytes; nil for all of it.
    package var bodyRange: Range<Int>?
    /// Set if the request is for the rest of an earlier response.
    package var resumption: Resumption?
    /// True if the body is taken as it is stored, also with a `Content-Encoding`: the contents of an object.
    package var keepsEncoding = false
    /// True if the body goes to the sink only with the marks of an object: without them a proxy sent it.
    package var isObject = false
    /// The form around the file: its head is sent before the file, its tail after it.
    package var form: UploadForm?

    package init() {}

    /// Returns true if a response's body goes to the sink: not that of an error, nor one that is not the requested
    /// rest.
    package func isForSink(_ response: HTTPResponse) -> Bool {
        guard sink != nil, (200..<300).contains(response.status), !isObject || !response.isStrangeObject else {
            return false
        }
        return resumption?.isRest(response) ?? true
    }
}

package enum TransportEvent: Sendable {
    case response(EffectID, HTTPResponse)
    /// The request got no response.
    case failure(EffectID, TransportFailure)
    case progress(EffectID, done: Int, total: Int)
}

package struct TransportFailure: Error, Sendable {
    /// The message for people, with the library's own words.
    package let message: String
    /// True if any byte of the request was sent: a write may have been done.
    package let wasSent: Bool
    package let cause: Cause

    package enum Cause: Sendable {
        /// No connection, or it broke. Another attempt may succeed.
        case network
        /// The time limit.
        case timeout
        /// A file on this machine, or the limit of what is held in memory.
        case file
        /// A response that libcurl cannot read.
        case response
    }

    package init(message: String, wasSent: Bool, cause: Cause = .network) {
        self.message = message
        self.wasSent = wasSent
        self.cause = cause
    }
}
