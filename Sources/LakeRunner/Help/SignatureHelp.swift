package import LakeScript

/// Help on a command, from its signature.
package struct SignatureHelp {
    private let signature: Signature
    private let prefix: String
    private let styler: Styler

    /// Makes the help on a signature; `prefix` is printed before its name: `lakesh `.
    package init(signature: Signature, prefix: String, styler: Styler) {
        self.signature = signature
        self.prefix = prefix
        self.styler = styler
    }

    /// The usage, the summary and the parameters.
    package var text: String {
        ([usage, "", "  " + signature.summary] + parameterLines).map { $0 + "\n" }.joined()
    }

    /// The usage: `hard_reset_branch REPOSITORY BRANCH REF [--force]`.
    private var usage: String {
        let words = signature.parameters.map { parameter -> String in
            if parameter.isRequired { return parameter.name.uppercased() + (parameter.isVariadic ? "…" : "") }
            if parameter.isVariadic || parameter.isPositional || signature.optionalsByPosition {
                return "[\(parameter.name.uppercased())]"
            }
            let option = "--" + parameter.name.hyphenated
            return parameter.type == .bool ? "[\(option)]" : "[\(option) \(parameter.name.uppercased())]"
        }
        let block = signature.block == .none ? [] : [signature.block == .optional ? "[{ … }]" : "{ … }"]
        return ([prefix + styler(.bold, signature.name)] + words + block).joined(separator: " ")
    }

    private var parameterLines: [String] {
        guard !signature.parameters.isEmpty else { return [] }
        let rows = signature.parameters.map { parameter in
            let name = parameter.isRequired ? parameter.name : "--" + parameter.name.hyphenated
            let fallback = parameter.defaultValue.map { " (default \(plain.compact($0)))" } ?? ""
            let words = parameter.summary + fallback
            return ["  " + name, parameter.type.phrase] + (words.isEmpty ? [] : [words])
        }
        return [""] + rows.aligned { $0 == 1 ? styler(.dim, $1) : $1 }
    }

    private var plain: ValuePresenter { ValuePresenter(styler: Styler(isColoured: false), width: nil) }
}
