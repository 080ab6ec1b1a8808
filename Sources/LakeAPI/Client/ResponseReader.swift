package import LakeScript

/// Reads a response: a value by the schema that the catalogue has for its status, or a failure.
package struct ResponseReader: Sendable {
    package let operation: Operation
    /// True if the call asked for presigned addresses.
    private let isPresigning: Bool

    package init(_ operation: Operation, isPresigning: Bool = false) {
        self.operation = operation
        self.isPresigning = isPresigning
    }

    /// Returns true if a response has the status of a success, or of a redirection that the operation documents.
    func isSuccess(_ response: HTTPResponse) -> Bool {
        (200..<400).contains(response.status) && (response.status < 300 || isDocumented(response.status))
    }

    /// The value of a successful response; null if it has no body.
    ///
    /// - Throws: the bare failure of an error status; an operation's failure if the body is not what it should be.
    package func value(of response: HTTPResponse) throws(Failure) -> Value {
        guard isSuccess(response) else {
            guard !response.isForeign(to: operation) else { throw .foreign(response, to: operation.name) }
            throw .answered(ErrorResponse.bare(response, to: operation.name), response, to: operation.name)
        }
        guard !response.isCutOff else { throw unreadable(response, "was cut off after \(response.body.count) bytes") }
        guard response.status < 300 else { return redirection(response) }
        return try content(of: response)
    }

    /// The value of `--with-headers`: a map of `body` and `headers`, whose names are in lower case.
    package static func withHeaders(_ value: Value, _ response: HTTPResponse) -> Value {
        ["body": value, "headers": .map(response.headerFields)]
    }

    private func isDocumented(_ status: Int) -> Bool { operation.answers.keys.contains(status) }

    /// The value of a redirection: the presigned address of an object, null otherwise.
    private func redirection(_ response: HTTPResponse) -> Value {
        guard response.status == 302, operation.result == .bytes else { return .null }
        return response.header("Location").map(Value.secret) ?? .null
    }

    private func content(of response: HTTPResponse) throws(Failure) -> Value {
        // A success that the specification does not name is read as the one that it names.
        let type =
            operation.answers[response.status].flatMap { $0 }
            ?? (isDocumented(response.status) ? .null : operation.result)
        switch type {
        case .null: return .null
        case .bytes: return .bytes(response.body)
        case .string: return Value.string(String(decoding: response.body, as: UTF8.self)).hidingAddresses()
        default: return try json(response, as: type)
        }
    }

    private func json(_ response: HTTPResponse, as type: ValueType) throws(Failure) -> Value {
        guard !response.body.isEmpty else { throw unreadable(response, "has no body, where JSON is expected") }
        let value: Value
        do throws(JSON.Failure) {
            value = try JSON.read(response.body)
        } catch {
            guard response.isPage else {
                throw unreadable(response, "is not JSON: byte \(error.offset): \(error.message)")
            }
            throw unreadable(
                response, "is a web page, not JSON", notes: ["is this the address of a lakeFS server?"])
        }
        return value.typed(type).hidingAddresses(isAnyQuery: isPresigning)
    }

    private func unreadable(_ response: HTTPResponse, _ reason: String, notes: [String] = []) -> Failure {
        .unreadable(
            operation.name, response, reason, isWrite: operation.effect != .read,
            holdsSecret: operation.result.holdsSecret, notes: notes)
    }
}

extension HTTPResponse {
    /// The server's id of the request.
    package var requestID: String? { header("X-Request-ID") }

    /// True if it is a web page, which no response of the API is.
    var isPage: Bool { header("Content-Type")?.hasPrefix("text/html") == true }

    /// Returns true if the status would tell something of lakeFS, and a proxy or another server sent the response. lakeFS
    /// itself answers in JSON with a message, in the shape of the success (a merge with conflicts), or without a body:
    /// to HEAD, and where its log alone tells the request, by the id that it sends.
    func isForeign(to operation: Operation) -> Bool {
        guard [401, 403, 404, 407, 409, 412].contains(status) else { return false }
        guard !body.isEmpty else { return operation.method != .head && requestID == nil }
        guard let document = documents.first else { return true }
        return document["message"].text == nil && document.text == nil && !document.hasField(of: operation.result)
    }

    /// The JSON documents of the body, one per line if there are several: a server that fails in the middle of its work
    /// appends one more. Empty if the body is not JSON.
    var documents: [Value] {
        if let value = try? JSON.read(body) { return [value] }
        var documents: [Value] = []
        for line in body.split(separator: UInt8(ascii: "\n")) {
            guard let document = try? JSON.read(Array(line)), document.record != nil else { return [] }
            documents.append(document)
        }
        return documents
    }

