import CCurl
import Glibc
package import LakeScript

/// Sends requests over HTTP by libcurl's multi interface, on one thread.
///
/// The library keeps connections open and speaks TLS, HTTP/2 and the proxies' protocols. It follows no redirection, and
/// sends no write twice: `PREREQFUNCTION` refuses a second sending, and the write is then in doubt. It waits only in
/// `wait`, which is the loop's own wait with the library's sockets added.
package final class CurlTransport: Transport {
    private var multi: UnsafeMutableRawPointer
    /// True if the connections that are kept are not to be used again.
    private var isForgetting = false
    private var transfers: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    package let carriesFiles = true
    /// Handles that can be reused.
    private var idle: [UnsafeMutableRawPointer] = []
    private var outbox = Outbox<TransportEvent>()

    /// - Throws: a mistake if libcurl is missing; its message says how to install it.
    package init() throws(Failure) {
        if let problem = ccurl_load() { throw .noCurl(String(cString: problem)) }
        guard let multi = ccurl_multi_init() else { throw .noCurl("libcurl could not be started") }
        self.multi = multi
    }

    deinit {
        for easy in transfers.keys { ccurl_multi_remove(multi, easy) }
        for easy in idle + transfers.keys { ccurl_easy_cleanup(easy) }
        ccurl_multi_cleanup(multi)
    }

    package func send(_ request: HTTPRequest, id: EffectID, options: TransportOptions, now: Instant) {
        guard let easy = idle.popLast() ?? ccurl_easy_init() else {
            return fail(id, "libcurl has no memory for another request")
        }
        if isForgetting { closeConnections() }
        let transfer = CurlTransfer(id: id, easy: easy, options: options, now: now)
        CurlSetup(transfer).apply(request)
        if isForgetting { ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, 1) }
        transfers[easy] = transfer
        guard ccurl_multi_add(multi, easy) == CURLM_OK else {
            transfers[easy] = nil
            release(easy)
            return fail(id, "libcurl did not take the request")
        }
    }

    package func forgetConnections() { isForgetting = true }

    /// Closes all connections, once no request uses one. Until then each request gets a new one.
    private func closeConnections() {
        guard transfers.isEmpty, let other = ccurl_multi_init() else { return }
        ccurl_multi_cleanup(multi)
        multi = other
        isForgetting = false
    }

    private func fail(_ id: EffectID, _ message: String) {
        outbox.append(.failure(id, TransportFailure(message: message, wasSent: false)))
    }

    private func release(_ easy: UnsafeMutableRawPointer) {
        ccurl_easy_reset(easy)
        idle.append(easy)
    }

    package func hasSent(_ id: EffectID) -> Bool { transfers.values.first { $0.id == id }?.wasSent ?? true }

    package func cancel(_ id: EffectID, now: Instant) {
        guard let (easy, transfer) = transfers.first(where: { $0.value.id == id }) else { return }
        let wasSent = transfer.wasSent
        end(easy, transfer)
        outbox.append(.failure(id, TransportFailure(message: "the request was cut off", wasSent: wasSent)))
    }

    private func end(_ easy: UnsafeMutableRawPointer, _ transfer: CurlTransfer) {
        ccurl_multi_remove(multi, easy)
        transfers[easy] = nil
        release(easy)
    }

    // MARK: Waiting

    package func waits() -> Waits {
        var waits = outbox.waits
        for transfer in transfers.values { waits.add(transfer.waits()) }
        return waits
    }

    /// Waits until a transfer can go on, one of the descriptors is ready, or the time is over.
    ///
    /// - Parameters:
    ///   - descriptors: further descriptors to wait for.
    ///   - timeoutMilliseconds: the time limit; nil for none.
    /// - Returns: the descriptors that are ready.
    package func wait(descriptors: [Descriptor], timeoutMilliseconds: Int?) -> [Descriptor] {
        var extra = descriptors.map { descriptor in
            curl_waitfd(
                fd: descriptor.number,
                events: Int16(descriptor.isForWriting ? CURL_WAIT_POLLOUT : CURL_WAIT_POLLIN), revents: 0)
        }
        let limit = Int32(clamping: max(0, timeoutMilliseconds ?? 3_600_000))
        ccurl_multi_poll(multi, &extra, UInt32(extra.count), limit)
        guard !descriptors.isEmpty else { return [] }
        // libcurl does not report a peer that hung up: poll again, without waiting.
        var polled = descriptors.map {
            pollfd(fd: $0.number, events: Int16($0.isForWriting ? POLLOUT : POLLIN), revents: 0)
        }
        guard poll(&polled, nfds_t(polled.count), 0) > 0 else { return [] }
        return zip(descriptors, polled).filter { $0.1.revents != 0 }.map(\.0)
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [TransportEvent] {
        if !transfers.isEmpty {
            for transfer in transfers.values { transfer.resume(ready) }
            var running: Int32 = 0
            ccurl_multi_perform(multi, &running)
            var code = CURLE_OK
            while let easy = ccurl_multi_next_done(multi, &code) {
                if let transfer = transfers[easy] { finish(easy, transfer, code, now: now) }
            }
            for transfer in transfers.values {
                if let news = transfer.takeNews() {
                    outbox.append(.progress(transfer.id, done: news.done, total: news.total))
                }
            }
        }
        return outbox.take()
    }

    // MARK: The end of a transfer

    private func finish(_ easy: UnsafeMutableRawPointer, _ transfer: CurlTransfer, _ code: CURLcode, now: Instant) {
        let failure = code == CURLE_OK ? nil : failure(of: transfer, code, now: now)
        end(easy, transfer)
        guard let failure, !transfer.isNotTheRest else {
            return outbox.append(.response(transfer.id, transfer.response))
        }
        guard transfer.response.status >= 200, failure.cause == .network else {
            return outbox.append(.failure(transfer.id, failure))
        }
        transfer.response.isCutOff = true
        outbox.append(.response(transfer.id, transfer.response))
    }

    private func failure(of transfer: CurlTransfer, _ code: CURLcode, now: Instant) -> TransportFailure {
        let origin = transfer.options.origin
        let isTimeout =
            code == CURLE_OPERATION_TIMEDOUT
            && transfer.deadline.map { $0.milliseconds - now.milliseconds < 20 } == true
        let wasSent = transfer.wasSent
        let text = String(cString: transfer.errorText)
        let detail = text.isEmpty ? String(cString: ccurl_easy_strerror(code)) : text
        let proxyStatus = ccurl_get_long(transfer.easy, CURLINFO_HTTP_CONNECTCODE)
        let (message, cause): (String, TransportFailure.Cause) =
            if transfer.isTooLarge {
                ("the answer is larger than 16 MiB: write it to a file with --to FILE", .file)
            } else if let ownError = transfer.ownError {
                (ownError, .file)
            } else if transfer.isRefused {
                ("the connection to \(origin) broke after the request was sent", .network)
            } else if isTimeout {
                ("\(origin) did not answer within the time given to it", .timeout)
            } else if [CURLE_BAD_CONTENT_ENCODING, CURLE_WEIRD_SERVER_REPLY].contains(code) {
                ("the answer of \(origin) cannot be read: \(detail)", .response)
            } else if wasSent {
                ("\(origin) did not answer: \(detail)", .network)
            } else if proxyStatus >= 300 {
                ("no connection to \(origin): the proxy answered \(proxyStatus) to CONNECT", .network)
            } else {
                ("no connection to \(origin): \(detail)", .network)
            }
        return TransportFailure(message: message, wasSent: wasSent, cause: cause)
    }
}
