import Glibc
import LakeScript
import Testing

@testable import LakeRunner

/// The answers to cancelled effects on the world.
struct WorldPerformerTests {
    private let now = Instant(milliseconds: 0, epochSeconds: 0)

    private func effect(_ name: String, _ values: [Value]) throws -> Effect {
        Effect(.builtin(BuiltinCall(try #require(Builtins[name]), values: values)), origin: .ofNoScript)
    }

    /// The answers to an effect that is begun and then cancelled.
    private func cancelled(_ name: String, _ values: [Value]) throws -> [String] {
        let performer = WorldPerformer(output: Console().output, errors: Console().errors)
        performer.begin(EffectID(1), try effect(name, values), now: now)
        performer.cancel(EffectID(1), now: now)
        return performer.tick(now: now, ready: []).map { "\($0)" }
    }

    @Test func whatWasDoneAtOnceIsNotCalledUnsent() throws {
        let answers = try cancelled("now", [])
        #expect(answers.count == 1)
        #expect(try #require(answers.first).contains("value"))
    }

    @Test func aSleepThatIsCutShortWasNotDone() throws {
        let answers = try cancelled("sleep", [.duration(60_000)])
        #expect(answers.count == 1)
        #expect(try #require(answers.first).contains("notSent"))
    }

    @Test func aNameIsReservedOnce() throws {
        let folder = try FileStore().makeTemporaryFolder("lakesh-world")
        defer { FileStore().removeFolder(folder) }
        let performer = WorldPerformer(output: Console().output, errors: Console().errors)
        for id in 1...2 as ClosedRange<UInt64> {
            performer.begin(EffectID(id), try effect("reserve_file", [.string(folder + "/a")]), now: now)
        }
        let answers = performer.tick(now: now, ready: [])
        guard case .answer(_, .failure(let failure))? = answers.last else {
            Issue.record("the second is refused: \(answers)")
            return
        }
        #expect(failure.kind == .conflict && failure.message == "`\(folder)/a` is reserved already")
    }

    @Test func aPipeThatNobodyWritesToHoldsUpNobody() throws {
        try withPipe { path in
            for name in ["read_file", "read_lines", "read_json", "read_csv"] {
                let answers = try cancelled(name, [.string(path)])
                #expect(answers.count == 1)
                #expect(answers.first?.contains("notSent") == true, "\(name)")
            }
        }
    }

    @Test func aPipeIsReadToItsEnd() throws {
        try withPipe { path in
            let performer = WorldPerformer(output: Console().output, errors: Console().errors)
            performer.begin(EffectID(1), try effect("read_lines", [.string(path)]), now: now)
            #expect(performer.tick(now: now, ready: []).isEmpty)
            let descriptor = try #require(performer.waits().descriptors.first)
            let writer = open(path, O_WRONLY | O_NONBLOCK)
            #expect(Glibc.write(writer, "a\nb", 3) == 3)
            #expect(performer.tick(now: now, ready: [descriptor]).isEmpty)
            close(writer)
            let events = performer.tick(now: now, ready: [descriptor])
            guard case .answer(_, .value(let value))? = events.first else {
                Issue.record("\(events)")
                return
            }
            #expect(value == ["a", "b"])
            #expect(performer.waits().descriptors.isEmpty)
        }
    }

    @Test func aPipeIsTheBodyOfAnUploadToASandbox() throws {
        try withPipe { path in
            let bench = try RunBench(
                """
                create_repository lake "local://lake"
                exec "sh" ["-c", 'printf %s hello > "$0" &', "\(path)"]
                upload_object lake main a --from "\(path)"
                get_object lake main a
                """)
            #expect(bench.failure == nil)
            #expect(bench.value == .bytes(Array("hello".utf8)))
        }
    }

    private func withPipe(_ body: (String) throws -> Void) throws {
        let path = "/tmp/lakesh-world-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        try body(path)
    }

    @Test func theLongestSleepEndsAtTheLastMoment() {
        #expect(Instant(milliseconds: 100, epochSeconds: 0).advanced(by: .max).milliseconds == .max)
    }
}
