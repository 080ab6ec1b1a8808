internal import Glibc
internal import LakeAPI
package import LakeScript

/// Performs the built-ins with side effects: files, the clock, sleep, randomness, the environment, printing. Files are
/// read and written at once; sleeping, printing to a slow reader and reading from a pipe take their time.
package final class WorldPerformer: Performer {
    private let output: OutputStream
    private let errors: OutputStream
    private let files = FileStore()
    private var sleeping: [(id: EffectID, at: Instant)] = []
    private var printing: [(id: EffectID, stream: OutputStream)] = []
    private var reading: [(id: EffectID, call: BuiltinCall, gathering: Gathering)] = []
    /// Files that were read, and whose bytes are still to become a value.
    private var gathered: [(id: EffectID, call: BuiltinCall, bytes: [UInt8])] = []
    private var outbox = Outbox<Event>()
    /// The reserved files that nothing was written to, yet.
    private var reserved: [ReservedFile] = []
    /// The written files that contain a secret, for the report.
    package private(set) var secretFiles: [String] = []

    private let keepsPrinted: Bool
    /// The text printed on standard output, if it is kept.
    package private(set) var printed: [String] = []

    package init(output: OutputStream, errors: OutputStream, keepsPrinted: Bool = false) {
        self.output = output
        self.errors = errors
        self.keepsPrinted = keepsPrinted
    }

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        guard case .builtin(let call) = effect.kind, call.builtin.performer == .world else {
            return outbox.answer(id, .failure(.notPerformed(effect.kind)))
        }
        do throws(Failure) {
            if let value = try perform(call, id, now) { outbox.answer(id, .value(value)) }
        } catch {
            outbox.answer(id, .failure(error))
        }
    }

    /// An effect that was performed at once keeps its answer.
    package func cancel(_ id: EffectID, now: Instant) {
        let waiting = sleeping.map(\.id) + printing.map(\.id) + reading.map(\.id) + gathered.map(\.id)
        guard waiting.contains(id) else { return }
        reading.removeAll { $0.id == id }
        gathered.removeAll { $0.id == id }
        sleeping.removeAll { $0.id == id }
        printing.removeAll { $0.id == id }
        outbox.answer(id, .notSent)
    }

    package func waits() -> Waits {
        var waits = printing.contains { $0.stream.isDrained } || !gathered.isEmpty ? .immediate : outbox.waits
        waits.add(Waits(deadline: sleeping.map(\.at).min()))
        for pipe in reading { waits.add(pipe.gathering.waits()) }
        return waits
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        readMore()
        interpret()
        return outbox.take() + finished(now)
    }

    /// Makes values of the bytes of files; what is stopped begins again, unless it is cancelled meanwhile.
    private func interpret() {
        for (id, call, bytes) in gathered {
            do throws(Failure) {
                let value = try Work.stoppable { () throws(Failure) in try FileReading().perform(call, bytes) }
                guard let value else { return }
                outbox.answer(id, .value(value))
            } catch {
                outbox.answer(id, .failure(error))
            }
            gathered.removeFirst()
        }
    }

    /// Reads from pipes; the contents of one at its end are the answer.
    private func readMore() {
        for index in reading.indices.reversed() {
            let (id, call, gathering) = reading[index]
            do throws(Failure) {
                guard try gathering.takeMore() else { continue }
                gathered.append((id, call, gathering.bytes))
            } catch {
                outbox.answer(id, .failure(error))
            }
            reading.remove(at: index)
        }
    }

    private func finished(_ now: Instant) -> [Event] {
        let awake = sleeping.filter { $0.at <= now }.map(\.id)
        sleeping.removeAll { $0.at <= now }
        let printed = printing.filter { $0.stream.isDrained }.map(\.id)
        printing.removeAll { $0.stream.isDrained }
        return (awake + printed).map { .answer($0, .value(.null)) }
    }

    /// The value of an effect that is performed at once; nil if the answer comes later.
    private func perform(_ call: BuiltinCall, _ id: EffectID, _ now: Instant) throws(Failure) -> Value? {
        switch call.name {
        case "now": return .int(now.epochSeconds)
        case "sleep":
            guard case .duration(let milliseconds) = call["duration"] else { return .null }
            sleeping.append((id, now.advanced(by: milliseconds)))
        case "print" where keepsPrinted:
            printed.append(text(of: call))
            return .null
        case "print": show(call, on: output, id)
        case "print_error": show(call, on: errors, id)
        case "env": return try environment(call)
        case "random_id": return .string(RandomID.make())
        case "file_exists": return .bool(files.exists(call.text("path")))
        case "list_files": return .list(try files.list(call.text("path", default: ".")).map { .string($0) })
        case "read_file", "read_lines", "read_json", "read_csv": return try read(call, id)
        case "reserve_file": return .string(try reserve(call.text("path")))
        case "delete_file":
            try files.remove(call.text("path"))
            return .null
        case "write_file", "write_json", "write_csv": return try write(call, id)
        default: throw .notPerformed(.builtin(call))
        }
        return nil
    }

    private func reserve(_ path: String) throws(Failure) -> String {
        // Forgets reserved files that were deleted.
        reserved.removeAll { !$0.isAt($0.path) }
        guard !reserved.contains(where: { $0.isAt(path.expandingHome) }) else {
            throw .nameTaken(path, "is reserved already", "this run has not written to it yet")
        }
        reserved.append(try ReservedFile(path, in: files))
        return path
    }

    /// Writes a file; nil for standard output, whose reader may be slow.
    private func write(_ call: BuiltinCall, _ id: EffectID) throws(Failure) -> Value? {
        let path = call.text("path")
        guard path != "-" else {
            let bytes = try FileWriting(files).visibleBytes(call)
            if keepsPrinted {
                printed.append(String(decoding: bytes, as: UTF8.self))
                return .null
            }
            output.write(bytes)
            printing.append((id, output))
            return nil
        }
        let file = reserved.first { $0.isAt(path.expandingHome) }
        if try FileWriting(files).perform(call, into: file) { secretFiles.append(path) }
        reserved.removeAll { $0 === file }
        return .null
    }

    /// The value of a regular file; nil for a pipe, whose value comes later.
    private func read(_ call: BuiltinCall, _ id: EffectID) throws(Failure) -> Value? {
        let source = try ByteSource(body: call.text("path"))
        guard source.isStream else {
            gathered.append((id, call, try files.read(source.descriptor, named: source.path)))
            return nil
        }
        reading.append((id, call, Gathering(source)))
        return nil
    }

    private func show(_ call: BuiltinCall, on stream: OutputStream, _ id: EffectID) {
        stream.write(text(of: call) + "\n")
        printing.append((id, stream))
    }

    private func text(of call: BuiltinCall) -> String {
        (call["values"].items ?? []).map(\.printed).joined(separator: " ")
    }

    private func environment(_ call: BuiltinCall) throws(Failure) -> Value {
        let name = call.text("name")
        guard let bytes = getenv(name) else {
            let fallback = call["default"]
            if !fallback.isNull { return fallback }
            throw .noVariable(name)
        }
        // An invalid byte is not replaced: the text could be a name, and then of something else.
        guard let text = String(validatingCString: bytes) else {
            throw .variableNoText(name)
        }
        return call.flag("secret") ? .secret(text) : .string(text)
    }
}

extension Value {
    /// The text that `print` shows: texts as they are, secrets hidden, lists and maps as JSON on one line.
    var printed: String {
        ValuePresenter(styler: Styler(isColoured: false), width: nil).compact(self)
    }
}

/// Random ids of 16 letters and digits.
enum RandomID {
    static func make(length: Int = 16) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
        return String(RandomBytes.make(length).map { alphabet[Int($0) % alphabet.count] })
    }
}
