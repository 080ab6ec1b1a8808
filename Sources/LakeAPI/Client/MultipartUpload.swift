import LakeScript

/// The parts of an upload: the range of the file that each part is, the presigned address that it goes to, and which
/// parts have arrived. `UploadFlight` sends them.
struct MultipartUpload {
    /// The number of parts in flight at a time.
    static let width = 4
    /// The number of attempts for a part, unless `--retries` says otherwise.
    private static let attempts = 3
    /// An object store takes at most 10,000 parts, each but the last of at least 5 MiB.
    private static let smallestPart = 8 << 20
    private static let mostParts = 10_000

    let file: String
    let size: Int
    private let attempts: Int
    private let partSize: Int
    /// The number of parts; an empty file is one part.
    let count: Int
    private(set) var uploadID = ""
    private(set) var address = ""
    private var urls: [String] = []
    /// The store's tag of each part that has arrived.
    private var tags: [Int: String] = [:]
    private var sent: [Int: Int] = [:]
    private var nextPart = 1

    /// The upload that a call asks for; nil if it asks for none.
    ///
    /// - Throws: a mistake if the source is not a regular file, whose parts can be read again.
    init?(_ call: OperationCall, _ source: ByteSource?) throws(Failure) {
        guard call.options.isOn(.presign), call.command == "upload_object" else { return nil }
        guard let source, let size = source.size else { throw .notInParts(source) }
        self.init(file: source.path, size: size, attempts: call.options.retries.map { $0 + 1 })
    }

    /// An upload of a file of a size in bytes.
    init(file: String, size: Int, attempts: Int? = nil) {
        self.file = file
        self.size = size
        self.attempts = attempts ?? MultipartUpload.attempts
        partSize = max(MultipartUpload.smallestPart, (size + MultipartUpload.mostParts - 1) / MultipartUpload.mostParts)
        count = max(1, (size + partSize - 1) / partSize)
    }

    /// True if every part has arrived.
    var isWhole: Bool { tags.count == count }

    /// The number of bytes that have arrived.
    var done: Int { tags.keys.reduce(0) { $0 + range(of: $1).count } }

    /// The range of the file that is a part, in bytes.
    func range(of part: Int) -> Range<Int> { (part - 1) * partSize..<min(part * partSize, size) }

    /// Takes the server's answer to the creation of the upload.
    ///
    /// - Returns: the name of what the answer lacks; nil if it has everything.
    mutating func began(_ answer: Value) -> String? {
        uploadID = answer["upload_id"].text ?? ""
        address = answer["physical_address"].text ?? ""
        urls = answer["presigned_urls"].items?.compactMap(\.text).filter { (try? WebAddress($0)) != nil } ?? []
        if uploadID.isEmpty { return "no upload_id" }
        if address.isEmpty { return "no physical_address" }
        return urls.count == count ? nil : "\(urls.count) addresses in presigned_urls, for \(count) parts"
    }

    /// The next part to send; nil if none is left.
    mutating func takeNext() -> Int? {
        guard nextPart <= count else { return nil }
        defer { nextPart += 1 }
        return nextPart
    }

    /// Notes that a part has arrived.
    mutating func finished(_ part: Int, tag: String) { tags[part] = tag }

    /// Notes that a part failed. Returns true if it may be sent again.
    mutating func mayRepeat(_ part: Int) -> Bool {
        sent[part, default: 1] += 1
        return sent[part, default: 1] <= attempts
    }

    /// The server and the raw target of a part's address.
    func place(of part: Int) -> (origin: String, target: String) {
        let url = urls[part - 1]
        guard let address = try? WebAddress(url) else { return ("", url) }
        return (address.origin, address.target)
    }

    /// The parts as `complete_presign_multipart_upload` takes them.
    var parts: Value {
        .list(tags.sorted { $0.key < $1.key }.map { ["part_number": .int($0.key), "etag": .string($0.value)] })
    }
}
