package import LakeAssist
package import LakeScript

/// Reads one statement from a person or a pipe.
///
/// The editor knows keys and the screen; what the text means it asks its assistant. There are two: `EditlineEditor` on
/// a terminal that can be painted on, `PlainEditor` for all others.
package protocol LineEditor: AnyObject {
    /// Reads a statement: a line, or several while what was typed is not whole.
    func read(_ assistant: any LineAssistant) -> LineResult
    /// Takes the terminal back for good: what was asked of it (paste marks, cursor) is undone.
    func close()
}

/// How reading a statement ended.
package enum LineResult: Equatable, Sendable {
    case line(String)
    /// ^C: the line is dropped.
    case cancelled
    /// ^D on an empty line, or the input's end.
    case endOfInput
    /// SIGTERM or SIGHUP.
    case terminated
}

/// What an editor asks while a line is typed.
package protocol LineAssistant: AnyObject {
    var prompt: StyledText { get }
    var rightPrompt: StyledText { get }
    /// The styles of the text.
    func highlights(of text: String) -> [Highlight]
    /// The bytes of the text's UTF-8 that are not to be read on the screen.
    func secrets(in text: String) -> [Range<Int>]
    /// A dim line about what is wrong, or nil.
    func remark(on text: String, cursor: Int) -> String?
    /// Whether Enter goes on with a further line.
    func isIncomplete(_ text: String) -> Bool
    /// What can stand at the cursor, which is a byte of the text's UTF-8.
    func complete(_ text: String, cursor: Int) -> Completion
    /// Lets the loop go on until one of the descriptors is ready, something came that shows, or the time has passed.
    func wait(for descriptors: [Descriptor], milliseconds: Int?) -> Wakeup
}

/// Why a wait ended; none of these after its time has passed.
package struct Wakeup: Sendable {
    package var ready: [Descriptor] = []
    /// Lines for above the prompt.
    package var notices: [String] = []
    /// Candidates came.
    package var hasNews = false
    package var isTerminated = false

    package init() {}
}
