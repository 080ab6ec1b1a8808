import Glibc
import LakeAPI
import LakeSandbox
import LakeScript
import Testing

@testable import LakeRunner

/// Features that a script uses and the server lacks are found in its text before the first request.
struct PlannedCallTests {
    /// Returns the refusals of a text on a sandbox that imitates a release: the marked text and the message of each.
    private func refusals(_ text: String, like: SandboxConfiguration.Likeness = .v090) throws -> [(String, String)] {
        let session = Session(connection: .sandbox(.init(like: like)), console: Console())
        let script = ScriptFront.load(SourceText(name: "test.lfs", text: text), as: .file)
        let words = DiagnosticRenderer(sources: script.sources, isStyled: false).render(script.diagnostics)
        let bytes = Array(text.utf8)
        return try session.refusals(of: try #require(script.program, "\(words)")).get().map { failure in
            let span = try #require(failure.span)
            let place = String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
            return (place, failure.message)
        }
    }

    @Test("all of them are refused in one pass, in their order, each with its place")
    func all() throws {
        let found = try refusals(
            """
            create_repository lake "local://lake" --read_only
            create_branch lake dev main --hidden --force
            hard_reset_branch lake dev main
            print (log_commits lake main --since "2026-01-01T00:00:00Z")
            """)
        let places = found.map(\.0)
        #expect(places.prefix(3) == ["--read_only", "--hidden", "--force"])
        #expect(places.dropFirst(3) == ["hard_reset_branch lake dev main", "\"2026-01-01T00:00:00Z\""])
        #expect(
            found.first?.1 == "this server is lakeFS 0.90.0, which has no `--read_only` of `create_repository`; "
                + "it would ignore it")
    }

    static let found = [
        "if 1 == 2 { create_branch lake dev main --hidden }",
        "for name in [\"a\"] parallel 2 { create_branch lake $name main --hidden }",
        "def make(name) { create_branch lake $name main --hidden }\nmake dev",
        "step \"one\" { create_branch lake dev main --hidden }\non_failure { print sorry }",
        "print one\non_failure { create_branch lake dev main --hidden }",
        "on_exit { create_branch lake dev main --hidden }",
        "try { print one } catch error {\n  print $error.kind\n  create_branch lake dev main --hidden\n}",
        "create_branch lake --body {name: \"dev\", source: \"main\", hidden: true}",
        "retry 3 every 1s { create_branch lake dev main --hidden }",
    ]

    @Test("wherever it stands", arguments: found)
    func places(_ text: String) throws {
        let found = try refusals(text)
        #expect(found.count == 1)
        #expect(found.first?.1.contains("`create_branch`") == true)
    }

    @Test("a condition in a policy's statements is found, as an option and in a body")
    func condition() throws {
        let statement = #"[{effect: "allow", action: ["fs:*"], resource: "*", condition: {Bool: {Secure: ["true"]}}}]"#
        for text in ["create_policy p \(statement)", "create_policy --body {id: \"p\", statement: \(statement)}"] {
            let found = try refusals(text)
            #expect(found.count == 1)
            #expect(found.first?.1.contains("it would drop it and grant the permission without a condition") == true)
        }
    }

    static let left = [
        // A call to another server,
        "on \"other\" { create_branch lake dev main --hidden }",
        // a call expected to fail,
        "try { create_branch lake dev main --hidden } catch error { print $error.kind }",
        // a call that never runs,
        "def make(name) { create_branch lake $name main --hidden }\nprint one",
        // and an option that is not known before.
        "param is_hidden = false\ncreate_branch lake dev main --hidden=$is_hidden",
        "create_branch lake dev main --no-hidden",
        "create_branch lake dev main",
        "let body = from_json \"{}\"\ncreate_branch lake --body $body",
    ]

    @Test("what the text does not tell is left to the call", arguments: left)
    func leaves(_ text: String) throws {
        #expect(try refusals(text).isEmpty)
    }

    @Test("a server that has it refuses nothing")
    func newer() throws {
        #expect(try refusals("create_branch lake dev main --hidden", like: .v184).isEmpty)
    }

    @Test("what is only known when it is called is refused then, and nothing is sent")
    func later() throws {
        let bench = try RunBench(
            """
            create_repository lake "local://lake"
            let is_hidden = (get_branch lake main).id == "main"
            create_branch lake dev main --hidden=$is_hidden
            """, on: .sandbox(.init(like: .v090)))
        #expect(bench.failure?.message.contains("which has no `--hidden` of `create_branch`") == true)
        #expect(bench.failure?.notes.last == "nothing was sent")
    }

    @Test("a whole body is sent as it is: names with capitals arrive, and no key of it moves the call elsewhere")
    func bodies() throws {
        let bench = try RunBench(
            """
            create_repository lake "local://lake"
            create_repository other "local://other"
            create_branch lake --body {name: "dev", source: "main", repository: "other"}
            [(list_branches lake --all | get id), (list_branches other --all | get id)]
            """)
        #expect(bench.value == [["dev", "main"], ["main"]], "\(String(describing: bench.failure))")
        // The login request arrived: no user has this principal.
        let login = try RunBench(
            """
            external_principal_login --body {identityRequest: {
              access_key_id: "svc", signature: "signed:svc", date: "2026-01-01T00:00:00Z",
            }}
            """)
        #expect(login.failure?.status == 404, "\(String(describing: login.failure))")
    }

    // MARK: Listings

    /// A user in many groups, some of which begin with `g-`.
    private static let crowd = """
        create_user ana
        for number in 1..150 {
          create_group "g-${number}"
          add_group_membership "g-${number}" ana
        }
        create_group "other"
        add_group_membership "other" ana

        """

    @Test(
        "a walk through the groups of a user with a prefix loses none, wherever users are kept",
        arguments: [SandboxConfiguration.Likeness.v090, .v184ACL, .v184RBAC], ["", " --amount 20", " --amount 1"])
    func groups(_ like: SandboxConfiguration.Likeness, _ amount: String) throws {
        let bench = try RunBench(
            Self.crowd + "list_user_groups ana --all --prefix g-\(amount) | count", on: .sandbox(.init(like: like)))
        #expect(bench.value == 150)
    }

    @Test(
        "pages of one item do not end a walk at what is the prefix itself",
        arguments: [SandboxConfiguration.Likeness.v090, .v184ACL, .v184RBAC])
    func users(_ like: SandboxConfiguration.Likeness) throws {
        let bench = try RunBench(
            "for id in [\"foo\", \"foobar\", \"food\", \"other\"] { create_user $id }\n"
                + "list_users --all --prefix foo --amount 1 | get id", on: .sandbox(.init(like: like)))
        #expect(bench.value == ["foo", "foobar", "food"])
    }

    // MARK: Uploads

    @Test(
        "content and a file arrive as they are, whatever is in them",
        arguments: [SandboxConfiguration.Likeness.v090, .v184])
    func uploads(_ like: SandboxConfiguration.Likeness) throws {
        let path = "/tmp/lakesh-form-\(getpid())-\(like.rawValue)"
        defer { unlink(path) }
        let bench = try RunBench(
            """
            create_repository lake "local://lake"
            let text = "--lakesh-\\r\\n\\r\\n--\\r\\n"
            write_file "\(path)" $text
            upload_object lake main a --content $text
            upload_object lake main b --from "\(path)"
            upload_object lake main empty --content ""
            [(stat_object lake main a), (stat_object lake main b), (stat_object lake main empty)]
            """, on: .sandbox(.init(like: like)))
        let objects = try #require(bench.value?.items, "\(String(describing: bench.failure))")
        #expect(objects.map { $0["size_bytes"] } == [17, 17, 0])
        #expect(objects[0]["checksum"] == objects[1]["checksum"])
        #expect(objects.allSatisfy { $0["content_type"] == "application/octet-stream" })
    }

    @Test("an upload in parts says what the server lacks")
    func presign() throws {
        let bench = try RunBench(
            """
            create_repository lake "local://lake"
            upload_object lake main a --from "\(#filePath)" --presign
            """, on: .sandbox(.init(like: .v090)))
        #expect(bench.failure?.message.contains("which has no `--presign` of `upload_object`") == true)
        #expect(bench.failure?.notes.first == "lakeFS 1.7.0 and later have it")
    }

    @Test("the rules of protected branches are asked for where 0.90 has them")
    func rules() throws {
        let bench = try RunBench(
            """
            create_repository lake "local://lake"
            create_branch_protection_rule lake "release-*"
            get_branch_protection_rules lake
            """, on: .sandbox(.init(like: .v090)))
        #expect(bench.value == [["pattern": "release-*"]], "\(String(describing: bench.failure))")
    }
}
