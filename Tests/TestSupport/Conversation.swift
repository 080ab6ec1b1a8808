package import LakeAPI
internal import LakeScript

/// Requests to a sandbox and the expected answers, in a text like a session of curl:
///
///    sandbox v0.90
///    POST /auth/users {"id": "a%b"}
///    400 User name cannot contain '%'
///    as nobody
///    GET /auth/users
///    401 error authenticating request
///
/// A line without indentation is a step:
///
/// - `sandbox LIKENESS FLAG…` starts a fresh server; its first user is the caller;
/// - `as admin`, `as nobody`, `as keys ID SECRET`, `as token TOKEN`, `as cookie NAME VALUE` set the caller;
/// - `with NAME: VALUE` adds a header to the next request;
/// - `METHOD TARGET BODY` is a request; the target is a path below `/api/v1`, or an address from an answer.
///
/// Below a request, indented, are the expected status and text, where `…` at an end matches anything. `keep NAME FIELD`
/// stores a field of the answer, `keep NAME header HEADER` a header. `$NAME` or `${NAME}` inserts a stored text,
/// `<ab*256>` a repeated one.
package struct Conversation: Sendable {
    /// The name of its file: `names`.
    package let name: String
    package let steps: [Step]

    /// A step and its line.
    package struct Step: Sendable {
        package let line: Int
        package let words: String
        /// The indented lines below it.
        package fileprivate(set) var expected: [String] = []
    }

    private static let folder = "conversations"

    /// All conversations, by name.
    package static var names: [String] {
        Fixtures.names(in: folder).filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
    }

    /// Parses a conversation.
    package init(named name: String) throws {
        self.name = name
        let text = String(decoding: try Fixtures.bytes(of: "\(Conversation.folder)/\(name).txt"), as: UTF8.self)
        var steps: [Step] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.drop { $0 == " " }
            if words.isEmpty || words.hasPrefix("#") { continue }
            if line.hasPrefix(" "), let last = steps.indices.last {
                steps[last].expected.append(String(words))
            } else {
                steps.append(Step(line: index + 1, words: String(words)))
            }
        }
        self.steps = steps
    }
}

