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
        isVi = lakesh_is_vi(editor) != 0
        for command in EditlineEditor.commands {
            for key in command.mainKeys(isVi: isVi) { lakesh_bind(editor, key, command.name) }
            for key in isVi ? command.alternativeKeys : [] { lakesh_bind_alternative(editor, key, command.name) }
        }
        // What tells vi's mode is bound to different commands in its two maps.
        guard isVi else { return }
        lakesh_bind(editor, EditlineEditor.probeKey, "lakesh-note-insert")
        lakesh_bind_alternative(editor, EditlineEditor.probeKey, "lakesh-note-command")
    }

    /// Reads `$EDITRC` or `~/.editrc`. libedit would stop at the first line that it does not know; we go on.
    func readInitializationFile() {
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
            note((0..<Int(count)).compactMap { index in words[index].map { String(cString: $0) } })
        }
    }

    /// What a line of `~/.editrc` means to us: after a change of mode our keys are bound anew, later lines win over
    /// them; a sequence that it binds is the person's.
    private func note(_ words: [String]) {
        guard let first = words.first, first == "bind" || first.hasSuffix(":bind") else { return }
        if words.contains("-v") || words.contains("-e") { bindKeys() }
        guard let name = words.dropFirst().first(where: { !$0.hasPrefix("-") }) else { return }
        let bytes = KeyDecoder.bytes(ofBinding: name)
        if bytes.first == 0x1B, bytes.count > 1 { decoder.passing.insert(bytes) }
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
