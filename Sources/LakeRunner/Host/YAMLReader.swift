internal import CYAML
package import LakeScript

/// Parses YAML 1.2's core schema into values, with libyaml's events, for `~/.lakectl.yaml`, `read_yaml` and `from_yaml`.
/// Tags, duplicate keys and numbers that no value has are errors with their places; so are aliases (`*name`) that make
/// a document too large.
package enum YAML {
    /// Parses the document; an empty text is null.
    package static func read(_ bytes: [UInt8]) throws(Failure) -> Value {
        // libyaml reads no surrogate pairs, which JSON, a part of YAML, has in place of characters beyond U+FFFF.
        if let value = json(bytes) { return value }
        let documents = try documents(bytes)
        guard documents.count < 2 else {
            throw .notYAML("line \(documents[1].line): a second document begins", notes: ["--all_documents reads all"])
        }
        return documents.first?.value ?? .null
    }

    /// Parses a text into its only document, or into the list of its documents.
    static func read(_ bytes: [UInt8], isList: Bool) throws(Failure) -> Value {
        guard isList else { return try read(bytes) }
        if let value = json(bytes) { return .list([value]) }
        return .list(try documents(bytes).map(\.value))
    }

    private static func json(_ bytes: [UInt8]) -> Value? {
        let blanks = Array(" \t\r\n".utf8)
        guard let first = bytes.dropByteOrderMark.first(where: { !blanks.contains($0) }),
            "{[\"".utf8.contains(first)
        else { return nil }
        return try? JSON.read(bytes)
    }

    private static func documents(_ bytes: [UInt8]) throws(Failure) -> [(line: Int, value: Value)] {
        if let problem = cyaml_load() { throw .missingLibrary(String(cString: problem)) }
        return try bytes.withUnsafeBufferPointer { buffer throws(Failure) in
            var parser = YAMLEvents(buffer)
            return try parser.documents()
        }
    }
}

