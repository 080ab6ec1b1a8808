import Testing

@testable import LakeScript

struct ValueTests {
    @Test(
        arguments: [
            (1, .float(1)), (.secret("a"), "a"), (["a": 1, "b": [2]], ["b": [.float(2)], "a": 1]),
            (.null, .null), ([1, "x"], [.float(1), .secret("x")]), (.bytes([1]), .bytes([1])),
        ] as [(Value, Value)])
    func equalValuesHashAlike(left: Value, right: Value) {
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
    }

    @Test(
        arguments: [
            (1, 2), (1, "1"), ([1], [1, 1]), (["a": 1], ["a": 2]), (["a": 1], ["b": 1]), (.duration(1), 1),
            (.null, false), (["a": .null], [:]), (9_007_199_254_740_993, .float(9_007_199_254_740_992)),
            (1, .float(.nan)), (.int(.max), .float(0x1p63)),
        ] as [(Value, Value)])
    func othersAreNotEqual(left: Value, right: Value) {
        #expect(left != right)
    }

    @Test(
        arguments: [
            (0, "0ms"), (250, "250ms"), (1500, "1500ms"), (2000, "2s"), (300_000, "5m"), (3_600_000, "1h"),
            (604_800_000, "7d"), (-2000, "-2s"),
        ])
    func aDurationIsWrittenInItsLargestUnit(milliseconds: Int, text: String) {
        #expect(Value.durationText(milliseconds) == text)
    }

    @Test func aFieldOfWhatIsNoMapIsNull() {
        #expect(Value.int(1)["a"].isNull)
        #expect(Value.map(Record())["a"].isNull)
    }
}

struct RecordTests {
    /// More fields than are searched in order.
    private let wide = Record((0..<40).map { ("k\($0)", .int($0)) })

    @Test func aFieldIsFoundAmongFewAndAmongMany() {
        #expect(Record([("a", 1), ("b", 2)])["b"] == 2)
        #expect(wide["k39"] == 39)
        #expect(wide["k40"] == nil)
    }

    @Test func ofAKeyThatComesTwiceTheLastValueCountsAtTheFirstPlace() {
        let record = Record([("a", 1), ("b", 2), ("a", 3)])
        #expect(record.keys == ["a", "b"])
        #expect(record["a"] == 3)
    }

    @Test func removingAFieldKeepsTheOthersToBeFound() {
        var record = wide
        for number in 0..<35 { record["k\(number)"] = nil }
        #expect(record.keys == ["k35", "k36", "k37", "k38", "k39"])
        #expect(record["k37"] == 37)
        record["k0"] = 1
        #expect(record.keys.last == "k0")
    }

    @Test(arguments: [3, 8, 9, 40])
    func aRowKnowsItsLineWhateverIsAddedToItOrRemoved(width: Int) {
        var row = Record((0..<width).map { ("k\($0)", .int($0)) })
        row.fileRow = Record.FileRow(file: "people.csv", line: 7)
        row["more"] = 1
        row["k0"] = nil
        #expect(row.fileRow?.line == 7)
        #expect(row.with(values: row.values).fileRow?.file == "people.csv")
        #expect(row["k\(width - 1)"] == .int(width - 1))
        #expect(row["more"] == 1)
        #expect(row.count == width)
    }

    @Test func takingAValueOutLeavesNullUntilItIsSetAgain() {
        var record = Record(keys: ["a"], values: [[1]])
        let taken = record.take(at: 0)
        #expect(taken == [1])
        #expect(record["a"]?.isNull == true)
        record.set(2, at: 0)
        #expect(record["a"] == 2)
    }
}
