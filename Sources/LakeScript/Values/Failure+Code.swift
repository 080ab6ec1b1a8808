extension Failure {
    /// A kind of mistake that has a page: `lakesh help R0101`.
    ///
    /// It is declared above the factories of the messages that have it, under its own name:
    /// `static let r0101 = Code("R0101", "…")`, and is used there alone: `Failure(r0101, "…")`. Each file of them lists
    /// its codes, and `Help.codes` joins the lists. The first letter tells the phase: E and W are errors and warnings of
    /// the check (`Diagnostic`), R is an error of a run (`Failure`).
    package struct Code: Sendable {
        package let name: String
        /// Whole sentences: the mistake, the reason why it is one, and what to do.
        package let text: String
        /// A wrong script and a right one, or none.
        package let examples: [Example]

        /// A script with the mistake, and the same script without it.
        package struct Example: Sendable {
            package let wrong: String
            package let right: String
            let whole: (@Sendable () -> [UInt8])?

            /// The bytes of the wrong script.
            package var wrongBytes: [UInt8] { whole?() ?? Array(wrong.utf8) }
        }

        package init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
            examples = []
        }

        /// A code with an example; `whole` is the wrong script where it is too long to be shown, or not UTF-8.
        package init(
            _ name: String, _ text: String, wrong: String, right: String, whole: (@Sendable () -> [UInt8])? = nil
        ) {
            self.name = name
            self.text = text
            examples = [Example(wrong: wrong, right: right, whole: whole)]
        }
    }
}

extension Failure.Code {
    /// The page as it is shown, lines ended.
    package var page: String {
        let scripts = examples.map {
            "\nWrong:\n\(Failure.Code.indented($0.wrong))\n\nRight:\n\(Failure.Code.indented($0.right))\n"
        }
        return "\(name)\n\n\(text)\n" + scripts.joined()
    }

    private static func indented(_ script: String) -> String {
        script.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
            .joined(separator: "\n")
    }
}
