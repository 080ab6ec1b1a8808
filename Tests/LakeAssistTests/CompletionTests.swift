import LakeAPI
import Testing

@testable import LakeAssist
@testable import LakeScript

/// A toy catalogue, virtual files and a scripted server.
struct Toy {
    static let user = RecordType("User", [Field("id", .string), Field("creation_date", .int, format: .time)])
    static let page = RecordType("UserList", [Field("results", .list(.record(user)))], page: .lakeFS)

    static let vocabulary = Vocabulary(
        [
            Command(
                Signature(
                    "list_users",
                    [
                        Parameter("prefix", isRequired: false, summary: "ids that begin so"),
                        Parameter("amount", .int, isRequired: false),
                    ],
                    summary: "the users"),
                effect: .read, paging: .lakeFS),
            Command(
                Signature("get_user", [Parameter("user_id", role: .user)], result: .record(user), summary: "a user"),
                effect: .read),
            Command(
                Signature(
                    "get_branch", [Parameter("repository", role: .repository), Parameter("branch", role: .branch)],
                    summary: "a branch"),
                effect: .read),
            Command(
                Signature(
                    "list_branches",
                    [Parameter("repository", role: .repository), Parameter("prefix", isRequired: false)]),
                effect: .read),
            Command(
                Signature(
                    "set_mode",
                    [
                        Parameter("mode", .enumeration(["slow", "fast", "faster"])),
                        Parameter("force", .bool, default: false),
                        Parameter("file", isRequired: false, role: .file),
                        Parameter("user_id", isRequired: false, role: .user),
                    ]),
                effect: .write),
        ], conventions: .lakeFS)

    static let earlier = CheckedProgram(
        main: CheckedBody(statements: [], slots: 3),
        functions: [
            CheckedFunction(
                name: "greet", parameters: [Parameter("who")], defaults: [nil],
                body: CheckedBody(statements: [], slots: 1), span: Span(file: FileID(index: 0), start: 0, end: 0))
        ],
        globals: [
            Global(name: "user", type: .record(user), isMutable: false, slot: 0),
            Global(name: "users", type: .list(.record(user)), isMutable: false, slot: 1),
            Global(name: "page", type: .record(page), isMutable: false, slot: 2),
        ])
}

private struct ToyFiles: FileNames {
    func names(in folder: String) -> [String] {
        switch folder {
        case "": [".hidden", "keys/", "people.csv", "my people.csv"]
        case "keys/": ["ana.json"]
        default: []
        }
    }
}

private final class ToyServer: LiveValues {
    var answer: LiveAnswer = .unknown
    var asked: [String] = []

    func values(
        of role: Parameter.Role, for command: String, typed: String, arguments: [String: String]
    ) -> LiveAnswer {
        asked.append(
            "\(role.name) \(typed) \(arguments.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))"
        )
        return answer
    }
}

struct CompletionTests {
    private let server = ToyServer()
    private var engine: Assistant {
        Assistant(
            vocabulary: Toy.vocabulary, earlier: Toy.earlier,
            metaCommands: [
                Signature("use", [Parameter("server")], summary: "another server"),
                Signature("explain", [Parameter("line", role: .command)]),
            ], live: server, files: ToyFiles())
    }

    /// Returns the candidates at the mark `▏`.
    private func complete(_ marked: String) -> Completion {
        let parts = marked.split(separator: "▏", omittingEmptySubsequences: false)
        return engine.complete(parts.joined(), cursor: parts[0].utf8.count)
    }

    @Test(
        "each place completes what can stand there",
        arguments: [
            ("list_▏", ["list_branches", "list_files", "list_users"]),
            ("list_us▏ --all", ["list_users"]),
            ("let x = list_u▏", ["list_users"]),
            ("x = (list_u▏", ["list_users"]),
            ("for u in (list_u▏", ["list_users"]),
            ("step \"a\" { get_▏", ["get_branch", "get_url", "get_user"]),
            ("list_users | whe▏", ["where"]),
            ("a; gree▏", ["greet"]),
            ("retr▏", ["retry"]),
            ("us▏", ["use"]),
            ("list_users --p▏", ["--prefix"]),
            ("list_users --prefix a --a▏", ["--amount", "--all"]),
            ("set_mode --timeout 5s fa▏", ["fast", "faster"]),
            ("set_mode --ti▏", ["--timeout"]),
            ("set_mode fast --no-force --fi▏", ["--file"]),
            ("list_users --or=(list_u▏", ["list_users"]),
            ("set_mode ▏", ["slow", "fast", "faster"]),
            ("set_mode fa▏", ["fast", "faster"]),
            ("set_mode --mode=s▏", ["slow"]),
            ("set_mode --mode s▏", ["slow"]),
            ("set_mode fast --force=▏", ["true", "false"]),
            ("set_mode fast --file ▏", ["keys/", "people.csv", "'my people.csv'"]),
            ("set_mode fast --file pe▏", ["people.csv"]),
            ("set_mode fast --file=\"pe▏", ["\"people.csv\""]),
            ("set_mode fast --file \"my▏", ["\"my people.csv\""]),
            ("run \"pe▏", ["\"people.csv\""]), ("include 'k▏", ["'keys/"]),
            ("set_mode fast --file keys/▏", ["keys/ana.json"]),
            ("set_mode fast --file .▏", [".hidden"]),
            ("print $us▏", ["user", "users"]),
            ("print \"for ${us▏", ["user", "users"]),
            ("print \"for $us▏", ["user", "users"]),
            ("print $user.▏", ["id", "creation_date"]),
            ("print \"${user.cr▏", ["creation_date"]),
            ("print $users[0].i▏", ["id"]),
            ("print $page.results[0].i▏", ["id"]),
            ("print $nobody.▏", []),
            ("print \"${users[0].▏", ["id", "creation_date"]),
            ("(get_user ana).▏", ["id", "creation_date"]),
            ("(get_user ana)?.i▏", ["id"]),
            ("$users | where { $it.▏", ["id", "creation_date"]),
            ("let few = ($page.results | where { $it.id != \"a\" and $it.c▏", ["creation_date"]),
            ("for one in $users {\n  print \"${one.▏", ["id", "creation_date"]),
            ("for one in $users { print $▏", ["one", "page", "user", "users"]),
            ("let few = $users | where { $i▏ }", ["it"]),
            ("def f(name) { print $n▏", ["name"]),
            ("$users | select ▏", ["id", "creation_date"]),
            ("$users | where { true } | select id ▏", ["creation_date"]),
            ("get_user ana | get ▏", ["id", "creation_date"]),
            ("print ($users | sort_by c▏", ["creation_date"]),
            ("print 'for $us▏", []),
            ("explain set_mode fa▏", ["fast", "faster"]),
            ("explain us▏", ["get_user", "list_users"]),
            ("explain print $us▏", ["user", "users"]),
            ("use --▏", []),
            ("$page | write_json pe▏", ["people.csv"]),
            ("# list_▏", []),
            ("if list_▏", []),
            ("let lis▏", []),
        ])
    func places(marked: String, expected: [String]) {
        #expect(complete(marked).candidates.map(\.text) == expected)
    }

