internal import CEditline
internal import Glibc
package import LakeRunner
internal import LakeScript

/// The line editor on a terminal: libedit edits, the shell paints.
///
/// libedit owns the terminal's modes, the key maps of emacs and vi, macros, kill and yank, and `~/.editrc`. Its own
/// drawing is discarded. It asks for each character (`nextCharacter`); before waiting for a key, the editor reads
/// libedit's line and paints the whole block itself. That gives colours, suggestions, menus, several rows, and messages
/// above the line, none of which libedit has. During the wait the event loop runs, so that candidates arrive.
///
/// The shell's own commands (`commands`) change the line only through libedit's public functions, in whole characters
/// (grapheme clusters). Positions in libedit's buffer are Unicode scalars (`wchar_t`).
///
/// Three rules keep libedit's memory intact; each was found necessary by random typing. A cursor outside the line is
/// moved back before each key. libedit's model of the screen is refreshed, into the discarded output, for each key.
/// That model has a single row, whatever the window's size.
package final class EditlineEditor: LineEditor {
    let history: History
    let painter: Painter
    /// The assistant of the current `read`.
    private(set) weak var assistant: (any LineAssistant)?
    private(set) var editor: OpaquePointer?
    private let libeditHistory: OpaquePointer?
    let terminal: Terminal

    /// Bytes of the terminal that libedit has not been given yet.
    var decoder = KeyDecoder()
    var window = (columns: 80, rows: 24)
    var menu: OpenMenu?
    var search: Search?
    var recall: Recall?
    var lastArgument: LastArgument?
    /// The line as Enter left it in a new row, and the blanks of its indentation that may be typed once more.
    var indented: (line: Line, count: Int)?
    var undo = UndoHistory()
    var kills = KillBuffer()
    /// The query of the last search, which vi's `n` and `N` repeat.
    var lastQuery = ""
    /// True if the key bindings are vi's.
    var isVi = false
    /// True in vi's command mode.
    var isCommandMode = false
    /// A dim line below the text until the next key: a server's error, "no such command".
    var message = ""
    /// The result of the current `read`; nil until it ends.
    var result: LineResult?

    /// Opens an editor on this process's terminal; nil if libedit cannot use it or a line of `~/.editrc` turns editing
    /// off. Lines of that file may apply to the program `name` alone.
    package init?(history: History, terminal: Terminal, name: String = "lakesh") {
        guard lakesh_editline_load() == nil else { return nil }
        self.history = history
        self.terminal = terminal
        painter = Painter(isColoured: terminal.styler(of: terminal.output).isColoured) { terminal.paint($0) }
        libeditHistory = history_winit()
        terminal.noteSizes()
        lakesh_history_set_size(libeditHistory, 1000)
        // SAFETY: the editor is ended in `close` or `deinit`, before this object is freed; nothing else keeps the
        // pointer.
        let client = Unmanaged.passUnretained(self).toOpaque()
        editor = lakesh_editline_open(name, client, { EditlineEditor.nextCharacter($0, $1) }, libeditHistory)
        guard editor != nil else { return nil }
        installBindings()
        readInitializationFile()
        guard lakesh_is_editing(editor) != 0 else {
            close()
            return nil
        }
        // ^C, ^Z, ^\, ^S and ^Q are keys while a line is edited, and signals while a command runs.
        lakesh_set_mode(editor, "-isig")
        lakesh_set_mode(editor, "-ixon")
        for entry in history.entries.suffix(1000) { enterLibeditHistory(entry) }
    }

    deinit { close() }

    package func close() {
        guard let editor else { return }
        el_end(editor)
        history_wend(libeditHistory)
        self.editor = nil
    }

    /// The painter starts a new block, since other output may have moved the cursor.
    package func read(_ assistant: any LineAssistant) -> LineResult {
        self.assistant = assistant
        (result, menu, search, recall, message) = (nil, nil, nil, nil, "")
        undo = UndoHistory()
        measureWindow()
        painter.forget()
        isCommandMode = false
        takeTerminal()
        if isVi { lakesh_set_unbuffered(editor, 1) }
        while result == nil && !isAtEnd { isVi ? runViCommand() : runLine() }
        if isVi { lakesh_set_unbuffered(editor, 0) }
        leaveTerminal()
        return result ?? .endOfInput
    }

    /// Lets libedit read a line. If none of the shell's commands ended it, the key is bound to a command of libedit.
    private func runLine() {
        var count: Int32 = 0
        let text = el_wgets(editor, &count)
        guard result == nil, !isAtEnd else { return }
        result = text == nil ? .endOfInput : .line(line.text.trimmingFinalNewline)
    }

    /// Lets libedit run the command of one key, then finds out vi's mode with a probe key. libedit does not report its
    /// mode, but the probe key is bound to a different command in each mode.
    private func runViCommand() {
        var count: Int32 = 0
        el_wpush(editor, EditlineEditor.probe)
        el_wgets(editor, &count)
        guard result == nil, el_wgets(editor, &count) == nil, result == nil else { return }
        // A nil line with count -1 is empty; a nil line with count 0 means that the terminal cannot be read any more.
        if count == 0 { isAtEnd = true }
    }

    /// Takes the terminal: marks pastes, shapes the cursor by vi's mode, and handles stops.
    func takeTerminal() {
        terminal.noteStops(true)
        painter.emit(EditlineEditor.pasteMarksOn)
        shape = ""
    }

    /// Gives the terminal back with its previous modes.
    func leaveTerminal() {
        painter.emit(EditlineEditor.pasteMarksOff + (shape.isEmpty ? "" : "\u{1B}[0 q"))
        terminal.noteStops(false)
    }

    /// Sets the cursor's shape by vi's mode: a bar for insert mode, a block for command mode.
    func shapeCursor() {
        let wanted = !isVi ? "" : isCommandMode ? "\u{1B}[2 q" : "\u{1B}[6 q"
        guard wanted != shape else { return }
        shape = wanted
        painter.emit(wanted)
    }

    /// The sequence that last set the cursor's shape.
    private var shape = ""
    /// The probe key for vi's mode, in the notation of `bind`; no terminal sends it.
    static let probeKey = "\\" + String(probeCode, radix: 8)
    private static let probeCode: Int32 = 0x98
    private static let probe: [wchar_t] = [probeCode, 0]

    /// True if the terminal is closed.
    private(set) var isAtEnd = false

    /// Returns the editor that a callback of libedit belongs to.
    static func of(_ editor: OpaquePointer?) -> EditlineEditor? {
        guard let editor, let client = lakesh_client(editor) else { return nil }
        // SAFETY: the client data is the object that opened this editor, and it ends the editor before it is freed.
        return Unmanaged<EditlineEditor>.fromOpaque(client).takeUnretainedValue()
    }

    /// Adds a statement to libedit's own history, for its history commands.
    func enterLibeditHistory(_ text: String) {
        var scalars = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
        // SAFETY: the text is null-terminated and copied by libedit.
        lakesh_history_enter(libeditHistory, &scalars)
    }

    func measureWindow() {
        window = terminal.size(of: terminal.output) ?? (80, 24)
    }

    /// Waits for the keyboard and paints what arrives meanwhile. Returns true if bytes can be read, false after a
    /// timeout or if the process is asked to end.
    func waitForKey(milliseconds: Int?) -> Bool {
        while true {
            let descriptors = [terminal.keyboard] + [terminal.events].compactMap(\.self)
            guard let wakeup = assistant?.wait(for: descriptors, milliseconds: milliseconds) else { return false }
            if wakeup.isTerminated {
                result = .terminated
                return false
            }
            let came = terminal.takeEvents()
            if came.isResized { resize() }
            if came.isStopped { stop() }
            for notice in wakeup.notices { painter.printAbove(notice) }
            if wakeup.hasNews { refreshMenu() }
            if wakeup.ready.contains(terminal.keyboard) { return true }
            if wakeup.hasNews || !wakeup.notices.isEmpty || came.isStopped { paint() }
            if milliseconds != nil, wakeup.ready.isEmpty { return false }
        }
    }

    private func resize() {
        measureWindow()
        painter.resize(columns: window.columns)
        paint()
    }

    /// Reads the available bytes; returns false at the end of input.
    func readKeys() -> Bool {
        guard let bytes = terminal.read(65_536) else { return true }
        isAtEnd = bytes.isEmpty
        decoder.add(bytes[...])
        return !isAtEnd
    }

    private static let pasteMarksOn = "\u{1B}[?2004h"
    private static let pasteMarksOff = "\u{1B}[?2004l"
}

extension String {
    /// The text without its final line end.
    fileprivate var trimmingFinalNewline: String { last == "\n" ? String(dropLast()) : self }
}
