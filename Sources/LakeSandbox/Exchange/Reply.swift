import LakeScript

/// Answer of a handler.
struct Reply: Sendable {
    var status: Int
    var body: AnswerBody
    /// Headers beside those that every answer has, in order.
    var headers: [(name: String, value: String)]

    init(_ status: Int, _ body: AnswerBody = .none, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    /// The API's answer to a fault.
    init(_ fault: Fault) {
        self.init(
            fault.kind.rawValue,
            fault.isPlainText ? .text(fault.text) : .json(["message": .string(fault.text)]))
    }

    /// A JSON answer.
    static func json(_ status: Int, _ value: Value) -> Reply { Reply(status, .json(value)) }

    /// 204 without a body.
    static let noContent = Reply(204)
    /// 201 without a body.
    static let created = Reply(201)

    /// A page of a list about repositories, which names the largest page that the server gives.
    static func listing(_ results: [Value], next: String) -> Reply {
        let pagination: Value = [
            "has_more": .bool(!next.isEmpty), "max_per_page": 1000, "next_offset": .string(next),
            "results": .int(results.count),
        ]
        return .json(200, ["pagination": pagination, "results": .list(results)])
    }

    /// A page of named things.
    static func listing<Item>(_ page: Page<SortedMap<Item>.Entry>, _ value: (SortedMap<Item>.Entry) -> Value) -> Reply {
        .listing(page.items.map(value), next: page.next)
    }
}

/// Body of an answer.
enum AnswerBody: Sendable {
    case none
    /// `application/json`, with a final line feed as the real server writes it.
    case json(Value)
    /// `text/plain; charset=utf-8`.
    case text(String)
    /// Any other type; an empty content type stands for none.
    case bytes([UInt8], contentType: String)
}
