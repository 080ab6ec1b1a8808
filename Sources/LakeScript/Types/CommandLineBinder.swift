/// Reads the words of a command line by a signature: subcommands of lakesh, meta commands of the shell, and a script's
/// `param`s are bound by the same rules as a command in a script.
///
/// It reads `--name=value`, `--name value`, `--switch` and `--no-switch`. A list is given by repetition, a map as
/// `--name k=v`, repeated. After `--` every word is positional. A secret is never read from an argument: everybody who
/// may list processes could see it.
package struct CommandLineBinder: Sendable {
    let binder: ArgumentBinder
    private let positional: String

    package struct Mistake: Error, Sendable, Equatable {
        /// Lower case, no final period.
        package let message: String
        /// The advice, or an empty text.
        package let advice: String
    }

    /// Makes a binder; `options` are further options, such as those of `run` besides a script's `param`s.
    package init(_ signature: Signature, options: [Parameter] = [], positions: ArgumentBinder.Positions? = nil) {
        binder = ArgumentBinder(signature, options: options, positions: positions, takesEntries: true)
        positional = signature.parameters.filter { $0.isRequired || signature.optionalsByPosition }
            .map { $0.isRequired ? $0.name.uppercased() : "[\($0.name.uppercased())]" }.joined(separator: " ")
    }

    /// Returns the values by parameter name, with defaults; parameters without a value are absent.
    package func bind(_ words: [String]) -> Result<[String: Value], Mistake> {
        let arguments = CommandLineBinder.arguments(of: words)
        let binding = binder.bind(arguments.map(\.shape))
        if let problem = binding.problems.first { return .failure(mistake(problem, arguments)) }
        var values: [String: Value] = [:]
        let parameters = binder.signature.parameters.enumerated().map { (ArgumentBinder.Target.parameter($0), $1) }
        let options = binder.options.enumerated().map { (ArgumentBinder.Target.option($0), $1) }
        for (target, parameter) in parameters + options {
            let sources = binding.sources(of: target)
            guard !sources.isEmpty else {
                if values[parameter.name] == nil { values[parameter.name] = parameter.defaultValue }
                continue
            }
            switch value(of: parameter, from: sources, arguments) {
            case .success(let value): values[parameter.name] = value
            case .failure(let mistake): return .failure(mistake)
            }
        }
        return .success(values)
    }

    struct Word {
        let shape: ArgumentBinder.Shape
        let text: String
    }

    static func arguments(of words: [String]) -> [Word] {
        var onlyPositional = false
        return words.compactMap { word in
            if onlyPositional { return Word(shape: .init(form: .value), text: word) }
            if word == "--" {
                onlyPositional = true
                return nil
            }
            return argument(word)
        }
    }

    private static func argument(_ word: String) -> Word {
        let isNumber = word.dropFirst().first.map { $0.isNumber || $0 == "." } ?? true
        guard word.hasPrefix("-"), !isNumber else { return Word(shape: .init(form: .value), text: word) }
        let option = word.hasPrefix("--") ? word.dropFirst(2) : word.dropFirst(1)
        let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = word.hasPrefix("--") ? String(parts[0]) : word
        guard parts.count == 2 else { return Word(shape: .init(name: name, form: .bare), text: "") }
        return Word(shape: .init(name: name, form: .value), text: String(parts[1]))
    }

    private func value(
        of parameter: Parameter, from sources: [ArgumentBinder.Source], _ arguments: [Word]
    ) -> Result<Value, Mistake> {
        var items: [Value] = []
        var fields = Record()
        for source in sources {
            guard case .value(let index, _) = source else {
                if case .isOn(let isOn, _) = source { items.append(.bool(isOn)) }
                continue
            }
            switch value(arguments[index].text, of: parameter) {
            case .success(.map(let entry)):
                for (key, value) in entry {
                    guard fields[key] == nil else {
                        let option = "--" + parameter.name.hyphenated
                        return .failure(Mistake(message: "\(option) is given the key `\(key)` twice", advice: ""))
                    }
                    fields[key] = value
                }
            case .success(let value): items.append(value)
            case .failure(let mistake): return .failure(mistake)
            }
        }
        if parameter.type.unwrapped.isMap { return .success(.map(fields)) }
        return .success(parameter.isRepeatable ? .list(items) : items.last ?? .null)
    }

    /// Reads one word: a value, an item of a list or an entry of a map.
    private func value(_ text: String, of parameter: Parameter) -> Result<Value, Mistake> {
        let option = "--" + parameter.name.hyphenated
        switch parameter.itemType.unwrapped {
        case .secret:
            return .failure(
                Mistake(
                    message: "\(option) is a secret and is not read from the command line, where others could see it",
                    advice: "give it by the environment, a file, standard input, or at the prompt"))
        case .map(let item):
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                return .failure(Mistake(message: "\(option) takes KEY=VALUE, not `\(text)`", advice: ""))
            }
            return read(parts[1], as: item, option).map { .map(Record([(parts[0], $0)])) }
        case .any, .null, .bool, .int, .float, .string, .enumeration, .duration, .bytes, .list, .record, .optional:
            return read(text, as: parameter.itemType, option)
        }
    }

    private func read(_ text: String, as type: ValueType, _ option: String) -> Result<Value, Mistake> {
        WordReader.read(text, as: type).mapError { mismatch in
            Mistake(message: "\(option): \(mismatch.message(text, as: type))", advice: mismatch.advice(text, as: type))
        }
    }

    private func mistake(_ problem: ArgumentBinder.Problem, _ arguments: [Word]) -> Mistake {
        let written: (Int) -> String = { index in
            guard let name = arguments[index].shape.name else { return arguments[index].text }
            return name.hasPrefix("-") ? name : "--" + name
        }
        switch problem {
        case .unknownOption(let index):
            return unknownOption(written(index))
        case .missingValue(let index, let parameter):
            return Mistake(message: "\(written(index)) takes \(parameter.itemType.phrase)", advice: "")
        case .givenTwice(let index, _):
            return Mistake(message: "\(written(index)) is given twice", advice: "")
        case .valueForNegation(let index):
            return Mistake(message: "\(written(index)) takes no value", advice: "")
        case .surplus(let index, let taken):
            let advice = taken == 0 ? "it takes options only" : "it takes \(positional)"
            return Mistake(message: "`\(written(index))` is one argument too many", advice: advice)
        case .missing(let parameters):
            return missing(parameters)
        case .unwantedBlock(let index), .fieldBesideBody(let index, _), .lostPart(let index, _):
            return Mistake(message: "`\(written(index))` does not fit here", advice: "")
        case .missingBlock:
            return Mistake(message: "`\(binder.signature.name)` needs a block", advice: "")
        }
    }

    private func unknownOption(_ written: String) -> Mistake {
        let name = String(written.drop { $0 == "-" }).replacingHyphens
        let close =
            binder.optionNames.first { $0.hasPrefix(name + "_") }
            ?? DidYouMean.closest(to: name, in: binder.optionNames)
        let advice = close.map { "did you mean `--\($0.hyphenated)`?" } ?? ""
        return Mistake(message: "unknown option `\(written)`", advice: advice)
    }

    private func missing(_ parameters: [Parameter]) -> Mistake {
        let names = parameters.map { parameter in
            let isNamed = if case .none = binder.positions { true } else { binder.options.contains(parameter) }
            return isNamed ? "--" + parameter.name.hyphenated : parameter.name.uppercased()
        }
        let first = parameters.first?.summary ?? ""
        return Mistake(message: "\(names.joined(separator: ", ")) missing", advice: first)
    }
}
