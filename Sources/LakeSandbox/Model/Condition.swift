import Glibc
import LakeScript

/// Conditions of a statement (1.84): operator to field to values, `{"IpAddress": {"SourceIp": ["10.0.0.0/8"]}}`.
///
/// All operators and all their fields must match; one of the values of a field is enough.
enum Condition {
    /// Returns true if the condition holds; nil if it cannot be evaluated (unknown operator, invalid address).
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
                guard let actual = context[name], !actual.isEmpty else { return false }
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

    /// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`, or a single address.
    private struct Network {
        private let address: Address
        private let length: Int

        /// Returns true if an address is in one of the ranges; nil if an invalid range precedes the match.
        static func contains(_ text: String, _ ranges: [String]) -> Bool? {
            guard let address = Address(text) else { return nil }
            for range in ranges {
                guard let network = Network(String(range.trimming(\.isWhitespace))) else { return nil }
                if network.contains(address) { return true }
            }
            return false
        }

        private init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard parts.count <= 2, let address = Address(parts[0]) else { return nil }
            let whole = address.isWrittenAsIPv4 ? 32 : 128
            let isNumber = parts[parts.count - 1].utf8.allSatisfy(\.isDigit)
            guard let length = parts.count == 1 ? whole : isNumber ? Int(parts[1]) : nil, length <= whole else {
                return nil
            }
            self.address = address
            self.length = 128 - whole + length
        }

        private func contains(_ other: Address) -> Bool {
            guard other.isIPv4 == (address.isIPv4 && length >= 96) else { return false }
            return (0..<length).allSatisfy { bit in
                (address.bytes[bit / 8] ^ other.bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
            }
        }
    }

    /// An address of 16 bytes; an IPv4 address is mapped to IPv6.
    private struct Address {
        let bytes: [UInt8]
        let isWrittenAsIPv4: Bool

        var isIPv4: Bool { bytes.starts(with: Address.prefix) }

        private static let prefix = [UInt8](repeating: 0, count: 10) + [255, 255]

        init?(_ text: String) {
            var buffer = [UInt8](repeating: 0, count: 16)
            // SAFETY: inet_pton reads the text up to its terminating zero and writes 4 or 16 bytes into the buffer of
            // 16.
            isWrittenAsIPv4 = unsafe inet_pton(AF_INET, text, &buffer) == 1
            if isWrittenAsIPv4 {
                bytes = Address.prefix + buffer.prefix(4)
            } else {
                // SAFETY: as above.
                guard unsafe inet_pton(AF_INET6, text, &buffer) == 1 else { return nil }
                bytes = buffer
            }
        }
    }
}