    @Test("what a candidate replaces is the word at the cursor")
    func range() {
        #expect(complete("get_user a; list_us▏").range == 12..<19)
        #expect(complete("print \"${user.cr▏").range == 14..<16)
        #expect(complete("get_user ▏").range == 9..<9)
        #expect(complete("print \"é\" $us▏").range == 12..<14)
    }

    @Test(
        "what nothing completes is described, options are offered without their hyphens put in",
        arguments: [
            ("greet ▏", "who: string"), ("explain greet ▏", "who: string"), ("list_users --amount ▏", "amount: int"),
            ("list_users --prefix ▏", "prefix: ids that begin so"), ("list_users ▏", ""), ("list_users --▏", ""),
        ])
    func due(marked: String, message: String) {
        let completion = complete(marked)
        #expect(completion.message == message)
        #expect(completion.candidates.isEmpty != message.isEmpty)
        #expect(completion.commonPrefix == (marked.contains("--▏") ? "--" : ""))
    }

    @Test("an option that is given is not offered again")
    func given() {
        #expect(!complete("list_users --prefix=a --▏").candidates.contains { $0.text == "--prefix" })
    }

    @Test("an option says what it does")
    func descriptions() {
        #expect(complete("list_users --pre▏").candidates == [Candidate("--prefix", "ids that begin so", .option)])
    }

    @Test(
        "the server is asked for what the parameter names, with what stands before",
        arguments: [
            ("get_user a▏", "user a "),
            ("get_branch ▏", "repository  "),
            ("get_branch lake ma▏", "branch ma repository=lake"),
            ("get_branch lake --timeout 5s ma▏", "branch ma repository=lake"),
            ("get_branch --timeout 5s ▏", "repository  "),
            ("get_branch --timeout 5s lake ▏", "branch  repository=lake"),
            ("print (get_branch --or=null lake ma▏", "branch ma repository=lake"),
            ("get_branch \"lake\" \"ma▏", "branch ma repository=lake"),
            ("get_branch --branch ma▏", "branch ma "),
            ("set_mode fast --user_id=b▏", "user b mode=fast"),
        ])
    func live(marked: String, asked: String) {
        _ = complete(marked)
        #expect(server.asked == [asked])
    }

    @Test("values under way and errors are said")
    func liveAnswers() {
        server.answer = .loading([])
        #expect(complete("get_user a▏").isLoading)
        server.answer = .failed("no route to host")
        #expect(complete("get_user a▏").message == "no route to host")
        server.answer = .candidates([Candidate("ana", "", .server), Candidate("bo d", "", .server)])
        #expect(complete("get_user ▏").candidates.map(\.text) == ["ana", "'bo d'"])
    }

    @Test(
        "no text makes it crash",
        arguments: [
            "", "$", "\"", "\"${", "--", "--=", "{", "}", ")))", "|", "$a.", "$a[", "'", "文 ", "$.", "a\n|", "\"\"\"",
        ])
    func anyText(text: String) {
        for cursor in 0...text.utf8.count { _ = engine.complete(text, cursor: cursor) }
    }

    @Test(
        "whether a text goes on in the next line",
        arguments: [
            ("get_user ana", false), ("step \"x\" {", true), ("(", true), ("list_users |", true), ("let x =", true),
            ("step \"x\" {\n}", false), ("use {", false), ("(\n\n", false),
        ])
    func incomplete(text: String, expected: Bool) {
        #expect(engine.isIncomplete(engine.analysis(of: text)) == expected)
    }

    @Test("what all candidates begin with is found whatever their order, in whole characters")
    func commonPrefix() {
        let texts = ["data/b", "data/a\u{301}", "data/", "data/ab"]
        let candidates = texts.map { Candidate($0, "", .file) }
        #expect(Completion(0..<0, candidates).commonPrefix == "data/")
        #expect(Completion(0..<0, [Candidate("ae\u{301}", "", .file), Candidate("ae", "", .file)]).commonPrefix == "a")
        #expect(Completion(0..<0).commonPrefix == "")
    }
}
