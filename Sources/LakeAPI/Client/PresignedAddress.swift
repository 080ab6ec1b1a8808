internal import Glibc
internal import LakeScript

/// Addresses of an object store that carry their own permission. They are secrets in every text, and recognised by
/// their form: a query with a signature, as S3, Google, Azure and compatible stores make them.
package enum PresignedAddress {
    /// Returns true if a text holds such an address; with `isAnyQuery`, if it holds an address with any query.
    package static func stands(in text: String, isAnyQuery: Bool = false) -> Bool {
        !queries(in: text, isAnyQuery).isEmpty
    }

    /// The text with the query of each such address hidden.
    static func hidden(in text: String) -> String {
        let queries = queries(in: text, false)
        guard !queries.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var (shown, place): ([UInt8], Int) = ([], 0)
        for query in queries {
            shown += bytes[place..<query.lowerBound] + Array(String.hidden.utf8)
            place = query.upperBound
        }
        return String(decoding: shown + bytes[place...], as: UTF8.self)
    }

    /// The ranges of the queries of such addresses, in bytes.
    private static func queries(in text: String, _ isAnyQuery: Bool) -> [Range<Int>] {
        var text = text
        // Nearly all texts have no `?`: this is checked first, without a copy.
        return text.withUTF8 { bytes in
            guard let base = bytes.baseAddress, memchr(base, Int32(UInt8(ascii: "?")), bytes.count) != nil else {
                return []
            }
            return queries(in: Array(bytes), isAnyQuery)
        }
    }

    private static func queries(in bytes: [UInt8], _ isAnyQuery: Bool) -> [Range<Int>] {
        bytes.split(whereSeparator: endsAddress).compactMap { run in
            guard let mark = run.firstIndex(of: UInt8(ascii: "?")),
                String(decoding: run[..<mark], as: UTF8.self).contains("://")
            else { return nil }
            let query = mark + 1..<run.endIndex
            return isAnyQuery && !query.isEmpty || isSigned(bytes[query]) ? query : nil
        }
    }

    /// Returns true for blanks, quotes and brackets, which surround an address and are not part of it.
    private static func endsAddress(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x7F || "\"'`<>".utf8.contains(byte)
    }

    /// Returns true if a query carries a permission.
    private static func isSigned(_ query: ArraySlice<UInt8>) -> Bool {
        // `&` in raw JSON and XML.
        let text = String(decoding: query, as: UTF8.self).lowercased()
            .split(separator: "\\u0026").joined(separator: "&").split(separator: "&amp;").joined(separator: "&")
        let names = Set(text.split(separator: "&").map { pair in String(pair.prefix { $0 != "=" }) })
        return !names.isDisjoint(with: alone) || isBoth(names, "signature", companions) || isBoth(names, "sig", azures)
    }

    private static func isBoth(_ names: Set<String>, _ name: String, _ others: Set<String>) -> Bool {
        names.contains(name) && !names.isDisjoint(with: others)
    }

    /// Names that are in no other query.
    private static let alone: Set<String> = [
        "x-amz-signature", "x-amz-credential", "x-amz-security-token", "x-goog-signature", "x-goog-credential",
    ]
    /// Names beside `Signature`: S3's older form, Google's, CloudFront's, OSS's.
    private static let companions: Set<String> = [
        "expires", "awsaccesskeyid", "googleaccessid", "key-pair-id", "ossaccesskeyid",
    ]
    /// Names beside Azure's `sig`.
    private static let azures: Set<String> = ["se", "sv", "sp", "sr"]
}

extension Value {
    /// The value with each text that holds a presigned address as a secret. With `isAnyQuery`, for a call that asked
    /// for presigned addresses, an address with any query is one.
    func hidingAddresses(isAnyQuery: Bool = false) -> Value {
        changingTexts { PresignedAddress.stands(in: $0, isAnyQuery: isAnyQuery) ? .secret($0) : nil } ?? self
    }

    /// The value for an error: texts stay, with the queries of presigned addresses hidden.
    var withoutAddresses: Value {
        changingTexts { PresignedAddress.stands(in: $0) ? .string(PresignedAddress.hidden(in: $0)) : nil } ?? self
    }

    /// The value with changed texts; nil if none changes, so that a large listing is not copied.
    private func changingTexts(_ change: (String) -> Value?) -> Value? {
        switch self {
        case .string(let text): return change(text)
        case .list(var items):
            return Value.change(&items, change) ? .list(items) : nil
        case .map(let record):
            var values = record.values
            return Value.change(&values, change) ? .map(record.with(values: values)) : nil
        case .null, .bool, .int, .float, .secret, .bytes, .duration: return nil
        }
    }

    private static func change(_ values: inout [Value], _ change: (String) -> Value?) -> Bool {
        var isChanged = false
        for index in values.indices {
            guard let value = values[index].changingTexts(change) else { continue }
            values[index] = value
            isChanged = true
        }
        return isChanged
    }
}
