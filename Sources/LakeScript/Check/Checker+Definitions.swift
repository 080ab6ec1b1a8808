/// A `def` during the check.
struct FunctionState {
    var name: Name
    /// Nil for a `def` of an earlier line at the prompt.
    let parameters: [DefinitionParameter]
    let body: Block?
    let span: Span
    /// True for a `def` of an included file, which sees only its own parameters.
    let isIncluded: Bool
    var signature: Signature
    var defaults: [CheckedExpression?] = []
    /// The frame that its parameters are declared in, until the body is checked.
    var frame: CheckFrame?
    /// The same, for further checks of the body with the types of calls' arguments.
    var ownFrame: CheckFrame?
    /// The types that it was checked with.
    var checkedTypes: [[ValueType]] = []
    /// True if it asks what a value is: a field that it reads may be one that it has looked for.
    var looksAtTypes = false
    var progress = Progress.waiting
    var checked: CheckedFunction?
    /// A variable of the top level that it reads, itself or through a `def` that it calls.
    var globalRead: String?

    enum Progress {
        case waiting
        /// The signature is known; the body is not checked yet, or is being checked.
        case prepared, checking
        case done
    }

    init(name: Name, parameters: [DefinitionParameter], body: Block, span: Span, isIncluded: Bool) {
        self.name = name
        self.parameters = parameters
        self.body = body
        self.span = span
        self.isIncluded = isIncluded
        signature = Signature(name.text, optionalsByPosition: true)
    }

    init(checked: CheckedFunction) {
        name = Name(text: checked.name, span: checked.span)
        parameters = []
        body = nil
        span = checked.span
        isIncluded = false
        signature = Signature(
            checked.name, checked.parameters, result: checked.result, optionalsByPosition: true)
        self.checked = checked
        progress = .done
    }
}

extension Checker {
    /// Limit for nested checks of called `def`s; a call below it has the type `any` and the `def` is checked later.
    private static let maximumPursuit = 48

    /// Declares the `def`s of a file and of its includes.
    mutating func collectDefinitions(of tree: SyntaxTree, isIncluded: Bool) {
        context.lostCommands.formUnion(tree.unreadDefinitions)
        for statement in tree.statements {
            switch statement.kind {
            case .definition(let name, let parameters, let body):
                collect(
                    FunctionState(
                        name: name, parameters: parameters, body: body, span: statement.span, isIncluded: isIncluded))
            case .include(let path):
                collectInclude(path, statement.span)
            case .param, .binding, .assignment, .whileLoop, .forLoop, .breakLoop, .continueLoop, .returnValue,
                .onFailure, .onExit, .fail, .confirm, .assert, .run, .test, .expectError, .expression, .missing:
                continue
            }
        }
    }

    /// Records where the variables of the top level are declared.
    mutating func noteGlobals(of tree: SyntaxTree) {
        for case .binding(let name, _, _) in tree.statements.lazy.map(\.kind) where laterGlobals[name.text] == nil {
            laterGlobals[name.text] = name.span
        }
    }

    private mutating func collect(_ function: FunctionState) {
        let name = function.name
        if Builtins[name.text] != nil || context.command(name.text) != nil {
            report(.takenName(name, isBuiltin: Builtins[name.text] != nil))
            return
        }
        if let earlier = functionNames[name.text] {
            let isOfEarlierLine = functions[earlier].body == nil
            if !isOfEarlierLine {
                let place = context.sources.location(of: functions[earlier].name.span)
                report(.definedTwice(name, place: place))
                return
            }
        }
        functionNames[name.text] = functions.count
        functions.append(function)
    }

    /// Checks the `def`s that are never called.
    mutating func checkRemainingDefinitions() {
        for index in functions.indices { checkDefinition(index) }
    }

    /// Returns the signature of a `def`; checks its body first, if possible.
    mutating func signature(ofFunction index: Int) -> Signature {
        prepareDefinition(index)
        if outerFrames.count < Checker.maximumPursuit { checkDefinition(index) }
        return functions[index].signature
    }

    /// Declares the parameters and checks their defaults.
    private mutating func prepareDefinition(_ index: Int) {
        guard functions[index].progress == .waiting else { return }
        functions[index].progress = .prepared
        enterFrame(CheckFrame(.definition))
        let outside = (currentIsIncluded, currentFunction)
        (currentIsIncluded, currentFunction) = (functions[index].isIncluded, index)
        var hasDefault = false
        for parameter in functions[index].parameters {
            let checkedDefault = parameter.defaultValue.map { check($0) }
            let type = annotatedType(parameter.type, checkedDefault, fallback: .any)
            warnOfSecretDefault(type, checkedDefault, parameter.name)
            if let earlier = frame.inSameScope(parameter.name.text) {
                reportRedeclared(parameter.name, earlier)
            }
            if hasDefault, checkedDefault == nil { report(.requiredAfterOptional(parameter.name)) }
            hasDefault = hasDefault || checkedDefault != nil
            _ = frame.declare(parameter.name, .parameter, type: type)
            functions[index].signature.parameters.append(
                Parameter(parameter.name.text, type, isRequired: checkedDefault == nil))
            functions[index].defaults.append(checkedDefault)
        }
        (currentIsIncluded, currentFunction) = outside
        functions[index].frame = leaveFrame()
    }

