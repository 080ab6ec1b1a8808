package import LakeScript

/// Reads answers: a value by the schema that the catalogue has for its status, or a failure.
package struct ResponseReader: Sendable {
    package let operation: Operation
    /// Whether the call asked for presigned addresses.
    private let isPresigning: Bool

    package init(_ operation: Operation, isPresigning: Bool = false) {
        self.operation = operation
        self.isPresigning = isPresigning
    }

    /// The value of a successful answer; null where it has no body.
    ///
    /// - Throws: where the status is an error's, the status's kind, bare of words for people; where the body is not what
    ///   it should be, an operation's failure.
    package func value(of response: HTTPResponse) throws(Failure) -> Value {
        guard (200..<400).contains(response.status), response.status < 300 || isDocumented(response.status) else {
            throw failure(of: response)
        }
        guard !response.isCutOff else { throw unreadable(response, "was cut off after \(response.body.count) bytes") }
        guard response.status < 300 else { return redirection(response) }
        return try content(of: response)
    }

    /// The answer with its headers: a map of `body` and `headers`, whose names are in lower case.
    package static func withHeaders(_ value: Value, _ response: HTTPResponse) -> Value {
        ["body": value, "headers": .map(response.headerFields)]
    }

    private func isDocumented(_ status: Int) -> Bool { operation.answers.keys.contains(status) }

    /// A presigned address is the answer itself; any other redirection has none.
    private func redirection(_ response: HTTPResponse) -> Value {
        guard response.status == 302, operation.result == .bytes else { return .null }
        return response.header("Location").map(Value.secret) ?? .null
    }

    private func content(of response: HTTPResponse) throws(Failure) -> Value {
        // A success that the specification does not have is read as the one it has.
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
        guard !response.body.isEmpty else { throw unreadable(response, "has no body, where JSON is due") }
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

    // MARK: What is no success

    private func failure(of response: HTTPResponse) -> Failure {
        let words = response.words
        var failure = Failure(ResponseReader.kind(response.status, words), "")
        fill(&failure, response)
        failure.message = "`\(operation.name)` answered \(response.status)" + (words.isEmpty ? "" : ": \(words)")
        failure.notes = [response.serverNote]
        return failure
    }

    private func unreadable(_ response: HTTPResponse, _ what: String, notes: [String] = []) -> Failure {
        var failure = Failure(.operation, "the answer of `\(operation.name)` \(what)", notes: notes)
        fill(&failure, response)
        if operation.effect != .read {
            failure.notes.append("by its status, \(response.status), it was done")
            failure.hasChanged = true
        }
        // What cannot be read cannot be searched for its secrets either.
        if operation.result.holdsSecret, !response.isPage {
            failure.body = .null
            failure.notes.append("it is not shown, since it may hold a secret")
            return failure
        }
        let excerpt = response.body.excerpt
        if !excerpt.isEmpty { failure.notes.append("it begins: \(excerpt)") }
        return failure
    }

    private func fill(_ failure: inout Failure, _ response: HTTPResponse) {
        failure.operation = operation.name
        failure.status = response.status
        failure.body = response.errorBody
        failure.requestID = response.requestID
    }

    /// What a status means. A missing right is 401 like wrong keys, and told apart by its message.
    static func kind(_ status: Int, _ words: String) -> Failure.Kind {
        switch status {
        case 401: words.hasPrefix("insufficient permissions") ? .denied : .unauthenticated
        case 403: .denied
        case 404: .notFound
        case 409, 412: .conflict
        default: .operation
        }
    }
}

extension HTTPResponse {
    /// The server's id of the request.
    package var requestID: String? { header("X-Request-ID") }

    /// Whether it is a web page, which no answer of the API is.
    fileprivate var isPage: Bool { header("Content-Type")?.hasPrefix("text/html") == true }

    /// The JSON documents of the body, a line each where there are several: a server that fails in the middle of its work
    /// writes one more behind those that are out. None where it is not JSON.
    var documents: [Value] {
        if let value = try? JSON.read(body) { return [value] }
        var documents: [Value] = []
        for line in body.split(separator: UInt8(ascii: "\n")) {
            guard let document = try? JSON.read(Array(line)), document.record != nil else { return [] }
            documents.append(document)
        }
        return documents
    }

    /// The server's own words: its first JSON message, a JSON string, or the start of whatever came.
    var words: String {
        guard let value = documents.first else {
            if let words = storeWords { return words }
            return isPage ? "a web page" : body.excerpt
        }
        guard let message = value["message"].text ?? value.text else { return body.excerpt }
        return String(PresignedAddress.hidden(in: message).prefix { $0 != "\n" }.prefix(300))
    }

    /// The server's words and the request's id, as reports show them.
    var serverNote: String {
        let said = words.isEmpty ? "\(status)" : "\(status) \(JSON.quoted(words))"
        return "server: \(said)" + (requestID.map { " · request \($0)" } ?? "")
    }

    /// The answer as `$error.body` has it: the last of its JSON documents, which tells what came of the whole.
    var errorBody: Value { documents.last?.withoutAddresses ?? .string(storeWords ?? body.excerpt) }

    /// The code and the message of an object store's error. Nothing else of it: it repeats what was signed.
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
    /// The start of a text for a message: one line, what cannot be shown left out.
    var excerpt: String {
        // An address is known by its end, which may stand behind what is shown.
        let text = PresignedAddress.hidden(in: String(decoding: prefix(8192), as: UTF8.self))
        let words = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        let shown = words.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 && $0 != "\u{FFFD}" }
        return String(String.UnicodeScalarView(shown)).prefix(160) + (count > 160 ? "…" : "")
    }
}

extension Value {
    /// The value with the strings of secret fields marked as such. What the schema does not know is kept as it came.
    func typed(_ type: ValueType) -> Value {
        switch (type, self) {
        case (.secret, .string(let text)): return .secret(text)
        case (.optional(let wrapped), _): return typed(wrapped)
        case (.list(let item), .list(let items)): return item.holdsSecret ? .list(items.map { $0.typed(item) }) : self
        case (.map(let item), .map(let record)):
            guard item.holdsSecret else { return self }
            return .map(record.with(values: record.values.map { $0.typed(item) }))
        case (.record(let schema), .map(var record)):
            for field in schema.fields where field.type.holdsSecret {
                if let value = record[field.name] { record[field.name] = value.typed(field.type) }
            }
            return .map(record)
        default: return self
        }
    }
}

extension HTTPResponse {
    /// The headers by their names in lower case. A cookie that is set is a secret, as the session in it is; so is an
    /// address that carries its own permission.
    var headerFields: Record {
        Record(
            headers.map { header in
                let name = header.name.lowercased()
                let isAddress = PresignedAddress.stands(in: header.value, isAnyQuery: name == "location")
                return (name, name == "set-cookie" || isAddress ? .secret(header.value) : .string(header.value))
            })
    }
}
