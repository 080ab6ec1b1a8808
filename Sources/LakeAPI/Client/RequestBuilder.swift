package import LakeScript

/// Builds the requests of calls; the catalogue says where each argument goes.
package struct RequestBuilder: Sendable {
    /// The path that the paths of the API are below: `/api/v1`.
    package let basePath: String
    /// The form in which uploads are sent.
    package let form = UploadForm()

    package init(basePath: String = "/api/v1") {
        self.basePath = basePath
    }

    /// The request of a call.
    ///
    /// - Parameters:
    ///   - operation: the operation to call.
    ///   - arguments: the arguments by parameter name; null counts as left out.
    ///   - credentials: the identity; nil for nobody.
    ///   - releases: the releases that the server may be, since paths have changed; nil if nothing is known.
    /// - Returns: the request with its credentials.
    /// - Throws: a mistake if an argument cannot be sent: a name that would not arrive, a value of a wrong type.
    package func request(
        for operation: Operation, arguments: Record, credentials: Credentials?, on releases: Releases.Run? = nil
    ) throws(Failure) -> HTTPRequest {
        var request = HTTPRequest(method: operation.method.rawValue, target: "")
        let template = operation.path(on: releases)
        request.target = try path(template, of: operation, arguments)
        request.target += try query(of: operation, arguments, beside: template)
        if let credentials { request.headers.append(credentials.header) }
        for parameter in operation.parameters where parameter.place == .header {
            guard let value = arguments.given(parameter.name) else { continue }
            request.headers.append((parameter.wireName, try text(of: value, for: parameter.name, operation)))
        }
        if let body = operation.body { try add(body, of: operation, arguments, to: &request) }
        return request
    }

    private func path(_ template: String, of operation: Operation, _ arguments: Record) throws(Failure) -> String {
        var names: [String: String] = [:]
        for parameter in operation.parameters where template.contains("{\(parameter.wireName)}") {
            let value = arguments.given(parameter.name) ?? .null
            let name = try text(of: value, for: parameter.name, operation)
            if let reason = parameter.refusal(of: name) {
                let what = name.isEmpty ? "an empty \(parameter.name)" : "`\(value.told)` as \(parameter.name)"
                throw .unsendable(operation.name, "\(what): \(reason)", notes: ["nothing was sent"])
            }
            names[parameter.name] = name
        }
        return basePath + Operation.path(template, naming: names)
    }

    private func query(
        of operation: Operation, _ arguments: Record, beside template: String
    ) throws(Failure) -> String {
        var parts: [String] = []
        for parameter in operation.parameters where parameter.place == .query {
            guard let value = arguments.given(parameter.name), !template.contains("{\(parameter.wireName)}")
            else { continue }
            for item in value.items ?? [value] {
                let text = try text(of: item, for: parameter.name, operation)
                parts.append(parameter.wireName.percentEncoded + "=" + text.percentEncoded)
            }
        }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }

    private func text(of value: Value, for name: String, _ operation: Operation) throws(Failure) -> String {
        switch value {
        case .string(let text), .secret(let text): return text
        case .int(let integer): return String(integer)
        case .bool(let bool): return bool ? "true" : "false"
        case .float(let number): return String(number)
        case .null: throw .unsendable(operation.name, "null for \(name)")
        case .list, .map, .bytes, .duration:
            throw .unsendable(operation.name, "a \(value.typeName) for \(name)")
        }
    }

    private func add(
        _ body: Operation.Body, of operation: Operation, _ arguments: Record, to request: inout HTTPRequest
    ) throws(Failure) {
        switch body.content {
        case .fields:
            let whole = operation.sentBody(arguments) ?? .null
            guard body.isRequired || whole.record?.isEmpty == false else { return }
            if operation.listsErrors, whole["paths"].items?.contains("") == true {
                throw .unsendable(
                    operation.name, "an empty path, with which the server would delete none at all",
                    notes: ["nothing was sent"])
            }
            addJSON(whole, to: &request)
        case .list(let item):
            guard let list = arguments.given("body") else { return }
            addJSON(list.withoutNulls(of: .list(item)), to: &request)
        case .bytes:
            request.headers.append(("Content-Type", form.contentType))
            request.body = form.body(try bytes(of: arguments.given("content") ?? .bytes([]), operation))
        }
    }

    private func addJSON(_ value: Value, to request: inout HTTPRequest) {
        request.headers.append(("Content-Type", "application/json"))
        request.body = JSON.write(value, layout: .compact, revealing: true)
    }

    private func bytes(of content: Value, _ operation: Operation) throws(Failure) -> [UInt8] {
        if case .bytes(let bytes) = content { return bytes }
        guard let text = content.text else {
            throw .unsendable(operation.name, "a \(content.typeName) for content")
        }
        return Array(text.utf8)
    }
}

extension Value {
    /// The value without the null fields of its records, which an answer has where the server left them out.
    func withoutNulls(of type: ValueType) -> Value {
        switch (type, self) {
        case (.record(let schema), .map(let record)):
            .map(
                Record(
                    record.filter { !$1.isNull }.map { ($0, $1.withoutNulls(of: schema.field($0)?.type ?? .any)) }))
        case (.list(let item), .list(let items)): .list(items.map { $0.withoutNulls(of: item) })
        case (.map(let item), .map(let record)):
            .map(record.with(values: record.values.map { $0.withoutNulls(of: item) }))
        case (.optional(let wrapped), _): withoutNulls(of: wrapped)
        default: self
        }
    }
}

extension Record {
    /// The argument of a name; null counts as left out.
    func given(_ name: String) -> Value? {
        guard let value = self[name], !value.isNull else { return nil }
        return value
    }
}
