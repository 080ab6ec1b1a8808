import LakeScript

/// Addresses of objects in the store, and the signatures that bind them.
///
/// An address that is issued before its object exists carries a signature after a comma. The signature binds it to a
/// repository, a branch and a path, and remains part of the address.
enum PhysicalAddress {
    /// Time in which a signed address can be linked: 24 hours, in seconds.
    static let lifetime = 86_400

    /// Repository, branch and path to which an address is bound.
    struct Binding: Sendable {
        let repository: String
        let branch: String
        let path: String
    }

    /// Returns a new address below a namespace: `data/` and two sortable ids.
    static func new(at seconds: Int, random: inout RandomStream) -> String {
        "data/" + SortableID.new(at: seconds, random: &random) + "/" + SortableID.new(at: seconds, random: &random)
    }

    /// Returns an address with its signature.
    static func signed(_ address: String, _ binding: Binding, key: [UInt8]) -> String {
        address + "," + signature(of: address, binding, key: key)
    }

    /// Throws if a signed address, without the namespace, has another binding or has expired.
    static func check(_ signed: String, _ binding: Binding, at now: Int, key: [UInt8]) throws(Fault) {
        guard let comma = signed.lastIndex(of: ",") else { throw linkInvalid("address is not signed") }
        let (address, signature) = (String(signed[..<comma]), String(signed[signed.index(after: comma)...]))
        guard let bytes = Base64.decode(signature) else {
            let named: Value = [
                "Repository": .string(binding.repository), "Branch": .string(binding.branch),
                "Path": .string(binding.path), "PhysicalAddress": .string(address),
            ]
            let text = String(decoding: JSON.write(named, layout: .compact), as: UTF8.self)
            throw linkInvalid("malformed address signature: " + text)
        }
        guard bytes == mac(of: address, binding, key: key) else {
            throw Fault(.invalid, "invalid address signature: invalid address")
        }
        let id = address.split(separator: "/").last.map(String.init) ?? ""
        guard let made = SortableID.seconds(of: id), now - made <= lifetime else {
            throw Fault(.invalid, "link address expired")
        }
    }

    private static func linkInvalid(_ reason: String) -> Fault { Fault(.invalid, reason + ": link address invalid") }

    private static func mac(of address: String, _ binding: Binding, key: [UInt8]) -> [UInt8] {
        var hash = FieldHash()
        for field in [binding.repository, binding.branch, binding.path, address] { hash.add(field) }
        return Digest.hmac(hash.digest, key: key)
    }

    private static func signature(of address: String, _ binding: Binding, key: [UInt8]) -> String {
        Base64.encode(mac(of: address, binding, key: key)).urlSafe
    }
}

extension String {
    /// Base64 in the alphabet for addresses and file names, without padding.
    var urlSafe: String {
        let letters = utf8.lazy.filter { $0 != UInt8(ascii: "=") }.map { letter in
            switch letter {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: letter
            }
        }
        return String(decoding: Array(letters), as: UTF8.self)
    }
}

/// Ids of 20 characters that sort by the second of their creation: 32 bits of time, 64 random bits.
enum SortableID {
    private static let digits = Array("0123456789abcdefghijklmnopqrstuv")

    static func new(at seconds: Int, random: inout RandomStream) -> String {
        time(seconds) + String((0..<13).map { _ in digits[Int(random.next() & 31)] })
    }

    /// Returns an id that sorts in reverse: later seconds first, and higher numbers first within a second.
    static func descending(at seconds: Int, number: Int) -> String {
        time(-seconds) + String((0..<13).map { digits[~number >> (60 - 5 * $0) & 31] })
    }

    private static func time(_ seconds: Int) -> String {
        let bits = UInt64(truncatingIfNeeded: seconds) & 0xFFFF_FFFF
        return String((0..<7).map { digits[Int((bits << 3) >> UInt64(30 - 5 * $0) & 31)] })
    }

    /// Returns the time of an id; nil if the text is not an id.
    static func seconds(of id: String) -> Int? {
        let values = id.prefix(7).map { digits.firstIndex(of: $0) }
        guard id.count == 20 else { return nil }
        var bits = 0
        for value in values {
            guard let value else { return nil }
            bits = bits << 5 | value
        }
        return bits >> 3
    }
}
