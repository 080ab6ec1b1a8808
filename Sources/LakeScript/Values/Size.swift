/// The limits of a single text and a single list: a script that lets one grow without end gets an error before it has
/// taken all memory.
extension Value {
    /// 256 MiB.
    package static let mostBytes = 256 << 20
    package static let mostItems = 10_000_000

    /// - Throws: a mistake if the value itself, without its parts, is larger than the limits.
    func requireSize() throws(Failure) {
        switch self {
        case .string(let text), .secret(let text): try Value.require(bytes: text.utf8.count)
        case .bytes(let bytes): try Value.require(bytes: bytes.count)
        case .list(let items): try Value.require(items: items.count)
        case .map(let record): try Value.require(items: record.count)
        case .null, .bool, .int, .float, .duration: break
        }
    }

    /// - Throws: a mistake if the value has too many parts to be written, which may be far more than take memory.
    func requireWritable() throws(Failure) {
        var left = Value.mostParts
        countParts(&left)
        if left < 0 { throw .tooManyParts }
    }

    private func countParts(_ left: inout Int) {
        guard left >= 0 else { return }
        switch self {
        case .list(let items):
            left -= items.count
            for item in items { item.countParts(&left) }
        case .map(let record):
            left -= record.count
            for item in record.values { item.countParts(&left) }
        case .null, .bool, .int, .float, .string, .secret, .bytes, .duration: break
        }
    }

    private static let mostParts = 20_000_000

    static func require(bytes count: Int) throws(Failure) {
        if count > mostBytes { throw .textTooLarge }
    }

    package static func require(items count: Int) throws(Failure) {
        if count > mostItems { throw .listTooLong }
    }

    /// The parts of work that making a value of this size takes.
    var cost: Int {
        switch self {
        case .string(let text), .secret(let text): text.utf8.count / 64
        case .bytes(let bytes): bytes.count / 64
        case .list(let items): items.count / 8
        case .map(let record): record.count / 8
        case .null, .bool, .int, .float, .duration: 0
        }
    }
}
