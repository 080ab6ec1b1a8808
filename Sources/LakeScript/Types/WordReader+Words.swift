// Messages about words that do not fit.
extension WordReader.Mismatch {
    /// Returns the error about a word for a type.
    package func message(_ word: String, as type: ValueType) -> String {
        switch self {
        case .malformed: "`\(word)` is not \(type.unwrapped.phrase)"
        case .tooLarge: "`\(word)` does not fit 64 bits"
        case .notAmong: "`\(word)` is not one of its values"
        case .notAWord: "expected \(type.unwrapped.phrase), found the word `\(word)`"
        }
    }

    /// Returns advice on what to write instead; may be empty.
    package func advice(_ word: String, as type: ValueType) -> String {
        switch self {
        case .malformed, .notAWord: type.unwrapped.example
        case .tooLarge: ""
        case .notAmong(let cases):
            DidYouMean.closest(to: word, in: cases).map { "did you mean `\($0)`?" } ?? ValueType.alternatives(cases)
        }
    }
}

extension ValueType {
    /// An example of how a value of the type is written; may be empty.
    package var example: String {
        switch self {
        case .bool: "write true or false"
        case .int: "as 5, or 64KiB for a size"
        case .float: "as 0.5"
        case .duration: "as 250ms, 2s, 5m, 1h, 7d"
        case .list: "as [\"a\", \"b\"], or a variable"
        case .map, .record: "as {key: \"value\"}, or a variable"
        case .bytes: "bytes come from --from FILE, or a variable"
        case .any, .null, .string, .secret, .enumeration, .optional: ""
        }
    }
}
