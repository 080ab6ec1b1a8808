extension Explanations {
    /// E01xx: bytes and words.
    static let lexical: [Explanation] = []
    /// E02xx: the shape of statements and expressions.
    static let syntax: [Explanation] = []
}
