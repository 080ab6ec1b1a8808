import LakeScript

/// `put_url` and `get_url`: a request to an address that carries its own permission, as the presigned ones of an object
/// store do.
///
/// It flies as a call of an operation does, with the same retries, limits and progress; what differs is here. Nothing of
/// our own goes along: no keys, no cookie, no header that was not asked for. An address may be a secret, so messages
/// name it without its query.
struct AddressCall {
    /// What the flight is flown as.
    let operation: Operation
    let address: WebAddress
    let call: OperationCall
    let request: HTTPRequest

    /// The call that an effect asks for; nil where it is another effect.
    ///
    /// - Parameters:
    ///   - effect: what a machine asked for.
    ///   - own: the only server that there is, in a sandbox; nil where any may be asked.
    /// - Throws: a mistake where the address is none, or what is to be sent is not clear.
    init?(_ effect: Effect, own: String?) throws(Failure) {
        guard case .builtin(let given) = effect.kind, let operation = AddressCall.operations[given.name] else {
            return nil
        }
        let name = given.name
        self.operation = operation
        address = try WebAddress(given.text("url"))
        if let own, own != address.origin {
            throw Failure(
                .mistake, "\(address.shown) is no address of this sandbox",
                notes: ["a sandbox sends nothing elsewhere: with a server, this address is asked"])
        }
        var call = OperationCall(command: name, arguments: Record())
        var request = HTTPRequest(method: operation.method.rawValue, target: address.target)
        for (header, value) in given["headers"].record ?? Record() {
            request.headers.append((header, value.text ?? value.interpolated))
        }
        if operation.effect == .read {
            call.options[.to] = given["path"]
        } else {
            call.options[.from] = given["path"]
            let body = given["body"]
            guard (call.options.text(.from) == nil) != body.isNull else {
                throw Failure(.mistake, "`\(name)` sends a file or --body, one of them")
            }
            request.body = try AddressCall.bytes(body)
        }
        self.call = call
        self.request = request
    }

    /// What the call gives: the status, the store's tag, the headers; of `get_url` without a file the body too, as text
    /// where it is text.
    static func value(_ body: Value, _ response: HTTPResponse, of flight: Flight) -> Value {
        var answer = Record([
            ("status", .int(response.status)), ("etag", .string(response.header("ETag") ?? "")),
            ("headers", .map(response.headerFields)),
        ])
        guard flight.operation.effect == .read, flight.call.options.text(.to) == nil, case .bytes(let bytes) = body
        else {
            return .map(answer)
        }
        answer["body"] = String(validating: bytes, as: UTF8.self).map { .string($0) } ?? body
        return .map(answer)
    }

    private static func bytes(_ body: Value) throws(Failure) -> [UInt8] {
        switch body {
        case .null: []
        case .bytes(let bytes): bytes
        case .string(let text), .secret(let text): Array(text.utf8)
        default: throw Failure(.mistake, "--body is a string or bytes, not a \(body.typeName)")
        }
    }

    private static let operations: [String: Operation] = [
        "put_url": Operation(
            "put_url", "putUrl", .put, "", answers: [200: .bytes], errors: [], effect: .write, repetition: .converge,
            area: "addresses", needsLogin: false, summary: "", example: ""),
        "get_url": Operation(
            "get_url", "getUrl", .get, "", answers: [200: .bytes], errors: [], area: "addresses", needsLogin: false,
            summary: "", example: ""),
    ]
}

/// An address of the web, in two: the server, and what it is asked for.
struct WebAddress {
    /// `https://host:port`.
    let origin: String
    /// The raw target from the path on, with its query.
    let target: String

    /// - Throws: a mistake where it is not `http://` or `https://`, or holds a password. The message never has its query.
    init(_ text: String) throws(Failure) {
        let scheme = ["http://", "https://"].first { text.lowercased().hasPrefix($0) }
        let rest = text.dropFirst(scheme?.count ?? 0)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
        guard let scheme, !host.isEmpty, !host.contains("@"), isPlain else {
            throw Failure(
                .mistake, "this is no address of the web",
                notes: ["it begins with https:// or http://, and holds no password"])
        }
        origin = scheme + host
        let path = rest.dropFirst(host.count).prefix { $0 != "#" }
        target = path.hasPrefix("/") ? String(path) : "/" + path
    }

    /// Without its query, which may be a secret.
    var shown: String { origin + target.prefix { $0 != "?" } }
}
