import LakeScript
import TestSupport
import Testing

@testable import LakeAPI

/// Every answer of real servers is believed: no rule about what lakeFS answers is stricter than lakeFS.
struct RecordedAnswersTests {
    /// Answers that are no answers of the operation: the web interface, and what its path leads to.
    private static let pages: Set<String> = ["oauth_callback"]

    @Test("the recorded answers are the server's own", arguments: Recording.names)
    func believed(_ name: String) throws {
        for (index, step) in try Recording(named: name).steps.enumerated() {
            guard case .exchange(let exchange) = step, let (operation, arguments) = Self.call(of: exchange),
                !Self.pages.contains(operation.name)
            else { continue }
            let response = Self.response(exchange["answer"], operation)
            let place = "\(name), step \(index + 1), \(operation.name): \(response.status)"
            do {
                _ = try ResponseReader(operation, arguments).value(of: response)
                #expect(response.status < 400, "\(place)")
            } catch {
                #expect(
                    response.status >= 400 && !error.isForeign && error.code != "R0206", "\(place) \(error.message)")
            }
        }
    }

    /// The operation and the arguments of a recorded request; nil if it is of none.
    private static func call(of exchange: Value) -> (Operation, Record)? {
        let segments = (exchange["path"].text ?? "").split(separator: "/", omittingEmptySubsequences: false)
        let fitting = Catalogue.all.compactMap { operation -> (Operation, Record)? in
            guard operation.method.rawValue == exchange["method"].text else { return nil }
            let paths = [operation.path] + operation.elements(.path).map(\.name)
            return paths.lazy.compactMap { fit($0, segments) }.first.map { (operation, $0) }
        }
        guard let best = fitting.min(by: { $0.1.count < $1.1.count }) else { return nil }
        var arguments = best.1
        for (name, value) in (exchange["query"].record ?? Record()) { arguments[name.snakeCased] = plain(value) }
        for (name, value) in (exchange["headers"].record ?? Record()) { arguments[name.snakeCased] = plain(value) }
        for (name, value) in (exchange["body"].record ?? Record()) { arguments[name.snakeCased] = plain(value) }
        if arguments["presign"] == "true" { arguments["presign"] = true }
        return (best.0, arguments)
    }

    private static func fit(_ path: String, _ segments: [Substring]) -> Record? {
        let template = path.split(separator: "/", omittingEmptySubsequences: false)
        guard template.count == segments.count else { return nil }
        var arguments = Record()
        for (part, segment) in zip(template, segments) {
            if part.hasPrefix("{") {
                // A server unescapes a name twice.
                let name = decoded(decoded(String(segment)))
                arguments[String(part.dropFirst().dropLast()).snakeCased] = plain(.string(name))
            } else if part != segment {
                return nil
            }
        }
        return arguments
    }

    private static func decoded(_ text: String) -> String {
        var (bytes, rest): ([UInt8], ArraySlice<UInt8>) = ([], Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard byte == UInt8(ascii: "%"), digits.utf8.count == 2, let code = UInt8(digits, radix: 16) else {
                bytes.append(byte)
                continue
            }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func response(_ answer: Value, _ operation: Operation) -> HTTPResponse {
        let type = answer["content_type"].text ?? ""
        var headers = [("X-Request-ID", "r-1")] + (type.isEmpty ? [] : [("Content-Type", type)])
        for (name, value) in answer["headers"].record ?? Record() where value.text != nil {
            headers.append((name, plain(value).text ?? ""))
        }
        let body = plain(
            answer["body"],
            hasDates: ["pulls", "actions"].contains(operation.area) || operation.name.hasSuffix("_status"))
        let isText = type != "application/json" || body.text?.hasPrefix("{") == true
        let bytes = body.isNull ? [] : isText ? Array((body.text ?? "").utf8) : JSON.write(body, layout: .compact)
        return HTTPResponse(status: answer["status"].integer ?? 0, headers: headers, body: bytes)
    }

    /// A value with something plain in place of each symbol: that of a time is a number, or a text with `hasDates`.
    private static func plain(_ value: Value, hasDates: Bool = false) -> Value {
        switch value {
        case .string("{{time}}"): .int(1_700_000_000)
        case .string(let text) where !hasDates && (text.hasPrefix("{{in ") || text.hasPrefix("{{when_")):
            .int(1_700_000_000)
        case .string(let text): .string(plain(text))
        case .list(let items): .list(items.map { plain($0, hasDates: hasDates) })
        case .map(let record): .map(Record(record.map { ($0, plain($1, hasDates: hasDates)) }))
        default: value
        }
    }

    private static func plain(_ text: String) -> String {
        var plain = ""
        for (index, piece) in text.split(separator: "{{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = piece.firstRange(of: "}}")?.upperBound else {
                plain += piece
                continue
            }
            plain += "abc123" + piece[end...]
        }
        return plain
    }
}
