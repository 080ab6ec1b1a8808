import LakeScript

/// A call in flight: a pure state machine. `OperationPerformer` tells it what happened, and carries out what it asks
/// for; a flight reads no clock, no file and no socket.
///
/// There are four kinds: `CallFlight` for an operation, `BatchFlight` for one with more things than a request may name,
/// `UploadFlight` for an upload in parts, and `AddressFlight` for `put_url`, `post_url` and `get_url`.
protocol Flight {
    /// The end of `--timeout`; nil for no limit.
    var deadline: Instant? { get }
    /// The moment at which the flight expects `.elapsed`; nil if it waits for no moment.
    var wakeup: Instant? { get }
    /// True once the call is no longer wanted.
    var isCancelled: Bool { get }
    /// Takes an event and returns what is to be done now, in this order.
    mutating func on(_ event: FlightEvent, _ context: FlightContext) -> [FlightAction]
}

/// Something that happened to a flight.
enum FlightEvent {
    /// The flight begins, or a question about the server that it asked was answered.
    case proceed
    case answered(HTTPResponse, FlightStep = .call)
    /// A request got no response.
    case lost(TransportFailure, FlightStep = .call)
    /// The moment of `wakeup` or `deadline` has come.
    case elapsed
    /// A file could not be read or written.
    case failed(Failure)
    /// The call is no longer wanted.
    case cancelled
}

/// Something that a flight wants done.
enum FlightAction {
    /// Ask a question about the server, unless it is being asked already; its answer brings `.proceed`.
    case ask(String, HTTPRequest)
    /// Send a request, with the call's files if `usesFiles`; its end brings `.answered` or `.lost`.
    case send(HTTPRequest, TransportOptions = TransportOptions(), FlightStep = .call, usesFiles: Bool = false)
    /// Cancel the requests that are in flight; each still brings its event.
    case cancelRequests
    /// Cancel those of them of which nothing has left.
    case cancelUnsent
    /// Use no connection again that is open now.
    case forgetConnections
    /// Take what a response says about the server.
    case learn(HTTPResponse, to: String)
    /// Write these bytes to the file of `--to`, and move the file to its place.
    case place([UInt8])
    /// Tell the caller that the call changed nothing.
    case unchanged
    case progress(done: Int, total: Int)
    /// Tell the person at once that the call is sent again.
    case notice(String)
    /// Tell the person at once what is waited for.
    case remark(String)
    /// Answer the call; the flight is over as soon as the reader of its output has taken everything.
    case finish(Answer)
}

/// The request that an event or action is about.
enum FlightStep: Hashable {
    /// The request that carries out the call.
    case call
    /// A read that shows what is there after a conflict.
    case lookup
    /// The requests of an upload in parts; parts count from 1.
    case create, part(Int), complete, abort
}

/// All that a flight may know of the world when it decides.
struct FlightContext {
    let now: Instant
    var server = KnownServer()
    /// True if the server has ever answered: a failed connection is then worth another attempt.
    var hasAnswered = true
    var files = FileFacts()
}

/// The state of a flight's files, as far as it decides whether the call can be sent again.
struct FileFacts {
    /// The name of the stream that is the body, once bytes of it were read: they cannot be read again.
    var spentSource: String?
    /// The number of bytes of the response that went out through a stream and cannot be taken back.
    var bytesOut = 0

    init() {}

    init(_ source: ByteSource?, _ sink: ByteSink?) {
        if let source, source.isSpent { spentSource = source.path }
        if let sink, sink.isStream { bytesOut = sink.count }
    }
}
