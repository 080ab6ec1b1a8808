/// Reads and changes parts of values. A failure names the null or missing part, and the parts that exist.
enum Access {
    static func member(_ base: Value, _ name: String) throws(Failure) -> Value {
        if case .map(let record) = base, let value = record[name] { return value }
        throw failure(of: base, .string(name))
    }

    /// Reads `base?.name`: null for null, and where there is no such field.
    static func optionalMember(_ base: Value, _ name: String) throws(Failure) -> Value {
        switch base {
        case .null: return .null
        case .map(let record): return record[name] ?? .null
        default: throw failure(of: base, .string(name))
        }
    }

    static func index(_ base: Value, _ index: Value) throws(Failure) -> Value {
        switch (base, index) {
        case (.list(let items), .int(let number)):
            if let place = place(number, items.count) { return items[place] }
        case (.map(let record), .string(let key)), (.map(let record), .secret(let key)):
            if let value = record[key] { return value }
        default: break
        }
        throw failure(of: base, index)
    }

    /// Returns the failure to read a part; `path` is the value as it is written.
    static func failure(of base: Value, _ step: Value, path: String? = nil) -> Failure {
        let subject = path.map { "`\($0)`" }
        let part = step.integer.map { "[\($0)]" } ?? "field `\(step.told)`"
        switch (base, step) {
        case (.null, _):
            return .readOfNull(part, of: subject, notes: ["`?.` reads null there, `??` gives another value"])
        case (.list(let items), .int): return .missingItem(part, of: subject, count: items.count)
        case (.map(let record), .string), (.map(let record), .secret):
            var failure = missing(step, in: record, subject)
            if case .string(let name) = step, name.isName {
                failure.notes.append("`\(path ?? "")?.\(name)` reads null where there is no such field")
            }
            return failure
        case (.list, .string(let name)):
            return .noParts(
                subject.map { "\($0) is a list, and a list" } ?? "a list", part,
                notes: ["`get \(name)` takes it from each item, [0] the first item"])
        case (.list, _): return .wrongIndex("a list", "an int", step)
        case (.map, _): return .wrongIndex("a map", "a string", step)
        case (.bool, _), (.int, _), (.float, _), (.string, _), (.secret, _), (.bytes, _), (.duration, _):
            let noun = base.typePhrase
            return .noParts(subject.map { "\($0) is \(noun), and" } ?? noun, part)
        }
    }

    /// Returns the note that names the row of a file.
    static func note(of row: Record.FileRow) -> String { "from \(row.file) line \(row.line)" }

    /// Sets a part in place. A missing field is added, an index must exist. `written` is the target as it is written.
    static func set(
        _ target: inout Value, _ path: ArraySlice<Value>, to value: Value, of written: String? = nil
    ) throws(Failure) {
        try change(&target, path, adding: value, of: written) { $0 = value }
    }

    /// Changes a part in place. A missing field is an error, unless there is a value to add.
    static func change(
        _ target: inout Value, _ path: ArraySlice<Value>, adding new: Value? = nil, of written: String? = nil,
        _ body: (inout Value) throws(Failure) -> Void
    ) throws(Failure) {
        guard let step = path.first else { return try body(&target) }
        // The part is taken out of its place first: a second reference to it would cause a copy.
        switch target {
        case .map(var record):
            guard let key = step.text else { throw failure(of: target, step, path: written) }
            guard !step.containsSecret || record[key] != nil else {
                throw .shownSecret("a secret cannot be a key of a map", notes: ["a map's keys are shown"])
            }
            target = .null
            defer { target = .map(record) }
            if let new, record[key] == nil, path.count == 1 { return record[key] = new }
            guard let place = record.position(of: key) else {
                throw missing(step, in: record, written.map { "`\($0)`" })
            }
            var part = record.take(at: place)
            defer { record.set(part, at: place) }
            try change(&part, path.dropFirst(), adding: new, of: written.map { "\($0).\(step.told)" }, body)
        case .list(var items):
            guard case .int(let number) = step, let place = place(number, items.count) else {
                throw failure(of: target, step, path: written)
            }
            target = .null
            defer { target = .list(items) }
            try change(
                &items[place], path.dropFirst(), adding: new, of: written.map { "\($0)[\(number)]" }, body)
        case .null:
            var failure = failure(of: target, step, path: written)
            failure.notes = ["put a map or a list there before its parts"]
            throw failure
        case .bool, .int, .float, .string, .secret, .bytes, .duration:
            throw failure(of: target, step, path: written)
        }
    }

    /// Returns the items that a `for` iterates over.
    static func items(_ value: Value, wantsPairs: Bool, _ page: PageShape? = nil) throws(Failure) -> Value {
        switch value {
        case .list(let items):
            guard wantsPairs else { return value }
            return .list(items.enumerated().map { .list([.int($0.offset), $0.element]) })
        case .map(let record):
            if let page, page.items(of: value) != nil { throw .page("this is a page, not a list", page) }
            if wantsPairs { return .list(record.map { .list([.string($0), $1]) }) }
            return .list(record.keys.map { .string($0) })
        case .null, .bool, .int, .float, .string, .secret, .bytes, .duration:
            throw .wrongType(
                "`for` takes a list, a map or a range", value,
                notes: [
                    value.isNull ? "`?? []` gives an empty list" : "[ ] makes a list of it, `split` one of a string"
                ])
        }
    }

    /// Returns the items of a page of a listing. The value of `--or` for a missing listing is a list already.
    static func items(ofPage page: Value, _ field: String) throws(Failure) -> Value {
        switch page {
        case .null: return []
        case .list: return page
        default: return try items(member(page, field), wantsPairs: false)
        }
    }

    /// Returns `low .. high` as a list.
    static func range(_ low: Value, _ high: Value) throws(Failure) -> Value {
        guard case .int(let from) = low, case .int(let to) = high else {
            throw .wrongBounds(low, high)
        }
        guard from <= to else { return [] }
        let (last, overflows) = to.subtractingReportingOverflow(from)
        guard !overflows, last < Value.mostItems else { throw .rangeTooLong }
        _ = Work.goesOn(after: last / 8)
        return .list((from...to).map { .int($0) })
    }

    /// Returns the offset of an item, counted from the end for a negative number; nil if there is none.
    private static func place(_ number: Int, _ count: Int) -> Int? {
        let place = number < 0 ? count + number : number
        return (0..<count).contains(place) ? place : nil
    }

    private static func missing(_ step: Value, in record: Record, _ subject: String?) -> Failure {
        let name = step.told
        let close = DidYouMean.closest(to: name, in: record.keys)
        let keys = record.keys.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
        var notes = [close.map { "did you mean `\($0)`?" } ?? (keys.isEmpty ? "it is empty" : "it has \(keys)")]
        if let row = record.fileRow { notes.append(note(of: row)) }
        return .missingField("\(subject ?? "the map") has no field `\(name)`", notes: notes)
    }
}
