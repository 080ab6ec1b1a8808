import LakeScript
import Testing

@testable import LakeRunner

struct CSVTests {
    /// The rows of a text, as `read_csv` gives them.
    private func rows(_ text: String, require: [String] = [], unique: String? = nil) throws(Failure) -> [Record] {
        guard let builtin = Builtins["read_csv"] else { return [] }
        let values: [Value] = [
            "people.csv", .list(require.map { .string($0) }), unique.map { .string($0) } ?? .null, .null,
        ]
        return try FileReading().perform(BuiltinCall(builtin, values: values), Array(text.utf8)).items?
            .compactMap(\.record) ?? []
    }

    private func message(_ text: String, require: [String] = [], unique: String? = nil) -> String? {
        do throws(Failure) {
            _ = try rows(text, require: require, unique: unique)
            return nil
        } catch {
            return error.message
        }
    }

    @Test func rowsAreMapsThatKnowTheirLine() throws {
        let rows = try rows("id,groups\nana,Dev\n\nbo,\"Dev;Ops\"\n")
        #expect(rows.map { $0["groups"]?.text } == ["Dev", "Dev;Ops"])
        #expect(rows.map { $0.fileRow?.line } == [2, 4])
    }

    @Test func quotesMayHoldSeparatorsLineEndsAndQuotes() throws {
        let rows = try rows("id,note\r\nana,\"a, \"\"b\"\"\nc\"\r\nbo,x\r\n")
        #expect(rows[0]["note"]?.text == "a, \"b\"\nc")
        #expect(rows[1].fileRow?.line == 4)
    }

    @Test func semicolonsSeparateWhereTheHeadHasThem() throws {
        #expect(try rows("id;groups\nana;a,b\n")[0]["groups"]?.text == "a,b")
    }

    @Test func aMissingColumnIsNamedWithTheHead() {
        #expect(message("id,group\nana,x\n", require: ["groups"]) == "`people.csv` has no column `groups`")
    }

    @Test func aCellTooManyNamesItsLine() {
        #expect(message("id,groups\nana,x,y\n") == "`people.csv` line 2 has 3 cells, and the head has 2")
    }

    @Test func aDuplicateNamesBothLines() {
        #expect(
            message("id\nana\nbo\nana\n", unique: "id")
                == "`people.csv` line 4 has the id `ana` again, which line 2 has too")
    }

    @Test func anEmptyCellOfAUniqueColumnNamesItsLine() {
        #expect(message("id,n\nana,1\n,2\n", unique: "id") == "`people.csv` line 3 has an empty `id`")
    }

    @Test func anEmptyFileHasNoRowsAndNoColumns() throws {
        #expect(try rows("").isEmpty && rows("\n").isEmpty && rows("id\n").isEmpty)
        #expect(message("", require: ["id"]) == "`people.csv` has no column `id`")
    }

    @Test(arguments: [
        "sep=;\nid;n\n1;2\n", "sep=;\r\nid;n\r\n1;2\r\n", "id\tn\n1\t2\n", "id;n\n1;2\n", "sep=|\nid|n\n1|2\n",
        "\u{FEFF}id,n\n1,2\n", "\" id\";n\n1;2\n",
    ])
    func theTextTellsItsSeparator(text: String) throws {
        #expect(try rows(text).map(\.values) == [["1", "2"]])
    }

    @Test func theSeparatorIsTheOneThatEachLineHas() throws {
        #expect(try rows("id;name, full\n1;a\n").map(\.keys) == [["id", "name, full"]])
        #expect(try rows("\"a;b\",c\n1,2\n").map(\.keys) == [["a;b", "c"]])
    }

    @Test func aQuoteThatIsNotClosedNamesItsLine() {
        #expect(message("id\n\"ana\n") == "`people.csv` line 2: a quote is not closed")
    }

    @Test func aCellGoesNotOnBehindItsQuotes() {
        #expect(message("id,n\n\"a\"b,1\n") == "`people.csv` line 2: a cell goes on behind its closing quote")
    }

    @Test func aColumnThatComesTwiceIsAMistake() {
        #expect(
            message("id,id\na,b\n") == "`people.csv` has two columns `id`: a row is a map, which has one of each")
        #expect(message("id,,\na,,\n") == nil)
    }

    @Test func oneCellTooFewNamesItsLine() {
        #expect(message("id,groups\nana\n") == "`people.csv` line 2 has 1 cell, and the head has 2")
    }

    /// Separators, quotes and line ends before marks that make one character with them; line ends of other systems.
    @Test(arguments: [
        "\u{200D}a", "\u{301}a", "a\"\u{301}", "\n\u{301}", "\r", "a\r\nb", "a\u{2028}b", "a\u{85}\u{b}\u{c}",
        "\u{fe0f};", "sep=|", " a\t", "\u{FEFF}a", "\t", "",
    ])
    func whatWasWrittenComesBack(cell: String) throws {
        let text = try CSVText.write([["id": .string(cell), "n": .string(cell)]])
        #expect(try rows(text) == [["id": .string(cell), "n": .string(cell)]])
        let head = try CSVText.write([[cell: .string(cell)]])
        #expect(try rows(head) == [[cell: .string(cell)]])
        #expect(try rows("id,n\nx,\u{93f}y\n").map { $0["n"] } == ["\u{93f}y"])
    }

    @Test func columnsAndKeysAreToldApartByTheirScalars() throws {
        let rows = try rows("\u{e9},e\u{301}\na,b\n", unique: "e\u{301}")
        #expect(rows == [["\u{e9}": "a", "e\u{301}": "b"]])
        #expect(try self.rows("id\n\u{e9}\ne\u{301}\n", unique: "id").count == 2)
        #expect(try CSVText.write([["\u{e9}": "a"], ["e\u{301}": "b"]]) == "\u{e9},e\u{301}\na,\n,b\n")
    }

    @Test func aRowOfOneEmptyCellComesBack() throws {
        let text = try CSVText.write([["id": .null], ["id": "bo"]])
        #expect(try rows(text).map { $0["id"] } == ["", "bo"])
    }
}
