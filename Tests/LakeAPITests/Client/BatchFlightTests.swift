import LakeScript
import Testing

@testable import LakeAPI

/// A deletion of more objects than a request may name.
struct BatchFlightTests {
    private static let done = ScriptedTransport.Outcome.answer(200, #"{"errors": []}"#)

    /// The answer, and the numbers of paths in the requests.
    private func delete(
        _ count: Int, _ outcomes: [ScriptedTransport.Outcome], isBody: Bool = false
    ) throws -> (answer: Answer?, sizes: [Int?]) {
        let bench = PerformerBench(outcomes)
        let paths = Value.list((0..<count).map { .string("p\($0)") })
        var arguments: Record = ["repository": "vale", "branch": "dev", "paths": paths]
        if isBody { arguments["body"] = ["paths": paths] }
        let answer = bench.call("delete_objects", arguments)
        let sizes = try bench.transport.requests.map { try JSON.read($0.body)["paths"].items?.count }
        return (answer, sizes)
    }

    @Test(arguments: [(1000, [1000]), (1001, [1000, 1]), (2500, [1000, 1000, 500])])
    func aRequestNamesAThousand(count: Int, sizes: [Int]) throws {
        for isBody in [false, true] {
            let bench = try delete(count, [Self.done], isBody: isBody)
            #expect(bench.sizes == sizes && bench.answer?.value?["errors"] == [])
        }
    }

    @Test func aFailureTellsWhatWasDoneAndWhatWasNot() throws {
        let bench = try delete(2500, [Self.done, .answer(400, #"{"message": "no"}"#)])
        #expect(bench.sizes == [1000, 1000])
        #expect(bench.answer?.failure?.hasChanged == true)
        #expect(
            bench.answer?.failure?.notes.suffix(2) == [
                "the first 1000 were done by requests before", "the last 500 were not asked for",
            ])
    }
}
