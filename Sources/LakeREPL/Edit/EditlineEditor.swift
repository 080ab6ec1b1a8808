internal import CEditline
internal import Glibc
package import LakeRunner
internal import LakeScript

/// The line editor on a terminal: libedit edits, we paint.
///
/// libedit owns the terminal's modes, the key maps of emacs and vi, macros, kill and yank, and `~/.editrc`. What it
/// would draw goes into a sink. It asks us for each character (`nextCharacter`); before we wait for a key we read its
/// line and paint the whole block ourselves. So there are colours, suggestions, menus, several lines, and messages
/// above the line, of which libedit knows nothing; and while we wait the one loop turns, so that candidates arrive.
///
/// Commands of our own (`commands`) change the line only by libedit's public functions, in whole characters as people
/// see them. The buffer's positions are Unicode scalars (`wchar_t`).
///
/// Three rules keep libedit's memory whole (all are needed, found by typing at random): a cursor outside of the line is
/// brought back before each key; its model of the screen is refreshed, into the sink, for each key; and that model has
/// one row, whatever size the window has.
package final class EditlineEditor: LineEditor {
    let history: History
    let painter: Painter
    /// Whom the current `read` asks.
    private(set) weak var assistant: (any LineAssistant)?
    private(set) var editor: OpaquePointer?
    private let libeditHistory: OpaquePointer?
    let terminal: Terminal

    /// What has been read of the terminal and not been given to libedit.
    var decoder = KeyDecoder()
    var window = (columns: 80, rows: 24)
    var menu: OpenMenu?
    var search: Search?
    var recall: Recall?
    var undo = UndoHistory()
    var kills = KillBuffer()
    /// The text of the last search, which vi's `n` and `N` look for again.
    var lastQuery = ""
    /// Whether keys are vi's.
    var isVi = false
    /// Whether vi reads commands, not text.
    var isCommandMode = false
    /// A dim line under the text until the next key: a server's error, "no such command".
    var message = ""
    /// How the current `read` ends; nil while it goes on.
    var result: LineResult?

    /// An editor on this process's terminal, or nil where libedit cannot work on it. Lines of `~/.editrc` may be meant
    /// for the program of that name alone; one may turn editing off.
    package init?(history: History, terminal: Terminal, name: String = "lakesh") {
        guard lakesh_editline_load() == nil else { return nil }
        self.history = history
        self.terminal = terminal
        painter = Painter(isColoured: terminal.styler(of: terminal.output).isColoured) { terminal.paint($0) }
        libeditHistory = history_winit()
        terminal.noteSizes()
        lakesh_history_set_size(libeditHistory, 1000)
        // SAFETY: the editor is ended in `close` or `deinit`, before this object goes; nothing else keeps the pointer.
        let client = Unmanaged.passUnretained(self).toOpaque()
        editor = lakesh_editline_open(name, client, { EditlineEditor.nextCharacter($0, $1) }, libeditHistory)
        guard editor != nil else { return nil }
        installBindings()
        readInitializationFile()
        guard lakesh_is_editing(editor) != 0 else {
            close()
            return nil
        }
        // ^C, ^Z, ^\, ^S and ^Q are keys while a line is edited, signals while a command runs.
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

    /// Everything that the window shows is thrown away by whoever wrote to it meanwhile; the block starts anew.
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

    /// Lets libedit read a line. That our commands did not end it means that a key is bound to libedit's own.
    private func runLine() {
        var count: Int32 = 0
        let text = el_wgets(editor, &count)
        guard result == nil, !isAtEnd else { return }
        result = text == nil ? .endOfInput : .line(line.text.trimmingFinalNewline)
    }

    /// Lets libedit run the command of one key, and asks in which of vi's modes it is now: it does not tell, but one
    /// key can be bound to different commands in the two.
    private func runViCommand() {
        var count: Int32 = 0
        el_wpush(editor, EditlineEditor.probe)
        el_wgets(editor, &count)
        guard result == nil, el_wgets(editor, &count) == nil, result == nil else { return }
        // An empty line is nil with -1; nil with 0 is a terminal that cannot be read any more.
        if count == 0 { isAtEnd = true }
    }

    /// The terminal is about to be ours: pastes are marked, the cursor shows vi's mode, a stop waits for us.
    func takeTerminal() {
        terminal.noteStops(true)
        painter.emit(EditlineEditor.pasteMarksOn)
        shape = ""
    }

    /// The terminal is somebody else's, and its modes are its own again.
    func leaveTerminal() {
        painter.emit(EditlineEditor.pasteMarksOff + (shape.isEmpty ? "" : "\u{1B}[0 q"))
        terminal.noteStops(false)
    }

    /// Gives the cursor the shape of vi's mode: a bar while text is put in, a block for commands.
    func shapeCursor() {
        let wanted = !isVi ? "" : isCommandMode ? "\u{1B}[2 q" : "\u{1B}[6 q"
        guard wanted != shape else { return }
        shape = wanted
        painter.emit(wanted)
    }

    /// What the cursor's shape was last set by.
    private var shape = ""
    /// The key that tells vi's mode, as `bind` reads it and as it is pushed; no terminal sends it.
    static let probeKey = "\\" + String(probeCode, radix: 8)
    private static let probeCode: Int32 = 0x98
    private static let probe: [wchar_t] = [probeCode, 0]

    /// Whether the terminal is gone: no more characters come.
    private(set) var isAtEnd = false

    /// The object that a callback of libedit belongs to.
    static func of(_ editor: OpaquePointer?) -> EditlineEditor? {
        guard let editor, let client = lakesh_client(editor) else { return nil }
        // SAFETY: the client is the object that opened this editor, and ends it before it goes.
        return Unmanaged<EditlineEditor>.fromOpaque(client).takeUnretainedValue()
    }

    /// Makes libedit's own history commands see a statement, too.
    func enterLibeditHistory(_ text: String) {
        var scalars = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
        // SAFETY: the text ends in 0 and is copied by libedit.
        lakesh_history_enter(libeditHistory, &scalars)
    }

    func measureWindow() {
        window = terminal.size(of: terminal.output) ?? (80, 24)
    }

    /// Waits for the keyboard, painting what comes meanwhile; gives whether bytes can be read, which they cannot after
    /// the time, or when the process is asked to end.
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

    /// Reads what the terminal has; false at its end.
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
    /// The text without a line end at its end.
    fileprivate var trimmingFinalNewline: String { last == "\n" ? String(dropLast()) : self }
}