/// Runs conversations against servers.
package struct ConversationPlayer {
    /// A server: the keys of its first user, and the function that answers requests.
    package struct Server {
        package let keys: (id: String, secret: String)
        package let door: (HTTPRequest) throws -> HTTPResponse

        package init(keys: (id: String, secret: String), door: @escaping (HTTPRequest) throws -> HTTPResponse) {
            self.keys = keys
            self.door = door
        }
    }

    /// An answered request, for the test of documented statuses.
    package struct Reached: Hashable {
        /// The operation's name; empty if the request matches none.
        package let operation: String
        package let status: Int
    }

    /// Starts a server with the flags of `lakesh sandbox`, the likeness first.
    private let start: ([String]) throws -> Server
    private var server: Server?
    private var identity: Credentials?
    private var headers: [(name: String, value: String)] = []
    private var kept: [String: String] = [:]
    /// All answers, expected or not.
    package private(set) var reached: Set<Reached> = []

    package init(start: @escaping ([String]) throws -> Server) {
        self.start = start
    }

    /// Runs a conversation; returns a sentence for each unexpected answer.
    package mutating func play(_ conversation: Conversation) throws -> [String] {
        try conversation.steps.compactMap { step in
            try play(step).map { "\(conversation.name).txt:\(step.line): \(step.words.excerpt): \($0)" }
        }
    }

    private mutating func play(_ step: Conversation.Step) throws -> String? {
        let words = step.words.split(separator: " ", maxSplits: 2).map { filled(String($0)) }
        switch words[0] {
        case "sandbox":
            server = try start(step.words.split(separator: " ").dropFirst().map(String.init))
            identity = server.map { .keys(id: $0.keys.id, secret: $0.keys.secret) }
        case "as": identity = try identity(words.dropFirst().flatMap { $0.split(separator: " ") }.map(String.init))
        case "with":
            headers.append((String(words[1].dropLast()), words.count > 2 ? words[2] : ""))
        default: return try exchange(words, step.expected)
        }
        return nil
    }

    private func identity(_ words: [String]) throws -> Credentials? {
        switch (words.first, words.count) {
        case ("nobody", 1): nil
        case ("admin", 1): server.map { .keys(id: $0.keys.id, secret: $0.keys.secret) }
        case ("keys", 3): .keys(id: words[1], secret: words[2])
        case ("token", 2): .token(words[1])
        case ("cookie", 3): .cookie(name: words[1], value: words[2])
        default: throw Nonsense(words: words.joined(separator: " "))
        }
    }

    /// A line that cannot be parsed.
    private struct Nonsense: Error {
        let words: String
    }

    private mutating func exchange(_ words: [String], _ expected: [String]) throws -> String? {
        guard let server, words.count > 1 else { throw Nonsense(words: words.joined(separator: " ")) }
        let body = Array((words.count > 2 ? words[2] : "").utf8)
        let target = ConversationPlayer.target(words[1])
        let answer = try server.door(
            HTTPRequest(method: words[0], target: target, headers: allHeaders(body), body: body))
        headers = []
        reached.insert(Reached(operation: ConversationPlayer.operation(words[0], target), status: answer.status))
        return try expected.lazy.compactMap { try check(answer, filled($0)) }.first
    }

    private func allHeaders(_ body: [UInt8]) -> [(name: String, value: String)] {
        var all = [("Host", "localhost")] + headers
        let isGiven = headers.contains { $0.name.lowercased() == "content-type" }
        if !body.isEmpty, !isGiven { all.append(("Content-Type", "application/json")) }
        all.append(("Content-Length", String(body.count)))
        if let identity { all.append(identity.header) }
        return all
    }

    /// Returns the raw target of an address from an answer, or of a path below the API.
    private static func target(_ text: String) -> String {
        guard text.hasPrefix("http://") else { return text.hasPrefix("/api/") ? text : "/api/v1" + text }
        return String(text.dropFirst("http://".count).drop { $0 != "/" })
    }

    // MARK: Expected answers

    private mutating func check(_ answer: HTTPResponse, _ expected: String) throws -> String? {
        let words = expected.split(separator: " ", maxSplits: 2).map(String.init)
        if words[0] == "keep", words.count == 3 { return keep(words[1], words[2], of: answer) }
        guard let status = Int(words[0]) else { throw Nonsense(words: expected) }
        let (wanted, actual) = (expected.dropFirst(words[0].count).drop { $0 == " " }, ConversationPlayer.words(answer))
        guard answer.status != status || !wanted.isEmpty && !ConversationPlayer.matches(actual, String(wanted)) else {
            return nil
        }
        return "answered \(answer.status) \(actual.excerpt)"
    }

    private mutating func keep(_ name: String, _ place: String, of answer: HTTPResponse) -> String? {
        if place.hasPrefix("header ") {
            kept[name] = answer.header(String(place.dropFirst("header ".count)))
        } else {
            let value = place.split(separator: ".").reduce((try? JSON.read(answer.body)) ?? .null) { value, field in
                Int(field).map { value.items?[$0] ?? .null } ?? value[String(field)]
            }
            kept[name] = value.text
        }
        return kept[name] == nil ? "gave no \(place)" : nil
    }

    /// Returns the message of an error, or else the body.
    private static func words(_ answer: HTTPResponse) -> String {
        if answer.status >= 400, let message = (try? JSON.read(answer.body))?["message"].text { return message }
        let text = String(decoding: answer.body, as: UTF8.self)
        return String(text.reversed().drop { $0.isNewline }.reversed())
    }

    private static func matches(_ actual: String, _ wanted: String) -> Bool {
        switch (wanted.hasPrefix("…"), wanted.hasSuffix("…")) {
        case (false, false): actual == wanted
        case (true, false): actual.hasSuffix(wanted.dropFirst())
        case (false, true): actual.hasPrefix(wanted.dropLast())
        case (true, true): actual.contains(wanted.dropFirst().dropLast())
        }
    }

    // MARK: Substitution

    /// Replaces names of stored texts, and repetitions.
    private func filled(_ text: String) -> String {
        let named = text.split(separator: "$", omittingEmptySubsequences: false).enumerated().map { index, piece in
            guard index > 0 else { return String(piece) }
            let isBraced = piece.hasPrefix("{")
            let name = piece.dropFirst(isBraced ? 1 : 0).prefix { $0.isLetter || $0 == "_" }
            let rest = piece[name.endIndex...].dropFirst(isBraced ? 1 : 0)
            return kept[String(name)].map { $0 + rest } ?? "$" + piece
        }
        return named.joined().split(separator: "<", omittingEmptySubsequences: false).enumerated().map { index, piece in
            guard index > 0, let star = piece.firstIndex(of: "*"), let end = piece.firstIndex(of: ">"), star < end,
                let count = Int(piece[piece.index(after: star)..<end])
            else { return (index > 0 ? "<" : "") + piece }
            return String(repeating: String(piece[..<star]), count: count) + piece[piece.index(after: end)...]
        }.joined()
    }

    // MARK: Operations

    /// Returns the operation that a request matches; empty if there is none.
    private static func operation(_ method: String, _ target: String) -> String {
        guard target.hasPrefix("/api/v1/") else { return "" }
        let path = segments(target.dropFirst("/api/v1".count).prefix { $0 != "?" })
        let meant = Catalogue.all.filter { operation in
            let template = segments(operation.path[...])
            return operation.method.rawValue == method && template.count == path.count
                && zip(template, path).allSatisfy { $0.hasPrefix("{") ? !$1.isEmpty : $0 == $1 }
        }
        // A literal segment takes precedence over a parameter.
        return meant.min { segments($0.path[...]).parameters < segments($1.path[...]).parameters }?.name ?? ""
    }

    private static func segments(_ path: Substring) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { $0 }
    }
}

extension [Substring] {
    fileprivate var parameters: Int { count { $0.hasPrefix("{") } }
}

extension String {
    fileprivate var excerpt: String { count > 160 ? prefix(160) + "…" : self }
}
