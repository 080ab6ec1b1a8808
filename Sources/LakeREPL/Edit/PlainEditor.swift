package import LakeRunner
internal import LakeScript

/// Reads lines without editing: from a pipe, on a dumb terminal, in an editor's shell buffer, or if the user turned
/// editing off. It writes no control sequences.
package final class PlainEditor: LineEditor {
    private let terminal: Terminal
    private var buffer: [UInt8] = []
    private var isAtEnd = false
    private var isTerminated = false
    private var isInterrupted = false

    package init(terminal: Terminal) {
        self.terminal = terminal
    }

    package func read(_ assistant: any LineAssistant) -> LineResult {
        var text = ""
        isInterrupted = false
        let server = assistant.serverPrompt.map(\.text).joined()
        show((server.isEmpty ? "" : server + " ") + assistant.prompt.map(\.text).joined())
        while true {
            guard let line = nextLine(assistant) else {
                if isInterrupted {
                    show("\n")
                    return .cancelled
                }
                return isTerminated ? .terminated : text.isEmpty ? .endOfInput : .line(text)
            }
            text += text.isEmpty ? line : "\n" + line
            guard assistant.isIncomplete(text) else { return .line(text) }
            show("  … ")
        }
    }

    package func close() {}

    /// Shows a prompt where the person sees it: standard output may be a file.
    private func show(_ text: String) {
        let isSeen = terminal.output.isTerminal || !terminal.errors.isTerminal
        terminal.print(text, to: isSeen ? terminal.output : terminal.errors)
        terminal.output.flush()
        terminal.errors.flush()
    }

    private func nextLine(_ assistant: any LineAssistant) -> String? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            // Drops an incomplete line that was cut off by a signal.
            guard !isTerminated, !isInterrupted else { return nil }
            guard !isAtEnd else {
                defer { buffer = [] }
                return buffer.isEmpty ? nil : String(decoding: buffer, as: UTF8.self)
            }
            isAtEnd = !readMore(assistant)
        }
    }

    private func readMore(_ assistant: any LineAssistant) -> Bool {
        let wakeup = assistant.wait(for: [terminal.keyboard], milliseconds: nil)
        isTerminated = wakeup.isTerminated
        // The terminal has dropped what was typed of the line. Without one there is nothing to interrupt.
        isInterrupted = wakeup.isInterrupted && terminal.hasKeyboard
        guard !isTerminated else { return false }
        guard !isInterrupted else { return true }
        guard !wakeup.ready.isEmpty else { return true }
        guard let part = terminal.read(65_536) else { return true }
        buffer += part
        return !part.isEmpty
    }
}
