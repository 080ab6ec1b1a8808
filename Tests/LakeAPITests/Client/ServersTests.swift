import LakeScript
import TestSupport
import Testing

@testable import LakeAPI

/// Several servers at a time, under one performer.
struct ServersTests {
    private let now = Instant(milliseconds: 0, epochSeconds: 0)

    private func begin(
        _ performer: OperationPerformer, _ id: UInt64, _ command: String, _ arguments: Record = [:], on server: String?
    ) {
        let span = Span(file: FileID(index: 0), start: 0, end: 0)
        let origin = Effect.Origin(scope: ScopePath(), ordinal: 0, server: server, span: span)
        performer.begin(
            EffectID(id), Effect(.call(OperationCall(command: command, arguments: arguments)), origin: origin), now: now
        )
    }

    private func answers(_ performer: OperationPerformer) -> [EffectID: Answer] {
        var answers: [EffectID: Answer] = [:]
        for _ in 0..<10 {
            for case .answer(let id, let answer) in performer.tick(now: now, ready: []) { answers[id] = answer }
        }
        return answers
    }

    @Test("two servers under way at once share a transport; each has its own address, keys and kind")
    func twoServers() {
        let transport = ScriptedTransport { request in
            let isProduction = request.target.hasPrefix("/lake/")
            guard request.method == "POST" else {
                return .answer(200, #"{"login_config":{"RBAC":"\#(isProduction ? "none" : "internal")"}}"#)
            }
            return .answer(201, #"{"id":"ana","creation_date":1}"#)
        }
        let performer = OperationPerformer { name in
            APIServer(
                transport: transport, origin: "https://\(name ?? "own")",
                basePath: name == nil ? "/api/v1" : "/lake/api/v1", identity: ["token": .string(name ?? "own")])
        }
        begin(performer, 1, "create_user", ["id": "ana"], on: nil)
        begin(performer, 2, "create_user", ["id": "ana"], on: "production")
        begin(performer, 3, "create_user", ["id": "ana"], on: nil)
        // Both questions are out before either is answered.
        #expect(transport.requests.map(\.target) == ["/api/v1/setup_lakefs", "/lake/api/v1/setup_lakefs"])
        #expect(transport.options.map(\.origin) == ["https://own", "https://production"])
        let answers = answers(performer)
        #expect(answers[EffectID(1)]?.value?["id"] == "ana" && answers[EffectID(3)]?.value != nil)
        #expect(answers[EffectID(2)]?.failure?.message.hasPrefix("this server has one user") == true)
        let writes = transport.requests.filter { $0.method == "POST" }
        #expect(writes.map { $0.header("Authorization") } == ["Bearer own", "Bearer own"])
    }

    @Test("a failure names its server where a run has several", arguments: [[nil], [nil, "other"]])
    func namedServer(_ names: [String?]) {
        let transport = ScriptedTransport([.answer(404, #"{"message":"repository not found"}"#)])
        let performer = OperationPerformer { APIServer(transport: transport, origin: "https://\($0 ?? "own")") }
        for (number, name) in names.enumerated() {
            begin(performer, UInt64(number), "get_repository", ["repository": "lke"], on: name)
        }
        let answers = answers(performer)
        let told = names.indices.map { answers[EffectID(UInt64($0))]?.failure?.notes.last ?? "" }
        let isOne = names.count == 1
        #expect(told[0].hasPrefix("from the server https://own") == !isOne)
        #expect(isOne || told[1] == "from the server `other`, https://other")
    }

    @Test("a transport of its own answers for each server, and a cancel reaches the right one")
    func twoTransports() {
        let silent = ScriptedTransport([.silence])
        let quick = ScriptedTransport([.answer(200, #"{"id":"ana","creation_date":1}"#)])
        let performer = OperationPerformer { APIServer(transport: $0 == nil ? silent : quick) }
        begin(performer, 1, "get_user", ["user_id": "ana"], on: nil)
        begin(performer, 2, "get_user", ["user_id": "ana"], on: "other")
        #expect(answers(performer).keys.sorted() == [EffectID(2)])
        performer.cancel(EffectID(1), now: now)
        #expect(answers(performer)[EffectID(1)]?.failure?.kind == .cancelled)
    }

    @Test("a server is opened once; one that cannot be opened is the failure of each call to it")
    func opening() {
        var opened: [String?] = []
        let transport = ScriptedTransport([.answer(200, #"{"id":"ana","creation_date":1}"#)])
        let performer = OperationPerformer { name throws(Failure) in
            opened.append(name)
            if name == "moon" { throw Failure(.mistake, "there is no profile `moon`") }
            return APIServer(transport: transport)
        }
        begin(performer, 1, "get_user", ["user_id": "ana"], on: "moon")
        begin(performer, 2, "get_user", ["user_id": "ana"], on: nil)
        begin(performer, 3, "get_user", ["user_id": "ana"], on: nil)
        let answers = answers(performer)
        #expect(answers[EffectID(1)]?.failure?.message == "there is no profile `moon`")
        #expect(answers[EffectID(2)]?.value != nil && answers[EffectID(3)]?.value != nil)
        #expect(opened == ["moon", nil])
    }
}
