extension CommandLineBinder {
    /// The binding of a command line that is being typed.
    package struct Unfinished {
        /// The names of the arguments that were given by name.
        package let given: Set<String>
        /// The words by the names of the parameters that they fill.
        package let texts: [String: String]
        /// The parameter that the next word would fill.
        package let due: Parameter?
    }

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
