import LakeScript

/// `upload_object … --from FILE --presign`: a file that goes to the object store in parts, by addresses that the server
/// presigns, and becomes an object when all are there.
///
/// What is known of one upload: which part of the file goes where, and how far it is. The performer sends; nothing of the
/// file is ever in memory.
struct MultipartUpload {
    /// A request of an upload.
    enum Step: Hashable {
        case create
        /// From 1.
        case part(Int)
        case complete
        case abort
    }

    /// How many parts are on their way at a time.
    static let width = 4
    /// How often a part is sent at most, unless `--retries` says otherwise.
    private static let attempts = 3
    /// What the store takes: parts of 5 MiB at least, the last excepted, 10,000 of them at most.
    private static let smallestPart = 8 << 20
    private static let mostParts = 10_000

    let file: String
    let size: Int
    private let attempts: Int
    private let partSize: Int
    /// How many parts there are; an empty file is one.
    let count: Int
    private(set) var uploadID = ""
    private(set) var address = ""
    private var urls: [String] = []
    /// The store's tag of each part that is there.
    private var tags: [Int: String] = [:]
    private var sent: [Int: Int] = [:]
    private var nextPart = 1
    /// What the call is answered once the upload is given up.
    var pending: Answer?

    /// The upload that a call asks for, of what its `--from` names; nil where it asks for none.
    ///
    /// - Throws: a mistake where that is no file whose parts can be read again.
    init?(_ call: OperationCall, _ source: ByteSource?) throws(Failure) {
        guard call.options.isOn(.presign), call.command == "upload_object" else { return nil }
        guard let source else {
            throw Failure(.mistake, "--presign sends a file in parts: name it with --from FILE")
        }
        guard let size = source.size else {
            throw Failure(.mistake, "--presign sends a file in parts, and `\(source.path)` is no regular file")
        }
        self.init(file: source.path, size: size, attempts: call.options.retries.map { $0 + 1 })
    }

    /// An upload of a file of so many bytes.
    init(file: String, size: Int, attempts: Int? = nil) {
        self.file = file
        self.size = size
        self.attempts = attempts ?? MultipartUpload.attempts
        partSize = max(MultipartUpload.smallestPart, (size + MultipartUpload.mostParts - 1) / MultipartUpload.mostParts)
        count = max(1, (size + partSize - 1) / partSize)
    }

    /// Whether every part is there.
    var isWhole: Bool { tags.count == count }

    /// How many bytes are there.
    var done: Int { tags.keys.reduce(0) { $0 + range(of: $1).count } }

    /// The bytes of the file that are a part.
    func range(of part: Int) -> Range<Int> { (part - 1) * partSize..<min(part * partSize, size) }

    /// The server began the upload.
    ///
    /// - Returns: what its answer lacks; nil where all is there.
    mutating func began(_ answer: Value) -> String? {
        uploadID = answer["upload_id"].text ?? ""
        address = answer["physical_address"].text ?? ""
        urls = answer["presigned_urls"].items?.compactMap(\.text).filter { (try? WebAddress($0)) != nil } ?? []
        if uploadID.isEmpty { return "no upload_id" }
        if address.isEmpty { return "no physical_address" }
        return urls.count == count ? nil : "\(urls.count) addresses in presigned_urls, for \(count) parts"
    }

    /// The next part to send; nil where none is left.
    mutating func takeNext() -> Int? {
        guard nextPart <= count else { return nil }
        defer { nextPart += 1 }
        return nextPart
    }

    /// A part is there.
    mutating func finished(_ part: Int, tag: String) { tags[part] = tag }

    /// Whether a part that failed may be sent again.
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
