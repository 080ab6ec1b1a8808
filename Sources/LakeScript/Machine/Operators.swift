/// The operators whose result is a bool, on any values.
enum Comparison {
    /// Returns the result of `left sign right`.
    ///
    /// - Throws: A failure if the two cannot be compared.
    static func holds(_ sign: BinaryOperator, _ left: Value, _ right: Value, _ hosts: HostFunctions) throws(Failure)
        -> Bool
    {
        switch sign {
        case .equal: return try left.equals(right)
        case .notEqual: return try !left.equals(right)
        case .less: return try Ordering.isLess(left, right)
        case .greaterOrEqual: return try !Ordering.isLess(left, right)
        case .greater: return try Ordering.isLess(right, left)
        case .lessOrEqual: return try !Ordering.isLess(right, left)
        case .in: return try contains(right, left)
        case .notIn: return try !contains(right, left)
        case .matches:
            guard let match = hosts["=~"] else { throw .unavailable("=~") }
            return try match([left, right]) == true
        case .or, .and, .range, .coalesce, .add, .subtract, .multiply, .divide, .remainder: return false
        }
    }

    private static func contains(_ container: Value, _ item: Value) throws(Failure) -> Bool {
        switch container {
        case .list(let items): return try items.has(item)
        case .map(let record):
            guard let key = item.text else {
                throw .wrongType("a map's keys are strings", item)
            }
            return record[key] != nil
        case .string(let text), .secret(let text):
            guard let part = item.text else { throw .wrongType("`in` looks for a string in a string", item) }
            return TextBuiltins.find(Array(part.utf8), in: Array(text.utf8))
        case .null, .bool, .int, .float, .bytes, .duration:
            throw .wrongType("`in` looks into a list, a map or a string", container)
        }
    }
}
