/// How deep values may nest. What a script builds is measured where it gets a level more, so that whatever recurses over
/// values (comparing, writing, letting go of them) meets none that is too deep.
enum Nesting {
    /// - Throws: a mistake where a list or map of these values is deeper than `Value.maximumDepth`.
    static func check(_ values: some Sequence<Value>) throws(Failure) {
        if values.contains(where: { $0.isDeeper(than: Value.maximumDepth - 1) }) { throw tooDeep }
    }

    /// - Throws: a mistake where a value is too deep when it stands so many levels down.
    static func check(_ value: Value, below levels: Int) throws(Failure) {
        if value.isDeeper(than: Value.maximumDepth - levels) { throw tooDeep }
    }

    private static let tooDeep = Failure(
        .mistake, "a value nests deeper than \(Value.maximumDepth)",
        notes: ["is a list or map put into itself again and again?"])
}

extension Value {
    /// Whether it has more than so many levels; a list of numbers has one.
    fileprivate func isDeeper(than levels: Int) -> Bool {
        switch self {
        case .list(let items): levels <= 0 || items.contains { $0.isDeeper(than: levels - 1) }
        case .map(let record): levels <= 0 || record.values.contains { $0.isDeeper(than: levels - 1) }
        case .null, .bool, .int, .float, .string, .bytes, .secret, .duration: false
        }
    }
}
