import LakeScript
import Testing

@testable import LakeAPI

/// The states of an upload in parts, driven by events alone.
struct UploadFlightTests {
    private static let created =
        #"{"upload_id":"u1","physical_address":"s3://b/x","presigned_urls":["https://store/1","https://store/2"]}"#
    private static let object =
        #"{"path":"big","path_type":"object","physical_address":"p","checksum":"c","mtime":1}"#

    /// An upload of two parts that was created.
    private func created() throws -> FlightBench {
        var bench = try begun()
        #expect(
            bench.answered(201, Self.created, .create) == [
                "send part(1): PUT https://store/1", "send part(2): PUT https://store/2",
            ])
        return bench
    }

    private func begun() throws -> FlightBench {
        let plan = try FlightBench.plan("upload_object", ["repository": "lake", "branch": "main", "path": "big"]) {
            $0[.presign] = true
            $0[.from] = "f"
        }
        var bench = FlightBench(UploadFlight(plan, MultipartUpload(file: "f", size: 10 << 20)))
        bench.context.server.learn(["version": "1.84.0"], to: "get_lake_fs_version")
        let actions = bench.on(.proceed)
        #expect(actions.count == 1 && actions[0].hasPrefix("send create: POST"))
        return bench
    }

    private func sent(_ part: Int) -> FlightEvent {
        .answered(HTTPResponse(status: 200, headers: [("ETag", "e\(part)")]), .part(part))
    }

    @Test("create, parts, complete")
    func whole() throws {
        var bench = try created()
        #expect(bench.on(sent(2)) == ["progress 2097152/10485760"])
        let actions = bench.on(sent(1))
        #expect(actions.count == 2 && actions[1].hasPrefix("send complete: PUT"))
        #expect(bench.answered(200, Self.object, .complete) == ["value"])
    }

    @Test("a part is sent three times at most; then the other is cancelled, and the upload aborted when it has ended")
    func failing() throws {
        var bench = try created()
        #expect(bench.answered(503, "", .part(1)) == ["send part(1): PUT https://store/1"])
        #expect(bench.answered(503, "", .part(1)) == ["send part(1): PUT https://store/1"])
        #expect(bench.answered(503, "", .part(1)) == ["cancel"])
        let actions = bench.lost(sent: true, .part(2))
        #expect(actions.count == 1 && actions[0].hasPrefix("send abort: DELETE"))
        #expect(bench.answered(204, "", .abort) == ["failure operation"])
        #expect(bench.answer?.failure?.notes.last?.hasPrefix("the upload was given up on the server") == true)
    }

    @Test("an abort without a response is told")
    func notAborted() throws {
        var bench = try created()
        _ = bench.on(.cancelled)
        _ = bench.lost(sent: true, .part(1))
        _ = bench.lost(sent: true, .part(2))
        #expect(bench.lost(sent: false, .abort) == ["failure cancelled"])
        #expect(bench.answer?.failure?.notes.last == "the upload u1 could not be given up on the server")
    }

    @Test("cancelled before the server has begun it, there is nothing to abort")
    func cancelledEarly() throws {
        var bench = try begun()
        #expect(bench.on(.cancelled).last == "cancel unsent")
        #expect(bench.lost(sent: true, .create) == ["failure cancelled"])
    }

    @Test("cancelled in the moment in which the server begins it, it is aborted")
    func cancelledMeanwhile() throws {
        var bench = try begun()
        _ = bench.on(.cancelled)
        #expect(bench.answered(201, Self.created, .create).first?.hasPrefix("send abort: DELETE") == true)
        #expect(bench.answered(204, "", .abort) == ["failure cancelled"])
    }

    @Test("a completion without a response is in doubt, and its probe is named")
    func doubt() throws {
        var bench = try created()
        _ = bench.on(sent(1))
        _ = bench.on(sent(2))
        #expect(bench.on(.cancelled).last == "cancel unsent")
        #expect(bench.lost(sent: true, .complete) == ["in doubt"])
        #expect(bench.answer?.doubt?.notes.last == "look before you go on: stat_object lake main big")
    }

    @Test("an abort is not held to the call's time")
    func deadline() throws {
        let plan = try FlightBench.plan("upload_object", ["repository": "lake", "branch": "main", "path": "big"]) {
            $0[.timeout] = .duration(5)
        }
        var bench = FlightBench(UploadFlight(plan, MultipartUpload(file: "f", size: 1)))
        #expect(bench.flight.deadline?.milliseconds == 5)
        bench.context.server.learn(["version": "1.84.0"], to: "get_lake_fs_version")
        _ = bench.on(.proceed)
        #expect(bench.answered(201, #"{"upload_id":"u1"}"#, .create).first?.hasPrefix("send abort") == true)
        #expect(bench.flight.deadline == nil)
    }
}
