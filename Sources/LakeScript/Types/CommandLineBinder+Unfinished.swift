extension CommandLineBinder {
    /// The binding of an unfinished command line.
    package struct Unfinished {
        /// The names of the given options.
        package let given: Set<String>
        /// The given texts by parameter.
        package let texts: [String: String]
        /// The parameter of the next word.
        package let due: Parameter?
    }

    /// Binds the words typed so far.
    package func bindUnfinished(_ words: [String]) -> Unfinished {
        let arguments = CommandLineBinder.arguments(of: words)
        let binding = binder.bind(arguments.map(\.shape) + [ArgumentBinder.Shape(form: .value)])
        var texts: [String: String] = [:]
        for (target, source) in binding.fillings {
            guard case .value(let index, _) = source, arguments.indices.contains(index) else { continue }
            texts[binder.parameter(of: target).name] = arguments[index].text
        }
        return Unfinished(
            given: Set(arguments.compactMap { $0.shape.name?.replacingHyphens }), texts: texts,
            due: binding.target(ofArgument: arguments.count).map(binder.parameter))
    }
}
