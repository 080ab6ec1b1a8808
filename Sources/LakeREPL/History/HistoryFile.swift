internal import Glibc

/// The history file: one statement per line, with `
/// ` and `\\` for line ends and backslashes.
///
/// Several shells share it. Each statement is appended by a single `write` under a lock, so that none is lost or torn,
/// even if a shell is killed. A file of twice its capacity is rewritten and renamed into place; a shell that still has
/// the old file open notices it and opens the new one. Only its owner can read it (0600).
package struct HistoryFile: Sendable {
    /// The absolute path.
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The default file: `$XDG_STATE_HOME/lakesh/history` or `~/.local/state/lakesh/history`; nil without a home
    /// folder.
    package static func standard(environment: (String) -> String?) -> HistoryFile? {
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
            return HistoryFile(path: state + "/lakesh/history")
        }
        guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
        return HistoryFile(path: home + "/.local/state/lakesh/history")
    }

    /// Returns the statements of the file, oldest first: the newest of duplicates, at most `capacity`. Empty if the
    /// file cannot be read, since a shell works without history.
    package func load(capacity: Int) -> [String] {
        guard let descriptor = openLocked() else { return [] }
        defer { close(descriptor) }
        let lines = HistoryFile.read(descriptor).split(separator: UInt8(ascii: "\n"))
        var seen: Set<String> = []
        var entries: [String] = []
        for line in lines.reversed() where entries.count < capacity {
            let entry = HistoryFile.decode(line)
            if seen.insert(entry).inserted { entries.append(entry) }
        }
        entries.reverse()
        if lines.count > 2 * capacity { replace(with: entries) }
        return entries
    }

    /// Appends a statement to the file; returns the reason if that failed.
    @discardableResult
    package func append(_ text: String) -> String? {
        guard let descriptor = openLocked() else { return reason }
        defer { close(descriptor) }
        // An incomplete last line (after a full disk) must not spoil the next one.
        let head = HistoryFile.endsLine(descriptor) ? "" : "\n"
        return HistoryFile.write(descriptor, head + HistoryFile.encode(text) + "\n") ? nil : reason
    }

    /// The path and the system's last error.
    private var reason: String { "\(path): \(String(cString: strerror(errno)))" }

    /// Encodes a statement as a line, without its line end.
    static func encode(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": line += "\\n"
            case "\\": line += "\\\\"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// Decodes the statement of a line.
    static func decode(_ line: some Sequence<UInt8>) -> String {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in line {
            if isEscaped {
                bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Opens and locks the current file at the path; closing it unlocks it.
    private func openLocked() -> Int32? {
        makeFolders()
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return nil }
            fchmod(descriptor, 0o600)
            while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
            var opened = stat()
            var named = stat()
            // Another shell may have replaced the file while this one waited for the lock.
            if fstat(descriptor, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino {
                return descriptor
            }
            close(descriptor)
        }
    }

    private func makeFolders() {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
    }

    private func replace(with entries: [String]) {
        let temporary = path + ".\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let isWhole = HistoryFile.write(descriptor, entries.map { HistoryFile.encode($0) + "\n" }.joined())
        close(descriptor)
        if isWhole { rename(temporary, path) } else { unlink(temporary) }
    }

    private static func endsLine(_ descriptor: Int32) -> Bool {
        let size = lseek(descriptor, 0, SEEK_END)
        var last = UInt8(ascii: "\n")
        return size <= 0 || pread(descriptor, &last, 1, size - 1) != 1 || last == UInt8(ascii: "\n")
    }

    private static func read(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &part, part.count)
            guard count > 0 else { return bytes }
            bytes += part[..<count]
        }
    }

    private static func write(_ descriptor: Int32, _ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = Array(bytes).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}
