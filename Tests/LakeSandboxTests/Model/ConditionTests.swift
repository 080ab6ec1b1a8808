import LakeScript
import Testing

@testable import LakeSandbox

/// Conditions of policies, evaluated as in lakeFS (`pkg/auth/condition.go`).
struct ConditionTests {
    /// Evaluates a condition with one operator on `SourceIp`; nil if a server cannot evaluate it, and denies.
    private func holds(_ name: String, _ values: [String], _ address: String?) -> Bool? {
        let condition: Record = [name: ["SourceIp": .list(values.map { .string($0) })]]
        return Condition.holds(condition, in: address.map { ["SourceIp": $0] } ?? [:])
    }

    @Test(
        "an address is in a range or is not, and NotIpAddress says the contrary",
        arguments: [
            ("10.1.2.3", ["10.0.0.0/8"], true), ("11.0.0.0", ["10.0.0.0/8"], false),
            ("9.255.255.255", ["10.0.0.0/8"], false),
            ("10.9.9.9", ["10.1.2.3/8"], true), ("10.1.2.3", ["10.1.2.3"], true), ("10.1.2.4", ["10.1.2.3"], false),
            ("10.1.2.3", ["10.1.2.3/32"], true), ("10.1.2.2", ["10.1.2.3/32"], false),
            ("10.1.2.2", ["10.1.2.3/31"], true),
            ("203.0.113.9", ["0.0.0.0/0"], true), ("192.168.127.1", ["192.168.0.0/17"], true),
            ("192.168.128.1", ["192.168.0.0/17"], false), ("10.1.2.3", ["192.168.0.0/16", "10.0.0.0/8"], true),
            ("10.1.2.3", [" 10.0.0.0/8\t"], true), ("10.1.2.3", ["10.0.0.0/08"], true),
            ("2001:db8::1", ["2001:db8::/32"], true), ("2001:db9::1", ["2001:db8::/32"], false),
            ("2001:db8:0:0:0:0:0:1", ["2001:DB8::1"], true), ("::1", ["::/0"], true),
            // Addresses of the two families never match, but an IPv4-mapped IPv6 address counts as IPv4.
            ("10.1.2.3", ["::/0"], false), ("2001:db8::1", ["0.0.0.0/0"], false),
            ("::ffff:10.1.2.3", ["10.0.0.0/8"], true),
            ("10.1.2.3", ["::ffff:10.0.0.0/104"], true), ("11.1.2.3", ["::ffff:10.0.0.0/104"], false),
            ("10.1.2.3", ["::ffff:10.1.2.3"], true), ("10.1.2.3", [], false),
            // After a match the remaining values are not parsed.
            ("10.1.2.3", ["10.0.0.0/8", "home"], true),
        ])
    func ranges(_ address: String, _ values: [String], _ isIn: Bool) {
        #expect(holds("IpAddress", values, address) == isIn)
        #expect(holds("NotIpAddress", values, address) == !isIn)
    }

    @Test(
        "what is no address and no range is an error, whatever the operator",
        arguments: [
            ("10.1.2.3", "home"), ("10.1.2.3", ""), ("10.1.2.3", "10.0.0.0/33"), ("10.1.2.3", "10.0.0.0/-1"),
            ("10.1.2.3", "10.0.0.0/+8"), ("10.1.2.3", "10.0.0.0/"), ("10.1.2.3", "10.0.0.0/8/8"),
            ("10.1.2.3", "10.0.0/8"),
            ("10.1.2.3", "10.0.0.256"), ("10.1.2.3", "010.0.0.1"), ("10.1.2.3", "2001:db8::/129"),
            ("10.1.2.3", "fe80::1%eth0"), ("somewhere", "10.0.0.0/8"), ("10.1.2.3:8000", "10.0.0.0/8"),
        ])
    func errors(_ address: String, _ value: String) {
        #expect(holds("IpAddress", [value], address) == nil)
        #expect(holds("NotIpAddress", [value], address) == nil)
    }

    @Test("without the field in the request nothing holds", arguments: [nil, ""])
    func missing(_ address: String?) {
        for name in ["IpAddress", "NotIpAddress", "StringLike", "StringNotLike"] {
            #expect(holds(name, ["10.0.0.0/8"], address) == false)
        }
    }

    @Test(
        "a text is like a pattern or is not, and StringNotLike says the contrary",
        arguments: [
            ("10.1.2.3", ["10.*"], true), ("11.1.2.3", ["10.*"], false), ("10.1.2.3", ["10.1.2.?"], true),
            ("10.1.2.33", ["10.1.2.?"], false), ("a", ["A"], false), ("a", ["*"], true), ("a/b", ["a*b"], true),
            ("a", ["b", "a"], true), ("a", [], false),
        ])
    func patterns(_ text: String, _ values: [String], _ isLike: Bool) {
        #expect(holds("StringLike", values, text) == isLike)
        #expect(holds("StringNotLike", values, text) == !isLike)
    }

    @Test(
        "all operators and all their fields must hold; one that is not known is an error",
        arguments: [
            ([:], true), (["IpAddress": [:]], true),
            (["IpAddress": ["SourceIp": ["10.0.0.0/8"]], "StringLike": ["SourceIp": ["*.3"]]], true),
            (["IpAddress": ["SourceIp": ["10.0.0.0/8"]], "NotIpAddress": ["SourceIp": ["10.1.0.0/16"]]], false),
            (["IpAddress": ["SourceIp": ["10.0.0.0/8"], "VpcIp": ["10.0.0.0/8"]]], false),
            (["ipaddress": ["SourceIp": ["10.0.0.0/8"]]], nil), (["StringEquals": ["SourceIp": ["10.1.2.3"]]], nil),
        ] as [(Record, Bool?)])
    func several(_ condition: Record, _ holds: Bool?) {
        #expect(Condition.holds(condition, in: ["SourceIp": "10.1.2.3"]) == holds)
    }
}
