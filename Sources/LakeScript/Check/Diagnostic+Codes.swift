extension Diagnostic {
    /// The codes of all errors and warnings of the check, by name.
    ///
    /// A test holds that the wrong example of each gives that very code, and the right one nothing.
    package static let codes =
        (lexicalCodes + statementCodes + expressionCodes + nameCodes + callCodes + typeCodes + flowCodes + warningCodes)
        .sorted { $0.name < $1.name }
}
