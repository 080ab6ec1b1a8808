import Glibc
import LakeAPI
import LakeSandbox
import LakeSandboxServer
import LakeScript
import TestSupport

/// A sandbox on a free port and a connection to it; both run in the test's own thread.
final class ServedSandbox {
    let server: SandboxServer
    private var connection: HTTPConnection

    init(_ configuration: SandboxConfiguration = SandboxConfiguration()) throws {
        var random = SystemRandomNumberGenerator()
        let sandbox = Sandbox(configuration, at: .current, random: &random)
        server = try SandboxServer(sandbox, listen: "127.0.0.1:0", clock: { .current })
        connection = try ServedSandbox.connect(to: server)
    }

    /// Sends a request and runs the server until its answer has arrived.
    func exchange(_ request: HTTPRequest) throws -> HTTPResponse {
        let answer = try connection.exchange(request, serving: serve)
        if answer.header("Connection")?.lowercased() == "close" { connection = try ServedSandbox.connect(to: server) }
        return answer
    }

    /// Sends raw bytes.
    func send(_ bytes: [UInt8]) throws {
        try connection.send(bytes, serving: serve)
    }

    /// Opens another connection to the same server.
    func connect() throws -> HTTPConnection {
        try ServedSandbox.connect(to: server)
    }

    private static func connect(to server: SandboxServer) throws -> HTTPConnection {
        try HTTPConnection(port: UInt16(server.address.split(separator: ":").last ?? "") ?? 0)
    }

    /// Runs the server while it has work.
    func serve() {
        _ = server.tick(now: .current, ready: [])
    }
}

extension Instant {
    /// The current time of the machine's clocks.
    static var current: Instant {
        var monotonic = timespec()
        clock_gettime(CLOCK_MONOTONIC, &monotonic)
        return Instant(
            milliseconds: monotonic.tv_sec * 1000 + monotonic.tv_nsec / 1_000_000, epochSeconds: time(nil))
    }
}
