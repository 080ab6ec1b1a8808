package import LakeScript

/// Reads a response: a value by the schema that the catalogue has for its status, or a failure.
///
/// A success counts only if it is the operation's own: a documented status, the type and shape of its schema, no body
/// where none is due, and the id, path or name that was asked for.
package struct ResponseReader: Sendable {
    package let operation: Operation
    private let arguments: Record
    /// True if an answer counts whose record is not whole: what it names must be given up.
    private let isLenient: Bool
    /// True if the call asked for presigned addresses.
    private var isPresigning: Bool { arguments["presign"] == true }

    package init(_ operation: Operation, _ arguments: Record = Record(), isLenient: Bool = false) {
        self.operation = operation
        self.arguments = arguments
        self.isLenient = isLenient
    }

    /// Returns true if a response has the status of a success, or of a redirection that the call asked for.
    func isSuccess(_ response: HTTPResponse) -> Bool {
        switch response.status {
        case 200..<300: true
        case 302: isDocumented(302) && (operation.result != .bytes || isPresigning)
        case 304: isDocumented(304) && arguments.given("if_none_match") != nil
        default: false
        }
    }

    /// The value of a successful response; null if it has no body.
    ///
    /// - Throws: the bare failure of an error status; an operation's failure if the response is not the operation's, or
    ///   cannot be read.
    package func value(of response: HTTPResponse) throws(Failure) -> Value {
        guard isSuccess(response) else {
            guard !response.isForeign(to: operation) else { throw .foreign(response, to: operation) }
            throw .answered(ErrorResponse.bare(response, to: operation.name), response, to: operation.name)
        }
        guard response.status < 300 else { return try redirection(response) }
        return try content(of: response)
    }

    /// The value of `--with-headers`: a map of `body` and `headers`, whose names are in lower case.
    package static func withHeaders(_ value: Value, _ response: HTTPResponse) -> Value {
        ["body": value, "headers": .map(response.headerFields)]
    }

    private func isDocumented(_ status: Int) -> Bool {
        operation.answers.keys.contains(status) || operation.meanings.keys.contains(status)
    }

    /// The value of a redirection: the presigned address of an object, null otherwise.
    private func redirection(_ response: HTTPResponse) throws(Failure) -> Value {
        guard response.status == 302, operation.result == .bytes else { return .null }
        guard let address = response.header("Location"), PresignedAddress.stands(in: address) else {
            throw .foreign(response, to: operation)
        }
        return .secret(address)
    }

    private func content(of response: HTTPResponse) throws(Failure) -> Value {
        // A success that the specification does not name is read as the one that it names.
        let named = operation.answers[response.status]
        let type = named ?? (operation.meanings[response.status] == nil ? operation.result : nil)
        switch type {
        case .null, nil:
            guard response.body.isEmpty || Operation.telling.contains(operation.name) && response.mayBeJSON,
                isDocumented(response.status) || response.requestID != nil, isOwnWithoutBody(response)
            else { throw .foreign(response, to: operation) }
            guard !response.isCutOff else { throw cutOff(response) }
            return .null
        case .bytes:
            guard isDocumented(response.status), !response.isStrangeObject else {
                throw .foreign(response, to: operation)
            }
            guard !response.isCutOff else { throw cutOff(response) }
            return .bytes(response.body)
        case .string:
            guard isDocumented(response.status), response.isCommitID else { throw .foreign(response, to: operation) }
            guard !response.isCutOff else { throw cutOff(response) }
            return .string(String(decoding: response.body, as: UTF8.self))
        case let type?: return try json(response, as: type)
        }
    }

    /// Returns true if headers alone tell that a success is lakeFS's: it gives the tag of an object to HEAD, and no page.
    private func isOwnWithoutBody(_ response: HTTPResponse) -> Bool {
        guard operation.method == .head else { return !response.isPage }
        return !response.isStrangeObject && (response.header("ETag") ?? response.requestID) != nil
    }

    private func json(_ response: HTTPResponse, as type: ValueType) throws(Failure) -> Value {
        guard response.mayBeJSON, response.status != 204, response.begins(like: type) else {
            throw .foreign(response, to: operation)
        }
        guard !response.isCutOff else { throw cutOff(response) }
        guard !response.body.isEmpty else { throw unreadable(response, "has no body, where JSON is expected") }
        let value: Value
        do throws(JSON.Failure) {
            value = try JSON.read(response.body)
        } catch {
            throw unreadable(response, "is not JSON: byte \(error.offset): \(error.message)")
        }
        var schema = SchemaReader(operation)
        let read = schema.read(value, as: type)
        if let misfit = schema.misfit, !isLenient { throw .foreign(response, to: operation, misfit) }
        if let other = operation.mismatch(of: read, arguments) { throw .ofAnother(other, response, to: operation) }
        return read.hidingAddresses(isAnyQuery: isPresigning)
    }

    private func cutOff(_ response: HTTPResponse) -> Failure {
        unreadable(response, "was cut off after \(response.body.count) bytes")
    }

    private func unreadable(_ response: HTTPResponse, _ reason: String) -> Failure {
        .unreadable(
            operation.name, response, reason, isWrite: operation.effect != .read,
            holdsSecret: operation.result.holdsSecret)
    }
}

extension HTTPResponse {
    /// The server's id of the request.
    package var requestID: String? { header("X-Request-ID") }

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
            return isPage ? title.map { "a web page, \($0)" } ?? "a web page" : body.excerpt
        }
        guard let message = value["message"].text ?? value.text else { return body.excerpt }
        return String(PresignedAddress.hidden(in: message).prefix { $0 != "\n" }.prefix(300))
    }

    /// The further lines of the server's message, as those of a failed hook, and its further messages.
    var furtherLines: [String] {
        let documents = documents
        guard let value = documents.first, let message = value["message"].text ?? value.text else { return [] }
        let others = documents.dropFirst().compactMap { $0["message"].text }.filter { $0 != message }
        let lines = ([message] + others).flatMap { PresignedAddress.hidden(in: $0).lines }.dropFirst()
            .filter { !$0.trimmed.isEmpty }
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
        guard body.first == UInt8(ascii: "<") else { return nil }
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
