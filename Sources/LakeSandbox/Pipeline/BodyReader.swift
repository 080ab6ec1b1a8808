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

    /// The first value; what follows it is not looked at, as in the real server.
    private func decode(_ bytes: [UInt8]) throws(Refusal) -> Value {
        do {
            return try JSON.readPrefix(bytes).value
        } catch {
            throw refusal("failed to decode request body: " + complaint(about: bytes, at: error.offset))
        }
    }

    /// What Go's decoder says of a text that is wrong at a byte.
    private func complaint(about bytes: [UInt8], at offset: Int) -> String {
        guard offset < bytes.count else { return "unexpected EOF" }
        let before = bytes[..<offset].last { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
        let context =
            switch before {
            case UInt8(ascii: "{"): "looking for beginning of object key string"
            case UInt8(ascii: ",") where bytes.first == UInt8(ascii: "{"):
                "looking for beginning of object key string"
            case nil, UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: ":"): "looking for beginning of value"
            default: "after object key:value pair"
            }
        let byte = bytes[offset]
        let character = byte == UInt8(ascii: "'") ? "\\'" : String(Unicode.Scalar(byte))
        return "invalid character '\(character)' \(context)"
    }

    private func refusal(_ reason: String) -> Refusal { Refusal(400, "request body has an error: " + reason) }
}
