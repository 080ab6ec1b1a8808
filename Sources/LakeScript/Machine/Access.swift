/// Reading and changing parts of values. What fails says what was null or missing, and what is there.
enum Access {
    static func member(_ base: Value, _ name: String) throws(Failure) -> Value {
        switch base {
        case .map(let record):
            if let value = record[name] { return value }
            throw missing(name, in: record)
        case .null:
            throw Failure(
                .mistake, "null has no field `\(name)`", notes: ["`?.` reads null there, `??` gives another value"])
        case .list:
            throw Failure(.mistake, "a list has no field `\(name)`", notes: ["`get \(name)` takes it from each item"])
        case .bool, .int, .float, .string, .secret, .bytes, .duration:
            throw Failure(.mistake, "\(base.typePhrase) has no field `\(name)`")
        }
    }

    static func index(_ base: Value, _ index: Value) throws(Failure) -> Value {
        switch (base, index) {
        case (.list(let items), .int(let number)):
            return items[try place(number, items.count)]
        case (.map(let record), .string(let key)), (.map(let record), .secret(let key)):
            if let value = record[key] { return value }
            throw missing(key, in: record)
        case (.null, _): throw Failure(.mistake, "null has no parts", notes: ["`??` gives another value"])
        case (.list, _): throw Failure(.mistake, "a list's index is an int, and this is \(index.typePhrase)")
        case (.map, _): throw Failure(.mistake, "a map's key is a string, and this is \(index.typePhrase)")
        default: throw Failure(.mistake, "\(base.typePhrase) has no parts")
        }
    }

    /// Changes a part in place: a field is added where it is missing, an index must be there.
    static func set(_ target: inout Value, _ path: ArraySlice<Value>, to value: Value) throws(Failure) {
        guard let step = path.first else {
            target = value
            return
        }
        switch (target, step) {
        case (.map(var record), _) where step.text != nil:
            target = .null
            defer { target = .map(record) }
            let key = step.text ?? ""
            if record[key] == nil, path.count == 1 { return record[key] = value }
            guard let place = record.position(of: key) else { throw missing(key, in: record) }
            var part = record.take(at: place)
            defer { record.set(part, at: place) }
            try set(&part, path.dropFirst(), to: value)
        case (.list(var items), .int(let number)):
            let place = try place(number, items.count)
            target = .null
            defer { target = .list(items) }
            try set(&items[place], path.dropFirst(), to: value)
        default: throw Failure(.mistake, "\(target.typePhrase) has no part `\(step.interpolated)`")
        }
    }

    /// What a `for` walks through.
    static func items(_ value: Value, wantsPairs: Bool) throws(Failure) -> Value {
        switch value {
        case .list(let items):
            guard wantsPairs else { return value }
            return .list(items.enumerated().map { .list([.int($0.offset), $0.element]) })
        case .map(let record):
            if record["pagination"] != nil, record["results"] != nil {
                throw Failure(
                    .mistake, "this is a page, not a list",
                    notes: ["take its .results, or ask for all pages with --all"])
            }
            if wantsPairs { return .list(record.map { .list([.string($0), $1]) }) }
            return .list(record.keys.map { .string($0) })
        case .null, .bool, .int, .float, .string, .secret, .bytes, .duration:
            throw Failure(.mistake, "a list is due here, and this is \(value.typePhrase)")
        }
    }

    /// The items of a listing's page; what `--or` gave for a listing that is missing is a list already.
    static func items(ofPage page: Value, _ field: String) throws(Failure) -> Value {
        switch page {
        case .null: return []
        case .list: return page
        default: return try items(member(page, field), wantsPairs: false)
        }
    }

    /// `low .. high` as a list.
    static func range(_ low: Value, _ high: Value) throws(Failure) -> Value {
        guard case .int(let from) = low, case .int(let to) = high else {
            throw Failure(.mistake, "a range goes from an int to an int")
        }
        guard from <= to else { return [] }
        guard to.subtractingReportingOverflow(from).partialValue < 100_000_000,
            !to.subtractingReportingOverflow(from).overflow
        else {
            throw Failure(
                .mistake, "the range is too long for a list", notes: ["`for` walks through a range without storing it"])
        }
        return .list((from...to).map { .int($0) })
    }

    private static func place(_ number: Int, _ count: Int) throws(Failure) -> Int {
        let place = number < 0 ? count + number : number
        guard (0..<count).contains(place) else {
            throw Failure(.mistake, "the list has \(count) item\(count == 1 ? "" : "s"), and no [\(number)]")
        }
        return place
    }

    private static func missing(_ name: String, in record: Record) -> Failure {
        let close = DidYouMean.closest(to: name, in: record.keys)
        var notes = [
            close.map { "did you mean `\($0)`?" } ?? "there are: \(record.keys.prefix(12).joined(separator: ", "))"
        ]
        if let origin = record.origin { notes.append("from \(origin.file) line \(origin.line)") }
        return Failure(.mistake, "there is no field `\(name)`", notes: notes)
    }
}
