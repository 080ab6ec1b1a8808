import LakeScript
import Testing

@testable import LakeAPI

/// Features that some releases lack are refused before the request; features that all releases have need no version
/// request.
struct KnownServerTests {
    private static let reset: Record = ["repository": "lake", "branch": "main", "ref": "8d11f0"]

    /// A server of a version, with these fields in its setup state.
    private func bench(_ version: String, setup: String = #"{"state":"initialized","login_config":{}}"#)
        -> PerformerBench
    {
        PerformerBench { request in
            switch request.target {
            case "/api/v1/config/version": .answer(200, #"{"version":"\#(version)"}"#)
            case "/api/v1/setup_lakefs": .answer(200, setup)
            default: .answer(204)
            }
        }
    }

    @Test("a server that is too old is found out, and nothing is sent")
    func tooOld() {
        let bench = bench("1.7.2")
        let failure = bench.call("hard_reset_branch", Self.reset)?.failure
        #expect(failure?.message == "this server is lakeFS 1.7.2, which has no `hard_reset_branch`")
        #expect(failure?.notes == ["lakeFS 1.8.0 and later have it", "nothing was sent"])
        #expect(bench.transport.lines == ["GET /config/version"])
    }

    @Test("a server that is too new is found out, too, before a password goes out")
    func tooNew() {
        let bench = bench("1.84.0")
        let failure = bench.call("forgot_password", ["email": "ana@example.com"])?.failure
        #expect(failure?.message == "this server is lakeFS 1.84.0, which has no `forgot_password`")
        #expect(bench.transport.lines == ["GET /config/version"])
    }

    @Test("the version is asked once, with the caller's keys, also for calls that begin together")
    func askedOnce() {
        let bench = bench("1.84.0")
        let ids = (0..<3).map { _ in bench.begin("hard_reset_branch", Self.reset) }
        bench.run()
        #expect(ids.allSatisfy { bench.answers[$0]?.value != nil })
        #expect(bench.transport.lines.filter { $0.hasPrefix("GET") } == ["GET /config/version"])
        #expect(bench.transport.requests[0].header("Authorization") == "Bearer t")
    }

    @Test("a script that has asked for the version itself costs no second question")
    func ownCall() {
        let bench = bench("1.7.2")
        #expect(bench.call("get_lake_fs_version")?.value?["version"] == "1.7.2")
        #expect(bench.call("hard_reset_branch", Self.reset)?.failure?.message.contains("lakeFS 1.7.2") == true)
        #expect(bench.transport.lines == ["GET /config/version"])
    }

    @Test("what every version has costs no question")
    func free() {
        let bench = bench("1.84.0")
        _ = bench.call("delete_branch", ["repository": "lake", "branch": "b"])
        #expect(bench.transport.lines == ["DELETE /repositories/lake/branches/b"])
    }

    static let states: [(String, String, String)] = [
        ("hard_reset_branch", #"{"state":"initialized","oidc_enabled":false}"#, "a lakeFS of 0.91.0 or earlier"),
        (
            "forgot_password", #"{"state":"initialized","login_config":{"login_url_method":"none"}}"#,
            "a lakeFS of 1.66.0 or later"
        ),
    ]

    @Test("a server built from source tells by its set-up state which releases it may be", arguments: states)
    func fromSource(_ command: String, _ setup: String, _ server: String) {
        let bench = bench("dev", setup: setup)
        let failure = bench.call(command, command == "hard_reset_branch" ? Self.reset : ["email": "a@b.c"])?.failure
        #expect(failure?.message == "this server is \(server), which has no `\(command)`")
        #expect(bench.transport.lines == ["GET /config/version", "GET /setup_lakefs"])
    }

    @Test("the way to log in is told since the release after the last that does not")
    func login() throws {
        let login = try #require(Catalogue["get_setup_state"]).releases(of: .init(.answer, "login_config"))
        #expect(login.runs.first?.first == ServerVersion(0, 92))
        #expect(KnownServer.lastWithoutLogin < ServerVersion(0, 92))
    }

    @Test("what may be there is sent: a set-up state that fits old and new releases refuses nothing")
    func undecided() {
        let bench = bench("dev", setup: #"{"state":"initialized","comm_prefs_missing":false,"login_config":{}}"#)
        #expect(bench.call("hard_reset_branch", Self.reset)?.value?.isNull == true)
    }

    @Test("where nothing is told the call is sent")
    func untold() {
        let bench = PerformerBench { $0.method == "GET" ? .answer(401) : .answer(204) }
        #expect(bench.call("hard_reset_branch", Self.reset)?.value?.isNull == true)
    }

    @Test("a version is read from what servers say", arguments: ["1.8", "v1.8.0", "1.8.0-rc1"])
    func versions(_ text: String) {
        #expect(ServerVersion(text) == ServerVersion(1, 8))
        #expect(ServerVersion("1.8.3") == ServerVersion(1, 8, 3))
        #expect(ServerVersion("dev") == nil && ServerVersion("") == nil && ServerVersion("1") == nil)
    }

    // MARK: Options and fields

    static let options: [(String, String, Record, String, String)] = [
        (
            "0.90.0", "create_repository", ["name": "lake", "storage_namespace": "mem://lake", "read_only": true],
            "which has no `--read_only` of `create_repository`; it would ignore it", "lakeFS 1.5.0 and later have it"
        ),
        (
            "0.90.0", "log_commits", ["repository": "lake", "ref": "main", "since": "2026-01-01T00:00:00Z"],
            "which has no `--since` of `log_commits`; it would ignore it", "lakeFS 1.1.0 and later have it"
        ),
        (
            "1.47.0", "merge_into_branch",
            ["repository": "lake", "source_ref": "a", "destination_branch": "b", "squash_merge": true],
            "which has no `--squash_merge` of `merge_into_branch`; it would ignore it",
            "lakeFS 1.48.0 and later have it"
        ),
        (
            "1.43.0", "create_branch", ["repository": "lake", "name": "b", "source": "main", "hidden": true],
            "which has no `--hidden` of `create_branch`; it would ignore it", "lakeFS 1.44.0 and later have it"
        ),
        (
            "1.70.1", "upload_object",
            ["repository": "lake", "branch": "main", "path": "a", "content": "x", "if_match": "1"],
            "which has no `--if_match` of `upload_object`; it would ignore it", "lakeFS 1.71.0 and later have it"
        ),
        (
            "1.45.0", "list_repositories", ["search": "x"],
            "which has no `--search` of `list_repositories`; it would ignore it", "lakeFS 1.46.0 and later have it"
        ),
        (
            "1.66.0", "delete_object", ["repository": "lake", "branch": "main", "path": "a", "no_tombstone": true],
            "which has no `--no_tombstone` of `delete_object`; it would ignore it", "lakeFS 1.67.0 and later have it"
        ),
        (
            "1.25.0", "revert_branch",
            [
                "repository": "lake", "branch": "main", "ref": "a", "parent_number": 1,
                "commit_overrides": ["message": "m"],
            ],
            "which has no `--commit_overrides` of `revert_branch`; it would ignore it",
            "lakeFS 1.26.0 and later have it"
        ),
    ]

    @Test("an option that the server would ignore is refused, and nothing is sent", arguments: options)
    func ignored(_ version: String, _ command: String, _ arguments: Record, _ what: String, _ advice: String) {
        let bench = bench(version)
        let failure = bench.call(command, arguments)?.failure
        #expect(failure?.message == "this server is lakeFS \(version), \(what)")
        #expect(failure?.notes == [advice, "nothing was sent"])
        #expect(bench.transport.lines == ["GET /config/version"])
    }

    @Test("a field that only a whole body can hold is refused, too, and called a field")
    func gone() {
        let bench = bench("1.84.0")
        let acl: Record = ["group_id": "g", "body": ["permission": "Read", "all_repositories": true]]
        let failure = bench.call("set_group_acl", acl)?.failure
        #expect(
            failure?.message
                == "this server is lakeFS 1.84.0, which has no field `all_repositories` of `set_group_acl`; "
                + "it would ignore it")
        #expect(failure?.notes == ["lakeFS 0.98.0 alone has it", "nothing was sent"])
        #expect(bench.transport.lines.allSatisfy { $0.hasPrefix("GET") })
    }

    @Test("a release that has the option is asked", arguments: ["1.44.0", "1.44.3", "1.84.0", "v1.90.0-rc1"])
    func known(_ version: String) {
        let bench = bench(version)
        _ = bench.call("create_branch", ["repository": "lake", "name": "b", "source": "main", "hidden": true])
        #expect(bench.transport.lines == ["GET /config/version", "POST /repositories/lake/branches"])
    }

    static let empty: [Value] = [false, nil]

    @Test("an option that asks for nothing is no option: no question, no refusal", arguments: empty)
    func nothing(_ value: Value) {
        let bench = bench("0.90.0")
        _ = bench.call("create_branch", ["repository": "lake", "name": "b", "source": "main", "hidden": value])
        #expect(bench.transport.lines == ["POST /repositories/lake/branches"])
    }

    @Test("several are named together, each with its releases")
    func several() {
        let bench = bench("0.90.0")
        let arguments: Record = ["repository": "l", "name": "b", "source": "main", "hidden": true, "force": true]
        let failure = bench.call("create_branch", arguments)?.failure
        #expect(
            failure?.message == "this server is lakeFS 0.90.0, which has no `--force` of `create_branch` and no "
                + "`--hidden` of `create_branch`; it would ignore it")
        #expect(failure?.notes.first == "`--force` of `create_branch`: lakeFS 1.5.0 and later have it")
    }

    @Test("an upload in parts is refused where there is none", arguments: ["0.90.0", "1.6.0"])
    func presigned(_ version: String) throws {
        let path = "/tmp/lakesh-presign-\(version)"
        let draft = try OutputFile(path)
        try draft.write([1])
        try draft.moveToPlace()
        let bench = bench(version)
        let arguments: Record = ["repository": "lake", "branch": "main", "path": "a"]
        let failure = bench.call("upload_object", arguments) {
            $0[.presign] = true
            $0[.from] = .string(path)
        }?.failure
        #expect(
            failure?.message == "this server is lakeFS \(version), which has no `--presign` of `upload_object`")
        #expect(failure?.notes.first == "lakeFS 1.7.0 and later have it")
        #expect(bench.transport.lines == ["GET /config/version"])
    }

    // MARK: Paths

    @Test(
        "a request goes to the path that the release has",
        arguments: [
            ("0.90.0", "GET /repositories/lake/branch_protection"),
            ("1.84.0", "GET /repositories/lake/settings/branch_protection"),
        ])
    func paths(_ version: String, _ line: String) {
        let bench = bench(version)
        _ = bench.call("get_branch_protection_rules", ["repository": "lake"])
        #expect(bench.transport.lines == ["GET /config/version", line])
    }

    @Test(
        "what stands in the path of one release and in the query of others is sent where it belongs",
        arguments: [
            ("1.14.0", "/api/v1/auth/users/ana/external/principal/arn%3Aaws"),
            ("1.14.1", "/api/v1/auth/users/ana/external/principals?principalId=arn%3Aaws"),
        ])
    func principals(_ version: String, _ target: String) {
        let bench = bench(version)
        _ = bench.call("create_user_external_principal", ["user_id": "ana", "principal_id": "arn:aws"])
        #expect(bench.transport.requests.last?.target == target)
    }

    // MARK: A policy's condition

    private static let statement: Value = [
        [
            "effect": "allow", "action": ["fs:*"], "resource": "*",
            "condition": ["IpAddress": ["SourceIp": ["10.0.0.0/8"]]],
        ]
    ]

    @Test(
        "a policy with a condition is refused where it would lose it, as statements and as a whole body",
        arguments: ["create_policy", "update_policy"], [false, true])
    func condition(_ command: String, _ isWhole: Bool) {
        let bench = bench("1.70.1")
        var arguments: Record = isWhole ? ["body": ["statement": Self.statement]] : ["statement": Self.statement]
        arguments[command == "create_policy" ? "id" : "policy_id"] = "p"
        let failure = bench.call(command, arguments)?.failure
        #expect(
            failure?.message
                == "this server is lakeFS 1.70.1, which has no field `statement[].condition` of `\(command)`; "
                + "it would drop it and grant the permission without a condition")
        #expect(failure?.notes == ["lakeFS 1.71.0 and later have it", "nothing was sent"])
        #expect(bench.transport.lines.filter { !$0.hasPrefix("GET") } == [])
    }

