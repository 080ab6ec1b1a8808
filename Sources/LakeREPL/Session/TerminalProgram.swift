internal import CSystem
internal import Glibc
internal import LakeRunner

/// A program that shares our group and the terminal while it runs: an editor, a pager. What else runs has a group of
/// its own, and no terminal.
enum TerminalProgram {
    /// Runs `$VISUAL`, `$EDITOR` or `vi` on a file and waits for it; gives whether it ended well.
    static func edit(_ path: String, on terminal: Terminal) -> Bool {
        let editor = variable("VISUAL") ?? variable("EDITOR") ?? "vi"
        // The editor's name may hold options; the shell reads it, the path is an argument that it does not.
        return terminal.lend { run(["sh", "-c", editor + " \"$1\"", "sh", path], input: nil) } == 0
    }

    /// Lets a person page through a text with `$PAGER`, else with less, which ends by itself where the text fits; gives
    /// false where there is no pager.
    static func page(_ text: String, on terminal: Terminal) -> Bool {
        let pager = variable("PAGER") ?? "less -FRX"
        guard pager != "cat" else { return false }
        // 126 and 127 are the shell's: there is no such program.
        let status = terminal.lend { run(["sh", "-c", pager], input: Array(text.utf8)) }
        return status.map { $0 != 126 && $0 != 127 } ?? false
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Runs a program with a text as its input, or with ours; gives its exit status, or nil where it did not start.
    private static func run(_ arguments: [String], input: [UInt8]?) -> Int32? {
        var ends: [Int32] = [-1, -1]
        if input != nil, pipe(&ends) != 0 { return nil }
        // Else the reader would keep the pipe open itself. Our other descriptors are closed on exec already.
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

    /// Starts a program found on the path, with signals as a fresh process has them.
    private static func spawn(_ arguments: [String], input: Int32?) -> pid_t? {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        // SAFETY: the pointers live until the call has returned, and end in nil.
        let child = lakesh_spawn_beside(arguments[0], &pointers, input ?? -1)
        return child > 0 ? child : nil
    }

    /// Writes until all is out or the reader has enough.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // SAFETY: write reads at most `rest.count` bytes during this call only.
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return }
        }
    }
}
