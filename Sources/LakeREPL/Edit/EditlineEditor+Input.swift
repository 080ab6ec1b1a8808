internal import CEditline
internal import Glibc
internal import LakeRunner

/// Input for libedit: the hook that it calls for each character, and painting before each wait.
extension EditlineEditor {
    /// Gives libedit its next character; returns 1, or 0 at the end of input.
    static func nextCharacter(_ editor: OpaquePointer?, _ character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
        guard let self = of(editor), let character, let scalar = self.nextScalar() else { return 0 }
        // SAFETY: libedit passes the address of one character.
        character.pointee = wchar_t(bitPattern: scalar)
        return 1
    }

    /// Returns the next character of the terminal, with C1 codes for function keys; nil at the end of input.
    func nextScalar() -> UInt32? {
        keepLibeditWhole()
        undo.note(line)
        narrowMenu()
        var isFinal = false
        while result == nil {
            if case .scalar(let scalar) = decoder.next(isFinal: isFinal) {
                message = ""
                // ESC alone closes the menu, and is no key else.
                if scalar == 0x1B, decoder.isEmpty, menu != nil {
                    closeMenu()
                    isFinal = false
                } else if !swallowsIndentation(scalar) {
                    return scalar
                }
            }
            if decoder.isEmpty { paint() }
            // An ESC may be the key itself or begin a sequence; the bytes of a sequence arrive together.
            let isReady = waitForKey(milliseconds: decoder.isEmpty ? nil : 30)
            if isReady, !readKeys() { return nil }
            isFinal = !isReady
        }
        return nil
    }

    /// Moves libedit's cursor back into its line and refreshes its model of the screen.
    private func keepLibeditWhole() {
        guard let info = el_wline(editor)?.pointee else { return }
        // SAFETY: the three pointers are into libedit's single buffer; only their distances are used.
        if info.cursor < info.buffer { el_cursor(editor, Int32(info.buffer - info.cursor)) }
        if info.cursor > info.lastchar { el_cursor(editor, Int32(info.lastchar - info.cursor)) }
        lakesh_refresh(editor)
        if strchr(lakesh_editline_written(), 7) != nil { painter.emit("\u{7}") }
    }

    /// Paints the current block.
    func paint() {
        shapeCursor()
        painter.paint(frame, columns: window.columns, height: window.rows)
    }

    /// The current contents of the block.
    private var frame: Frame {
        guard let assistant else { return Frame() }
        let whole = line
        let line = whole.excerpt
        var frame = Frame()
        frame.server = assistant.serverPrompt
        frame.prompt = isCommandMode ? assistant.prompt.turned : assistant.prompt
        frame.text = search?.hit(in: history) ?? line.text
        frame.cursor = search == nil ? line.characterCursor : frame.text.count
        frame.highlights = whole.isCheap ? assistant.highlights(of: frame.text) : []
        frame.secrets = assistant.secrets(in: frame.text)
        frame.rightPrompt = assistant.rightPrompt
        if let search {
            frame.below = [search.row]
        } else if let menu {
            frame.below = menu.rows
        } else {
            frame.ghost = suggestion.map { String($0.dropFirst(whole.text.count)) } ?? ""
            frame.below = remark(whole).map { [[Piece($0, .dim)]] } ?? []
        }
        return frame
    }

    /// Paints the last frame of a statement: its text without suggestion, menu or message.
    func paintFinal() {
        guard let assistant else { return }
        var frame = Frame()
        frame.server = assistant.serverPrompt
        frame.prompt = assistant.prompt
        frame.text = line.text
        frame.cursor = frame.text.count
        frame.highlights = line.isCheap ? assistant.highlights(of: frame.text) : []
        frame.secrets = assistant.secrets(in: frame.text)
        painter.finish(frame, columns: window.columns)
    }

    private func remark(_ line: Line) -> String? {
        guard message.isEmpty else { return message }
        guard line.isCheap else { return nil }
        return assistant?.remark(on: line.text, cursor: line.byteCursor)
    }

    /// The suggestion from history, if the cursor is at the end of the text.
    var suggestion: String? {
        let line = line
        // Without colours it would look like typed text.
        guard painter.isColoured, line.isCheap, line.cursor == line.scalars.count else { return nil }
        return history.suggestion(for: line.text)
    }
}

extension StyledText {
    /// The prompt in vi's command mode: its arrow is mirrored.
    fileprivate var turned: StyledText { map { Piece(String($0.text.map { $0 == "❯" ? "❮" : $0 }), $0.style) } }
}
