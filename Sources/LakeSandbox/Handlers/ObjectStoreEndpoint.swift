import LakeAPI
import LakeScript

/// Endpoint of the object store, outside `/api/v1`: it serves presigned addresses.
///
/// The sandbox is its own store. A presigned address is `/bucket/key?…&X-Amz-Signature=…` at the origin that the client
/// talked to. It is valid for one method, one object and, with `uploadId`, one part of one upload.
enum ObjectStoreEndpoint {
    /// Answers a request whose path is not below `/api/v1`; returns nil if it is not for the store.
    static func answer(_ request: HTTPRequest, in state: inout SandboxState, at now: Instant) -> HTTPResponse? {
        guard let url = PresignedURL(target: request.target) else { return nil }
        guard url.isSigned(for: request.method, key: state.signingKey) else {
            return error(403, "SignatureDoesNotMatch", "The signature does not match the request.")
        }
        guard now.epochSeconds <= url.end else { return error(403, "AccessDenied", "Request has expired") }
        if request.method == "PUT" { return put(request, to: url, in: &state) }
        guard let object = state.repositories.objects[url.address] else {
            return error(404, "NoSuchKey", "The specified key does not exist.")
        }
        return get(request, object)
    }

    /// Answers an object, or the range that the request asks for. A malformed range is ignored, as S3 does.
    private static func get(_ request: HTTPRequest, _ object: StoredObject) -> HTTPResponse {
        let etag = "\"\(object.etag)\""
        let headers: [(name: String, value: String)] = [("ETag", etag), ("Accept-Ranges", "bytes")]
        if let known = request.header("If-None-Match"), isEqual(known, etag) || isEqual(known, "*") {
            return HTTPResponse(status: 304, headers: headers)
        }
        if let wanted = request.header("If-Match"), !isEqual(wanted, etag), !isEqual(wanted, "*") {
            return error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
        }
        switch request.header("Range").map({ ByteRange.read($0, size: object.size) }) {
        case .bytes(let bytes)?:
            let place = "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(object.size)"
            return HTTPResponse(
                status: 206, headers: headers + [("Content-Range", place)], body: object.bytes(in: bytes))
        case .outside?:
            var refusal = error(416, "InvalidRange", "The requested range is not satisfiable")
            refusal.headers.append(("Content-Range", "bytes */\(object.size)"))
            return refusal
        case .malformed?, nil: return HTTPResponse(status: 200, headers: headers, body: object.bytes)
        }
    }

    private static func put(
        _ request: HTTPRequest, to url: PresignedURL, in state: inout SandboxState
    ) -> HTTPResponse {
        let wanted = request.header("Content-MD5")
        if let wanted, Base64.decode(wanted) != Digest.md5(request.body) {
            return error(400, "BadDigest", "The Content-MD5 you specified did not match what we received.")
        }
        guard let (upload, number) = url.part else {
            let object = StoredObject(request.body)
            state.repositories.objects[url.address] = object
            return stored(object.etag)
        }
        do throws(Fault) {
            return stored(
                try state.repositories.objects.put(
                    request.body, as: number, of: upload, to: url.address))
        } catch {
            return self.error(404, "NoSuchUpload", error.text)
        }
    }

    private static func stored(_ etag: String) -> HTTPResponse {
        HTTPResponse(status: 200, headers: [("ETag", "\"\(etag)\"")])
    }

    private static func error(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
        let text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
        return HTTPResponse(status: status, headers: [("Content-Type", "application/xml")], body: Array(text.utf8))
    }
}

/// An address of the store that needs no credentials, because it is signed.
struct PresignedURL: Sendable {
    /// Lifetime of an address: 15 minutes, in seconds.
    static let lifetime = 900

    /// Fault of a store without presigned addresses.
    static let unsupported = Fault(.invalid, "get pre signed url: operation not supported")

    /// Whole address of the object: `s3://bucket/key`.
    let address: String
    /// Upload and part, if the address is for a part.
    let part: (upload: String, number: Int)?
    /// Expiry in seconds since 1970.
    let end: Int
    private let signature: String

    private static let scheme = "s3://"

    /// Reads the target of a request; nil if it is not a presigned address.
    init?(target: String) {
        let sides = target.split(separator: "?", maxSplits: 1).map(String.init)
        guard sides.count == 2, let path = Escape.decode(sides[0]) else { return nil }
        let query = Escape.query(sides[1])
        guard let signature = query["X-Amz-Signature"]?.first, let end = query["Expires"]?.first.flatMap({ Int($0) })
        else { return nil }
        address = PresignedURL.scheme + path.drop { $0 == "/" }
        part = query["uploadId"]?.first.flatMap { upload in
            query["partNumber"]?.first.flatMap { Int($0) }.map { (upload, $0) }
        }
        self.end = end
        self.signature = signature
    }

    /// Returns true if the sandbox signed the address for that method.
    func isSigned(for method: String, key: [UInt8]) -> Bool {
        isEqual(signature, PresignedURL.signature(method, address, part, end, key))
    }

    /// Returns an address for reading an object.
    static func get(_ address: String, _ exchange: Exchange, key: [UInt8]) -> String {
        url("GET", address, nil, exchange, key)
    }

    /// Returns an address for writing an object.
    static func put(_ address: String, _ exchange: Exchange, key: [UInt8]) -> String {
        url("PUT", address, nil, exchange, key)
    }

    /// Returns an address for writing a part of an upload.
    static func part(_ number: Int, of upload: String, _ address: String, _ exchange: Exchange, key: [UInt8]) -> String
    {
        url("PUT", address, (upload, number), exchange, key)
    }

    private static func url(
        _ method: String, _ address: String, _ part: (upload: String, number: Int)?, _ exchange: Exchange,
        _ key: [UInt8]
    ) -> String {
        let end = exchange.seconds + lifetime
        let path = Escape.encodePath(address.droppingBytes(scheme.utf8.count))
        let upload = part.map { "partNumber=\($0.number)&uploadId=\($0.upload)&" } ?? ""
        let signature = signature(method, address, part, end, key)
        return "\(exchange.origin)/\(path)?\(upload)Expires=\(end)&X-Amz-Signature=\(signature)"
    }

    private static func signature(
        _ method: String, _ address: String, _ part: (upload: String, number: Int)?, _ end: Int, _ key: [UInt8]
    ) -> String {
        var hash = FieldHash()
        for field in [method, address, part?.upload ?? "", String(part?.number ?? 0), String(end)] { hash.add(field) }
        return Digest.hexadecimal(Digest.hmac(hash.digest, key: key))
    }
}
