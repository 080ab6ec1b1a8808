import LakeScript

/// The flight of `put_url`, `post_url` or `get_url`: a request to an address that carries its own permission, as the presigned
/// addresses of an object store do.
///
/// The request carries no keys, no cookie and no header that was not asked for. The address may be a secret, so
/// messages name it without its query.
struct AddressFlight: Flight {
    let files: (source: String?, sink: String?)
    private let address: WebAddress
    private let givesBody: Bool
    private var delivery: Delivery

    /// - Parameters:
    ///   - id: the effect that it carries out.
    ///   - call: of one of the three.
    ///   - own: the only server that can be reached, in a sandbox; nil if every server can.
    /// - Throws: a mistake if the address is none, or it is not clear what is to be sent.
    init(_ id: EffectID, _ call: BuiltinCall, own: String?) throws(Failure) {
        guard call.builtin.performer == .network else { throw .notPerformed(.builtin(call)) }
        let isRead = call.builtin.effect() == .read
        address = try WebAddress(call.text("url"))
        if let own, own != address.origin {
            throw .outsideOfSandbox(address)
        }
        let method = isRead ? "GET" : call.name == "post_url" ? "POST" : "PUT"
        givesBody = method != "PUT"
        var request = HTTPRequest(method: method, target: address.target)
        for (header, value) in call["headers"].record ?? Record() {
            let text = try value.asText()
            guard (header + text).utf8.allSatisfy({ $0 >= 32 || $0 == 9 }) else { throw .notAHeader(header) }
            request.headers.append((header, text))
        }
        let path = call["path"].text
        files = isRead ? (nil, path) : (path, nil)
        if !isRead {
            let body = call["body"]
            guard (path == nil) != body.isNull else {
                throw .notOneBody(call.name)
            }
            request.body = try AddressFlight.bytes(body)
        }
        var options = TransportOptions()
        options.origin = address.origin
        options.keepsEncoding = true
        delivery = Delivery(
            name: call.name, id: id, isRead: isRead,
            repetition: isRead ? .read : method == "PUT" ? .converge : .append, request: request, options: options)
    }

    private static func bytes(_ body: Value) throws(Failure) -> [UInt8] {
        switch body {
        case .null: []
        case .bytes(let bytes): bytes
        case .string(let text), .secret(let text): Array(text.utf8)
        default: throw .noBody(body)
        }
    }

    var deadline: Instant? { delivery.deadline }
    var wakeup: Instant? { delivery.wakeup }
    var isCancelled: Bool { delivery.isCancelled }

    mutating func on(_ event: FlightEvent, _ context: FlightContext) -> [FlightAction] {
        switch event {
        case .proceed: delivery.state == .waiting ? delivery.send() : []
        case .answered(let response, _): delivery.on(event, context) ?? conclude(response)
        default: delivery.on(event, context) ?? []
        }
    }

    private mutating func conclude(_ response: HTTPResponse) -> [FlightAction] {
        guard (200..<300).contains(response.status) else {
            return delivery.fail(.answered("\(address.shown) answered \(response.status)", response, to: delivery.name))
        }
        guard !response.isCutOff else {
            let reason = "was cut off after \(response.body.count) bytes"
            return delivery.fail(.unreadable(delivery.name, response, reason, isWrite: !delivery.isRead))
        }
        let answer = value(delivery.resumption?.first ?? response, body: response.body)
        return (files.sink == nil ? [] : [.place(response.body)]) + delivery.finish(.value(answer))
    }

    /// The status, the store's tag and the headers; but for `put_url` also the body, unless it went to a file, as a
    /// string if it is valid UTF-8.
    private func value(_ response: HTTPResponse, body: [UInt8]) -> Value {
        var answer = Record([
            ("status", .int(response.status)), ("etag", .string(response.header("ETag") ?? "")),
            ("headers", .map(response.headerFields)),
        ])
        if givesBody, files.sink == nil {
            answer["body"] = String(validating: body, as: UTF8.self).map { .string($0) } ?? .bytes(body)
        }
        return .map(answer)
    }
}
