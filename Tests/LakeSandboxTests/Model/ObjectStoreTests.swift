import LakeScript
import Testing

@testable import LakeSandbox

/// The object store: contents, parts and addresses.
@Suite struct ObjectStoreTests {
    private static let address = "s3://b/k"
    private static let large = [UInt8](repeating: 7, count: MultipartUpload.minimumPartSize)

    private func upload(_ parts: [(Int, [UInt8])]) throws -> (store: ObjectStore, etags: [String]) {
        var store = ObjectStore()
        store.begin("up", to: ObjectStoreTests.address)
        let etags = try parts.map { try store.put($0.1, as: $0.0, of: "up", to: ObjectStoreTests.address) }
        return (store, etags)
    }

    @Test("An upload becomes an object of its parts, with the ETag of an S3 store")
    func completing() throws {
        var (store, etags) = try upload([(1, ObjectStoreTests.large), (7, Array("tail".utf8))])
        let object = try store.complete("up", to: ObjectStoreTests.address, [(1, etags[0]), (7, "\"\(etags[1])\"")])
        #expect(object.size == MultipartUpload.minimumPartSize + 4)
        #expect(object.bytes(in: (object.size - 5)..<object.size) == [7] + Array("tail".utf8))
        #expect(object.etag.hasSuffix("-2"))
        #expect(store["s3://b/k"]?.bytes == object.bytes)
        #expect(
            try store.complete("up", to: ObjectStoreTests.address, [(1, etags[0]), (7, etags[1])]).etag == object.etag)
    }

    @Test(
        "Parts in the wrong order, twice, unknown, changed or too small are what the store calls them",
        arguments: [
            ([2, 1], "InvalidPartOrder"), ([1, 1], "InvalidPartOrder"), ([1, 3], "InvalidPart"),
            ([1, 2], "EntityTooSmall"),
        ])
    func refusing(_ numbers: [Int], _ code: String) throws {
        var (store, etags) = try upload([(1, [1]), (2, [2])])
        let parts = numbers.map { (number: $0, etag: $0 <= 2 ? etags[$0 - 1] : "none") }
        let outcome = fault { _ = try store.complete("up", to: ObjectStoreTests.address, parts) }
        #expect(outcome?.text.contains("api error \(code):") == true)
        #expect(outcome?.kind == .untranslated)
    }

    @Test("An aborted or completed upload cannot be aborted, and an unknown one takes no parts")
    func aborting() throws {
        var (store, etags) = try upload([(1, [1])])
        _ = try store.complete("up", to: ObjectStoreTests.address, [(1, etags[0])])
        for id in ["up", "other"] {
            #expect(fault { try store.abort(id, to: ObjectStoreTests.address) }?.text.contains("NoSuchUpload") == true)
        }
        #expect(
            fault { _ = try store.put([], as: 1, of: "other", to: ObjectStoreTests.address) }?.text.contains(
                "NoSuchUpload") == true)
    }

    @Test("An upload is known only under the address that it was begun for")
    func otherAddress() throws {
        var (store, etags) = try upload([(1, [1])])
        let outcome = fault { _ = try store.complete("up", to: "s3://b/other", [(1, etags[0])]) }
        #expect(outcome?.text.contains("NoSuchUpload") == true)
        #expect(fault { try store.abort("up", to: ObjectStoreTests.address) } == nil)
    }

    @Test(
        "One range of bytes is read, anything else is said to be outside or malformed",
        arguments: [
            ("bytes=0-4", .bytes(0..<5)), ("bytes=7-", .bytes(7..<12)), ("bytes=-5", .bytes(7..<12)),
            ("bytes=7-100", .bytes(7..<12)), ("bytes=-100", .bytes(0..<12)), ("bytes=100-200", .outside),
            ("bytes=12-", .outside), ("bytes=-0", .outside), ("bytes=3-1", .malformed), ("bytes=0-1,3-4", .malformed),
            ("bytes=-", .malformed), ("lines=1-2", .malformed), ("bytes=0-9223372036854775807", .bytes(0..<12)),
        ] as [(String, ByteRange.Reading)])
    func ranges(_ header: String, _ expected: ByteRange.Reading) {
        #expect(ByteRange.read(header, size: 12) == expected)
    }

    private static let binding = PhysicalAddress.Binding(repository: "r", branch: "b", path: "p")

    private func signed(at seconds: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        var random = RandomStream(from: &generator)
        let address = PhysicalAddress.new(at: seconds, random: &random)
        return PhysicalAddress.signed(address, ObjectStoreTests.binding, key: [1])
    }

    @Test("A signed address is good for its repository, branch and path, for a day")
    func signatures() {
        let address = signed(at: 1_700_000_000)
        let check = { (address: String, path: String, now: Int, key: [UInt8]) in
            let binding = PhysicalAddress.Binding(repository: "r", branch: "b", path: path)
            return fault { try PhysicalAddress.check(address, binding, at: now, key: key) }?.text
        }
        #expect(check(address, "p", 1_700_086_400, [1]) == nil)
        #expect(check(address, "p", 1_700_086_401, [1]) == "link address expired")
        #expect(check(address, "q", 1_700_000_000, [1]) == "invalid address signature: invalid address")
        #expect(check(address, "p", 1_700_000_000, [2]) == "invalid address signature: invalid address")
        #expect(check(address + "AAAA", "p", 1_700_000_000, [1]) == "invalid address signature: invalid address")
        #expect(check("data/x", "p", 0, [1]) == "address is not signed: link address invalid")
        #expect(
            check(address + "%%", "p", 0, [1])?.hasPrefix("malformed address signature: {\"Repository\":\"r\"") == true)
    }

    @Test("An id tells the second it was made in", arguments: [0, 1, 1_700_000_000, 4_294_967_295])
    func ids(_ seconds: Int) {
        var generator = SystemRandomNumberGenerator()
        var random = RandomStream(from: &generator)
        #expect(SortableID.seconds(of: SortableID.new(at: seconds, random: &random)) == seconds)
    }
}
