internal import CSystem
internal import Glibc
internal import LakeRunner
internal import LakeScript

/// A program that shares our process group and the terminal: an editor or a pager. All other programs have a group of
/// their own and no terminal.
enum TerminalProgram {
    /// Runs `$VISUAL`, `$EDITOR` or `vi` on a file and waits for it; returns true if its exit status is 0.
    private static func edit(_ path: String, on terminal: Terminal) -> Bool {
        let editor = variable("VISUAL") ?? variable("EDITOR") ?? "vi"
        // The shell parses the editor's name, which may contain options, but not the path.
        return terminal.lend { run(["sh", "-c", editor + " \"$1\"", "sh", path], input: nil) } == 0
    }

    /// Returns a text as it comes back from an editor, without its last line end.
    static func edited(_ text: String, on terminal: Terminal) -> Result<String, Failure> {
        do throws(Failure) {
            let files = FileStore()
            let folder = try files.makeTemporaryFolder("lakesh-edit")
            defer { files.removeFolder(folder) }
            let path = folder + "/statement.lfs"
            try files.write(Array((text + "\n").utf8), to: path, isSecret: false, mayOverwrite: false)
            guard edit(path, on: terminal) else { throw .shellState("$EDITOR failed: nothing is run") }
            return .success(String(decoding: try files.read(path), as: UTF8.self).trimmed)
        } catch {
            return .failure(error)
        }
    }

    /// Shows a text with `$PAGER`, else with less, which ends by itself if the text fits; returns false if there is no
    /// pager.
    static func page(_ text: String, on terminal: Terminal) -> Bool {
        let pager = variable("PAGER") ?? "less -FRX"
        guard pager != "cat" else { return false }
        // Less shows colours and ends by itself, unless the user says otherwise; git does the same. The shell's statuses
        // 126 and 127 mean that there is no such program.
        let script = "LESS=\"${LESS-FRX}\" && export LESS; " + pager
        let status = terminal.lend { run(["sh", "-c", script], input: Array(text.utf8)) }
        return status.map { $0 != 126 && $0 != 127 } ?? false
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Runs a program with a text as its input, or with our own input; returns its exit status, or nil if it did not
    /// start.
    private static func run(_ arguments: [String], input: [UInt8]?) -> Int32? {
        var ends: [Int32] = [-1, -1]
        if input != nil, pipe(&ends) != 0 { return nil }
        // Otherwise the reader would keep the pipe open itself. Our other descriptors are closed on exec already.
        for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        guard let child = spawn(arguments, input: input == nil ? nil : ends[0]) else {
            for end in ends where end >= 0 { close(end) }
            return nil
        }
        if let input {
            close(ends[0])
            write(input, to: ends[1])
            close(ends[1])
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
    }

    /// Starts a program from the path with default signals.
    private static func spawn(_ arguments: [String], input: Int32?) -> pid_t? {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        // SAFETY: the pointers live until the call has returned, and end in nil.
        let child = lakesh_spawn_beside(arguments[0], &pointers, input ?? -1)
        return child > 0 ? child : nil
    }

    /// Writes until everything is written or the reader is gone.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // SAFETY: write reads at most `rest.count` bytes during this call only.
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return }
        }
    }
}