    private mutating func checkDefinition(_ index: Int) {
        prepareDefinition(index)
        guard functions[index].progress == .prepared, let body = functions[index].body,
            let own = functions[index].frame
        else { return }
        functions[index].progress = .checking
        functions[index].frame = nil
        functions[index].ownFrame = own
        enterFrame(own)
        let outside = (currentIsIncluded, currentFunction, exits)
        (currentIsIncluded, currentFunction) = (functions[index].isIncluded, index)
        let checked = checkBlock(body)
        (currentIsIncluded, currentFunction, exits) = outside
        let finished = leaveFrame()
        var result = finished.returns ?? .null
        if !checked.exits, finished.returns != nil { result = result.orNull }
        finish(index, CheckedBody(statements: checked.statements, slots: finished.slots), result)
    }

    /// Checks the body of a `def` again with the types of a call's arguments, for fields that these do not have.
    ///
    /// A `def` that looks at types or keys itself is left alone, and so is a call within a few others.
    mutating func checkBody(ofFunction index: Int, with arguments: [CheckedExpression?], calledAt span: Span) {
        let function = functions[index]
        guard function.progress == .done, !function.looksAtTypes, let body = function.body, !isPrompt,
            pursuits < Checker.maximumPursuits, var own = function.ownFrame,
            function.parameters.count == arguments.count
        else { return }
        var types: [ValueType] = []
        for (place, argument) in arguments.enumerated() {
            let type = argument?.type ?? .any
            let isNarrower = own[place].type == .any && type.holdsSchema
            types.append(isNarrower ? type : .any)
            if isNarrower { own[place].type = type }
        }
        guard types.contains(where: { $0 != .any }), !function.checkedTypes.contains(types) else { return }
        functions[index].checkedTypes.append(types)
        let outside = (currentIsIncluded, currentFunction, exits, silenced)
        (currentIsIncluded, currentFunction) = (function.isIncluded, index)
        pursuits += 1
        enterFrame(own)
        let found = context.diagnosticsOfSecondCheck { _ = checkBlock(body) }
        leaveFrame()
        pursuits -= 1
        (currentIsIncluded, currentFunction, exits, silenced) = outside
        for var diagnostic in found where [Diagnostic.e0501.name, Diagnostic.e0508.name].contains(diagnostic.code) {
            diagnostic.notes.append(
                "`\(function.name.text)` is called with it at \(context.sources.location(of: span))")
            report(diagnostic)
        }
    }

    /// Limit for nested second checks of called `def`s.
    private static let maximumPursuits = 4

    private mutating func finish(_ index: Int, _ body: CheckedBody, _ result: ValueType) {
        functions[index].signature.result = result
        functions[index].progress = .done
        let function = functions[index]
        functions[index].checked = CheckedFunction(
            name: function.name.text, parameters: function.signature.parameters, defaults: function.defaults,
            body: body, result: result, span: function.span)
    }

    /// Returns the type of a parameter: from its annotation, or else from its default.
    mutating func annotatedType(
        _ annotation: Name?, _ defaultValue: CheckedExpression?, fallback: ValueType
    ) -> ValueType {
        guard let annotation else {
            guard let type = defaultValue?.type, type != .null else { return defaultValue == nil ? fallback : .any }
            return type.widened
        }
        guard let type = Checker.annotations[annotation.text] else {
            report(.unknownType(annotation, among: Checker.annotations.keys.sorted()))
            return .any
        }
        guard let given = defaultValue else { return type }
        if given.type == .null { return type.orNull }
        checkDefault(given, is: type)
        return type
    }

    /// Reports a default of another type than the annotation says.
    mutating func checkDefault(_ given: CheckedExpression, is type: ValueType) {
        if type.accepts(given.type) { checkLiteral(given, against: type) } else { report(.wrongDefault(type, given)) }
    }

    static let annotations: [String: ValueType] = [
        "any": .any, "bool": .bool, "int": .int, "float": .float, "string": .string, "secret": .secret,
        "duration": .duration, "bytes": .bytes, "list": .list(.any), "map": .map(.any),
    ]
}
