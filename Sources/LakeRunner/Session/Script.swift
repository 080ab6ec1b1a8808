package import LakeScript

/// A text that was read and checked, once: what shows its mistakes, what asks for its parameters and what runs it all
/// have it from here.
package struct Script: Sendable {
    /// What a text is: that decides how it is read, and what becomes of its value.
    package enum Kind: Sendable {
        /// A script.
        case file
        /// A script of which a test runs in a folder of its own: `$script_folder` is absolute, from this folder on.
        case test(from: String)
        /// One unit whose value is shown, typed as a line: `-e`.
        case typedUnit
        /// One unit whose value is shown, written as a script: what comes through a pipe.
        case pipedUnit
        /// A line at the prompt: it sees what came before, and what comes after sees it.
        case typedLine(after: CheckedProgram?)
    }

    package let kind: Kind
    /// All texts that messages about it speak of: those before it, its own, those that it names.
    package let sources: SourceMap
    package let tree: SyntaxTree
    /// What is run; nil where there is an error, or nothing is to be run.
    package let program: CheckedProgram?
    /// All that is to be said, in the order of the text.
    package let diagnostics: [Diagnostic]

    /// Whether it may send something.
    package var needsServer: Bool { program?.needsServer ?? false }

    /// Its `param`s.
    package var parameters: [ScriptParameter] { program?.parameters ?? [] }
}

extension Script.Kind {
    /// Whether its value is shown, and its mistakes are those of a line.
    var isPrompt: Bool {
        switch self {
        case .file, .test: false
        case .typedUnit, .pipedUnit, .typedLine: true
        }
    }

    /// Whether it is read by the rules of what is typed.
    var isTyped: Bool {
        switch self {
        case .file, .test, .pipedUnit: false
        case .typedUnit, .typedLine: true
        }
    }

    /// Whether its variables stay for the next line.
    var isLine: Bool {
        switch self {
        case .file, .test, .typedUnit, .pipedUnit: false
        case .typedLine: true
        }
    }

    var earlier: CheckedProgram? { if case .typedLine(let earlier) = self { earlier } else { nil } }
    var baseFolder: String? { if case .test(let folder) = self { folder } else { nil } }
}

/// How a script is run.
package struct RunOptions {
    /// The script's parameters by name; those left out have their default.
    package var parameters: [String: Value] = [:]
    /// Whether the first thing that is destroyed is asked about.
    package var asksBeforeDestroying = false
    /// How many items of a listing are enough, where it is the value; `more` goes on. Nil for all.
    package var window: Int?
    /// Who is told meanwhile.
    package var observer: any RunObserver = SilentObserver()

    package init() {}
}
