internal import CSystem
internal import Glibc
package import LakeScript

/// What lakesh writes to, and how: data to standard output, everything about the run to standard error; colours and
/// widths only where a terminal is, and only where the person wants them (NO_COLOR, TERM=dumb).
package struct Console {
    package let output = OutputStream(descriptor: STDOUT_FILENO)
    package let errors = OutputStream(descriptor: STDERR_FILENO)

    package init() {}

    /// Makes sure that the first three descriptors are open, before anything else is opened: else a pipe or a socket of
    /// ours would get such a number, and be taken for standard output.
    package static func openStandardDescriptors() { lakesh_open_standard() }

    /// Whether a person can be asked: standard input and standard error are a terminal.
    package var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && errors.isTerminal }

    /// The styler for standard output.
    package var outputStyler: Styler { Styler(isColoured: output.isTerminal && Console.wantsColours) }
    /// The styler for standard error.
    package var errorStyler: Styler { Styler(isColoured: errors.isTerminal && Console.wantsColours) }

    /// The columns of standard output's terminal; nil in a pipe.
    package var outputWidth: Int? { output.isTerminal ? Console.columns(STDOUT_FILENO) : nil }
    /// The columns of standard error's terminal; nil in a pipe.
    package var errorWidth: Int? { errors.isTerminal ? Console.columns(STDERR_FILENO) : nil }

    /// The rows of standard output's terminal; nil in a pipe.
    package var outputHeight: Int? {
        guard output.isTerminal else { return nil }
        let rows = lakesh_terminal_rows(STDOUT_FILENO)
        return rows > 0 ? Int(rows) : 24
    }

    /// Presents results on standard output.
    package func presenter(revealsSecrets: Bool = false, saysMore: Bool = true) -> ValuePresenter {
        var presenter = ValuePresenter(styler: outputStyler, width: outputWidth, revealsSecrets: revealsSecrets)
        presenter.saysMore = saysMore
        return presenter
    }

    /// Renders errors and warnings on standard error.
    package func renderer(of sources: SourceMap) -> DiagnosticRenderer {
        DiagnosticRenderer(sources: sources, isStyled: errorStyler.isColoured, width: errorWidth)
    }

    /// Whether lines on a terminal can be painted again: it understands control sequences, and is no editor's buffer.
    package static var isPaintable: Bool {
        !["", "dumb", "emacs"].contains(variable("TERM", "dumb")) && getenv("INSIDE_EMACS") == nil
    }

    private static func variable(_ name: String, _ fallback: String) -> String {
        getenv(name).map { String(cString: $0) } ?? fallback
    }

    private static func columns(_ descriptor: Int32) -> Int {
        let columns = lakesh_terminal_columns(descriptor)
        return columns > 0 ? Int(columns) : 80
    }

    private static var wantsColours: Bool {
        isPaintable && variable("NO_COLOR", "").isEmpty
    }
}