    /// The server's own words: its first JSON message, a JSON string, or the start of the body.
    var words: String {
        guard let value = documents.first else {
            if let words = storeWords { return words }
            return isPage ? "a web page" : body.excerpt
        }
        guard let message = value["message"].text ?? value.text else { return body.excerpt }
        return String(PresignedAddress.hidden(in: message).prefix { $0 != "\n" }.prefix(300))
    }

    /// The further lines of the server's message, as those of a failed hook.
    var furtherLines: [String] {
        guard let value = documents.first, let message = value["message"].text ?? value.text else { return [] }
        let lines = PresignedAddress.hidden(in: message).lines.dropFirst().filter { !$0.trimmed.isEmpty }
        let (shown, more) = (lines.prefix(20), lines.count - 20)
        return shown.map { "server: \($0.prefix(300))" } + (more > 0 ? ["server: and \(more) more lines"] : [])
    }

    /// The server's words and the request's id, as reports show them.
    var serverNote: String {
        let said = words.isEmpty ? "\(status)" : "\(status) \(JSON.quoted(words))"
        return "server: \(said)" + (requestID.map { " · request \($0)" } ?? "")
    }

    /// The body as `$error.body` has it: the last of its JSON documents, which tells the result of the whole call.
    var errorBody: Value { documents.last?.withoutAddresses ?? .string(storeWords ?? body.excerpt) }

    /// The code and the message of an object store's error. The rest is left out: it repeats what was signed.
    private var storeWords: String? {
        let text = String(decoding: body.prefix(4096), as: UTF8.self)
        guard text.hasPrefix("<?xml") || text.hasPrefix("<Error>") else { return nil }
        let parts = ["Code", "Message"].compactMap { name -> Substring? in
            guard let start = text.firstRange(of: "<\(name)>")?.upperBound,
                let end = text[start...].firstRange(of: "</\(name)>")?.lowerBound
            else { return nil }
            return text[start..<end]
        }
        return parts.isEmpty ? "an answer in XML" : PresignedAddress.hidden(in: parts.joined(separator: ": "))
    }
}

extension [UInt8] {
    /// The start of a text for a message: one line, without control characters.
    var excerpt: String {
        // An address is recognised by its end, which may be after the shown part.
        let text = PresignedAddress.hidden(in: String(decoding: prefix(8192), as: UTF8.self))
        let words = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        let shown = words.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 && $0 != "\u{FFFD}" }
        return String(String.UnicodeScalarView(shown)).prefix(160) + (count > 160 ? "…" : "")
    }
}

extension Value {
    /// The value as the schema describes it: the strings of secret fields are secrets, and a record has every field, null
    /// where the server left it out. So a field means the same wherever the value goes. Fields that the schema does not
    /// know stay as they are, behind the others.
    func typed(_ type: ValueType) -> Value {
        switch (type, self) {
        case (.secret, .string(let text)): return .secret(text)
        case (.optional(let wrapped), _): return typed(wrapped)
        case (.list(let item), .list(let items)):
            return item.isScalar ? self : .list(items.map { $0.typed(item) })
        case (.map(let item), .map(let record)):
            return item.isScalar ? self : .map(record.with(values: record.values.map { $0.typed(item) }))
        case (.record(let schema), .map(let record)): return .map(record.completed(by: schema))
        default: return self
        }
    }
}

extension Value {
    /// True for a map with a field of a record type.
    fileprivate func hasField(of type: ValueType) -> Bool {
        guard case .record(let schema) = type.unwrapped, let record else { return false }
        return schema.fields.contains { record[$0.name] != nil }
    }
}

extension Record {
    fileprivate func completed(by schema: RecordType) -> Record {
        var found = 0
        let values = schema.fields.map { field -> Value in
            guard let value = self[field.name] else { return .null }
            found += 1
            return value.typed(field.type)
        }
        var completed = Record(keys: schema.keys, values: values)
        if found == count { return completed }
        for (key, value) in self where schema.field(key) == nil { completed[key] = value }
        return completed
    }
}

extension ValueType {
    /// True if a value of the type has no parts, and is no secret.
    fileprivate var isScalar: Bool {
        switch self {
        case .any, .null, .bool, .int, .float, .string, .enumeration, .duration, .bytes: true
        case .secret, .list, .map, .record, .optional: false
        }
    }
}

extension HTTPResponse {
    /// The headers by their names in lower case. A cookie is a secret, because it may hold a session; so is a presigned
    /// address.
    var headerFields: Record {
        Record(
            headers.map { header in
                let name = header.name.lowercased()
                let isAddress = PresignedAddress.stands(in: header.value, isAnyQuery: name == "location")
                return (name, name == "set-cookie" || isAddress ? .secret(header.value) : .string(header.value))
            })
    }
}
