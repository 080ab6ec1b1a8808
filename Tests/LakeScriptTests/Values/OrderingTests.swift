import Testing

@testable import LakeScript

struct OrderingTests {
    @Test(
        arguments: [
            (1, 2), (1, .float(1.5)), (.float(0.5), 1), (.float(9_007_199_254_740_992), 9_007_199_254_740_993),
            (.int(.max), .float(0x1p63)), (.float(-0x1p64), .int(.min)), (.float(-1.5), -1), ("B", "a"),
            ("a", .secret("b")), (false, true),
            (.duration(1), .duration(2)), ("", "a"), ("ab", "abc"),
        ] as [(Value, Value)])
    func theLeftComesFirst(left: Value, right: Value) throws {
        #expect(try Ordering.isLess(left, right))
        #expect(try !Ordering.isLess(right, left))
        #expect(try !Ordering.isLess(left, left))
    }

    @Test(arguments: [(1, "1"), ([1], [2]), (.null, 1), (["a": 1], ["a": 2]), (1, true)] as [(Value, Value)])
    func whatHasNoOrderIsAMistake(left: Value, right: Value) {
        #expect(throws: Failure.self) { try Ordering.isLess(left, right) }
    }

    @Test func equalKeysKeepTheOrderOfTheirItems() throws {
        let items = (0..<100).map { Value.int($0) }
        let sorted = try Ordering.sort(items, by: items.map { .int(($0.integer ?? 0) % 3) })
        let remainders = sorted.compactMap(\.integer).map { $0 % 3 }
        #expect(remainders == remainders.sorted())
        #expect(sorted.prefix(4) == [0, 3, 6, 9])
    }

    /// Numbers that floats cannot distinguish, texts with a common prefix, positive and negative zero.
    @Test(
        arguments: [
            [9_007_199_254_740_993, 9_007_199_254_740_992, -9_007_199_254_740_993, -9_007_199_254_740_992],
            ["onboarding", "onboard", "onboarder", "", "o\u{0}", "ö", "o"],
            [.float(0.5), -1, .float(-1.5), 0, 2, .float(1e300)],
            [.duration(5), .duration(-5), .duration(0)], [true, false, true],
        ] as [[Value]])
    func aSortedListIsInTheOrderOfItsValues(items: [Value]) throws {
        let sorted = try Ordering.sort(items)
        for (left, right) in zip(sorted, sorted.dropFirst()) { #expect(try !Ordering.isLess(right, left)) }
        #expect(try Ordering.sort(items, isDescending: true) == sorted.reversed())
    }

    @Test func theZerosAreEqualSoTheirItemsKeepTheirOrder() throws {
        #expect(try Ordering.sort(["a", "b", "c"], by: [.float(0), .float(-0.0), 0]) == ["a", "b", "c"])
    }

    @Test func nullKeysComeLastAndEqualOnesKeepTheirOrderDescendingAsWell() throws {
        #expect(try Ordering.sort(["a", "b", "c"], by: [.null, 2, 1]) == ["c", "b", "a"])
        let items: [Value] = ["a", "b", "c", "d", "e"]
        #expect(try Ordering.sort(items, by: [1, .null, 2, 1, 2], isDescending: true) == ["c", "e", "a", "d", "b"])
    }

    @Test func theLargestAndTheSmallest() throws {
        let items: [Value] = [3, .null, .float(7.5), 1, 7]
        #expect(try Ordering.extreme(of: items, isLargest: true) == .float(7.5))
        #expect(try Ordering.extreme(of: items, isLargest: false) == 1)
        #expect(try Ordering.extreme(of: [.null], isLargest: true) == .null)
        #expect(throws: Failure.self) { try Ordering.extreme(of: [["a": 1]], isLargest: true) }
        #expect(throws: Failure.self) { try Ordering.extreme(of: [1, "a"], isLargest: false) }
    }

    @Test func aListOfTwoTypesHasNoOrderEvenWhereTheSortWouldNotCompareThem() {
        #expect(throws: Failure.self) { try Ordering.sort([1, 2, "x"]) }
    }
}
