package import LakeScript

/// A recorded conversation with a real lakeFS server: requests and answers.
///
/// Texts that differ from run to run are symbols in it, see `Symbols`.
package struct Recording: Sendable {
    /// The name of its file: `v0.90-users`.
    package let name: String
    /// The flags of `lakesh sandbox` that imitate the recorded server: `["--like", "v0.90"]`.
    package let flags: [String]
    /// True if the server had its first user when the recording began.
    package let isSetUp: Bool
    package let steps: [Step]

    /// A step of the conversation.
    package enum Step: Sendable {
        /// Changes the caller to the owner of these keys or this token.
        case become(Value)
        /// Parts of an upload, to be sent to the addresses in an answer.
        case putParts([Value])
        /// A wait for a cache of the real server to expire; the sandbox has none.
        case wait
        /// A request and its answer.
        case exchange(Value)
    }

    /// All recordings, by name.
    package static var names: [String] {
        Fixtures.names(in: "recordings").filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    }

    /// Returns the steps that the sandbox does not answer like the real server yet: each line of `pending.txt` names a
    /// recording and its steps. A test fails as soon as one of them passes.
    package static func pending() throws -> [String: Set<Int>] {
        let text = String(decoding: try Fixtures.bytes(of: "recordings/pending.txt"), as: UTF8.self)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
        return Dictionary(lines.map { (String($0[0]), Set($0.dropFirst().compactMap { Int($0) })) }) { $0.union($1) }
    }

    /// Reads a recording.
    package init(named name: String) throws {
        let content = try JSON.read(try Fixtures.bytes(of: "recordings/\(name).json"), isLenient: true)
        self.name = name
        flags = (content["sandbox"].items ?? []).compactMap(\.text)
        isSetUp = content["setup"] != false
        steps = (content["steps"].items ?? []).map { Step($0) }
    }

    /// Returns the value of a flag.
    package func value(of flag: String) -> String? {
        flags.firstIndex(of: flag).map { flags[$0 + 1] }
    }
}

extension Recording.Step {
    fileprivate init(_ step: Value) {
        if let parts = step["put_parts"].items {
            self = .putParts(parts)
        } else if !step["become"].isNull {
            self = .become(step)
        } else if !step["wait"].isNull {
            self = .wait
        } else {
            self = .exchange(step)
        }
    }
}
