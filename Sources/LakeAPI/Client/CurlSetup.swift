import CCurl

/// Sets the options of a transfer in libcurl: those of every transfer, and the request's own.
struct CurlSetup {
    /// The time limit for connecting, in milliseconds.
    private static let connectTimeout = 15_000

    private let transfer: CurlTransfer
    private var easy: UnsafeMutableRawPointer { transfer.easy }
    /// The address by which the library's callbacks find the transfer.
    // SAFETY: the transport holds the transfer until the handle is removed from the multi handle, and callbacks come
    // only before that.
    private var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(transfer).toOpaque() }

    init(_ transfer: CurlTransfer) {
        self.transfer = transfer
    }

    /// Sets all options.
    func apply(_ request: HTTPRequest) {
        setManners()
        setCallbacks()
        ccurl_set_text(easy, CURLOPT_URL, transfer.options.origin + request.target)
        if let timeout = transfer.options.timeout { ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, timeout) }
        setBody(request)
        setHeaders(request)
    }

    private func setManners() {
        ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        // Otherwise a name that does not resolve delays the end of the transfer.
        ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
        ccurl_set_long(easy, CURLOPT_PATH_AS_IS, 1)
        ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, CurlSetup.connectTimeout)
        ccurl_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
        // A proxy's answer to CONNECT is not the server's.
        ccurl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // Every encoding that the library can decode.
        if !transfer.options.keepsEncoding { ccurl_set_text(easy, CURLOPT_ACCEPT_ENCODING, "") }
        ccurl_set_text(easy, CURLOPT_USERAGENT, "lakesh")
        ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, transfer.errorText)
    }

    private func setBody(_ request: HTTPRequest) {
        if transfer.options.source != nil {
            ccurl_set_long(easy, CURLOPT_UPLOAD, 1)
            ccurl_set_size(easy, CURLOPT_INFILESIZE_LARGE, transfer.bodySize ?? -1)
            ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
        } else if request.method == "HEAD" {
            ccurl_set_long(easy, CURLOPT_NOBODY, 1)
        } else if !request.body.isEmpty || request.method != "GET" && request.method != "DELETE" {
            ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, request.body.count)
            // SAFETY: the library copies as many bytes as it was told before it returns; an array's address is never
            // nil.
            ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, request.body)
            ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
        } else {
            ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    private func setHeaders(_ request: HTTPRequest) {
        // A name without a value removes the library's own header.
        var lines = ["Expect:"]
        if request.header("Content-Type") == nil { lines.append("Content-Type:") }
        for (name, value) in request.headers { lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)") }
        for line in lines where line.utf8.allSatisfy({ $0 != 10 && $0 != 13 && $0 != 0 }) {
            transfer.headers = ccurl_slist_append(transfer.headers, line)
        }
        ccurl_set_headers(easy, transfer.headers)
    }

    private func setCallbacks() {
        ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { data, size, count, context in
            guard let transfer = CurlSetup.transfer(context) else { return 0 }
            transfer.takeHeader(UnsafeRawBufferPointer(start: data, count: size * count))
            return size * count
        }
        ccurl_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { data, size, count, context in
            guard let transfer = CurlSetup.transfer(context) else { return 0 }
            return transfer.takeBody(UnsafeRawBufferPointer(start: data, count: size * count))
        }
        ccurl_set_data_callback(easy, CURLOPT_READFUNCTION) { data, size, count, context in
            guard let transfer = CurlSetup.transfer(context), let data else { return Int(CURL_READFUNC_ABORT) }
            return transfer.read(into: data, upTo: size * count)
        }
        ccurl_set_prereq_callback(easy) { context, _, _, _, _ in
            CurlSetup.transfer(context)?.maySend() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        for option in [CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_READDATA, CURLOPT_PREREQDATA] {
            ccurl_set_pointer(easy, option, context)
        }
        guard transfer.options.source != nil || transfer.options.sink != nil else { return }
        ccurl_set_long(easy, CURLOPT_NOPROGRESS, 0)
        ccurl_set_pointer(easy, CURLOPT_XFERINFODATA, context)
        ccurl_set_progress_callback(easy) { context, downTotal, downDone, upTotal, upDone in
            CurlSetup.transfer(context)?.takeProgress(down: (downDone, downTotal), up: (upDone, upTotal))
            return 0
        }
    }

    // SAFETY: `context` is the address that `setCallbacks` gave.
    private static func transfer(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
        context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