    /// A server of unknown release, and its answer about a policy.
    private func untoldServer(_ answered: String) -> PerformerBench {
        PerformerBench { request in
            switch request.target {
            case "/api/v1/config/version": .answer(200, #"{"version":"dev"}"#)
            case "/api/v1/setup_lakefs": .answer(200, #"{"state":"initialized","login_config":{"RBAC":"internal"}}"#)
            default: .answer(201, #"{"id":"p","statement":[\#(answered)]}"#)
            }
        }
    }

    private static let bare = #"{"effect":"allow","action":["fs:*"],"resource":"*"}"#
    private static let whole =
        #"{"effect":"allow","action":["fs:*"],"resource":"*","condition":{"IpAddress":{"SourceIp":["10.0.0.0/8"]}}}"#

    @Test("where the release cannot be told, a condition that the server dropped is an error that says what to do")
    func dropped() {
        let bench = untoldServer(Self.bare)
        let failure = bench.call("create_policy", ["id": "p", "statement": Self.statement])?.failure
        #expect(
            failure?.message
                == "the server dropped `statement[].condition` of `create_policy`: the right is there now, without a "
                + "condition")
        #expect(
            failure?.notes == [
                "delete it before it is used: delete_policy p", "lakeFS 1.71.0 and later have it",
            ])
    }

    @Test("a condition that came back is fine; so is a policy without one")
    func kept() {
        let kept = untoldServer(Self.whole).call("create_policy", ["id": "p", "statement": Self.statement])
        #expect(kept?.value?["id"] == "p")
        let plain: Value = [["effect": "allow", "action": ["fs:*"], "resource": "*"]]
        #expect(untoldServer(Self.bare).call("create_policy", ["id": "p", "statement": plain])?.value != nil)
    }
}
