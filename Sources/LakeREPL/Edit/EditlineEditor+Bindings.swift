internal import CEditline
internal import Glibc

/// Keys: ours first, then what `~/.editrc` says, line by line.
extension EditlineEditor {
    /// Makes our commands known and binds their keys.
    func installBindings() {
        for command in EditlineEditor.commands { lakesh_add_command(editor, command.name, command.action) }
        bindKeys()
    }

    /// Binds our keys in the maps that are in force; `bind -v` and `bind -e` have wiped them.
    private func bindKeys() {
        let isVi = lakesh_is_vi(editor) != 0
        for command in EditlineEditor.commands {
            let keys = command.keys(isVi: isVi)
            for key in keys { lakesh_bind(editor, key, command.name) }
            for key in isVi ? keys + command.viKeys : [] { lakesh_bind_alternative(editor, key, command.name) }
        }
        // In vi's command mode an ESC would wait for another key and eat it.
        if isVi { lakesh_bind_alternative(editor, "^[", "lakesh-ignore") }
    }

    /// Reads `$EDITRC` or `~/.editrc`. libedit would stop at the first line that it does not know; we go on.
    func readInitializationFile(name: String) {
        let path =
            getenv("EDITRC").map { String(cString: $0) } ?? getenv("HOME").map { String(cString: $0) + "/.editrc" }
        guard let path, let tokenizer = tok_init(nil) else { return }
        defer { tok_end(tokenizer) }
        for line in EditlineEditor.lines(of: path) {
            tok_reset(tokenizer)
            var count: Int32 = 0
            var words: UnsafeMutablePointer<UnsafePointer<CChar>?>?
            guard tok_str(tokenizer, line, &count, &words) == 0, count > 0, let words else { continue }
            // SAFETY: the words are the tokenizer's until it is reset, after they were used.
            el_parse(editor, count, words)
            let isModeChange = (0..<Int(count)).contains { index in
                words[index].map { ["-v", "-e"].contains(String(cString: $0)) } ?? false
            }
            if isModeChange { bindKeys() }
        }
    }

    private static func lines(of path: String) -> [String] {
        guard let file = fopen(path, "re") else { return [] }
        defer { fclose(file) }
        var lines: [String] = []
        var buffer = [CChar](repeating: 0, count: 4096)
        while fgets(&buffer, Int32(buffer.count), file) != nil {
            lines.append(String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        return lines
    }
}
