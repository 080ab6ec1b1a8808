/// The request for the rest of a response that broke off after a part of it went out through a stream.
///
/// The rest is requested as a range, on the condition that the object has not changed since the first response (RFC
/// 9110, 13.1.1 and 14.2). A server may ignore the condition, so the tag of the second response is compared as well.
package struct Resumption {
    /// The first response, without its body.
    let first: HTTPResponse
    private let tag: String
    /// The position in the object of the first response's first byte.
    private let start: Int
    /// The position of its last byte; nil if the response did not tell it.
    private let end: Int?
    /// The number of bytes that went out.
    var count = 0

    /// Reads the response that broke off; nil if its rest cannot be requested: no strong tag, several ranges, or
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

    /// The headers of a request, changed to request the rest.
    func headers(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        let kept = headers.filter { !["range", "if-match", "if-none-match"].contains($0.name.lowercased()) }
        return kept + [("Range", "bytes=\(start + count)-\(end.map { "\($0)" } ?? "")"), ("If-Match", tag)]
    }

    /// Returns true if a response is the rest.
    package func isRest(_ response: HTTPResponse) -> Bool {
        guard response.status == 206, response.header("ETag") == tag, let range = response.contentRange,
            response.header("Content-Encoding") == nil
        else { return false }
        return range.lowerBound == start + count && (end == nil || range.upperBound == end)
    }

    /// The reason why a response is not the rest.
    func refusal(_ response: HTTPResponse) -> String {
        let isOther = response.header("ETag").map { $0 != tag } ?? false
        return response.status == 412 || isOther
            ? "the object changed meanwhile" : "the server answered \(response.status) to the request for the rest"
    }
}

extension HTTPResponse {
    /// The range of a partial response, from `Content-Range: bytes 5-9/10`.
    fileprivate var contentRange: ClosedRange<Int>? {
        guard let text = header("Content-Range"), text.lowercased().hasPrefix("bytes ") else { return nil }
        let numbers = text.dropFirst("bytes ".count).prefix { $0 != "/" }.split(separator: "-").map { Int($0) }
        guard numbers.count == 2, let first = numbers[0], let last = numbers[1], first <= last else { return nil }
        return first...last
    }
}