/// libyaml's parser, closed at deinitialisation.
private struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private var anchors: [String: Anchor] = [:]
    /// The line of the current event.
    private var line = 1
    /// The number of values that have been made, those of aliases included.
    private var made = 0
    private var madeByAliases = 0
    /// The depth of the deepest value of the current part.
    private var deepest = 0
    /// A few aliases of aliases make more values than any memory holds.
    private static let mostByAliases = 1_000_000

    /// A value with a name, and its size.
    private struct Anchor {
        let value: Value
        let made: Int
        let levels: Int
    }

    /// The bytes must outlive the parser.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        // SAFETY: the parser is initialised before use and deleted and freed once, in deinit.
        parser = .allocate(capacity: 1)
        yaml_parser_initialize(parser)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    private struct Node {
        var kind: Kind
        var anchor: String?

        enum Kind: Equatable {
            case scalar(String, isPlain: Bool)
            case sequence, mapping, alias(String)
            case end
            case nothing
        }
    }

    mutating func documents() throws(Failure) -> [(line: Int, value: Value)] {
        var documents: [(line: Int, value: Value)] = []
        var start = 1
        while case let node = try next(), node.kind != .end {
            if node.kind == .nothing {
                start = line
            } else {
                anchors = [:]
                documents.append((start, try value(of: node, depth: 0)))
            }
        }
        return documents
    }

    /// Returns the value of a node; remembers it if it has a name.
    private mutating func value(of node: Node, depth: Int) throws(Failure) -> Value {
        guard let name = node.anchor else { return try unnamedValue(of: node, depth: depth) }
        let (before, outer) = (made, deepest)
        deepest = depth
        anchors[name] = nil
        let value = try unnamedValue(of: node, depth: depth)
        anchors[name] = Anchor(value: value, made: made - before, levels: deepest - depth)
        deepest = max(outer, deepest)
        return value
    }

    private mutating func unnamedValue(of node: Node, depth: Int) throws(Failure) -> Value {
        guard depth < Value.maximumDepth else { throw failure("nested deeper than \(Value.maximumDepth)") }
        guard Work.goesOn() else { throw failure("reading was stopped") }
        made += 1
        deepest = max(deepest, depth)
        switch node.kind {
        case .scalar(let text, let isPlain): return isPlain ? try plainValue(text) : .string(text)
        case .alias(let name): return try value(ofAlias: name, depth: depth)
        case .sequence:
            var items: [Value] = []
            while case let item = try next(), item.kind != .end { items.append(try value(of: item, depth: depth + 1)) }
            return .list(items)
        case .mapping: return try map(depth: depth)
        case .end, .nothing: return .null
        }
    }

    private mutating func value(ofAlias name: String, depth: Int) throws(Failure) -> Value {
        guard let anchor = anchors[name] else {
            throw failure("`*\(name)` stands for nothing: no `&\(name)` before it")
        }
        guard depth + anchor.levels < Value.maximumDepth else {
            throw failure("nested deeper than \(Value.maximumDepth)")
        }
        madeByAliases += anchor.made
        guard madeByAliases <= YAMLEvents.mostByAliases else {
            throw failure("aliases (*name) make more than \(YAMLEvents.mostByAliases) values of this text")
        }
        made += anchor.made
        deepest = max(deepest, depth + anchor.levels)
        return anchor.value
    }

    private mutating func map(depth: Int) throws(Failure) -> Value {
        var record = Record()
        // The keys that came by `<<`: one that is written wins.
        var merged: Set<ScalarText> = []
        while case let key = try next(), key.kind != .end {
            guard case .scalar(let name, let isPlain) = key.kind else { throw failure("a key must be a text") }
            if let anchor = key.anchor { anchors[anchor] = Anchor(value: .string(name), made: 1, levels: 0) }
            if name == "<<", isPlain {
                for (name, field) in try mergedFields(try value(of: try next(), depth: depth + 1))
                where record[name] == nil {
                    record[name] = field
                    merged.insert(ScalarText(name))
                }
                continue
            }
            guard record[name] == nil || merged.remove(ScalarText(name)) != nil else {
                throw failure("the key `\(name)` comes twice")
            }
            record[name] = try value(of: try next(), depth: depth + 1)
        }
        return .map(record)
    }

    /// The fields that `<<: *name` or `<<: [*name, …]` adds to a map; the first of equal keys counts.
    private func mergedFields(_ value: Value) throws(Failure) -> [(String, Value)] {
        if case .map(let record) = value { return Array(record) }
        guard let maps = value.items, maps.allSatisfy({ $0.record != nil }) else {
            throw failure("`<<` adds the fields of a map or of several maps")
        }
        return maps.flatMap { Array($0.record ?? Record()) }
    }

    /// Returns the next relevant event.
    private mutating func next() throws(Failure) -> Node {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
            let problem = parser.pointee.problem.map { String(cString: $0) } ?? "no YAML"
            throw .notYAML("line \(parser.pointee.problem_mark.line + 1): \(problem)")
        }
        defer { yaml_event_delete(&event) }
        var node = Node(kind: .nothing)
        line = Int(event.start_mark.line) + 1
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try refuse(tag: scalar.tag)
            // SAFETY: libyaml gives a pointer and its length, valid until the event is deleted.
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            node.kind = .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
            node.anchor = YAMLEvents.name(scalar.anchor)
        case YAML_SEQUENCE_START_EVENT:
            try refuse(tag: event.data.sequence_start.tag)
            node.kind = .sequence
            node.anchor = YAMLEvents.name(event.data.sequence_start.anchor)
        case YAML_MAPPING_START_EVENT:
            try refuse(tag: event.data.mapping_start.tag)
            node.kind = .mapping
            node.anchor = YAMLEvents.name(event.data.mapping_start.anchor)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT, YAML_STREAM_END_EVENT: node.kind = .end
        case YAML_ALIAS_EVENT: node.kind = .alias(YAMLEvents.name(event.data.alias.anchor) ?? "")
        default: break
        }
        return node
    }

    private static func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        // SAFETY: libyaml gives a NUL-terminated string, valid until the event is deleted.
        anchor.map { String(cString: $0) }
    }

    private func refuse(tag: UnsafeMutablePointer<yaml_char_t>?) throws(Failure) {
        guard tag == nil else { throw failure("tags (!name) are not read: quotes make a text") }
    }

    private func failure(_ message: String) -> Failure {
        .notYAML("line \(line): \(message)")
    }

    /// Resolves a plain scalar by YAML 1.2's core schema.
    private func plainValue(_ text: String) throws(Failure) -> Value {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        let bytes = text.utf8
        if [".nan", ".inf", "+.inf", "-.inf"].contains(text.lowercased()) {
            throw failure("\(text) is a number that no value has: quotes make a text")
        }
        for (prefix, radix) in [("0x", 16), ("0o", 8)] where bytes.starts(with: prefix.utf8) {
            let digits = text.dropFirst(2)
            let isNumber = digits.utf8.allSatisfy { digit in
                Character(Unicode.Scalar(digit)).hexDigitValue.map { $0 < radix } ?? false
            }
            guard isNumber, !digits.isEmpty else { return .string(text) }
            guard let number = Int(digits, radix: radix) else { throw tooLarge(text) }
            return .int(number)
        }
        guard text.looksLikeNumber else { return .string(text) }
        if let number = Int(text) { return .int(number) }
        let digits =
            bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes[...]
        if digits.allSatisfy({ (0x30...0x39).contains($0) }) { throw tooLarge(text) }
        guard let number = Double(text) else { return .string(text) }
        guard number.isFinite else { throw tooLarge(text) }
        return .float(number)
    }

    private func tooLarge(_ text: String) -> Failure {
        failure("\(text.truncated(to: 40)) does not fit 64 bits: quotes make a text")
    }
}

extension String {
    /// True if a plain YAML scalar may be a number; `Double` also accepts `nan`, `infinity` and hexadecimal numbers.
    fileprivate var looksLikeNumber: Bool {
        utf8.allSatisfy { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
            && utf8.contains { (0x30...0x39).contains($0) }
    }
}
