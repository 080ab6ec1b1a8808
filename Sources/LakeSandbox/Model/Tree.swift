import LakeScript

/// An object of a repository: its facts; the store has its bytes.
struct ObjectEntry: Sendable {
    /// Hexadecimal MD5 of the bytes, or the checksum that the client sent.
    var checksum: String
    /// Size in bytes.
    var size: Int
    /// Whole address of the bytes: `mem://…`.
    var address: String
    var contentType: String
    /// Metadata that users set.
    var metadata: Record
    /// Seconds since 1970.
    var modified: Int

    /// Returns true if both have the same content, wherever it is stored.
    func isSame(as other: ObjectEntry) -> Bool {
        size == other.size && checksum == other.checksum && contentType == other.contentType
            && metadata == other.metadata
    }

    /// Returns true if the address and the time are the same, too.
    func isSameRecord(as other: ObjectEntry) -> Bool {
        isSame(as: other) && modified == other.modified && isEqual(address, other.address)
    }

    /// Hash of the whole record, the address and the time too.
    fileprivate var digest: [UInt8] {
        var hash = FieldHash()
        for field in [String(size), checksum, contentType, address, String(modified)] { hash.add(field) }
        hash.add(metadata)
        return hash.digest
    }
}

/// All objects of a commit by path.
///
/// A tree is a value: commits share unchanged chunks of the `SortedMap`. Its id, the meta range id, is updated with
/// each change instead of being computed from all entries.
struct Tree: Sendable {
    private(set) var entries = SortedMap<ObjectEntry>()
    /// Sum of the digests of all entries in four lanes; it does not depend on their order.
    private var sum: SIMD4<UInt64> = .zero

    init() {}

    /// Object at a path; assigning nil removes it.
    subscript(path: String) -> ObjectEntry? {
        get { entries[path] }
        set {
            if let old = entries[path] { sum &-= Tree.digest(path, old) }
            if let newValue { sum &+= Tree.digest(path, newValue) }
            entries[path] = newValue
        }
    }

    /// True if a commit wrote the content; only then has one without objects an id.
    var isWritten = false

    /// Id of this content, 64 hexadecimal digits; empty for one without objects that no commit wrote.
    var metaRange: String {
        guard hasID else { return "" }
        let bytes = (0..<4).flatMap { Digest.bytes(of: sum[$0]) }
        return Digest.hexadecimal(Digest.sha256(Array("metarange".utf8) + bytes))
    }

    /// Returns true if both hold the same records, and so have the same id.
    func isSame(as other: Tree) -> Bool { sum == other.sum && hasID == other.hasID }

    private var hasID: Bool { isWritten || !entries.isEmpty }

    private static func digest(_ path: String, _ entry: ObjectEntry) -> SIMD4<UInt64> {
        let bytes = Digest.sha256(Array(path.utf8) + [0] + entry.digest)
        var lanes = SIMD4<UInt64>.zero
        for (index, byte) in bytes.enumerated() { lanes[index / 8] = lanes[index / 8] << 8 | UInt64(byte) }
        return lanes
    }
}

/// SHA-256 over fields. Each has its length in front, so that no two lists of fields have the same bytes.
struct FieldHash {
    private var bytes: [UInt8] = []

    mutating func add(_ text: String) {
        bytes += Digest.bytes(of: UInt64(text.utf8.count))
        bytes += Array(text.utf8)
    }

    /// Adds the fields of a record, in order of their names.
    mutating func add(_ record: Record) {
        add(String(record.count))
        for key in record.keys.sorted(by: precedes) {
            add(key)
            add(record[key]?.text ?? "")
        }
    }

    var digest: [UInt8] { Digest.sha256(bytes) }
}
