import Glibc
import LakeScript
import TestSupport
import Testing

@testable import LakeAPI

/// libcurl over a real socket: valid answers, malformed ones, and none.
struct CurlTransportTests {
    /// Sends requests one after the other over one transport and returns their outcomes.
    private func exchange(
        with server: SocketServer, _ requests: [HTTPRequest], over given: CurlTransport? = nil,
        _ options: (inout TransportOptions) -> Void = { _ in }
    ) throws -> [TransportEvent] {
        let transport = try given ?? CurlTransport()
        return requests.enumerated().map { index, request in
            var settings = TransportOptions()
            settings.origin = server.origin
            options(&settings)
            transport.send(request, id: EffectID(UInt64(index)), options: settings, now: clock())
            return settle(transport, server)
        }
    }

    /// Waits for the outcome of a request; fails the test after ten seconds.
    private func settle(_ transport: CurlTransport, _ server: SocketServer) -> TransportEvent {
        let end = clock().advanced(by: 10_000)
        while clock() < end {
            for event in transport.tick(now: clock(), ready: []) {
                if case .progress = event { continue }
                return event
            }
            for ready in transport.wait(descriptors: server.descriptors, timeoutMilliseconds: 1000) {
                server.serve(ready)
            }
        }
        Issue.record("nothing came")
        return .failure(EffectID(0), TransportFailure(message: "nothing came", wasSent: false))
    }

