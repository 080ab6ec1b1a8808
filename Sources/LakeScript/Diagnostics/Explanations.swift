/// The pages behind `lakesh help E0123`: for each code what it is about, a wrong script and a right one.
///
/// A page is data, so that a test can hold that every code has one, that its wrong example gives that very code and its
/// right one gives nothing. Each table stands beside the messages it explains.
package enum Explanations {
    /// What is said about one code.
    package struct Explanation: Sendable {
        package let code: String
        /// Whole sentences: what is wrong, and why the language wants it so.
        package let text: String
        /// A script that gives the code, as it can be shown.
        package let wrong: String
        /// The script as it should be.
        package let right: String
        private let whole: (@Sendable () -> [UInt8])?

        /// `whole` is the wrong script where it is too long to be shown, or no text.
        package init(
            _ code: String, _ text: String, wrong: String, right: String, whole: (@Sendable () -> [UInt8])? = nil
        ) {
            self.code = code
            self.text = text
            self.wrong = wrong
            self.right = right
            self.whole = whole
        }

        /// The bytes of the wrong script.
        package var wrongBytes: [UInt8] { whole?() ?? Array(wrong.utf8) }
    }

    /// All pages, in the order of their codes.
    package static let all: [Explanation] = lexical + syntax + names + calls + types + flow + warnings

    /// The page of a code as it is shown, lines ended; nil for an unknown code.
    package static func page(for code: String) -> String? {
        guard let explanation = all.first(where: { $0.code == code.uppercased() }) else { return nil }
        return """
            \(explanation.code)

            \(explanation.text)

            Wrong:
            \(indented(explanation.wrong))

            Right:
            \(indented(explanation.right))

            """
    }

    private static func indented(_ script: String) -> String {
        script.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
            .joined(separator: "\n")
    }
}
