import LakeScript
import Testing

@testable import LakeAPI

/// `ensure` of a repository on servers whose cache still has a deleted one.
struct EnsureTests {
    private static let taken = ScriptedTransport.Outcome.answer(
        409, #"{"message":"error creating repository: not unique"}"#)
    private static let lake =
        #"{"id":"lake","storage_namespace":"local://lake","default_branch":"main","creation_date":1}"#
    private static let wanted: Record = ["name": "lake", "storage_namespace": "local://lake"]

    private static func list(_ items: String) -> ScriptedTransport.Outcome {
        .answer(200, #"{"pagination":{"has_more":false},"results":[\#(items)]}"#)
    }

    private func ensure(_ bench: PerformerBench, retries: Int? = nil) -> Answer? {
        bench.call("create_repository", Self.wanted) {
            $0[.ensure] = true
            $0[.retries] = retries.map { .int($0) }
        }
    }

    @Test("one that is there with equal values is done, by the list, which tells the truth")
    func equal() {
        let bench = PerformerBench([Self.taken, Self.list(Self.lake)])
        #expect(ensure(bench)?.value?["id"] == "lake")
        #expect(bench.unchanged == 1)
        #expect(bench.transport.requests.map(\.target).last == "/api/v1/repositories?prefix=lake&amount=1")
        #expect(bench.now.milliseconds == 0)
    }

    @Test("one with other values is a conflict that shows both")
    func different() {
        let other = Self.lake.replacing("local://lake", with: "local://other")
        let failure = ensure(PerformerBench([Self.taken, Self.list(other)]))?.failure
        #expect(failure?.message == "it is there already, and its storage_namespace is another")
        #expect(failure?.kind == .conflict && failure?.status == 409)
    }

    @Test("one that the server remembers after its deletion is made as soon as it is forgotten")
    func remembered() {
        // A repository whose name has this prefix is another one.
        let bench = PerformerBench([
            Self.taken, Self.list(#"{"id":"lake2","storage_namespace":"local://lake"}"#), Self.taken, Self.list(""),
            .answer(201, Self.lake),
        ])
        #expect(ensure(bench)?.value?["id"] == "lake")
        #expect(bench.unchanged == 0)
        #expect(bench.now.milliseconds == 5000)
        #expect(
            bench.notices.first
                == "the server says that `lake` exists, and no list has it: create_repository, again in 2.5 s (attempt 2 of 5)"
        )
        #expect(!bench.transport.lines.contains("GET /repositories/lake"))
    }

    @Test("one that is never forgotten and cannot be read fails after ten seconds, with what to do")
    func neverForgotten() {
        let bench = PerformerBench {
            $0.method == "POST"
                ? Self.taken : $0.target.contains("?") ? Self.list("") : .answer(404, #"{"message":""}"#)
        }
        let failure = ensure(bench)?.failure
        #expect(failure?.message == "`lake` was deleted a moment ago, and the server still remembers it")
        #expect(failure?.notes == ["nothing was made: wait some seconds, and do it again"])
        #expect(failure?.kind == .conflict && failure?.status == 409)
        #expect(bench.now.milliseconds == 10_000)
        #expect(bench.transport.lines.filter { $0.hasPrefix("POST") }.count == 5)
    }

    @Test("where no list may be read, the read is believed once the memory's time is over")
    func noList() {
        let denied = ScriptedTransport.Outcome.answer(401, #"{"message":"insufficient permissions"}"#)
        let bench = PerformerBench {
            $0.method == "POST" ? Self.taken : $0.target.contains("?") ? denied : .answer(200, Self.lake)
        }
        #expect(ensure(bench)?.value?["id"] == "lake")
        #expect(bench.now.milliseconds == 10_000)
        #expect(bench.unchanged == 1)
    }

    @Test("without ensure the name is taken, and that it may be a memory is said")
    func plain() {
        let bench = PerformerBench([Self.taken])
        let failure = bench.call("create_repository", Self.wanted)?.failure
        #expect(failure?.message == "`lake` exists already")
        #expect(failure?.notes.first?.hasPrefix("one that was deleted a moment ago is remembered") == true)
        #expect(bench.transport.requests.count == 1)
    }

    @Test("without further attempts the read, which may come from memory, is not asked")
    func noRetries() {
        let bench = PerformerBench([Self.taken, Self.list("")])
        #expect(ensure(bench, retries: 0)?.failure?.message.contains("still remembers it") == true)
        #expect(bench.transport.requests.count == 2)
    }

    static let namespaces = [
        "failed to create repository: found lakeFS objects in the storage (:local://lake) key(_lakefs/dummy): "
            + "storage namespace already in use",
        "failed to create repository: found lakeFS objects in the storage namespace(local://lake): "
            + "lakeFS repositories can't share storage namespace",
    ]

    @Test("a server that looks at the namespace first is asked for the repository, too", arguments: namespaces)
    func namespace(_ words: String) {
        let refusal = ScriptedTransport.Outcome.answer(400, #"{"message":"\#(words)"}"#)
        let there = PerformerBench([refusal, Self.list(Self.lake)])
        #expect(ensure(there)?.value?["id"] == "lake")
        #expect(there.unchanged == 1)
        let absent = PerformerBench([refusal, Self.list("")])
        let failure = ensure(absent)?.failure
        #expect(failure?.status == 400)
        #expect(failure?.message.contains("found lakeFS objects") == true)
        #expect(absent.transport.requests.count == 2)
    }

    @Test("the time given to the call ends the wait for the server's memory")
    func timeout() {
        let bench = PerformerBench { $0.method == "POST" ? Self.taken : Self.list("") }
        let answer = bench.call("create_repository", Self.wanted) {
            $0[.ensure] = true
            $0[.timeout] = .duration(4000)
        }
        #expect(answer?.failure?.kind == .timeout)
        #expect(bench.now.milliseconds == 4000)
    }
}
