internal import CMicroHTTPD
internal import LakeAPI
package import LakeSandbox
package import LakeScript

/// HTTP server of the sandbox: libmicrohttpd receives requests, and the sandbox answers them as it does in the same
/// process.
///
/// The daemon has no thread. Its epoll descriptor is one of the loop's; `tick` runs it, and its callbacks collect a
/// whole request and answer it. Nothing is interpreted here: the raw target, headers and body go in, and the status,
/// headers and body come out unchanged.
package final class SandboxServer: LoopMember {
    package private(set) var sandbox: Sandbox
    /// `http://127.0.0.1:8000`.
    package let address: String
    private var daemon: OpaquePointer?
    private let clock: () -> Instant
    private var random = SystemRandomNumberGenerator()

    /// Size in bytes of the pieces in which connections read requests.
    private static let connectionMemory = 256 << 10
    /// Largest body, which is kept in memory; a larger one is refused with 413.
    fileprivate static let bodyLimit = 2 << 30

    /// Starts to listen on `127.0.0.1:8000`; port 0 takes a free port.
    ///
    /// - Throws: a mistake if the address is invalid or in use, or if libmicrohttpd is missing.
    package init(_ sandbox: Sandbox, listen: String, clock: @escaping () -> Instant) throws(Failure) {
        self.sandbox = sandbox
        self.clock = clock
        let (host, number, port) = try SandboxServer.parse(listen)
        if let problem = lakesh_mhd_load() { throw .missingLibrary(String(cString: problem)) }
        let holder = ServerHolder()
        // SAFETY: the holder lives as long as the daemon, which `deinit` stops before it releases the holder.
        self.holder = holder
        daemon = lakesh_mhd_start(
            number, port, access, Unmanaged.passUnretained(holder).toOpaque(), targetArrived, requestEnded,
            SandboxServer.connectionMemory)
        guard let daemon else {
            throw .cannotListen(
                "cannot listen on \(listen)", advice: "is the port taken? --listen 127.0.0.1:0 takes a free one")
        }
        address = "http://\(host):\(lakesh_mhd_port(daemon))"
        holder.server = self
    }

    private let holder: ServerHolder

    deinit {
        if let daemon { lakesh_mhd_stop(daemon) }
    }

    package func waits() -> Waits {
        guard let daemon else { return Waits() }
        let timeout = lakesh_mhd_timeout(daemon)
        return Waits(
            descriptors: [Descriptor(number: lakesh_mhd_epoll(daemon))],
            deadline: timeout < 0 ? nil : clock().advanced(by: Int(timeout)))
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        if let daemon { lakesh_mhd_run(daemon) }
        return []
    }

    fileprivate func answer(_ request: HTTPRequest) -> HTTPResponse {
        sandbox.answer(request, at: clock(), random: &random)
    }

    /// Splits `HOST:PORT`; the host is an IPv4 address or `localhost`.
    private static func parse(_ listen: String) throws(Failure) -> (host: String, address: UInt32, port: UInt16) {
        let parts = listen.split(separator: ":", omittingEmptySubsequences: false)
        let host = parts.first.map { $0 == "localhost" ? "127.0.0.1" : String($0) } ?? ""
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        guard parts.count == 2, let port = UInt16(parts[1]), bytes.count == 4 else {
            throw .cannotListen("`\(listen)` is not an address to listen on", advice: "write it as 127.0.0.1:8000")
        }
        return (host, bytes.reduce(0) { $0 << 8 | UInt32($1) }, port)
    }
}

/// Reference to the server for the daemon's callbacks.
private final class ServerHolder {
    weak var server: SandboxServer?
}

/// A request that is being received.
private final class Arrival {
    var request: HTTPRequest
    var hasHead = false
    var isTooLarge = false

    init(target: String) {
        request = HTTPRequest(method: "", target: target)
    }
}

/// Keeps the raw target: libmicrohttpd would decode `%2F` to `/`.
private func targetArrived(
    _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    // SAFETY: retained here, released in `requestEnded`, which the daemon calls once for each request.
    Unmanaged.passRetained(Arrival(target: target.map { String(cString: $0) } ?? "")).toOpaque()
}

private func requestEnded(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ how: MHD_RequestTerminationCode
) {
    guard let arrival = state?.pointee else { return }
    // SAFETY: balances `targetArrived`.
    Unmanaged<Arrival>.fromOpaque(arrival).release()
    state?.pointee = nil
}

/// Callback of the daemon: called once with the head, for each piece of the body, and once at the end.
private func access(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
    _ size: UnsafeMutablePointer<Int>?, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let connection, let size, let context, let pointer = state?.pointee else { return .NO }
    // SAFETY: both were passed to the daemon here and live until it reports the end of the request.
    let arrival = Unmanaged<Arrival>.fromOpaque(pointer).takeUnretainedValue()
    guard arrival.hasHead else {
        arrival.hasHead = true
        arrival.request.method = method.map { String(cString: $0) } ?? ""
        lakesh_mhd_headers(connection, headerArrived, pointer)
        return .YES
    }
    if size.pointee > 0 {
        take(data, size.pointee, arrival)
        size.pointee = 0
        return .YES
    }
    guard let server = Unmanaged<ServerHolder>.fromOpaque(context).takeUnretainedValue().server else { return .NO }
    let answer = arrival.isTooLarge ? HTTPResponse(status: 413) : server.answer(arrival.request)
    send(answer, to: arrival.request.method, connection)
    return .YES
}

private func take(_ data: UnsafePointer<CChar>?, _ count: Int, _ arrival: Arrival) {
    guard arrival.request.body.count + count <= SandboxServer.bodyLimit else {
        arrival.isTooLarge = true
        arrival.request.body = []
        return
    }
    // SAFETY: the daemon passes a pointer to `count` bytes that is valid during this call.
    arrival.request.body.append(contentsOf: UnsafeRawBufferPointer(start: data, count: count))
}

private func headerArrived(
    _ state: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
    _ value: UnsafePointer<CChar>?
) -> MHD_Result {
    guard let state, let name else { return .YES }
    // SAFETY: as in `access`.
    let arrival = Unmanaged<Arrival>.fromOpaque(state).takeUnretainedValue()
    arrival.request.headers.append((String(cString: name), value.map { String(cString: $0) } ?? ""))
    return .YES
}

private func send(_ answer: HTTPResponse, to method: String, _ connection: OpaquePointer) {
    let response: OpaquePointer?
    if method == "HEAD", answer.body.isEmpty {
        response = lakesh_mhd_head(answer.header("Content-Length").flatMap { UInt64($0) } ?? .max)
    } else {
        response = answer.body.withUnsafeBytes { lakesh_mhd_response($0.baseAddress, $0.count) }
    }
    for (name, value) in answer.headers where name.lowercased() != "content-length" {
        lakesh_mhd_header(response, name, value)
    }
    lakesh_mhd_answer(connection, UInt32(answer.status), response)
}
