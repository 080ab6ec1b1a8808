internal import Glibc
package import LakeAPI
internal import LakeScript

/// Repeats a recorded conversation with any server and compares its answers with the recorded ones.
///
/// A server is a closure that takes a request and returns an answer, in this process or over a socket.
package struct RecordingPlayer {
    package typealias Door = (HTTPRequest) throws -> HTTPResponse

    private let door: Door
    private var comparison: AnswerComparison
    private var users: [String: Identity]

    /// The caller's authentication.
    private enum Identity {
        case keys(String, String)
        case token(String)
    }

    /// Returns the steps, from 1, whose answers differ from the recording, with a sentence on each.
    package static func play(
        _ recording: Recording, accessKey: String, secretKey: String, through door: @escaping Door
    ) -> [(step: Int, difference: String)] {
        var player = RecordingPlayer(accessKey: accessKey, secretKey: secretKey, door: door)
        return recording.steps.enumerated().compactMap { index, step in
            player.play(step).map { (index + 1, $0) }
        }
    }

    private init(accessKey: String, secretKey: String, door: @escaping Door) {
        self.door = door
        comparison = AnswerComparison(Symbols(["admin_access_key": accessKey, "admin_secret_key": secretKey]))
        users = ["admin": .keys(accessKey, secretKey)]
    }

    private mutating func play(_ step: Recording.Step) -> String? {
        comparison.now = time(nil)
        switch step {
        case .wait:
            return nil
        case .become(let template):
            let step = comparison.symbols.fill(template)
            let key = step["key"].text ?? ""
            users[step["become"].text ?? ""] = step["secret"].text.map { .keys(key, $0) } ?? .token(key)
            return nil
        case .putParts(let parts):
            for (index, part) in parts.enumerated() {
                if let why = put(part) { return "part \(index + 1): \(why)" }
            }
            return nil
        case .exchange(let template):
            let request = request(comparison.symbols.fill(template))
            return exchange(request, template).map { "\(request.method) \(request.target): \($0)" }
        }
    }

    private mutating func exchange(_ request: HTTPRequest, _ step: Value) -> String? {
        do {
            return difference(step["answer"], try door(request), step)
        } catch {
            return "no answer: \(error)"
        }
    }

    /// Uploads a part, its text repeated, to its presigned address; returns its ETag without quotes.
    private mutating func put(_ part: Value) -> String? {
        let address = comparison.symbols.fill(part["url"].text ?? "")
        let (host, target) = RecordingPlayer.split(address)
        let text = String(repeating: part["text"].text ?? "", count: part["times"].integer ?? 1)
        let headers = [
            ("Host", host), ("Content-Type", "application/octet-stream"), ("Content-Length", "\(text.utf8.count)"),
        ]
        do {
            let answer = try door(HTTPRequest(method: "PUT", target: target, headers: headers, body: Array(text.utf8)))
            guard answer.status == part["status"].integer else { return "got status \(answer.status)" }
            guard let etag = part.record?["etag"] else { return nil }
            let given = (answer.header("ETag") ?? "").filter { $0 != "\"" }
            return comparison.difference(etag, .string(given), at: "ETag")
        } catch {
            return "no answer: \(error)"
        }
    }

    /// Splits `http://host:1/path?query` into `host:1` and `/path?query`.
    private static func split(_ address: String) -> (host: String, target: String) {
        let parts = address.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        return (parts.count > 1 ? String(parts[1]) : "", "/" + (parts.count > 2 ? String(parts[2]) : ""))
    }
}

