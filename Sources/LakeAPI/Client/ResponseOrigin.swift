import LakeScript

// The judgment about who sent a response. lakeFS answers in few ways; a response in another way was sent by a proxy, a
// gateway, a sign-in page or another server, and tells nothing of users, branches or rights.

extension HTTPResponse {
    /// Returns true if a response with the status of an error is not lakeFS's own.
    ///
    /// lakeFS answers in JSON with a message and nothing else, in the shape of the success (a merge with conflicts), or
    /// without a body: to HEAD, and where its log alone tells the request, by the id that it sends. Its router answers
    /// in plain text.
    func isForeign(to operation: Operation) -> Bool {
        guard status >= 400, status != 407 else { return true }
        guard !body.isEmpty else { return requestID == nil || operation.method == .head && !mayBeOfHead }
        guard mayBeJSON, let document = documents.first else { return !isOfRouter }
        if let words = document.text { return !HTTPResponse.bareWords.contains(words) }
        guard let record = document.record, let message = record["message"]?.text else {
            return !document.hasField(of: operation.result)
        }
        guard record.keys.allSatisfy({ HTTPResponse.fieldsOfErrors.contains($0) }) else { return true }
        return requestID == nil && HTTPResponse.wordsOfGateways.contains(message)
    }

    /// True if the server's router does not know the path: the release lacks the operation, or the address is another's.
    var isUnknownRoute: Bool { words == HTTPResponse.unknownRoute }

    /// The message about a path that the server does not know.
    static let unknownRoute = "invalid API endpoint"

    /// The fields of lakeFS's errors.
    private static let fieldsOfErrors: Set<String> = ["message", "no_acl"]

    /// Errors that are a bare JSON string: of a login, and of the set-up.
    private static let bareWords: Set<String> = ["Unauthorized", "email is required"]

    /// Messages of API gateways, in the same JSON as lakeFS's. With the id of a request they are lakeFS's.
    private static let wordsOfGateways: Set<String> = [
        "Not Found", "Forbidden", "Missing Authentication Token", "no Route matched with those values",
    ]

    /// True for the texts in which lakeFS's router refuses a parameter.
    private var isOfRouter: Bool {
        guard status == 400, !isPage else { return false }
        let text = String(decoding: body.prefix(40), as: UTF8.self)
        return ["Invalid format for parameter ", "Query argument ", "Header parameter "].contains { text.hasPrefix($0) }
    }

    /// True if such a content type may be that of an error of HEAD.
    private var mayBeOfHead: Bool { mayBeJSON || header("Content-Type") == "application/octet-stream" }

    // MARK: Content

    /// True unless another content type than JSON is stated.
    var mayBeJSON: Bool {
        guard let type = header("Content-Type") else { return true }
        return type.isEmpty || type.utf8.starts(with: "application/json".utf8) { $0 | 0x20 == $1 }
    }

    /// True if it is a web page, which no response of the API is, but for an object that is one.
    var isPage: Bool { header("Content-Type")?.lowercased().hasPrefix("text/html") == true }

    /// True for content that does not have the marks with which lakeFS gives an object: its strong tag, or for other
    /// content than a web page the id of the request.
    var isStrangeObject: Bool {
        guard let type = header("Content-Type"), !type.isEmpty, type != "application/octet-stream" else { return false }
        let isTagged = header("ETag")?.hasPrefix("\"") == true
        return isPage ? !isTagged || header("Set-Cookie") != nil : !isTagged && requestID == nil
    }

    /// True if the body is the id of a commit, whole or abbreviated.
    var isCommitID: Bool {
        (6...256).contains(body.count)
            && body.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit || $0 == UInt8(ascii: "\n") }
    }

    /// Returns true if the first byte is one with which a value of a type begins. An empty body counts if lakeFS sent
    /// it: then it was lost on the way.
    func begins(like type: ValueType) -> Bool {
        guard let first = body.first(where: { $0 > 0x20 }) else { return isCutOff || requestID != nil }
        return switch type.unwrapped {
        case .record, .map: first == UInt8(ascii: "{")
        case .list: first == UInt8(ascii: "[")
        default: true
        }
    }

    /// True for a web page or XML, which holds no secret of lakeFS.
    var isMarkup: Bool { isPage || body.first == UInt8(ascii: "<") }

    /// The title of a web page, in quotes.
    var title: String? {
        let text = String(decoding: body.prefix(8192), as: UTF8.self)
        guard let start = text.firstRange(of: "<title")?.upperBound ?? text.firstRange(of: "<TITLE")?.upperBound,
            let open = text[start...].firstIndex(of: ">"),
            let end = text[open...].firstRange(of: "</")?.lowerBound
        else { return nil }
        let words = Array(text[text.index(after: open)..<end].utf8).excerpt
        return words.isEmpty ? nil : JSON.quoted(words)
    }

    /// The content in words.
    func nature(holdsSecret: Bool) -> String {
        if body.isEmpty { return "without a body" }
        return holdsSecret && !isMarkup ? "\(body.count) bytes that may hold a secret" : words
    }

    /// The sender and the address to go to, as the headers tell them.
    var traces: [String] {
        let senders = ["Server", "Via"].compactMap { name in header(name).map { "\(name): \(Array($0.utf8).excerpt)" } }
        let place = header("Location").map { Array($0.prefix { $0 != "?" && $0 != "#" }.utf8).excerpt }
        return (senders.isEmpty ? [] : ["it came from \(senders.joined(separator: ", "))"])
            + (place.map { ["it leads to \($0)"] } ?? [])
    }
}

extension Value {
    /// True for a map with a field of a record type.
    fileprivate func hasField(of type: ValueType) -> Bool {
        guard case .record(let schema) = type.unwrapped, let record else { return false }
        return schema.fields.contains { record[$0.name] != nil }
    }
}
