import LakeAPI
import LakeSandbox
import LakeSandboxServer
import LakeScript
import TestSupport
import Testing

/// The HTTP server: requests over a socket reach the rules unchanged.
@Suite struct SandboxServerTests {
    private static let health = HTTPRequest(
        method: "GET", target: "/api/v1/healthcheck", headers: [("Host", "localhost")])

    @Test("A connection is kept for the next request")
    func keepsConnections() throws {
        let served = try ServedSandbox()
        for _ in 0..<3 {
            #expect(try served.exchange(SandboxServerTests.health).status == 204)
        }
    }

    @Test("A slash that is encoded in an id stays part of the id")
    func keepsEncodedSlashes() throws {
        let served = try ServedSandbox(SandboxConfiguration(like: .v090))
        let keys = try #require(served.server.sandbox.adminCredentials)
        let login = ("Authorization", "Basic " + Base64.encode(Array("\(keys.id):\(keys.secret)".utf8)))
        let answer = try served.exchange(
            HTTPRequest(method: "GET", target: "/api/v1/auth/users/a%2Fb", headers: [("Host", "localhost"), login]))
        #expect(answer.status == 404)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("not found"))
    }

    @Test("A body larger than a connection's memory arrives whole")
    func takesLargeBodies() throws {
        let served = try ServedSandbox()
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
        let answer = try served.exchange(
            HTTPRequest(
                method: "POST", target: "/api/v1/auth/login",
                headers: [
                    ("Host", "localhost"), ("Content-Type", "application/json"), ("Content-Length", "\(body.count)"),
                ],
                body: body))
        #expect(answer.status == 400)
        #expect(try served.exchange(SandboxServerTests.health).status == 204)
    }

    @Test("What is no HTTP is refused and the server goes on")
    func survivesNonsense() throws {
        let served = try ServedSandbox()
        try served.send(Array("\u{1}\u{2}nonsense\r\n\r\n".utf8))
        let other = try served.connect()
        #expect(try other.exchange(SandboxServerTests.health, serving: served.serve).status == 204)
    }

    @Test("Port 0 takes a free port and says which")
    func takesFreePorts() throws {
        let first = try ServedSandbox()
        let second = try ServedSandbox()
        #expect(first.server.address != second.server.address)
        #expect(!first.server.address.hasSuffix(":0"))
    }

    @Test(
        "An address that is none is refused with advice",
        arguments: ["", "here", "1.2.3:80", "127.0.0.1", "127.0.0.1:x"])
    func refusesBadAddresses(_ listen: String) {
        let failure = #expect(throws: Failure.self) { try SandboxServerTests.serve(listen) }
        #expect(failure?.notes == ["write it as 127.0.0.1:8000"])
    }

    @Test("A port that is taken is refused with advice")
    func refusesTakenPorts() throws {
        let served = try ServedSandbox()
        let taken = String(served.server.address.dropFirst("http://".count))
        let failure = #expect(throws: Failure.self) { try SandboxServerTests.serve(taken) }
        #expect(failure?.message == "cannot listen on \(taken)")
    }

    private static func serve(_ listen: String) throws {
        var random = SystemRandomNumberGenerator()
        let sandbox = Sandbox(SandboxConfiguration(), at: .current, random: &random)
        _ = try SandboxServer(sandbox, listen: listen, clock: { .current })
    }
}
