internal import CYAML
package import LakeScript

/// Parses YAML 1.2's core schema into a `Value`, with libyaml's events, for `~/.lakectl.yaml` and `from_yaml`. Aliases,
/// tags, duplicate keys and a second document are errors with their places.
package enum YAML {
    /// Parses the document; an empty text is null.
    package static func read(_ bytes: [UInt8]) throws(Failure) -> Value {
        if let problem = cyaml_load() { throw .missingLibrary(String(cString: problem)) }
        return try bytes.withUnsafeBufferPointer { buffer throws(Failure) in
            var parser = YAMLEvents(buffer)
            return try parser.document()
        }
    }
}

/// libyaml's parser, closed at deinitialisation.
private struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>

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

    private enum Node {
        case scalar(String, isPlain: Bool)
        case sequence
        case mapping
        case end
        case nothing

        var isEnd: Bool {
            if case .end = self { true } else { false }
        }
    }

    mutating func document() throws(Failure) -> Value {
        while true {
            let node = try next()
            switch node {
            case .nothing: continue
            case .end: return .null
            case .scalar, .sequence, .mapping:
                let value = try value(of: node, depth: 0)
                while case let more = try next(), !more.isEnd {
                    guard case .nothing = more else { throw failure("a second document begins, and one is read") }
                }
                return value
            }
        }
    }

    private mutating func value(of node: Node, depth: Int) throws(Failure) -> Value {
        guard depth < Value.maximumDepth else { throw failure("nested deeper than \(Value.maximumDepth)") }
        switch node {
        case .scalar(let text, let isPlain): return isPlain ? .yamlScalar(text) : .string(text)
        case .sequence:
            var items: [Value] = []
            while case let item = try next(), !item.isEnd { items.append(try value(of: item, depth: depth + 1)) }
            return .list(items)
        case .mapping:
            var record = Record()
            while case let key = try next(), !key.isEnd {
                guard case .scalar(let name, _) = key else { throw failure("a key must be a text") }
                guard record[name] == nil else { throw failure("the key `\(name)` comes twice") }
                record[name] = try value(of: try next(), depth: depth + 1)
            }
            return .map(record)
        case .end, .nothing: return .null
        }
    }

    /// Returns the next relevant event.
    private mutating func next() throws(Failure) -> Node {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
            let problem = parser.pointee.problem.map { String(cString: $0) } ?? "no YAML"
            throw .notYAML("line \(parser.pointee.problem_mark.line + 1): \(problem)")
        }
        defer { yaml_event_delete(&event) }
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try refuse(tag: scalar.tag)
            // SAFETY: libyaml gives a pointer and its length, valid until the event is deleted.
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT:
            try refuse(tag: event.data.sequence_start.tag)
            return .sequence
        case YAML_MAPPING_START_EVENT:
            try refuse(tag: event.data.mapping_start.tag)
            return .mapping
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT, YAML_STREAM_END_EVENT: return .end
        case YAML_ALIAS_EVENT: throw failure("aliases (*name) are not read: write the value out")
        default: return .nothing
        }
    }

    private func refuse(tag: UnsafeMutablePointer<yaml_char_t>?) throws(Failure) {
        guard tag == nil else { throw failure("tags (!name) are not read: quotes make a text") }
    }

    private func failure(_ message: String) -> Failure {
        .notYAML("line \(parser.pointee.mark.line + 1): \(message)")
    }
}

extension Value {
    /// Resolves a plain scalar by YAML 1.2's core schema.
    fileprivate static func yamlScalar(_ text: String) -> Value {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default:
            if let number = Int(text) {
                .int(number)
            } else if text.hasPrefix("0x"), let number = Int(text.dropFirst(2), radix: 16) {
                .int(number)
            } else if text.hasPrefix("0o"), let number = Int(text.dropFirst(2), radix: 8) {
                .int(number)
            } else if text.looksLikeNumber, let number = Double(text), number.isFinite {
                .float(number)
            } else {
                .string(text)
            }
        }
    }
}

extension String {
    /// True if a plain YAML scalar may be a float; `Double` also accepts `nan`, `infinity` and hexadecimal numbers.
    fileprivate var looksLikeNumber: Bool {
        utf8.allSatisfy { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
            && utf8.contains { (0x30...0x39).contains($0) }
    }
}
