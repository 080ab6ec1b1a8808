internal import CEditline
internal import Glibc

/// Key bindings: the shell's own first, then the lines of `~/.editrc`.
extension EditlineEditor {
    /// Registers the shell's commands with libedit and binds their keys.
    func installBindings() {
        for command in EditlineEditor.commands { lakesh_add_command(editor, command.name, command.action) }
        bindKeys()
    }

    /// Binds the shell's keys in the current key maps; `bind -v` and `bind -e` reset them.
    private func bindKeys() {
        isVi = lakesh_is_vi(editor) != 0
        for command in EditlineEditor.commands {
            for key in command.mainKeys(isVi: isVi) { lakesh_bind(editor, key, command.name) }
            for key in isVi ? command.alternativeKeys : [] { lakesh_bind_alternative(editor, key, command.name) }
        }
        // The probe key for vi's mode is bound to a different command in each of its two key maps.
        guard isVi else { return }
        lakesh_bind(editor, EditlineEditor.probeKey, "lakesh-note-insert")
        lakesh_bind_alternative(editor, EditlineEditor.probeKey, "lakesh-note-command")
    }

    /// Reads `$EDITRC` or `~/.editrc`. libedit would stop at the first line with an error; this goes on.
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
            // SAFETY: the words belong to the tokenizer until it is reset, which happens after their use.
            el_parse(editor, count, words)
            note((0..<Int(count)).compactMap { index in words[index].map { String(cString: $0) } })
        }
    }

    /// Handles the effect of a line of `~/.editrc`: after a change of mode the shell's keys are bound again, and a key
    /// sequence that the user binds is passed to libedit undecoded.
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
