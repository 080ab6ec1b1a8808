import LakeAPI

/// Finds the operation of a request by its method and path.
///
/// As in the real server, a parameter may be empty in the middle of a path but not at its end, and a path is unescaped
/// twice if its escaping is the canonical one (`%2541` becomes `A`).
struct Router: Sendable {
    /// An operation and the raw values of its path parameters.
    struct Match: Sendable {
        let operation: WireOperation
        let demands: WireOperation.Demands
        /// Values that are not unescaped yet.
        let path: [String: String]
    }

    /// Methods that the real server's router knows; it has no text for others.
    static let methods: Set<String> = [
        "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE",
    ]

    private let operations: [WireOperation]

    init(_ operations: [WireOperation]) { self.operations = operations }

    /// Returns the operation at a raw path below `/api/v1`.
    func match(_ method: String, _ rawPath: String) -> Match? {
        let segments = Router.segments(of: rawPath)
        guard let segments, !segments.isEmpty else { return nil }
        for operation in operations where operation.method == method {
            guard let path = Router.fit(operation.path, segments) else { continue }
            return Match(operation: operation, demands: operation.demands(), path: path)
        }
        return nil
    }

    /// Returns the path parameters if the segments match. The order of the operations gives literals precedence.
    private static func fit(_ pattern: [WireOperation.Segment], _ segments: [String]) -> [String: String]? {
        guard pattern.count == segments.count else { return nil }
        var path: [String: String] = [:]
        for (index, pair) in zip(pattern, segments).enumerated() {
            switch pair.0 {
            case .literal(let text): guard isEqual(text, pair.1) else { return nil }
            case .parameter(let name):
                if pair.1.isEmpty, index == segments.count - 1 { return nil }
                path[name] = pair.1
            }
        }
        return path
    }

    /// Returns the segments of a path that begins with `/`, as the router sees them.
    private static func segments(of rawPath: String) -> [String]? {
        guard rawPath.begins(with: "/"), let plain = Escape.decode(rawPath) else { return nil }
        let seen = isEqual(Escape.encodePath(plain), rawPath) ? plain : rawPath
        return seen.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
    }
}

/// Percent-encoding of addresses.
enum Escape {
    /// Decodes `%XX`, and optionally `+` as a space; nil if a `%` is not followed by two digits.
    static func decode(_ text: String, plusIsBlank: Bool = false) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
                guard digits.count == 2 else { return nil }
                rest = rest.dropFirst(2)
                bytes.append(UInt8(digits[0] << 4 | digits[1]))
            case UInt8(ascii: "+") where plusIsBlank: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns Go's error for a text that `decode` refuses.
    static func complaint(about text: String) -> String {
        let bytes = Array(text.utf8)
        let bad = bytes.indices.first { index in
            bytes[index] == UInt8(ascii: "%")
                && bytes[(index + 1)...].prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }.count < 2
        }
        let piece = bad.map { String(decoding: bytes[$0...].prefix(3), as: UTF8.self) } ?? text
        return "invalid URL escape \"\(piece)\""
    }

    /// Returns a path escaped like Go does.
    static func encodePath(_ path: String) -> String {
        var result: [UInt8] = []
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39:
                result.append(byte)
            case _ where unescaped.contains(byte): result.append(byte)
            default: result += ("%" + Digest.hexadecimal([byte]).uppercased()).utf8
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let unescaped = Array("-_.~$&+,/:;=@".utf8)

    /// Returns the parameters of a query by name, values in order; malformed pairs are left out.
    static func query(_ text: String) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for pair in text.split(separator: "&") where !pair.utf8.contains(UInt8(ascii: ";")) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = decode(parts[0], plusIsBlank: true) else { continue }
            guard let value = decode(parts.count > 1 ? parts[1] : "", plusIsBlank: true) else { continue }
            result[name, default: []].append(value)
        }
        return result
    }
}
