import LakeScript

/// The names under which objects lie in the store, and the signatures that bind them.
///
/// An address that is given out before its object is there carries a signature behind a comma. It says for which
/// repository, branch and path it was made, and stays part of the address for good.
enum PhysicalAddress {
    /// How long a signed address may be linked: 24 hours, in seconds.
    static let lifetime = 86_400

    /// What a signature binds.
    struct Binding: Sendable {
        let repository: String
        let branch: String
        let path: String
    }

    /// A new address below a namespace: `data/`, an id that sorts by time, another.
    static func new(at seconds: Int, random: inout RandomStream) -> String {
        "data/" + SortableID.new(at: seconds, random: &random) + "/" + SortableID.new(at: seconds, random: &random)
    }

    /// An address with its signature.
    static func signed(_ address: String, _ binding: Binding, key: [UInt8]) -> String {
        address + "," + signature(of: address, binding, key: key)
    }

    /// Throws where a signed address, without the namespace, was not made for that, or too long ago.
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
        String(
            compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }
}

/// Ids of 20 characters that sort by the second they were made in: 32 bits of time, 64 random ones.
enum SortableID {
    private static let digits = Array("0123456789abcdefghijklmnopqrstuv")

    static func new(at seconds: Int, random: inout RandomStream) -> String {
        time(seconds) + String((0..<13).map { _ in digits[Int(random.next() & 31)] })
    }

    /// An id that sorts the other way: later seconds first, and within one higher numbers first.
    static func descending(at seconds: Int, number: Int) -> String {
        time(-seconds) + String((0..<13).map { digits[~number >> (60 - 5 * $0) & 31] })
    }

    private static func time(_ seconds: Int) -> String {
        let bits = UInt64(truncatingIfNeeded: seconds) & 0xFFFF_FFFF
        return String((0..<7).map { digits[Int((bits << 3) >> UInt64(30 - 5 * $0) & 31)] })
    }

    /// When an id was made; nil where it is none.
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
