import CCurl
import LakeScript

/// One exchange by libcurl: the request and the response so far. It is a class because the library's callbacks find it
/// by its address.
final class CurlTransfer {
    /// The largest response that is held in memory, in bytes.
    static let largestBody = 16 << 20

    let id: EffectID
    let easy: UnsafeMutableRawPointer
    let options: TransportOptions
    /// The end of its time limit.
    let deadline: Instant?
    var response = HTTPResponse(status: 0)
    /// The number of times that libcurl was about to send the request.
    private var sendings = 0
    /// True if a second sending was refused.
    private(set) var isRefused = false
    private(set) var isTooLarge = false
    /// The reason why the body cannot be read, or the response's file cannot be written.
    private(set) var ownError: String?
    /// True while libcurl waits for more of the body.
    private(set) var isStarved = false
    /// True while libcurl holds bytes until the reader of the output has taken something.
    private(set) var isHeld = false
    /// True if the response is not the rest that was requested: its body is not wanted.
    private(set) var isNotTheRest = false
    private(set) var progress: (done: Int, total: Int)?
    var headers: UnsafeMutablePointer<curl_slist>?
    let errorText: UnsafeMutablePointer<CChar>
    private var position = 0
    private var remaining: Int?
    /// True if the response's body goes to the sink; nil before its first bytes.
    private var isForSink: Bool?
    /// The bytes that are still to be sent before the file and after it.
    private var head: ArraySlice<UInt8>
    private var tail: ArraySlice<UInt8>
    private var hasEnded = false

    init(id: EffectID, easy: UnsafeMutableRawPointer, options: TransportOptions, now: Instant) {
        self.id = id
        self.easy = easy
        self.options = options
        deadline = options.timeout.map { now.advanced(by: $0) }
        position = options.bodyRange?.lowerBound ?? 0
        remaining = options.bodyRange?.count ?? options.source?.size
        head = options.form?.head[...] ?? []
        tail = options.form?.tail[...] ?? []
        // SAFETY: libcurl writes at most CURL_ERROR_SIZE bytes, and only while the transfer lives.
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        ccurl_slist_free(headers)
        errorText.deallocate()
    }

    // MARK: The body sent

    /// The size of a body from a regular file, with the form around it.
    var bodySize: Int? {
        (options.bodyRange?.count ?? options.source?.size).map { head.count + $0 + tail.count }
    }

    /// Gives libcurl the next bytes of the body: the form's head, the file, the form's tail.
    func read(into buffer: UnsafeMutablePointer<CChar>, upTo capacity: Int) -> Int {
        if !head.isEmpty { return CurlTransfer.move(&head, to: buffer, upTo: capacity) }
        let count = hasEnded ? 0 : readFile(into: buffer, upTo: capacity)
        guard count == 0 else { return count }
        // A pipe must not be read again after its end.
        hasEnded = true
        return CurlTransfer.move(&tail, to: buffer, upTo: capacity)
    }

    private static func move(
        _ bytes: inout ArraySlice<UInt8>, to buffer: UnsafeMutablePointer<CChar>, upTo capacity: Int
    ) -> Int {
        let piece = bytes.prefix(capacity)
        for (place, byte) in piece.enumerated() { buffer[place] = CChar(bitPattern: byte) }
        bytes = bytes.dropFirst(piece.count)
        return piece.count
    }

    private func readFile(into buffer: UnsafeMutablePointer<CChar>, upTo capacity: Int) -> Int {
        let wanted = min(capacity, remaining ?? capacity)
        guard wanted > 0, let source = options.source else { return 0 }
        do throws(Failure) {
            let bytes = UnsafeMutableRawBufferPointer(start: buffer, count: wanted)
            switch try source.read(into: bytes, at: position) {
            case .nothing:
                isStarved = true
                return Int(CURL_READFUNC_PAUSE)
            case .end where remaining == nil: return 0
            case .end: ownError = "`\(source.path)` became shorter while it was sent"
            case .bytes(let count):
                position += count
                remaining = remaining.map { $0 - count }
                return count
            }
        } catch {
            ownError = error.message
        }
        return Int(CURL_READFUNC_ABORT)
    }

    /// The descriptors to wait for, other than libcurl's own sockets.
    func waits() -> Waits {
        var waits = isHeld ? options.sink?.waits() ?? Waits() : Waits()
        if isStarved, let source = options.source { waits.descriptors.append(Descriptor(number: source.descriptor)) }
        return waits
    }

    /// Resumes the transfer if it can go on.
    func resume(_ ready: [Descriptor]) {
        let hasBytes = isStarved && ready.contains { $0.number == options.source?.descriptor && !$0.isForWriting }
        let hasRoom = isHeld && options.sink?.isFull == false
        guard hasBytes || hasRoom else { return }
        isStarved = false
        isHeld = false
        ccurl_easy_pause(easy, 0)
    }

    /// Returns true if libcurl may send the request now.
    func maySend() -> Bool {
        sendings += 1
        guard sendings > 1, options.mustNotRepeat || options.source?.isSpent == true else { return true }
        isRefused = true
        return false
    }

    /// True if any byte of the request may have been sent.
    var wasSent: Bool { isRefused || sendings > 0 && ccurl_get_long(easy, CURLINFO_REQUEST_SIZE) > 0 }

    // MARK: The answer

    /// Takes a line of the response's head.
    func takeHeader(_ bytes: UnsafeRawBufferPointer) {
        let line = String(decoding: bytes, as: UTF8.self).filter { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }
        if line.hasPrefix("HTTP/") {
            // A response after an informational one replaces it.
            response = HTTPResponse(status: line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            response.headers.append((String(line[..<colon]), String(value)))
        }
    }

    /// Takes bytes of the response's body.
    ///
    /// - Returns: their number, or a code that tells libcurl to pause or fail.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        let goesToSink = isForSink ?? options.isForSink(response)
        isForSink = goesToSink
        if goesToSink, let sink = options.sink { return write(bytes, to: sink) }
        isNotTheRest = options.resumption != nil && (200..<300).contains(response.status)
        guard !isNotTheRest else { return Int(CURL_WRITEFUNC_ERROR) }
        guard response.body.count + bytes.count <= CurlTransfer.largestBody else {
            isTooLarge = true
            return Int(CURL_WRITEFUNC_ERROR)
        }
        response.body.append(contentsOf: bytes)
        return bytes.count
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to sink: ByteSink) -> Int {
        if sink.isFull { sink.drain() }
        guard !sink.isFull else {
            isHeld = true
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        guard sink.write(bytes) else {
            ownError = sink.failure?.message
            return Int(CURL_WRITEFUNC_ERROR)
        }
        return bytes.count
    }

    /// Notes the progress of a file's transfer.
    func takeProgress(down: (done: Int, total: Int), up: (done: Int, total: Int)) {
        let current = options.source == nil ? down : up
        guard current.total > 0 else { return }
        progress = current
    }

    /// Takes the progress since the last call; nil if there is none.
    func takeNews() -> (done: Int, total: Int)? {
        defer { progress = nil }
        return progress
    }
}
