import LakeScript

/// Schema of a value in a request, from the specification.
final class Schema: Sendable {
    /// Type of the value.
    enum Kind: Sendable {
        case string, integer, number, boolean
        /// No requirement.
        case any
        case array(of: Schema)
        /// Known fields, names of the required fields in the specification's order, and the schema of other fields, if
        /// there is one.
        case object(fields: [(name: String, schema: Schema)], required: [String], others: Schema?)
    }

    let kind: Kind
    /// Name of the component, if the schema is one.
    let name: String?
    let limits: Limits

    /// Limits beyond the type.
    struct Limits: Sendable {
        var values: [String] = []
        var minimum: Int?
        var maximum: Int?
        var minimumLength: Int?
        var minimumItems: Int?
        var pattern: String?
        var format: String?
        var isNullable = false
    }

    init(_ kind: Kind, name: String? = nil, limits: Limits = Limits()) {
        self.kind = kind
        self.name = name
        self.limits = limits
    }

    /// Name of the type in the specification.
    var typeName: String {
        switch kind {
        case .string: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .any: ""
        case .array: "array"
        case .object: "object"
        }
    }
}

/// Regular expressions of the specification, each as a function: so few need no engine.
enum Pattern {
    /// `date-time` in the validator of 1.84.
    static let dateTime =
        #"^[0-9]{4}-(0[1-9]|10|11|12)-(0[1-9]|[12][0-9]|3[01])T([0-1][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)"#
        + #"(\.[0-9]+)?(Z|(\+|-)[0-9]{2}:[0-9]{2})?$"#

    /// Returns true if a text matches an expression of the specification, or if the expression is unknown.
    static func matches(_ expression: String, _ text: String) -> Bool {
        switch expression {
        case "^[a-z0-9][a-z0-9-]{2,62}$": Names.isRepository(text)
        case "^(s3|gs|https?|mem|local|transient)://.*$": isStorageNamespace(text)
        case #"^bytes=((\d*-\d*,? ?)+)$"#: isByteRange(text)
        case dateTime: isDateTime(text)
        default: true
        }
    }

    private static func isStorageNamespace(_ text: String) -> Bool {
        let schemes = ["s3", "gs", "http", "https", "mem", "local", "transient"]
        return schemes.contains { text.begins(with: $0 + "://") } && !text.utf8.contains(0x0A)
    }

    private static func isByteRange(_ text: String) -> Bool {
        guard text.begins(with: "bytes=") else { return false }
        let ranges = text.droppingBytes(6).split(separator: ",", omittingEmptySubsequences: false)
        return !ranges.isEmpty
            && ranges.allSatisfy { range in
                range.utf8.contains(UInt8(ascii: "-"))
                    && range.utf8.allSatisfy { $0.isDigit || $0 == 0x2D || $0 == 0x20 }
            }
    }

    private static func isDateTime(_ text: String) -> Bool {
        let shape = text.utf8.prefix(19).map { $0.isDigit ? UInt8(ascii: "0") : $0 }
        guard String(decoding: shape, as: UTF8.self) == "0000-00-00T00:00:00" else { return false }
        let numbers = text.utf8.prefix(19).split { !$0.isDigit }
            .map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        guard (1...12).contains(numbers[1]), (1...31).contains(numbers[2]), numbers[3] < 24, numbers[4] < 60,
            numbers[5] <= 60
        else { return false }
        return isZone(dropFraction(text.droppingBytes(19)))
    }

    private static func dropFraction(_ text: String) -> String? {
        guard text.begins(with: ".") else { return text }
        let digits = text.utf8.dropFirst().prefix { $0.isDigit }.count
        return digits > 0 ? text.droppingBytes(1 + digits) : nil
    }

    private static func isZone(_ text: String?) -> Bool {
        guard let text else { return false }
        if text.isEmpty || text == "Z" { return true }
        let shape = text.utf8.map { $0.isDigit ? UInt8(ascii: "0") : $0 }
        return ["+00:00", "-00:00"].contains(String(decoding: shape, as: UTF8.self))
    }
}
