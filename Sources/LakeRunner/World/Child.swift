internal import CSystem
internal import Glibc
internal import LakeScript

/// A running program: its process, the pipes to it, and its output so far.
final class Child {
    /// The reason why it is stopped.
    enum Stop {
        case cancelled
        /// Its output exceeds the limit.
        case tooLoud
    }

    /// The maximal number of bytes of its output.
    private static let mostOutput = 16 << 20
    private static let mostErrors = 64 << 10

    var stop: Stop?
    /// The moment at which it is killed, after it was asked to terminate.
    var killAt: Instant?
    private let program: ChildProgram

    private var id: pid_t = 0
    /// A descriptor that is ready when it has ended.
    private let end: Int32
    private var input: Int32
    private var output: Int32
    private var errors: Int32
    private var unwritten: ArraySlice<UInt8>
    private var printed: [UInt8] = []
    private var complaints: [UInt8] = []

    /// Starts a program.
    ///
    /// - Throws: a mistake if the program does not exist or cannot be started.
    init(_ program: ChildProgram) throws(Failure) {
        self.program = program

        unwritten = (program.input ?? [])[...]
        let pipes = try ChildPipes(hasInput: program.input != nil)
        let code = Child.spawn(program, pipes.theirs, &id)
        for descriptor in pipes.theirs { close(descriptor) }
        (input, output, errors) = (pipes.ours[0], pipes.ours[1], pipes.ours[2])
        end = code == 0 ? lakesh_child_descriptor(id) : -1
        guard code == 0, end >= 0 else {
            if code == 0 { _ = kill(-id, SIGKILL) }
            let notes = code == ENOENT ? ["it is looked for in PATH, and as a path where its name has a /"] : []
            throw .cannotRun(program.name, String(cString: strerror(code)).lowercasedFirst, notes: notes)
        }
    }

    deinit {
        for descriptor in [input, output, errors, end] where descriptor >= 0 { close(descriptor) }
    }

    private static func spawn(_ program: ChildProgram, _ standard: [Int32], _ id: inout pid_t) -> Int32 {
        withCStrings(program.arguments.map { Array($0.utf8CString) }) { arguments in
            withCStrings(program.wholeEnvironment) { environment in
                // SAFETY: the arrays end with nil and live during this call only, which copies what it needs.
                lakesh_spawn(program.name, arguments, environment, standard, &id)
            }
        }
    }

    /// Sends a signal to its process group.
    func signal(_ number: Int32) { _ = kill(-id, number) }

    var isTooLoud: Bool { printed.count > Child.mostOutput }

    func waits() -> Waits {
        var waits = Waits(descriptors: [Descriptor(number: end)], deadline: killAt)
        if input >= 0 { waits.descriptors.append(Descriptor(number: input, isForWriting: true)) }
        for descriptor in [output, errors] where descriptor >= 0 {
            waits.descriptors.append(Descriptor(number: descriptor))
        }
        return waits
    }

    /// Writes to and reads from its pipes without waiting.
    func transfer(_ ready: [Descriptor]) {
        if ready.contains(Descriptor(number: input, isForWriting: true)) { writeSome() }
        if ready.contains(Descriptor(number: output)) {
            Child.read(&output, into: &printed, most: Child.mostOutput + 1)
        }
        if ready.contains(Descriptor(number: errors)) { Child.read(&errors, into: &complaints, most: Child.mostErrors) }
    }

    private func writeSome() {
        // SAFETY: write reads the slice's bytes during this call only; the pipe does not block.
        let count = unwritten.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
        if count > 0 { unwritten = unwritten.dropFirst(count) }
        let mayGoOn = count >= 0 || errno == EAGAIN || errno == EINTR
        guard unwritten.isEmpty || !mayGoOn else { return }
        close(input)
        input = -1
    }

    /// Reads all available bytes and keeps `most` of them. Closes the descriptor at its end.
    private static func read(_ descriptor: inout Int32, into bytes: inout [UInt8], most: Int) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while descriptor >= 0 {
            // SAFETY: read writes at most `buffer.count` bytes during this call only; the pipe does not block.
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<min(count, max(0, most - bytes.count))]
                continue
            }
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            close(descriptor)
            descriptor = -1
        }
    }

    /// The exit status, or minus the signal that ended it; nil while it is running.
    func ended(_ ready: [Descriptor]) -> Int32? {
        guard ready.contains(Descriptor(number: end)) else { return nil }
        // The rest of its process group is killed, too.
        if stop != nil { signal(SIGKILL) }
        var status: Int32 = 0
        guard waitpid(id, &status, WNOHANG) == id else { return nil }
        // Its last output; later output of processes that it left behind is not waited for.
        Child.read(&output, into: &printed, most: Child.mostOutput + 1)
        Child.read(&errors, into: &complaints, most: Child.mostErrors)
        let number = status & 0x7F
        return number == 0 ? status >> 8 & 0xFF : -number
    }

    /// The answer to the script; the output is a text without its last line end.
    func answer(_ status: Int32) -> Answer {
        if status == 0, stop == nil, !isTooLoud {
            guard let value = printedValue else { return .failure(signed(.outputNoText(program.name))) }
            return .value(value)
        }
        return .failure(signed(failure(status)))
    }

    /// The printed text; nil if that is not UTF-8.
    private var printedValue: Value? {
        let ends = ["\r\n", "\n"].first { printed.reversed().starts(with: $0.utf8.reversed()) }
        return String(validating: printed.dropLast(ends?.utf8.count ?? 0), as: UTF8.self).map {
            program.hasSecret ? .secret($0) : .string($0)
        }
    }

    private func failure(_ status: Int32) -> Failure {
        if isTooLoud { return .outputTooLong(program.name) }
        return stop == .cancelled ? .programStopped(program.name) : .programFailed(program.name, status: Int(status))
    }

    /// Adds the output and the last lines of both streams to a failure, unless the program was given a secret.
    private func signed(_ failure: Failure) -> Failure {
        var failure = failure
        failure.operation = "exec"
        failure.body = printedValue ?? .bytes(printed)
        let lines = [printed, complaints].flatMap { String(decoding: $0, as: UTF8.self).lines.suffix(5) }
        if program.hasSecret {
            if !lines.isEmpty { failure.notes.append("what it wrote is hidden: it was given a secret") }
        } else {
            failure.notes += lines.map { "\(program.name): \($0)" }
        }
        return failure
    }
}

/// The pipes to a program, in the order of its descriptors.
private struct ChildPipes {
    var theirs: [Int32] = []
    var ours: [Int32] = []

    init(hasInput: Bool) throws(Failure) {
        if hasInput {
            try add(ours: 1)
        } else {
            theirs.append(open("/dev/null", O_RDONLY | O_CLOEXEC))
            ours.append(-1)
        }
        try add(ours: 0)
        try add(ours: 0)
    }

    private mutating func add(ours end: Int) throws(Failure) {
        var ends: [Int32] = [-1, -1]
        guard lakesh_pipe(&ends, Int32(end)) == 0 else {
            let words = String(cString: strerror(errno)).lowercasedFirst
            for descriptor in theirs + ours + ends where descriptor >= 0 { close(descriptor) }
            throw .noPipe(words)
        }
        ours.append(ends[end])
        theirs.append(ends[1 - end])
    }
}

/// Passes NUL-terminated texts as a C array of pointers that ends with nil.
private func withCStrings<Result>(
    _ texts: [[CChar]], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    // SAFETY: the copies live until the closure has ended; the array has one element at least.
    let copies = texts.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return body(copies)
}
