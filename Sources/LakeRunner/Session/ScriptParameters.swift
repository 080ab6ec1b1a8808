internal import Glibc
package import LakeScript

/// A script's `param`s as options of `lakesh run FILE`. A secret is never an argument: `--NAME-from` names its source.
package enum ScriptSignature {
    /// Returns the signature with the script's parameters as additional options.
    package static func extend(_ signature: Signature, with parameters: [ScriptParameter]) -> Signature {
        var extended = signature
        for script in parameters {
            var parameter = script.parameter
            if parameter.isSecret {
                parameter = Parameter(
                    parameter.name + "_from", isRequired: false,
                    summary: parameter.summary + " (env:NAME, file:PATH, -)")
            }
            // Parameters are given by name only; all missing ones are reported together, below.
            parameter.isRequired = false
            extended.parameters.append(parameter)
        }
        return extended
    }
}

extension Parameter {
    /// True if it is a secret or an optional secret.
    package var isSecret: Bool { type.unwrapped == .secret }

    /// The option for the parameter.
    package var optionName: String {
        "--" + (isSecret ? name + "_from" : name).hyphenated
    }
}

/// Reads the values of a script's parameters from the bound options.
package enum ScriptParameters {
    /// Returns the values by name, without those that have a default and were not given. If a console is given that is a
    /// terminal, it asks for missing secrets, once nothing else is missing.
    ///
    /// - Throws: a failure that names all missing parameters.
    package static func read(
        _ parameters: [ScriptParameter], options: [String: Value], _ console: Console?, advice: String
    ) throws(Failure) -> [String: Value] {
        let fromInput = parameters.map(\.parameter).filter { $0.isSecret && options[$0.name + "_from"]?.text == "-" }
        guard fromInput.count < 2 else {
            throw .scriptParameters("standard input gives one secret, not \(fromInput.count)")
        }
        var values: [String: Value] = [:]
        var missing: [Parameter] = []
        for script in parameters {
            let parameter = script.parameter
            if parameter.isSecret {
                values[parameter.name] = try secret(parameter, from: options[parameter.name + "_from"]?.text)
            } else {
                values[parameter.name] = options[parameter.name]
            }
            let hasDefault = script.defaultValue != nil || parameter.defaultValue != nil
            if values[parameter.name] == nil, !hasDefault { missing.append(parameter) }
        }
        if let console, console.terminal.canAsk, missing.allSatisfy(\.isSecret) {
            for parameter in missing {
                let about = parameter.summary.isEmpty ? "" : " (\(parameter.summary))"
                let secret = try console.terminal.askForSecret(parameter.name + about + ":")
                if !secret.isNull { values[parameter.name] = secret }
            }
            missing.removeAll { values[$0.name] != nil }
        }
        guard !missing.isEmpty else { return values }
        let names = missing.map(\.optionName)
        throw .scriptParameters(
            "the script needs \(names.joined(separator: " and "))", advice: advice)
    }

    /// Reads a secret from `env:NAME`, `file:PATH` or `-` (standard input); without a source, from the variable with
    /// its own name in capitals.
    private static func secret(_ parameter: Parameter, from source: String?) throws(Failure) -> Value? {
        guard let source else { return try variable(parameter.name.uppercased(), parameter) }
        if source == "-" {
            // On a terminal it is asked for, and not shown while it is typed.
            guard isatty(STDIN_FILENO) == 0 else { return nil }
            return try secret(text(of: FileStore().readInput()), parameter)
        }
        if source.hasPrefix("file:") {
            return try secret(text(of: FileStore().read(String(source.dropFirst(5)))), parameter)
        }
        if source.hasPrefix("env:"), let secret = try variable(String(source.dropFirst(4)), parameter) { return secret }
        throw .scriptParameters(
            "`\(source)` gives no value for \(parameter.name)",
            advice: "a secret comes from env:NAME (a variable that is set), file:PATH or - (standard input)")
    }

    private static func variable(_ name: String, _ parameter: Parameter) throws(Failure) -> Value? {
        guard let bytes = getenv(name) else { return nil }
        return try secret(String(validatingCString: bytes), parameter)
    }

    /// Returns the text without a byte order mark and without its last line end; nil if it is not UTF-8.
    private static func text(of bytes: [UInt8]) -> String? {
        var text = bytes.dropByteOrderMark
        if text.last == UInt8(ascii: "\n") {
            text.removeLast()
            if text.last == UInt8(ascii: "\r") { text.removeLast() }
        }
        return String(validating: text, as: UTF8.self)
    }

    /// Makes a secret of a text; invalid UTF-8 is an error, since a repaired secret would be another one.
    private static func secret(_ text: String?, _ parameter: Parameter) throws(Failure) -> Value {
        guard let text else { throw .scriptParameters("the value of \(parameter.name) is not UTF-8") }
        return .secret(text)
    }
}
