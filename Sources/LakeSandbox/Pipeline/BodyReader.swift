import LakeAPI
import LakeScript

/// Reads and checks the JSON body of a request.
struct BodyReader: Sendable {
    let isOld: Bool

    /// The body; null where none came and none must come.
    func read(_ body: WireBody?, _ request: HTTPRequest) throws(Refusal) -> Value {
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

    /// The type without its parameters is one of those taken; its case counts.
    private func accepts(_ body: WireBody, _ type: String) -> Bool {
        let bare = type.prefix { $0 != ";" }
        return body.types.contains { $0 == bare }
    }

    private func schemaName(_ schema: Schema) -> String {
        if isOld { return "the schema" }
        return schema.name.map { "schema #/components/schemas/" + $0 } ?? "schema"
    }

    /// The first value, as the real server reads it: what follows is not looked at, what is no UTF-8 is replaced.
    private func decode(_ bytes: [UInt8]) throws(Refusal) -> Value {
        if let complaint = GoScanner.complaint(about: bytes) { throw undecodable(complaint) }
        if let value = try? JSON.readPrefix(bytes).value { return value }
        do {
            return try JSON.readPrefix(Array(String(decoding: bytes, as: UTF8.self).utf8)).value
        } catch {
            throw undecodable("exceeded max depth")
        }
    }

    private func undecodable(_ complaint: String) -> Refusal { refusal("failed to decode request body: " + complaint) }

    private func refusal(_ reason: String) -> Refusal { Refusal(400, "request body has an error: " + reason) }
}