    private func clock() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000, epochSeconds: 0)
    }

    private func response(_ event: TransportEvent) throws -> HTTPResponse {
        if case .response(_, let response) = event { return response }
        throw Failure(.assertion, "\(event)")
    }

    private func failure(_ event: TransportEvent) throws -> TransportFailure {
        if case .failure(_, let failure) = event { return failure }
        throw Failure(.assertion, "\(event)")
    }

    private func get(_ target: String) -> HTTPRequest { HTTPRequest(method: "GET", target: target) }

    private func post(_ body: String) -> HTTPRequest {
        HTTPRequest(
            method: "POST", target: "/p", headers: [("Content-Type", "application/json")], body: Array(body.utf8))
    }

    // MARK: Requests

    @Test("a request goes out as it was built, dots and percent signs too")
    func verbatim() throws {
        let server = SocketServer { _, _ in .send([SocketServer.reply(200, "{}")]) }
        var request = get("/api/v1/auth/users/../x%2Fy/%F0%9F%A6%86?a=%25")
        request.headers = [("Authorization", "Basic QTpT")]
        _ = try exchange(with: server, [request])
        let lines = try #require(server.requests.first).split(separator: "\r\n").map(String.init)
        #expect(lines[0] == "GET /api/v1/auth/users/../x%2Fy/%F0%9F%A6%86?a=%25 HTTP/1.1")
        #expect(lines.contains("Authorization: Basic QTpT"))
        #expect(lines.contains { $0.hasPrefix("Accept-Encoding:") })
        #expect(!lines.contains { $0.hasPrefix("Content-Type") || $0.hasPrefix("Expect") })
    }

    @Test("every verb keeps its name, with a body and without", arguments: ["POST", "PUT", "DELETE", "PATCH"])
    func verbs(_ method: String) throws {
        let server = SocketServer { _, _ in .send([SocketServer.reply(200, "{}")]) }
        let full = HTTPRequest(method: method, target: "/x", headers: [("Content-Type", "a/b")], body: [97, 98])
        let events = try exchange(with: server, [full, HTTPRequest(method: method, target: "/y")])
        #expect(try events.map { try response($0).status } == [200, 200])
        #expect(server.requests[0].hasPrefix("\(method) /x ") && server.requests[0].hasSuffix("\r\n\r\nab"))
        #expect(server.requests[1].hasPrefix("\(method) /y "))
    }

    @Test("HEAD has headers and no body, and does not wait for one")
    func head() throws {
        let server = SocketServer { _, _ in .send(["HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: x\r\n\r\n"]) }
        let answer = try response(exchange(with: server, [HTTPRequest(method: "HEAD", target: "/x")])[0])
        #expect(answer.header("etag") == "x" && answer.body.isEmpty)
    }

    @Test("a connection is kept for the next request")
    func keepAlive() throws {
        let server = SocketServer { _, _ in .send([SocketServer.reply(200, "{}")]) }
        _ = try exchange(with: server, [get("/1"), get("/2"), post("{}")])
        #expect(server.connectionCount == 1 && server.requests.count == 3)
    }

    @Test("a connection that mixed up its answers is not used again")
    func forgotten() throws {
        let server = SocketServer { _, _ in .send([SocketServer.reply(200, "{}")]) }
        let transport = try CurlTransport()
        _ = try exchange(with: server, [get("/1")], over: transport)
        transport.forgetConnections()
        _ = try exchange(with: server, [get("/2"), get("/3")], over: transport)
        #expect(server.connectionCount == 2 && server.requests.count == 3)
    }

    // MARK: Responses

    @Test("an answer in chunks is put together")
    func chunked() throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let server = SocketServer { _, _ in .send([head, "3\r\n{\"a\r\n", "4\r\n\":1}\r\n", "0\r\n\r\n"]) }
        #expect(try response(exchange(with: server, [get("/")])[0]).body == Array("{\"a\":1}".utf8))
    }

    @Test("5 MB come whole, without a length to go by")
    func large() throws {
        let body = [UInt8](repeating: 120, count: 5_000_000)
        let head = Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8)
        let server = SocketServer { _, _ in .closeAfter(head + body) }
        #expect(try response(exchange(with: server, [get("/")])[0]).body == body)
    }

    @Test("more than 16 MiB are refused, and the way out is named")
    func tooLarge() throws {
        let head = Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8)
        let server = SocketServer { _, _ in .closeAfter(head + [UInt8](repeating: 120, count: 17 << 20)) }
        #expect(try failure(exchange(with: server, [get("/")])[0]).message.contains("--to FILE"))
    }

    @Test("redirections are not followed")
    func redirection() throws {
        let server = SocketServer { _, _ in
            .send(["HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"])
        }
        let answer = try response(exchange(with: server, [get("/")])[0])
        #expect(answer.status == 302 && answer.header("Location") == "/other" && server.requests.count == 1)
    }

    @Test("a body that ends too early is marked as cut off")
    func cutOff() throws {
        let server = SocketServer { _, _ in
            .closeAfter(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"results\":[".utf8))
        }
        let answer = try response(exchange(with: server, [get("/")])[0])
        #expect(answer.isCutOff && answer.body.count == 12)
    }

    // MARK: No answer

    @Test("a POST that a kept connection took before it died is not sent again")
    func deadConnection() throws {
        let server = SocketServer { _, number in
            number == 0 ? .send([SocketServer.reply(200, "{}")]) : .closeAfter([])
        }
        let events = try exchange(with: server, [get("/"), post("{}")]) { $0.mustNotRepeat = true }
        let lost = try failure(events[1])
        #expect(lost.wasSent)
        #expect(server.requests.filter { $0.hasPrefix("POST") }.count == 1)
        #expect(lost.message.contains("broke after the request was sent"))
    }

    @Test("a read on a dead connection is sent again, by libcurl itself")
    func deadConnectionRead() throws {
        let server = SocketServer { _, number in
            number == 1 ? .closeAfter([]) : .send([SocketServer.reply(200, "{}")])
        }
        let events = try exchange(with: server, [get("/1"), get("/2")])
        #expect(try response(events[1]).status == 200)
        #expect(server.requests.count == 3)
    }

    @Test("a connection that closes without an answer was sent to")
    func closed() throws {
        let server = SocketServer { _, _ in .closeAfter([]) }
        #expect(try failure(exchange(with: server, [post("{}")])[0]).wasSent)
    }

    @Test("a server that does not listen was not sent to")
    func refused() throws {
        let server = SocketServer { _, _ in .silence }
        let events = try exchange(with: server, [get("/")]) { $0.origin = "http://127.0.0.1:1" }
        let lost = try failure(events[0])
        #expect(!lost.wasSent && lost.cause == .network)
        #expect(lost.message.hasPrefix("no connection to http://127.0.0.1:1: "))
    }

    @Test("an address that is none is a failure, not a crash", arguments: ["", "ftp://x", "http://", "http://a b"])
    func badOrigin(_ origin: String) throws {
        let server = SocketServer { _, _ in .silence }
        #expect(try !failure(exchange(with: server, [get("/")]) { $0.origin = origin }[0]).wasSent)
    }

    @Test("a server that does not answer is a timeout, once the time is over")
    func timeout() throws {
        let server = SocketServer { _, _ in .silence }
        let lost = try failure(exchange(with: server, [post("{}")]) { $0.timeout = 100 }[0])
        #expect(lost.cause == .timeout && lost.wasSent)
    }

    @Test("a cancelled request is answered once")
    func cancelled() throws {
        let server = SocketServer { _, _ in .silence }
        let transport = try CurlTransport()
        var options = TransportOptions()
        options.origin = server.origin
        transport.send(post("{}"), id: EffectID(7), options: options, now: clock())
        while server.requests.isEmpty {
            #expect(transport.tick(now: clock(), ready: []).isEmpty)
            transport.wait(descriptors: server.descriptors, timeoutMilliseconds: 1000).forEach(server.serve)
        }
        transport.cancel(EffectID(7), now: clock())
        transport.cancel(EffectID(7), now: clock())
        let events = transport.tick(now: clock(), ready: [])
        #expect(events.count == 1)
        #expect(try failure(#require(events.first)).wasSent)
    }

    // MARK: Files

    @Test("a part of a file is a body, and an answer goes to a file")
    func files() throws {
        let path = "/tmp/lakesh-curl-\(getpid())"
        try write("0123456789", to: path)
        defer {
            unlink(path)
            unlink(path + ".out")
        }
        let (source, sink) = (try ByteSource(file: path), try ByteSink(path + ".out"))
        let server = SocketServer { _, _ in .send([SocketServer.reply(200, "content")]) }
        let events = try exchange(with: server, [HTTPRequest(method: "PUT", target: "/x")]) {
            $0.source = source
            $0.bodyRange = 2..<5
            $0.sink = sink
        }
        #expect(try response(events[0]).body.isEmpty)
        #expect(server.requests[0].hasSuffix("\r\n\r\n234"))
        #expect(access(path + ".out", F_OK) != 0)
        try sink.moveToPlace()
        #expect(try Gathering.wholeFile(ByteSource(file: path + ".out"), nil) == Array("content".utf8))
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let draft = try OutputFile(path)
        try draft.write(bytes)
        try draft.moveToPlace()
    }

    @Test("a file goes out between the head and the tail of a form, with the length of all three")
    func form() throws {
        let path = "/tmp/lakesh-curl-form-\(getpid())"
        // More than libcurl accepts at once.
        let content = [UInt8](repeating: 120, count: 300_000)
        try write(content, to: path)
        defer { unlink(path) }
        let source = try ByteSource(file: path)
        let form = UploadForm()
        let server = SocketServer { _, _ in .send([SocketServer.reply(201, "{}")]) }
        let request = HTTPRequest(method: "POST", target: "/x", headers: [("Content-Type", form.contentType)])
        let events = try exchange(with: server, [request]) {
            $0.source = source
            $0.form = form
        }
        #expect(try response(events[0]).status == 201)
        let body = form.body(content)
        let sent = try #require(server.requests.first)
        #expect(sent.contains("Content-Length: \(body.count)\r\n"))
        #expect(Array(sent.utf8.suffix(body.count)) == body)
    }

    @Test("an empty file is a form, too")
    func emptyForm() throws {
        let path = "/tmp/lakesh-curl-empty-\(getpid())"
        try write([], to: path)
        defer { unlink(path) }
        let source = try ByteSource(file: path)
        let form = UploadForm()
        let server = SocketServer { _, _ in .send([SocketServer.reply(201, "{}")]) }
        _ = try exchange(with: server, [HTTPRequest(method: "POST", target: "/x")]) {
            $0.source = source
            $0.form = form
        }
        #expect(server.requests.first?.hasSuffix(String(decoding: form.body([]), as: UTF8.self)) == true)
    }

    @Test("an error's answer does not go to the file")
    func errorToFile() throws {
        let path = "/tmp/lakesh-curl-error-\(getpid())"
        let server = SocketServer { _, _ in .send([SocketServer.reply(404, "{}")]) }
        let sink = try ByteSink(path)
        let answer = try response(exchange(with: server, [get("/")]) { $0.sink = sink }[0])
        #expect(answer.body.count == 2 && sink.count == 0)
    }

    private func write(_ text: String, to path: String) throws {
        let draft = try OutputFile(path)
        try draft.write(Array(text.utf8))
        try draft.moveToPlace()
    }

    @Test("what is not the rest that was asked for does not go behind what is out")
    func notTheRest() throws {
        let pipe = try Pipe()
        let sink = try ByteSink("-", output: pipe.input)
        _ = Array("01234".utf8).withUnsafeBytes { sink.write($0) }
        var first = HTTPResponse(status: 200, headers: [("ETag", "\"a\""), ("Content-Length", "10")])
        first.isCutOff = true
        var resumption = try #require(Resumption(of: first))
        resumption.count = 5
        let whole = SocketServer.reply(200, "0123456789", "ETag: \"a\"\r\n")
        let rest = SocketServer.reply(206, "56789", "ETag: \"a\"\r\nContent-Range: bytes 5-9/10\r\n")
        let server = SocketServer { _, number in .send([number == 0 ? whole : rest]) }
        let events = try exchange(with: server, [get("/"), get("/")]) {
            $0.sink = sink
            $0.resumption = resumption
        }
        #expect(try response(events[0]).status == 200 && response(events[1]).status == 206)
        #expect(pipe.text == "0123456789")
    }

    @Test("a slow reader of standard output holds up nobody, and gets all of it")
    func slowReader() throws {
        let pipe = try Pipe()
        let sink = try ByteSink("-", output: pipe.input)
        let body = String(repeating: "0123456789", count: 50_000)
        let server = SocketServer { _, _ in .send([SocketServer.reply(200, body)]) }
        let transport = try CurlTransport()
        var options = TransportOptions()
        options.origin = server.origin
        options.sink = sink
        transport.send(get("/"), id: EffectID(1), options: options, now: clock())
        var text = ""
        for _ in 0..<100_000 {
            let ready = transport.wait(
                descriptors: server.descriptors + transport.waits().descriptors, timeoutMilliseconds: 0)
            server.descriptors.filter(ready.contains).forEach(server.serve)
            sink.drain()
            _ = transport.tick(now: clock(), ready: ready)
            if sink.isFull || sink.count == body.utf8.count { text += pipe.text }
            if text.utf8.count == body.utf8.count { break }
        }
        #expect(text == body && sink.failure == nil)
    }

    @Test("a pipe that nobody writes to holds up nobody; what comes is the body, and is not sent twice")
    func pipeAsBody() throws {
        let path = "/tmp/lakesh-curl-pipe-\(getpid())"
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let server = SocketServer { _, _ in .send([SocketServer.reply(200, "{}")]) }
        let transport = try CurlTransport()
        var options = TransportOptions()
        options.origin = server.origin
        options.source = try ByteSource(file: path)
        transport.send(HTTPRequest(method: "PUT", target: "/"), id: EffectID(1), options: options, now: clock())
        var (events, writer): ([TransportEvent], Int32) = ([], -1)
        for turn in 0..<2000 where events.isEmpty {
            let ready = transport.wait(
                descriptors: server.descriptors + transport.waits().descriptors, timeoutMilliseconds: 1)
            server.descriptors.filter(ready.contains).forEach(server.serve)
            events = transport.tick(now: clock(), ready: ready)
            if turn == 20 {
                #expect(options.source?.isSpent == false)
                writer = open(path, O_WRONLY | O_NONBLOCK)
                #expect(Glibc.write(writer, "late", 4) == 4)
            }
            if turn == 40 { close(writer) }
        }
        #expect(try response(#require(events.first)).status == 200)
        #expect(server.requests.first?.contains("late") == true)
        #expect(options.source?.isSpent == true)
    }
}

/// A pipe, read without blocking.
final class Pipe {
    let input: Int32
    private let output: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure(.assertion, "no pipe") }
        (output, input) = (ends[0], ends[1])
        _ = fcntl(output, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(input)
        close(output)
    }

    /// The unread content.
    var text: String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }
}
