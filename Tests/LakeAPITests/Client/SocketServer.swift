import Glibc
import LakeScript

@testable import LakeAPI

/// A server on a real socket whose answers are scripted, including malformed ones. It has no thread: its sockets wait
/// in the same `wait` as libcurl's.
final class SocketServer {
    /// The reaction to a complete request.
    enum Deed {
        /// Sends these bytes, piece by piece.
        case send([String])
        /// Sends these bytes and closes the connection.
        case closeAfter([UInt8])
        /// Never answers.
        case silence
    }

    let port: UInt16
    private let listener: Int32
    private var connections: [Int32: [UInt8]] = [:]
    /// Bytes still to be sent, and the connections to close afterwards.
    private var outgoing: [Int32: [UInt8]] = [:]
    private var closing: Set<Int32> = []
    private let deed: (String, Int) -> Deed
    /// The requests as received, heads and bodies.
    private(set) var requests: [String] = []
    private(set) var connectionCount = 0

    /// - Parameter deed: returns the reaction to a request and its number, from 0.
    init(_ deed: @escaping (String, Int) -> Deed) {
        self.deed = deed
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        // SAFETY: a sockaddr_in is passed as a sockaddr of its family.
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size)
                listen(listener, 16)
                getsockname(listener, $0, &size)
            }
        }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        for connection in connections.keys { close(connection) }
        close(listener)
    }

    var origin: String { "http://127.0.0.1:\(port)" }

    var descriptors: [Descriptor] {
        [Descriptor(number: listener)] + connections.keys.map { Descriptor(number: $0) }
            + outgoing.keys.map { Descriptor(number: $0, isForWriting: true) }
    }

    /// Reads from a descriptor, or writes pending bytes to it.
    func serve(_ descriptor: Descriptor) {
        guard !descriptor.isForWriting else { return flush(descriptor.number) }
        guard descriptor.number != listener else {
            connections[accept(listener, nil, nil)] = []
            connectionCount += 1
            return
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor.number, &buffer, buffer.count, 0)
        guard count > 0 else { return drop(descriptor.number) }
        connections[descriptor.number, default: []] += buffer[..<count]
        while let request = takeRequest(descriptor.number) {
            requests.append(request)
            answer(deed(request, requests.count - 1), on: descriptor.number)
        }
    }

    private func drop(_ connection: Int32) {
        guard connections.removeValue(forKey: connection) != nil else { return }
        outgoing[connection] = nil
        close(connection)
    }

    /// Returns the next complete request.
    private func takeRequest(_ connection: Int32) -> String? {
        guard let bytes = connections[connection] else { return nil }
        let blank = Array("\r\n\r\n".utf8)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: blank) }) else { return nil }
        let head = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        let lines = head.split(separator: "\r\n")
        let length = lines.first { $0.hasPrefix("content-length:") }?.split(separator: " ").last.flatMap { Int($0) }
        let isChunked = lines.contains("transfer-encoding: chunked")
        let isWhole =
            isChunked
            ? bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8.suffix(5)) : bytes.count >= end + 4 + (length ?? 0)
        guard isWhole else { return nil }
        connections[connection] = []
        return String(decoding: bytes, as: UTF8.self)
    }

    private func answer(_ deed: Deed, on connection: Int32) {
        switch deed {
        case .send(let pieces): for piece in pieces { write(Array(piece.utf8), to: connection) }
        case .closeAfter(let bytes):
            closing.insert(connection)
            write(bytes, to: connection)
        case .silence: break
        }
    }

    private func write(_ bytes: [UInt8], to connection: Int32) {
        outgoing[connection, default: []] += bytes
        flush(connection)
    }

    /// Sends as much as the socket accepts.
    private func flush(_ connection: Int32) {
        guard let bytes = outgoing[connection] else { return }
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        let count = bytes.isEmpty ? 0 : max(0, Glibc.send(connection, bytes, bytes.count, flags))
        outgoing[connection] = count == bytes.count ? nil : Array(bytes[count...])
        if outgoing[connection] == nil, closing.remove(connection) != nil { drop(connection) }
    }

    /// Makes an answer with a length.
    static func reply(_ status: Int, _ body: String, _ headers: String = "") -> String {
        "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}
