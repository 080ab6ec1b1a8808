import LakeAPI
import LakeScript
import Testing

@testable import LakeRunner

struct PresentTests {
    private let terminal = {
        var presenter = ValuePresenter(styler: Styler(isColoured: false), width: 40)
        presenter.zone = { _ in (3600, "CET") }
        return presenter
    }()
    private let pipe = ValuePresenter(styler: Styler(isColoured: false), width: nil)
    private let users: Value = [
        ["id": "ana", "creation_date": 1_740_914_400], ["id": "svc-airflow", "creation_date": 1_740_914_460],
    ]

    @Test func aListOfFlatRecordsIsATable() {
        #expect(
            terminal.show(users) == """
                  id           creation_date
                  ana          2025-03-02 12:20 CET
                  svc-airflow  2025-03-02 12:21 CET

                """)
    }

    @Test func aPipeGetsTabsAndExactTimes() {
        #expect(pipe.show(users) == "ana\t1740914400\nsvc-airflow\t1740914460\n")
    }

    @Test func aWideTableIsCutToTheWindow() {
        let text = terminal.show([["id": "a", "message": .string(String(repeating: "long ", count: 20))]])
        #expect(text.split(separator: "\n").allSatisfy { String($0).displayWidth <= 40 })
        #expect(text.contains("…"))
    }

    @Test func aRecordWithPartsIsATree() {
        let value: Value = ["id": "p", "statement": [["effect": "allow", "action": ["fs:*"]]]]
        #expect(
            pipe.show(value) == """
                id         p
                statement
                - effect  allow
                  action
                    fs:*

                """)
    }

    @Test func aSecretIsNotShown() {
        #expect(pipe.show(["secret_access_key": .secret("abc")]) == "secret_access_key  ••••\n")
        #expect(
            ValuePresenter(styler: Styler(isColoured: false), width: 80, revealsSecrets: true)
                .show(["secret_access_key": .secret("abc")]).contains("abc"))
    }

    @Test func controlCharactersCannotSteerATerminal() {
        #expect(terminal.show("a\u{1B}[2Jb") == "a\\u{1b}[2Jb\n")
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    ])
    func countsHaveCommas(number: Int, text: String) {
        #expect(Quantity.count(number) == text)
    }

    @Test(arguments: [(0, "0 ms"), (1300, "1.3 s"), (125_000, "2 min 5 s"), (11_400_000, "3 h 10 min")])
    func durationsAreForPeople(milliseconds: Int, text: String) {
        #expect(Quantity.duration(milliseconds) == text)
    }

    @Test(arguments: [
        (0, "1970-01-01 00:00"), (951_782_400, "2000-02-29 00:00"), (-1, "1969-12-31 23:59"),
        (1_763_800_500, "2025-11-22 08:35"),
    ])
    func timesHaveTheirZone(seconds: Int, text: String) {
        #expect(Quantity.time(seconds) { _ in (0, "UTC") } == text + " UTC")
    }

    private static let commit = Catalogue.vocabulary["get_commit"]?.signature.result ?? .any

    private func commits(_ count: Int) -> Value {
        .list(
            (0..<count).map { number in
                let hash = String(repeating: "0123456", count: 9) + String(number)
                return [
                    "message": .string("load\n\n\(number)"), "generation": .int(number), "committer": "ana",
                    "meta_range_id": .string(String(hash.reversed())), "parents": [.string(hash)], "metadata": [:],
                    "id": .string(String(number) + hash.dropFirst()),
                ]
            })
    }

    @Test func aTableHasTheSchemasOrderAndLeavesOutWhatSaysLeast() {
        let text = terminal.show(commits(2), type: .list(PresentTests.commit))
        #expect(
            text == """
                  id        message  generation
                  01234560  load⏎⏎0  0
                  11234560  load⏎⏎1  1
                  not shown (--json shows all): parents…

                """)
        let row = pipe.show([["message": "load\n\torders", "id": "a"]], type: .list(PresentTests.commit))
        #expect(row == "a\tload\\n\\torders\n")
    }

    @Test func recordsCanBeShownFieldByField() {
        var presenter = terminal
        presenter.isVertical = true
        #expect(presenter.show(users).hasPrefix("id             ana\ncreation_date  2025-03-02 12:20 CET\n\nid "))
        #expect(presenter.show(["message": "a\nb"]) == "  message  a\n           b\n")
    }

    @Test(arguments: [(512, "512 B"), (1536, "1.5 KiB"), (314_572_800, "300.0 MiB")])
    func sizesAreForPeople(bytes: Int, text: String) {
        #expect(Quantity.size(bytes) == text)
    }

    @Test(arguments: [("ana", 3), ("文字", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("🇨🇭", 2)])
    func widthsAreTheTerminals(text: String, columns: Int) {
        #expect(text.displayWidth == columns)
    }
}
