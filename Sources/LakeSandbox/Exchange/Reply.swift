import LakeScript

/// What a handler answers when all went well.
struct Reply: Sendable {
    var status: Int
    var body: AnswerBody
    /// Further headers, in order.
    var headers: [(name: String, value: String)]

    init(_ status: Int, _ body: AnswerBody = .none, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    /// A JSON answer.
    static func json(_ status: Int, _ value: Value) -> Reply { Reply(status, .json(value)) }

    /// 204 without a body.
    static let noContent = Reply(204)
    /// 201 without a body.
    static let created = Reply(201)
}

/// What stands in an answer's body.
enum AnswerBody: Sendable {
    case none
    /// `application/json`, with a final line feed where the real server writes one.
    case json(Value)
    /// `text/plain; charset=utf-8`.
    case text(String)
    /// Anything else; the content type may be empty for none.
    case bytes([UInt8], contentType: String)
}

/// Why a request is not done. What a handler changed in the state before it refused stays changed.
struct Refusal: Error, Sendable {
    var status: Int
    var body: AnswerBody
    var headers: [(name: String, value: String)] = []

    /// An error as nearly all are: `{"message": …}`.
    init(_ status: Int, _ message: String) {
        self.status = status
        body = .json(["message": .string(message)])
    }

    /// What it says; empty where it has another body.
    var message: String {
        guard case .json(let value) = body else { return "" }
        return value["message"].text ?? ""
    }

    /// Nobody, or nobody known, asks.
    static let unauthenticated = Refusal(401, "error authenticating request")
    /// The imitated server does not do that.
    static let notImplemented = Refusal(501, "Not Implemented")

    /// An error with a body of its own.
    init(_ status: Int, body: AnswerBody) {
        self.status = status
        self.body = body
    }
}
