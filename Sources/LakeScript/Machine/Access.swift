/// Reads and changes parts of values. Errors say what was null or missing, and what there is instead.
enum Access {
    static func member(_ base: Value, _ name: String) throws(Failure) -> Value {
        if case .map(let record) = base, let value = record[name] { return value }
        throw failure(of: base, .string(name))
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

    /// Makes the error of a part that cannot be read; `path` is the written form of the base.
    static func failure(of base: Value, _ step: Value, path: String? = nil) -> Failure {
        let subject = path.map { "`\($0)`" }
        let part = step.integer.map { "[\($0)]" } ?? "field `\(step.told)`"
        switch (base, step) {
        case (.null, _):
            let message = subject.map { "\($0) is null, and null has no \(part)" } ?? "null has no \(part)"
            return Failure(.mistake, message, notes: ["`?.` reads null there, `??` gives another value"])
        case (.list(let items), .int):
            let count = "\(items.count) item\(items.count == 1 ? "" : "s")"
            return Failure(
                .mistake, "\(subject ?? "the list") has \(count), and no \(part)",
                notes: [items.isEmpty ? "look first whether it is []" : "[0] is the first, [-1] the last"])
        case (.map(let record), .string), (.map(let record), .secret):
            return missing(step, in: record, subject)
        case (.list, .string(let name)):
            return Failure(
                .mistake, "\(subject.map { "\($0) is a list, and a list" } ?? "a list") has no \(part)",
                notes: ["`get \(name)` takes it from each item, [0] the first item"])
        case (.list, _):
            return Failure(.mistake, "a list is read by an int, and this is \(step.typePhrase)", notes: conversions)
        case (.map, _):
            return Failure(.mistake, "a map is read by a string, and this is \(step.typePhrase)", notes: conversions)
        case (.bool, _), (.int, _), (.float, _), (.string, _), (.secret, _), (.bytes, _), (.duration, _):
            let noun = base.typePhrase
            return Failure(.mistake, "\(subject.map { "\($0) is \(noun), and" } ?? noun) has no \(part)")
        }
    }

    static func note(of row: Record.FileRow) -> String { "from \(row.file) line \(row.line)" }

    private static let conversions = ["to_int, to_float and to_string make one of the other"]

    /// Changes a part in place. A missing field is added; an index must exist. `written` is the written form of the
    /// target.
    static func set(
        _ target: inout Value, _ path: ArraySlice<Value>, to value: Value, of written: String? = nil
    ) throws(Failure) {
        guard let step = path.first else {
            target = value
            return
        }
        // The changed part is taken out of its container first; with a second reference it would be copied.
        switch target {
        case .map(var record):
            guard let key = step.text else { throw failure(of: target, step, path: written) }
            guard !step.containsSecret || record[key] != nil else {
                throw Failure(.mistake, "a secret makes no key of a map", notes: ["a map's keys are shown"])
            }
            target = .null
            defer { target = .map(record) }
            if record[key] == nil, path.count == 1 { return record[key] = value }
            guard let place = record.position(of: key) else {
                throw missing(step, in: record, written.map { "`\($0)`" })
            }
            var part = record.take(at: place)
            defer { record.set(part, at: place) }
            try set(&part, path.dropFirst(), to: value, of: written.map { "\($0).\(step.told)" })
        case .list(var items):
            guard case .int(let number) = step, let place = place(number, items.count) else {
                throw failure(of: target, step, path: written)
            }
            target = .null
            defer { target = .list(items) }
            try set(&items[place], path.dropFirst(), to: value, of: written.map { "\($0)[\(number)]" })
        case .null:
            throw Failure(
                .mistake, failure(of: target, step, path: written).message,
                notes: ["put a map or a list there before its parts"])
        case .bool, .int, .float, .string, .secret, .bytes, .duration:
            throw failure(of: target, step, path: written)
        }
    }

    /// Returns the list that a `for` walks through.
    static func items(_ value: Value, wantsPairs: Bool, _ page: PageShape? = nil) throws(Failure) -> Value {
        switch value {
        case .list(let items):
            guard wantsPairs else { return value }
            return .list(items.enumerated().map { .list([.int($0.offset), $0.element]) })
        case .map(let record):
            if let page, page.items(of: value) != nil {
                throw Failure(.mistake, "this is a page, not a list", notes: [page.advice])
            }
            if wantsPairs { return .list(record.map { .list([.string($0), $1]) }) }
            return .list(record.keys.map { .string($0) })
        case .null, .bool, .int, .float, .string, .secret, .bytes, .duration:
            throw Failure(
                .mistake, "a list is due here, and this is \(value.typePhrase)",
                notes: [
                    value.isNull ? "`?? []` gives an empty list" : "[ ] makes a list of it, `split` one of a string"
                ])
        }
    }

    /// Returns the items of a listing's page. The value of `--or`, for a listing that is missing, is a list already.
    static func items(ofPage page: Value, _ field: String) throws(Failure) -> Value {
        switch page {
        case .null: return []
        case .list: return page
        default: return try items(member(page, field), wantsPairs: false)
        }
    }

    static func range(_ low: Value, _ high: Value) throws(Failure) -> Value {
        guard case .int(let from) = low, case .int(let to) = high else {
            throw noRange(low, high)
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

    static func noRange(_ low: Value, _ high: Value) -> Failure {
        Failure(
            .mistake, "a range goes from an int to an int, and this from \(low.typePhrase) to \(high.typePhrase)",
            notes: ["to_int makes an int of a string"])
    }

    /// Returns the offset of an item; a negative number counts from the end. Nil if there is no such item.
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
        return Failure(.mistake, "\(subject ?? "the map") has no field `\(name)`", notes: notes)
    }
}
