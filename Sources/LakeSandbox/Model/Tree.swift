import LakeScript

/// An object of a repository: what is known of it beside its bytes, which the store keeps.
struct ObjectEntry: Sendable {
    /// Hexadecimal MD5 of the bytes, or what the client said.
    var checksum: String
    /// Bytes.
    var size: Int
    /// Where the bytes are: `mem://…`, whole.
    var address: String
    var contentType: String
    /// The user's own fields.
    var metadata: Record
    /// Seconds since 1970.
    var modified: Int

    /// Whether both stand for the same content. Where it is stored and since when does not matter.
    func isSame(as other: ObjectEntry) -> Bool {
        size == other.size && checksum == other.checksum && contentType == other.contentType
            && metadata == other.metadata
    }

    /// Bytes that are equal where `isSame` holds.
    fileprivate var identity: [UInt8] {
        var hash = FieldHash()
        hash.add(String(size))
        hash.add(checksum)
        hash.add(contentType)
        hash.add(metadata)
        return hash.digest
    }
}

/// All objects of a commit, by path.
///
/// A tree is a value: commits share what they have in common (`SortedMap` keeps entries in chunks), and its name, the
/// meta range id, is kept up with each change instead of being computed from all entries.
struct Tree: Sendable {
    private(set) var entries = SortedMap<ObjectEntry>()
    /// The sum of all entries' digests in four lanes: the same for the same entries, whatever the way to them.
    private var sum: SIMD4<UInt64> = .zero

    init() {}

    /// The object at a path; assigning nil removes it.
    subscript(path: String) -> ObjectEntry? {
        get { entries[path] }
        set {
            if let old = entries[path] { sum &-= Tree.digest(path, old) }
            if let newValue { sum &+= Tree.digest(path, newValue) }
            entries[path] = newValue
        }
    }

    /// The name of this content, 64 hexadecimal digits.
    var metaRange: String {
        let bytes = (0..<4).flatMap { Digest.bytes(of: sum[$0]) }
        return Digest.hexadecimal(Digest.sha256(Array("metarange".utf8) + bytes))
    }

    /// Whether both hold the same content.
    func isSame(as other: Tree) -> Bool { sum == other.sum }

    private static func digest(_ path: String, _ entry: ObjectEntry) -> SIMD4<UInt64> {
        let bytes = Digest.sha256(Array(path.utf8) + [0] + entry.identity)
        var lanes = SIMD4<UInt64>.zero
        for (index, byte) in bytes.enumerated() { lanes[index / 8] = lanes[index / 8] << 8 | UInt64(byte) }
        return lanes
    }
}

/// SHA-256 over fields, each with its length in front, so that no two lists of fields run into one another.
struct FieldHash {
    private var bytes: [UInt8] = []

    mutating func add(_ text: String) {
        bytes += Digest.bytes(of: UInt64(text.utf8.count))
        bytes += Array(text.utf8)
    }

    /// The fields of a record, in the order of their names.
    mutating func add(_ record: Record) {
        add(String(record.count))
        for key in record.keys.sorted(by: precedes) {
            add(key)
            add(record[key]?.text ?? "")
        }
    }

    var digest: [UInt8] { Digest.sha256(bytes) }
}
