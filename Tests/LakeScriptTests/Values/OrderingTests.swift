import Testing

@testable import LakeScript

struct OrderingTests {
    @Test(
        arguments: [
            (1, 2), (1, .float(1.5)), (.float(0.5), 1), ("B", "a"), ("a", .secret("b")), (false, true),
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

    @Test func nullKeysComeLast() throws {
        #expect(try Ordering.sort(["a", "b", "c"], by: [.null, 2, 1]) == ["c", "b", "a"])
    }

    @Test func aListOfTwoTypesHasNoOrderEvenWhereTheSortWouldNotCompareThem() {
        #expect(throws: Failure.self) { try Ordering.sort([1, 2, "x"]) }
    }
}
