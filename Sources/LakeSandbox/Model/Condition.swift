import Glibc
import LakeScript

/// The conditions of a statement (1.84): operator to field to values, `{"IpAddress": {"SourceIp": ["10.0.0.0/8"]}}`.
///
/// All operators and all of their fields must hold; of a field's values one is enough.
enum Condition {
    /// Whether the condition holds; nil where it cannot be told (an unknown operator, an address that is none).
    static func holds(_ condition: Record, in context: [String: String]) -> Bool? {
        for (name, fields) in condition {
            guard let holds = Operator(rawValue: name)?.holds(for: fields.record ?? Record(), in: context) else {
                return nil
            }
            guard holds else { return false }
        }
        return true
    }

    private enum Operator: String {
        case ipAddress = "IpAddress"
        case notIPAddress = "NotIpAddress"
        case stringLike = "StringLike"
        case stringNotLike = "StringNotLike"

        func holds(for fields: Record, in context: [String: String]) -> Bool? {
            for (name, values) in fields {
                let values = values.items?.compactMap(\.text) ?? []
                guard !values.isEmpty, let actual = context[name], !actual.isEmpty else { return false }
                guard let isMatch = matches(actual, values) else { return nil }
                guard isMatch != isNegative else { return false }
            }
            return true
        }

        private var isNegative: Bool { self == .notIPAddress || self == .stringNotLike }

        private func matches(_ actual: String, _ values: [String]) -> Bool? {
            switch self {
            case .stringLike, .stringNotLike: values.contains { Glob.matches($0, actual) }
            case .ipAddress, .notIPAddress: Network.contains(actual, values)
            }
        }
    }

    /// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address.
    private struct Network {
        let address: [UInt8]
        let length: Int

        /// Whether an address is in one of the ranges; nil where a text before that is no address or range.
        static func contains(_ text: String, _ ranges: [String]) -> Bool? {
            guard let address = bytes(of: text) else { return nil }
            for range in ranges {
                guard let network = Network(range) else { return nil }
                if network.contains(address) { return true }
            }
            return false
        }

        private init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard parts.count <= 2, let address = Network.bytes(of: parts[0]) else { return nil }
            guard let length = parts.count == 2 ? Int(parts[1]) : address.count * 8 else { return nil }
            guard (0...address.count * 8).contains(length) else { return nil }
            (self.address, self.length) = (address, length)
        }

        private func contains(_ other: [UInt8]) -> Bool {
            guard other.count == address.count else { return false }
            return (0..<length).allSatisfy { bit in
                (address[bit / 8] ^ other[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
            }
        }

        /// The 4 or 16 bytes of an address; an IPv4 address in IPv6 clothes is one of 4.
        private static func bytes(of text: String) -> [UInt8]? {
            var buffer = [UInt8](repeating: 0, count: 16)
            // SAFETY: inet_pton reads the text to its end and writes 4 or 16 bytes into the buffer of 16.
            if unsafe inet_pton(AF_INET, text, &buffer) == 1 { return Array(buffer.prefix(4)) }
            // SAFETY: as above.
            guard unsafe inet_pton(AF_INET6, text, &buffer) == 1 else { return nil }
            let isMapped = buffer.prefix(10).allSatisfy { $0 == 0 } && buffer[10] == 255 && buffer[11] == 255
            return isMapped ? Array(buffer.suffix(4)) : buffer
        }
    }
}
