internal import Glibc
package import LakeAPI

/// A minimal keep-alive connection to a local server: one request at a time, no TLS.
///
/// A server in the same thread runs while an answer is awaited, so a test needs no second thread.
package final class HTTPConnection {
    private let number: Int32
    private var received: [UInt8] = []

    package enum Trouble: Error {
        case cannotConnect, closed, timedOut, noHTTP
    }

    /// Connects to a port of 127.0.0.1.
    package init(port: UInt16) throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        // SAFETY: a `sockaddr_in` is passed as a `sockaddr`, which has the same layout at its beginning, with its own
        // size.
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0, fcntl(number, F_SETFL, O_NONBLOCK) == 0 else { throw Trouble.cannotConnect }
    }

    deinit { close(number) }

    /// Sends a request and returns its answer.
    ///
    /// `serving` runs the server; it is called until the answer has arrived.
    package func exchange(_ request: HTTPRequest, serving: () -> Void) throws -> HTTPResponse {
        try send(HTTPConnection.written(request), serving: serving)
        let head = try head(serving: serving)
        guard let status = head.first.flatMap({ Int($0.split(separator: " ").dropFirst().first ?? "") }) else {
            throw Trouble.noHTTP
        }
        var answer = HTTPResponse(status: status)
        answer.headers = head.dropFirst().map { line in
            let name = line.prefix { $0 != ":" }
            return (String(name), String(line.dropFirst(name.count + 1).drop { $0 == " " }))
        }
        let hasBody = request.method != "HEAD" && status != 204 && status != 304
        let length = hasBody ? Int(answer.header("Content-Length") ?? "0") ?? 0 : 0
        while received.count < length { try receive(serving: serving) }
        answer.body = Array(received.prefix(length))
        received.removeFirst(length)
        return answer
    }

    /// Sends raw bytes, for malformed requests.
    package func send(_ bytes: [UInt8], serving: () -> Void) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            // SAFETY: the buffer is valid during the call, with its own count.
            let count = rest.withUnsafeBytes {
                Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try wait(POLLOUT, serving: serving)
            } else {
                throw Trouble.closed
            }
        }
    }

    private static func written(_ request: HTTPRequest) -> [UInt8] {
        let lines = ["\(request.method) \(request.target) HTTP/1.1"] + request.headers.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + request.body
    }

    /// Reads the lines of the answer's head.
    private func head(serving: () -> Void) throws -> [String] {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let start = received.indices.first(where: { received[$0...].starts(with: end) }) {
                let text = String(decoding: received[..<start], as: UTF8.self)
                received.removeFirst(start + end.count)
                return text.split(separator: "\r\n").map(String.init)
            }
            try receive(serving: serving)
        }
    }

    private func receive(serving: () -> Void) throws {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(number, &piece, piece.count, 0)
            if count > 0 {
                received += piece[..<count]
                return
            }
            guard count < 0, errno == EAGAIN else { throw Trouble.closed }
            try wait(POLLIN, serving: serving)
        }
    }

    /// Runs the server, then polls the socket; gives up after 10 s without progress.
    private func wait(_ events: Int32, serving: () -> Void) throws {
        var polled = pollfd(fd: number, events: Int16(events), revents: 0)
        for _ in 0..<5_000 {
            serving()
            if poll(&polled, 1, 2) > 0 { return }
        }
        throw Trouble.timedOut
    }
}
