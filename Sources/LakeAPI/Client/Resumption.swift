/// The rest of an answer that broke off when a part of it was out already, where nothing can be taken back: the request
/// for the rest, and whether an answer is that rest.
///
/// The rest is asked for by a range, on the condition that the object is still the one that the first answer was about
/// (RFC 9110, 13.1.1 and 14.2). Who does not know the condition may answer all the same, so the answer's own tag is
/// compared, too.
package struct Resumption {
    /// The first answer, without its body.
    let first: HTTPResponse
    private let tag: String
    /// The first byte of the object that the first answer had.
    private let start: Int
    /// The last one that it was to have; nil where it did not say.
    private let end: Int?
    /// How many bytes are out.
    var count = 0

    /// Of what broke off; nil where the rest of it cannot be asked for: no strong tag, parts of several ranges, or
    /// encoded bytes.
    init?(of response: HTTPResponse) {
        guard let tag = response.header("ETag"), !tag.isEmpty, !tag.hasPrefix("W/"),
            response.header("Content-Encoding").map({ $0.lowercased() == "identity" }) ?? true
        else { return nil }
        switch response.status {
        case 200:
            start = 0
            end = response.header("Content-Length").flatMap { Int($0) }.map { $0 - 1 }
        case 206:
            guard let range = response.contentRange else { return nil }
            start = range.lowerBound
            end = range.upperBound
        default: return nil
        }
        first = response
        self.tag = tag
    }

    /// A request's headers, changed to ask for what follows.
    func headers(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        let kept = headers.filter { !["range", "if-match", "if-none-match"].contains($0.name.lowercased()) }
        return kept + [("Range", "bytes=\(start + count)-\(end.map { "\($0)" } ?? "")"), ("If-Match", tag)]
    }

    /// Whether an answer is what follows.
    package func isRest(_ response: HTTPResponse) -> Bool {
        guard response.status == 206, response.header("ETag") == tag, let range = response.contentRange,
            response.header("Content-Encoding") == nil
        else { return false }
        return range.lowerBound == start + count && (end == nil || range.upperBound == end)
    }

    /// Why an answer is not the rest.
    func refusal(_ response: HTTPResponse) -> String {
        let isOther = response.header("ETag").map { $0 != tag } ?? false
        return response.status == 412 || isOther
            ? "the object changed meanwhile" : "the server answered \(response.status) to the request for the rest"
    }
}

extension HTTPResponse {
    /// The bytes that a partial answer has, first and last, of `Content-Range: bytes 5-9/10`.
    fileprivate var contentRange: ClosedRange<Int>? {
        guard let text = header("Content-Range"), text.lowercased().hasPrefix("bytes ") else { return nil }
        let numbers = text.dropFirst("bytes ".count).prefix { $0 != "/" }.split(separator: "-").map { Int($0) }
        guard numbers.count == 2, let first = numbers[0], let last = numbers[1], first <= last else { return nil }
        return first...last
    }
}
