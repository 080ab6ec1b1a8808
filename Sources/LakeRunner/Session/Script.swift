package import LakeScript

/// A script that was read and checked once. Its diagnostics are shown, its parameters are asked for, and it is run from
/// this one value.
package struct Script: Sendable {
    /// The kind of a script. It decides how the text is parsed and if its value is shown.
    package enum Kind: Sendable {
        /// A script.
        case file
        /// A script whose test runs in a folder of its own: `$script_folder` is absolute, starting at this folder.
        case test(from: String)
        /// A unit whose value is shown, typed as a line: `-e`.
        case typedUnit
        /// A unit whose value is shown, written as a script: text from a pipe.
        case pipedUnit
        /// A line at the prompt: it shares its variables and functions with the lines before and after it.
        case typedLine(after: CheckedProgram?)
    }

    package let kind: Kind
    /// All texts that messages may refer to: the earlier ones, its own, and the included ones.
    package let sources: SourceMap
    package let tree: SyntaxTree
    /// The program; nil if there is an error, or if no program was wanted.
    package let program: CheckedProgram?
    /// All diagnostics, in source order.
    package let diagnostics: [Diagnostic]

    /// True if it may send a request.
    package var needsServer: Bool { program?.needsServer ?? false }

    /// Its `param`s.
    package var parameters: [ScriptParameter] { program?.parameters ?? [] }
}

extension Script.Kind {
    /// True if its value is shown, and diagnostics are worded for a line.
    var isPrompt: Bool {
        switch self {
        case .file, .test: false
        case .typedUnit, .pipedUnit, .typedLine: true
        }
    }

    /// True if it is parsed by the rules of typed lines.
    var isTyped: Bool {
        switch self {
        case .file, .test, .pipedUnit: false
        case .typedUnit, .typedLine: true
        }
    }

    /// True if its variables stay for the next line.
    var isLine: Bool {
        switch self {
        case .file, .test, .typedUnit, .pipedUnit: false
        case .typedLine: true
        }
    }

    var earlier: CheckedProgram? { if case .typedLine(let earlier) = self { earlier } else { nil } }
    var baseFolder: String? { if case .test(let folder) = self { folder } else { nil } }
}

/// The options of a run.
package struct RunOptions {
    /// The script's arguments by name; left-out parameters have their defaults.
    package var parameters: [String: Value] = [:]
    /// True if the user is asked before the first destructive operation.
    package var asksBeforeDestroying = false
    /// The maximal number of items that are shown of a listing; `more` continues. Nil for all.
    package var window: Int?
    /// True if what is printed on standard output is kept for the result.
    package var keepsPrinted = false
    /// The observer of the run.
    package var observer: any RunObserver = SilentObserver()

    package init() {}
}
