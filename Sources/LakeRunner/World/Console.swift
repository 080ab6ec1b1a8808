internal import CSystem
package import LakeScript

/// What lakesh writes to, and how: data to standard output, everything about the run to standard error; colours and
/// widths only where a terminal is, and only where the person wants them (NO_COLOR, TERM=dumb).
package struct Console {
    package let terminal: Terminal
    package var output: OutputStream { terminal.output }
    package var errors: OutputStream { terminal.errors }

    package init(_ terminal: Terminal = Terminal()) {
        self.terminal = terminal
    }

    /// Makes sure that the first three descriptors are open, before anything else is opened: else a pipe or a socket of
    /// ours would get such a number, and be taken for standard output.
    package static func openStandardDescriptors() { lakesh_open_standard() }

    /// The styler for standard output.
    package var outputStyler: Styler { terminal.styler(of: output) }
    /// The styler for standard error.
    package var errorStyler: Styler { terminal.styler(of: errors) }

    /// The columns of standard output's terminal; nil in a pipe.
    package var outputWidth: Int? { terminal.size(of: output)?.columns }
    /// The columns of standard error's terminal; nil in a pipe.
    package var errorWidth: Int? { terminal.size(of: errors)?.columns }
    /// The rows of standard output's terminal; nil in a pipe.
    package var outputHeight: Int? { terminal.size(of: output)?.rows }

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
}
