package import LakeScript

/// The diagnostics of several scripts, each once: a script that another one runs is checked together with that one,
/// too.
package struct Findings {
    package private(set) var diagnostics: [Diagnostic] = []
    private var known: Set<Key> = []

    private struct Key: Hashable {
        let file: String
        let start: UInt32
        let message: String
    }

    package init() {}

    /// Adds the diagnostics of a script.
    package mutating func add(_ script: Script) { add(script.diagnostics, script.sources) }

    /// Adds diagnostics about these texts.
    package mutating func add(_ found: [Diagnostic], _ sources: SourceMap) {
        diagnostics += found.filter { diagnostic in
            let file = sources[diagnostic.span.file].name
            return known.insert(Key(file: file, start: diagnostic.span.start, message: diagnostic.message)).inserted
        }
    }

    /// True if one of them is an error.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
