/// A release of lakeFS: `1.48.1`.
package struct ServerVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    package let patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Parses `1.8`, `1.84.0`, `v1.25.0-rc1`; nil if it is not a version, such as the `dev` of a server built from
    /// source.
    package init?(_ text: String) { self.init(utf8: text.utf8) }

    /// Parses bytes in the same way.
    init?(utf8 bytes: some Collection<UInt8>) {
        var rest = bytes[...]
        if rest.first == UInt8(ascii: "v") { rest.removeFirst() }
        guard let major = ServerVersion.takeNumber(&rest), ServerVersion.takeDot(&rest),
            let minor = ServerVersion.takeNumber(&rest)
        else { return nil }
        guard ServerVersion.takeDot(&rest) else {
            self.init(major, minor)
            return
        }
        guard let patch = ServerVersion.takeNumber(&rest) else { return nil }
        self.init(major, minor, patch)
    }

    private static func takeNumber<Bytes: Collection<UInt8>>(_ rest: inout Bytes) -> Int?
    where Bytes.SubSequence == Bytes {
        var number: Int?
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            guard number ?? 0 < 1 << 32 else { return nil }
            number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
            rest.removeFirst()
        }
        return number
    }

    private static func takeDot<Bytes: Collection<UInt8>>(_ rest: inout Bytes) -> Bool
    where Bytes.SubSequence == Bytes {
        guard rest.first == UInt8(ascii: ".") else { return false }
        rest.removeFirst()
        return true
    }

    package static func < (left: ServerVersion, right: ServerVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    package var description: String { "\(major).\(minor).\(patch)" }
}
