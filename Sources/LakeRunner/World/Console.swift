internal import CSystem
package import LakeScript

/// The standard streams and their styles: data goes to standard output, messages about the run to standard error.
/// Colours and widths are used only on a terminal, and only if the user wants them (NO_COLOR, TERM=dumb).
package struct Console {
    package let terminal: Terminal
    package var output: OutputStream { terminal.output }
    package var errors: OutputStream { terminal.errors }

    package init(_ terminal: Terminal = Terminal()) {
        self.terminal = terminal
    }

    /// Opens those of the first three descriptors that are closed, before anything else is opened: otherwise a pipe or
    /// a socket could get such a number and be taken for standard output.
    package static func openStandardDescriptors() { lakesh_open_standard() }

    /// Calls a function with a stack that has room for values of the maximal depth, whatever `ulimit -s` says.
    package static func withRoom(_ function: @convention(c) () -> Int32) -> Int32 { lakesh_with_room(function) }

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
