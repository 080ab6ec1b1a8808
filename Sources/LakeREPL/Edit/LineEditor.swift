package import LakeAssist
package import LakeScript

/// Reads one statement from a terminal or a pipe.
///
/// The editor handles keys and the screen, and asks its assistant about the meaning of the text. There are two editors:
/// `EditlineEditor` for terminals that can be painted on, `PlainEditor` for everything else.
package protocol LineEditor: AnyObject {
    /// Reads a statement; it continues on more lines while the text is incomplete.
    func read(_ assistant: any LineAssistant) -> LineResult
    /// Restores the terminal's state (paste marks, cursor) at the end.
    func close()
}

/// The result of reading a statement.
package enum LineResult: Equatable, Sendable {
    case line(String)
    /// ^C: the line is dropped.
    case cancelled
    /// ^D on an empty line, or the end of input.
    case endOfInput
    /// SIGTERM or SIGHUP.
    case terminated
}

/// Answers the editor's questions about the line.
package protocol LineAssistant: AnyObject {
    /// The server's name before the prompt; empty for none.
    var serverPrompt: StyledText { get }
    var prompt: StyledText { get }
    var rightPrompt: StyledText { get }
    /// Returns the styles of the text.
    func highlights(of text: String) -> [Highlight]
    /// Returns the bytes of the text's UTF-8 to mask on the screen.
    func secrets(in text: String) -> [Range<Int>]
    /// Returns a dim line about an error, or nil.
    func remark(on text: String, cursor: Int) -> String?
    /// Returns true if Enter continues the text on another line.
    func isIncomplete(_ text: String) -> Bool
    /// Returns the candidates at the cursor, an offset in the text's UTF-8.
    func complete(_ text: String, cursor: Int) -> Completion
    /// Runs the event loop until a descriptor is ready, something changes on the screen, or the time is over.
    func wait(for descriptors: [Descriptor], milliseconds: Int?) -> Wakeup
}

/// The reason why a wait ended; all empty after a timeout.
package struct Wakeup: Sendable {
    package var ready: [Descriptor] = []
    /// Lines to print above the prompt.
    package var notices: [String] = []
    /// True if candidates arrived.
    package var hasNews = false
    package var isTerminated = false
    /// True after ^C, where it is no key.
    package var isInterrupted = false

    package init() {}
}
