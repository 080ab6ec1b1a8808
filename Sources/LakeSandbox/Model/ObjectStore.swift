import LakeScript

/// Store of the objects' bytes: the bucket of the real server.
///
/// Addresses are whole (`s3://bucket/prefix/data/…`). Bytes stay in the pieces in which they arrived, so that an upload
/// of many parts becomes an object without a copy.
struct ObjectStore: Sendable {
    private var objects: [String: StoredObject] = [:]
    /// Multipart uploads by id, also completed ones.
    private(set) var uploads: [String: MultipartUpload] = [:]

    init() {}

    subscript(address: String) -> StoredObject? {
        get { objects[address] }
        set { objects[address] = newValue }
    }

    /// Returns the addresses that begin with a text, in order.
    func addresses(beginningWith prefix: String) -> [String] {
        objects.keys.filter { $0.begins(with: prefix) }.sorted(by: precedes)
    }

    mutating func begin(_ id: String, to address: String) { uploads[id] = MultipartUpload(address: address) }

    /// Stores a part of an upload and returns its ETag.
    mutating func put(_ bytes: [UInt8], as number: Int, of id: String, to address: String) throws(Fault) -> String {
        try take(bytes, as: number, of: id, to: address, "UploadPart")
    }

    /// Stores a copy of other bytes of the store as a part and returns its ETag.
    mutating func copy(_ bytes: [UInt8], as number: Int, of id: String, to address: String) throws(Fault) -> String {
        try take(bytes, as: number, of: id, to: address, "UploadPartCopy")
    }

    private mutating func take(
        _ bytes: [UInt8], as number: Int, of id: String, to address: String, _ operation: String
    ) throws(Fault) -> String {
        guard try !upload(id, to: address, operation).isCompleted else { throw ObjectStore.noSuchUpload(operation) }
        return uploads[id, default: MultipartUpload(address: "")].put(bytes, as: number)
    }

    /// Removes an upload and its parts.
    mutating func abort(_ id: String, to address: String) throws(Fault) {
        let operation = "AbortMultipartUpload"
        guard try !upload(id, to: address, operation).isCompleted else { throw ObjectStore.noSuchUpload(operation) }
        uploads[id] = nil
    }

    /// Makes an object of parts, given by number and ETag in the order of the bytes.
    ///
    /// Completing an upload again with the same parts returns the same object.
    mutating func complete(
        _ id: String, to address: String, _ parts: [(number: Int, etag: String)]
    ) throws(Fault) -> StoredObject {
        var upload = try upload(id, to: address, "CompleteMultipartUpload")
        let object = try upload.complete(parts)
        uploads[id] = upload
        objects[address] = object
        return object
    }

    private func upload(_ id: String, to address: String, _ operation: String) throws(Fault) -> MultipartUpload {
        guard let upload = uploads[id], isEqual(upload.address, address) else {
            throw ObjectStore.noSuchUpload(operation)
        }
        return upload
    }

    private static func noSuchUpload(_ operation: String) -> Fault {
        let reason = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
        return error(operation, 404, "NoSuchUpload", reason + "aborted or completed.")
    }

    /// Returns an error of the store in the words of the client library that lakeFS uses.
    fileprivate static func error(_ operation: String, _ status: Int, _ code: String, _ reason: String) -> Fault {
        let answer = "https response error StatusCode: \(status), RequestID: , HostID: "
        return Fault(.untranslated, "operation error S3: \(operation), \(answer), api error \(code): \(reason)")
    }
}

/// Bytes of an object.
struct StoredObject: Sendable {
    private let pieces: [[UInt8]]
    let size: Int
    /// Hexadecimal MD5 of the content; for several parts, the MD5 of their MD5s and their number.
    let etag: String

    /// An object of one piece.
    init(_ bytes: [UInt8]) {
        pieces = [bytes]
        size = bytes.count
        etag = Digest.hexadecimal(Digest.md5(bytes))
    }

    fileprivate init(parts: [MultipartUpload.Part]) {
        pieces = parts.map(\.bytes)
        size = pieces.reduce(0) { $0 + $1.count }
        etag = Digest.hexadecimal(Digest.md5(parts.flatMap(\.digest))) + "-\(parts.count)"
    }

    var bytes: [UInt8] { bytes(in: 0..<size) }

    /// Returns a range of the bytes.
    func bytes(in range: Range<Int>) -> [UInt8] {
        if pieces.count == 1, range == 0..<size { return pieces[0] }
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var start = 0
        for piece in pieces {
            let part = range.clamped(to: start..<(start + piece.count))
            result += piece[(part.lowerBound - start)..<(part.upperBound - start)]
            start += piece.count
        }
        return result
    }
}

/// A multipart upload.
struct MultipartUpload: Sendable {
    /// Smallest size of a part other than the last: 5 MiB.
    static let minimumPartSize = 5 << 20

    struct Part: Sendable {
        let bytes: [UInt8]
        /// MD5.
        let digest: [UInt8]
        var etag: String { Digest.hexadecimal(digest) }
    }

    let address: String
    private(set) var parts: [Int: Part] = [:]
    private(set) var isCompleted = false

    init(address: String) { self.address = address }

    /// Stores a part, replacing an earlier one with its number; returns its ETag.
    mutating func put(_ bytes: [UInt8], as number: Int) -> String {
        let part = Part(bytes: bytes, digest: Digest.md5(bytes))
        parts[number] = part
        return part.etag
    }

    /// Returns the object of the chosen parts.
    ///
    /// - Throws: the error of an S3 store if parts are out of order, unknown, changed or too small.
    mutating func complete(_ chosen: [(number: Int, etag: String)]) throws(Fault) -> StoredObject {
        guard zip(chosen, chosen.dropFirst()).allSatisfy({ $0.number < $1.number }) else {
            throw MultipartUpload.error("InvalidPartOrder", "The list of parts was not in ascending order.")
        }
        var result: [Part] = []
        for (number, etag) in chosen {
            guard let part = parts[number], isEqual(part.etag, MultipartUpload.unquoted(etag)) else {
                let reason = "One or more of the specified parts could not be found. "
                throw MultipartUpload.error("InvalidPart", reason + "The part may not have been uploaded.")
            }
            result.append(part)
        }
        guard result.dropLast().allSatisfy({ $0.bytes.count >= MultipartUpload.minimumPartSize }) else {
            let reason = "Your proposed upload is smaller than the minimum allowed object size."
            throw MultipartUpload.error("EntityTooSmall", reason)
        }
        isCompleted = true
        return StoredObject(parts: result)
    }

    private static func unquoted(_ etag: String) -> String {
        guard etag.hasPrefix("\""), etag.hasSuffix("\""), etag.utf8.count > 1 else { return etag }
        return String(etag.dropFirst().dropLast())
    }

    private static func error(_ code: String, _ reason: String) -> Fault {
        ObjectStore.error("CompleteMultipartUpload", 400, code, reason)
    }
}