// The request of a step.
extension RecordingPlayer {
    private func request(_ step: Value) -> HTTPRequest {
        var request = HTTPRequest(method: step["method"].text ?? "", target: "/api/v1" + (step["path"].text ?? ""))
        let query = RecordingPlayer.query(step["query"])
        if !query.isEmpty { request.target += "?" + query }
        request.headers = [("Host", "localhost:8000")]
        request.headers += (step["headers"].record ?? Record()).compactMap { name, value in
            value.text.map { (name, $0) }
        }
        if let body = RecordingPlayer.body(step) {
            if request.header("Content-Type") == nil {
                // The recording tool sets this content type for JSON bodies only.
                let isJSON = step.record?["body"] != nil
                request.headers.append(
                    ("Content-Type", isJSON ? "application/json" : "application/x-www-form-urlencoded"))
            }
            request.body = body
        }
        if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
            request.headers.append(("Content-Length", "\(request.body.count)"))
        }
        if let name = step["as"].text, let user = users[name] {
            request.headers.removeAll { $0.name.lowercased() == "authorization" }
            request.headers.append(("Authorization", RecordingPlayer.authorization(user)))
        }
        return request
    }

    private static func authorization(_ user: Identity) -> String {
        switch user {
        case .keys(let key, let secret): "Basic " + Base64.encode(Array("\(key):\(secret)".utf8))
        case .token(let token): "Bearer " + token
        }
    }

    private static func body(_ step: Value) -> [UInt8]? {
        if let text = step["raw64"].text { return Base64.decode(text) }
        if let text = step["raw"].text { return Array(text.utf8) }
        return step.record?["body"].map { JSON.write($0, layout: .compact) }
    }

    /// Returns the query `a=1&b=x+y` for a map or for pairs.
    private static func query(_ query: Value) -> String {
        let pairs =
            query.record.map { $0.map { ($0, $1) } }
            ?? (query.items ?? []).map { pair in
                let items = pair.items ?? []
                return (items.first?.text ?? "", items.last ?? .null)
            }
        return pairs.flatMap { name, value in
            (value.items ?? [value]).map { "\(quoted(name))=\(quoted(text(of: $0)))" }
        }.joined(separator: "&")
    }

    /// Formats a value of a query; an integer beyond 64 bits keeps all its digits.
    private static func text(of value: Value) -> String {
        if case .float(let number) = value { return String(Int128(number)) }
        return value.text ?? value.integer.map(String.init) ?? ""
    }

    private static func quoted(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var quoted = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                quoted.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: " "):
                quoted += "+"
            default:
                quoted += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return quoted
    }
}

// The answer to a step.
extension RecordingPlayer {
    private mutating func difference(_ want: Value, _ got: HTTPResponse, _ step: Value) -> String? {
        guard got.status == want["status"].integer else {
            let text = String(decoding: got.body.prefix(300), as: UTF8.self)
            return "want status \(want["status"].integer ?? 0), got \(got.status) \(text)"
        }
        let type = String((got.header("Content-Type") ?? "").prefix { $0 != ";" })
        if !want["body"].isNull, type != want["content_type"].text {
            return "want content type \(want["content_type"].text ?? "none"), got \(type)"
        }
        return bodyDifference(want["body"], got, step) ?? headerDifference(want, got)
    }

    private mutating func bodyDifference(_ want: Value, _ got: HTTPResponse, _ step: Value) -> String? {
        // This wording comes from the real server's JSON library.
        if step["note"].text?.contains("text of the decoder") == true { return nil }
        let text = String(decoding: got.body, as: UTF8.self)
        let body = got.body.isEmpty ? Value.null : (try? JSON.read(got.body, isLenient: true)) ?? .string(text)
        guard step["any_order"] == true else { return comparison.difference(want, body) }
        return comparison.difference(AnswerComparison.ordered(want), AnswerComparison.ordered(body))
    }

    private mutating func headerDifference(_ want: Value, _ got: HTTPResponse) -> String? {
        if let location = want.record?["location"] {
            let there = Value.string(got.header("Location") ?? "")
            if let why = comparison.difference(location, there, at: "Location") { return why }
        }
        let cookies = got.headers.filter { $0.name.lowercased() == "set-cookie" }.map(\.value)
        if let session = want.record?["session"] {
            let cookie = cookies.first { $0.hasPrefix("internal_auth_session=") }
            let value = cookie.map { Value.string(String($0.prefix { $0 != ";" }.drop { $0 != "=" }.dropFirst())) }
            if let why = comparison.difference(session, value ?? .null, at: "session cookie") { return why }
        }
        for (name, value) in want["headers"].record ?? Record() {
            if let why = comparison.difference(value, .string(got.header(name) ?? ""), at: "header \(name)") {
                return why
            }
        }
        guard let cookie = want["cookie"].text, cookies.first?.hasPrefix(cookie + "=") != true else { return nil }
        return "want cookie \(cookie)"
    }
}
