import Glibc
import LakeRunner
import LakeSandbox
import LakeScript
import RunnerSupport
import TestSupport

@testable import LakeREPL

/// A shell without a terminal: statements go in, what they print comes out. Each of its servers is a fresh sandbox.
final class TypedShell {
    let time = VirtualTime()
    let history: History
    /// A folder for the test's files, which goes with the shell.
    let folder: String
    let shell: ReplSession
    private let keyboard: Stream
    private let output: Stream
    private let errors: Stream

    /// A file that a stream is written to, and the place up to which it was looked at.
    private final class Stream {
        let descriptor: Int32
        private var seen = 0

        init(_ path: String) {
            descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        }

        deinit { close(descriptor) }

        /// The text since the last call.
        func take() -> String {
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let count = max(0, pread(descriptor, &bytes, bytes.count, off_t(seen)))
            seen += count
            return String(decoding: bytes.prefix(count), as: UTF8.self)
        }
    }

    /// The output of a statement.
    struct Response: Equatable {
        /// Standard output.
        var output = ""
        /// Standard error.
        var errors = ""
    }

    /// - Parameters:
    ///   - input: the lines for `run`, if it reads them.
    ///   - history: the history; one without a file.
    /// - Throws: if there is no place for temporary files.
    init(input: String = "", history: History = History(file: nil)) throws {
        self.history = history
        folder = try FileStore().makeTemporaryFolder("lakesh-typed")
        output = Stream(folder + "/.output")
        errors = Stream(folder + "/.errors")
        keyboard = Stream(folder + "/.input")
        _ = write(keyboard.descriptor, input, input.utf8.count)
        lseek(keyboard.descriptor, 0, SEEK_SET)
        let terminal = Terminal(
            input: keyboard.descriptor, output: output.descriptor, errors: errors.descriptor, hasControls: false)
        let console = Console(terminal)
        let loop = time.loop
        func session() -> Session { Session(connection: .sandbox(.init()), console: console, loop: loop) }
        time.onWait = { descriptors, _ in descriptors.contains(terminal.keyboard) ? [terminal.keyboard] : nil }
        shell = ReplSession(session(), history: history, reservedNames: ["server", "file"]) { server throws(Failure) in
            guard server == "sandbox" else { throw Failure(.mistake, "there is no profile `\(server)`") }
            return session()
        }
    }

    deinit { FileStore().removeFolder(folder) }

    /// Enters a statement.
    @discardableResult
    func enter(_ text: String) -> Response {
        shell.enter(text)
        return response()
    }

    /// Enters several statements, and returns the response to the last one.
    @discardableResult
    func enter(_ texts: String...) -> Response {
        var response = Response()
        for text in texts { response = enter(text) }
        return response
    }

    /// The output since the last call.
    func response() -> Response { Response(output: output.take(), errors: errors.take()) }

    /// Writes a file into the folder; returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = folder + "/" + name
        try FileStore().write(Array(text.utf8), to: path, isSecret: false, mayOverwrite: true)
        return path
    }
}
