import CCurl
import Glibc
import LakeScript

/// One exchange by libcurl: what it sends, what came of it so far. A class, since the library's callbacks find it by its
/// address.
final class CurlTransfer {
    /// How much of an answer is held in memory.
    static let largestBody = 16 << 20

    let id: EffectID
    let easy: UnsafeMutableRawPointer
    let options: TransportOptions
    /// When the time given to it is over.
    let deadline: Instant?
    var response = HTTPResponse(status: 0)
    /// How often the request was about to be sent.
    private var sendings = 0
    /// Whether a second sending was refused.
    private(set) var isRefused = false
    private(set) var isTooLarge = false
    /// Why the answer's file cannot be written, or the body's not be read.
    private(set) var fileError: String?
    /// Whether the body's pipe is empty for now, and libcurl waits for it.
    var isPaused = false
    private(set) var progress: (done: Int, total: Int)?
    var headers: UnsafeMutablePointer<curl_slist>?
    let errorText: UnsafeMutablePointer<CChar>
    private var source: Int32 = -1
    private var position = 0
    private var remaining: Int?
    /// What is still to go out before the file and after it.
    private var head: ArraySlice<UInt8>
    private var tail: ArraySlice<UInt8>
    private var hasEnded = false
    private var target: Int32 = -1

    init(id: EffectID, easy: UnsafeMutableRawPointer, options: TransportOptions, now: Instant) {
        self.id = id
        self.easy = easy
        self.options = options
        deadline = options.timeout.map { now.advanced(by: $0) }
        head = options.form?.head[...] ?? []
        tail = options.form?.tail[...] ?? []
        // SAFETY: libcurl writes at most CURL_ERROR_SIZE bytes, and only while the transfer lives.
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        if source > 0 { close(source) }
        if target > 1 { close(target) }
        ccurl_slist_free(headers)
        errorText.deallocate()
    }

    // MARK: The body sent

    /// Opens the file that is the body.
    ///
    /// - Returns: the body's size, or nil for a pipe's.
    /// - Throws: a mistake where it cannot be read.
    func openSource(_ path: String) throws(Failure) -> Int? {
        source = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw Failure(.mistake, "`\(path)` cannot be read: \(CurlTransfer.errorWords)") }
        if let range = options.bodyRange {
            position = range.lowerBound
            remaining = range.count
        } else {
            var status = stat()
            guard source > 0, fstat(source, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            remaining = Int(status.st_size)
        }
        return remaining.map { head.count + $0 + tail.count }
    }

    /// Gives libcurl the next bytes of the body: the form's head, the file, the form's tail.
    func read(into buffer: UnsafeMutablePointer<CChar>, upTo capacity: Int) -> Int {
        if !head.isEmpty { return CurlTransfer.move(&head, to: buffer, upTo: capacity) }
        let count = hasEnded ? 0 : readFile(into: buffer, upTo: capacity)
        guard count == 0 else { return count }
        // A pipe is not asked again after its end.
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
        guard wanted > 0 else { return 0 }
        if remaining == nil {
            var ready = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 0) != 0 else {
                isPaused = true
                return Int(CURL_READFUNC_PAUSE)
            }
        }
        let count = remaining == nil ? Glibc.read(source, buffer, wanted) : pread(source, buffer, wanted, position)
        guard count > 0 || (count == 0 && remaining == nil) else {
            fileError = count == 0 ? "the file became shorter while it was sent" : CurlTransfer.errorWords
            return Int(CURL_READFUNC_ABORT)
        }
        position += count
        remaining = remaining.map { $0 - count }
        return count
    }

    /// Whether libcurl may send the request now.
    func maySend() -> Bool {
        sendings += 1
        guard sendings > 1, options.mustNotRepeat || options.bodyFile == "-" else { return true }
        isRefused = true
        return false
    }

    /// Whether any byte of the request may have left.
    var wasSent: Bool { isRefused || sendings > 0 && ccurl_get_long(easy, CURLINFO_REQUEST_SIZE) > 0 }

    // MARK: The answer

    /// Takes a line of the answer's head.
    func takeHeader(_ bytes: UnsafeRawBufferPointer) {
        let line = String(decoding: bytes, as: UTF8.self).filter { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }
        if line.hasPrefix("HTTP/") {
            // Also after an informational answer: what came before is void.
            response = HTTPResponse(status: line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            response.headers.append((String(line[..<colon]), String(value)))
        }
    }

    /// Takes bytes of the answer's body.
    ///
    /// - Returns: whether there was room for them.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if options.answerFile != nil, (200..<300).contains(response.status) { return write(bytes) }
        guard response.body.count + bytes.count <= CurlTransfer.largestBody else {
            isTooLarge = true
            return false
        }
        response.body.append(contentsOf: bytes)
        return true
    }

    private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard openTarget() else { return false }
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(target, rest.baseAddress, rest.count)
            guard count > 0 else {
                if errno == EINTR { continue }
                fileError = CurlTransfer.errorWords
                return false
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
        return true
    }

    private var partialPath: String { (options.answerFile ?? "") + ".partial" }

    private func openTarget() -> Bool {
        guard target < 0 else { return true }
        target = options.answerFile == "-" ? 1 : open(partialPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        if target < 0 { fileError = "`\(options.answerFile ?? "")` cannot be written: \(CurlTransfer.errorWords)" }
        return target >= 0
    }

    /// Puts the answer's file in its place, or takes away what there is of it.
    ///
    /// - Returns: whether it is there.
    func closeTarget(isWhole: Bool) -> Bool {
        guard let path = options.answerFile, path != "-" else { return true }
        guard isWhole, (200..<300).contains(response.status) else {
            if target >= 0 { unlink(partialPath) }
            return true
        }
        guard openTarget(), rename(partialPath, path) == 0 else {
            fileError = fileError ?? "`\(path)` cannot be written: \(CurlTransfer.errorWords)"
            return false
        }
        return true
    }

    /// Notes how far a file's transfer is.
    func takeProgress(down: (done: Int, total: Int), up: (done: Int, total: Int)) {
        let current = options.bodyFile == nil ? down : up
        guard current.total > 0 else { return }
        progress = current
    }

    /// How far it has come since the last time this was asked; nil where nothing moved.
    func takeNews() -> (done: Int, total: Int)? {
        defer { progress = nil }
        return progress
    }

    static var errorWords: String { String(cString: strerror(errno)) }
}
