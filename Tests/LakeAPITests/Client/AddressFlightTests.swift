import LakeScript
import TestSupport
import Testing

@testable import LakeAPI

/// The states of `put_url` and `get_url`, driven by events alone.
struct AddressFlightTests {
    private func put(_ arguments: Record = ["url": "https://store/x?sig=1", "body": "b"]) throws -> FlightBench {
        FlightBench(try flight("put_url", arguments))
    }

    @Test("a request to the address, and its status")
    func plain() throws {
        var bench = try put()
        #expect(bench.on(.proceed) == ["send call: PUT https://store/x?sig=1"])
        // What is learned of a server matters to calls of operations alone.
        #expect(bench.on(.proceed) == [])
        #expect(bench.answered(200) == ["value"])
        #expect(bench.answer?.value?["status"] == 200)
    }

    @Test("a put that got no response is sent again")
    func again() throws {
        var bench = try put()
        _ = bench.on(.proceed)
        #expect(bench.lost(sent: true).first?.hasPrefix("notice the connection broke") == true)
        bench.context = FlightContext(now: Instant(milliseconds: 5000, epochSeconds: 0))
        #expect(bench.on(.elapsed) == ["send call: PUT https://store/x?sig=1"])
    }

    @Test("a refusal names the address without its query")
    func refused() throws {
        var bench = try put()
        _ = bench.on(.proceed)
        #expect(bench.answered(403) == ["failure denied"])
        #expect(bench.answer?.failure?.message == "https://store/x answered 403")
        #expect(bench.answer?.failure?.operation == "put_url")
    }

    @Test("a file that cannot be written is the failure, in the file's own words")
    func file() throws {
        var bench = FlightBench(try flight("get_url", ["url": "https://store/x", "path": "f"]))
        _ = bench.on(.proceed)
        #expect(bench.answered(200, "0123") == ["place 4", "value"])
        #expect(bench.on(.failed(Failure(.mistake, "`f` cannot be written"))) == ["failure mistake"])
        #expect(bench.answer?.failure?.message == "`f` cannot be written")
    }

    @Test("a sandbox reaches no other server")
    func sandbox() {
        #expect(throws: Failure.self) {
            try flight("get_url", ["url": "https://store/x"], own: "http://sandbox")
        }
    }

    private func flight(_ name: String, _ arguments: Record, own: String? = nil) throws -> AddressFlight {
        try AddressFlight(EffectID(1), BuiltinCall(try #require(Builtins[name]), arguments), own: own)
    }
}
