import LakeAPI
import LakeScript

/// Reads and checks the JSON body of a request.
struct BodyReader: Sendable {
    let isOld: Bool

    /// Returns the body; null if it is absent and optional.
    func read(_ body: WireBody?, _ request: HTTPRequest) throws(Fault) -> Value {
        guard let body, let schema = body.schema else { return .null }
        guard !request.body.isEmpty else {
            if body.isRequired { throw refusal("value is required but missing") }
            return .null
        }
        let type = request.header("Content-Type") ?? ""
        guard accepts(body, type) else {
            throw refusal("header Content-Type has unexpected value \(JSON.quoted(type))")
        }
        let value = try decode(request.body)
        if let complaint = SchemaCheck(isOld: isOld).complaint(about: value, schema) {
            throw refusal("doesn't match \(schemaName(schema)): " + complaint.message)
        }
        return value
    }

    /// Returns true if the type is accepted; its parameters do not count, its case does.
    private func accepts(_ body: WireBody, _ type: String) -> Bool {
        let bare = type.prefix { $0 != ";" }
        return body.types.contains { $0 == bare }
    }

    private func schemaName(_ schema: Schema) -> String {
        if isOld { return "the schema" }
        return schema.name.map { "schema #/components/schemas/" + $0 } ?? "schema"
    }

    /// Decodes the first value and ignores what follows. Like the real server, replaces invalid UTF-8.
    private func decode(_ bytes: [UInt8]) throws(Fault) -> Value {
        if let complaint = GoScanner.complaint(about: bytes) { throw undecodable(complaint) }
        if let value = try? JSON.readPrefix(bytes, isLenient: true).value { return value }
        do {
            return try JSON.readPrefix(Array(String(decoding: bytes, as: UTF8.self).utf8), isLenient: true).value
        } catch {
            throw undecodable("exceeded max depth")
        }
    }

    private func undecodable(_ complaint: String) -> Fault { refusal("failed to decode request body: " + complaint) }

    private func refusal(_ reason: String) -> Fault { Fault(.invalid, "request body has an error: " + reason) }
}
