/// Identifies one effect among all that are begun by the same performers.
package struct EffectID: Hashable, Sendable, Comparable {
    package let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    package static func < (left: EffectID, right: EffectID) -> Bool { left.number < right.number }
}

/// A source of effect ids: a machine's, or that of a performer that makes effects of its own. Sources with different
/// numbers never make the same id.
package struct EffectIDs: Sendable {
    private let source: UInt64
    private var count: UInt64 = 0
    /// Bits of an id that count within its source.
    private static let width: UInt64 = 40

    package init(source: UInt32 = 0) {
        self.source = UInt64(source)
    }

    package mutating func next() -> EffectID {
        count += 1
        return EffectID(source << EffectIDs.width + count)
    }

    /// True if the id was made by this source.
    package func contains(_ id: EffectID) -> Bool { id.number >> EffectIDs.width == source }
}

/// Something that a script needs from outside: handed out by the machine, begun by a performer, answered exactly once.
package struct Effect: Sendable {
    package let kind: Kind
    package let origin: Origin

    package init(_ kind: Kind, origin: Origin) {
        self.kind = kind
        self.origin = origin
    }

    package enum Kind: Sendable {
        /// An operation of the vocabulary.
        case call(OperationCall)
        /// A built-in that reads or changes the world (`read_file`, `print`, `now`, `sleep`, `exec`).
        case builtin(BuiltinCall)
        /// An item of the prompt's last listing, answered when the next one is wanted.
        case show(Value)
        /// Asks; with a word, to type it.
        case confirm(message: String, word: String?)
        /// The limit of a `timeout` block, in milliseconds: answered when it has passed, cancelled when the block ends.
        case timer(milliseconds: Int)
        /// A scope begins: answered `.value` (run it) or `.finished` (a journal knows its value: skip it).
        case enter(Scope)
        /// A scope ended, by its value or by a failure.
        case leave(Scope, Result<Value, Failure>)
        /// An undo ended.
        case undo(Undo)
    }

    /// Whom a part of the run acts as: the profile of an `on`, and the identity of an `as`; nil for what counts without.
    package struct Caller: Sendable, Equatable {
        package let server: String?
        package let identity: Value?

        package init(server: String?, identity: Value?) {
            self.server = server
            self.identity = identity
        }
    }

    /// The origin of an effect: the key under which a journal files it, and the place that a message names.
    package struct Origin: Sendable {
        /// The innermost scope it stands in.
        package let scope: ScopePath
        /// The effect's number in that scope, from 0.
        package let ordinal: Int
        /// The identity of the enclosing `as`, a map of one of the vocabulary's forms; nil outside.
        package let identity: Value?
        /// The profile of the enclosing `on`, or nil.
        package let server: String?
        package let span: Span
        /// The row of a file that the nearest `for` is at, if its item came from one.
        package var row: Record.FileRow?
        /// Every `as` and `on` that is under way in the run, in whatever strand.
        package var callers: [Caller] = []

        /// Of what no script asks for: a test's process, a question before a run, completion.
        package static let ofNoScript = Origin(
            scope: ScopePath(), ordinal: 0, span: Span(file: FileID(index: 0), start: 0, end: 0))

        package init(
            scope: ScopePath, ordinal: Int, identity: Value? = nil, server: String? = nil, span: Span,
            row: Record.FileRow? = nil
        ) {
            self.scope = scope
            self.ordinal = ordinal
            self.identity = identity
            self.server = server
            self.span = span
            self.row = row
        }

        /// The same with all that is under way beside it.
        func among(_ callers: [Caller]) -> Origin {
            var origin = self
            origin.callers = callers
            return origin
        }
    }
}

/// A call of a built-in as an effect, with its arguments by name.
package struct BuiltinCall: Sendable {
    package let builtin: Builtin
    /// By parameter index; null where left out.
    package let values: [Value]

    package init(_ builtin: Builtin, values: [Value]) {
        self.builtin = builtin
        self.values = values
    }

    package init(_ builtin: Builtin, _ arguments: Record) {
        self.init(builtin, values: builtin.signature.parameters.map { arguments[$0.name] ?? .null })
    }

    package var name: String { builtin.name }

    package subscript(parameter: String) -> Value {
        guard let place = builtin.signature.parameters.firstIndex(where: { $0.name == parameter }),
            values.indices.contains(place)
        else { return .null }
        return values[place]
    }

    package func text(_ parameter: String, default fallback: String = "") -> String { self[parameter].text ?? fallback }
    package func flag(_ parameter: String) -> Bool { self[parameter] == true }
}

/// A part of a run that a report names and a journal files under: the run, a step, an iteration, a `def`'s call, an
/// attempt of a `retry`.
package struct Scope: Sendable {
    package let path: ScopePath
    package let kind: ScopeKind
    /// The step's name, the `def`'s; empty for others.
    package let name: String
    package let span: Span

    package init(path: ScopePath, kind: ScopeKind, name: String, span: Span) {
        self.path = path
        self.kind = kind
        self.name = name
        self.span = span
    }
}

/// The path of a scope from the run: one segment a scope. An iteration's segment is made of its item's content, not of
/// its index, so that a corrected input finds what is done.
package struct ScopePath: Hashable, Sendable {
    package let segments: [String]

    package init(_ segments: [String] = []) {
        self.segments = segments
    }

    package func appending(_ segment: String) -> ScopePath { ScopePath(segments + [segment]) }

    /// True if the scope is the given one or lies inside it.
    package func isWithin(_ outer: ScopePath) -> Bool { segments.starts(with: outer.segments) }
}

/// The answer to an effect.
package enum Answer: Sendable {
    case value(Value)
    case failure(Failure)
    /// Only of `enter`: this scope was run before, this is its value.
    case finished(Value)
    /// Only after `cancel`: nothing has left.
    case notSent
    /// It was sent, and nothing tells whether it happened.
    case inDoubt(Failure)
}

/// The state that a machine hands out when it pauses.
package struct Turn: Sendable {
    /// New effects, in source order.
    package var requests: [(id: EffectID, effect: Effect)] = []
    /// Effects that are no longer wanted: cancelled by a `timeout`, or by a sibling's failure.
    package var cancel: [EffectID] = []
    package var state: State = .waiting
    /// The fuel that was used up.
    package var spent = 0
    /// True if the limit of a `timeout` is among the requests.
    var beginsTimer = false

    package enum State: Sendable {
        /// Nothing goes on until an answer comes.
        case waiting
        /// The fuel is used up: run again.
        case outOfFuel
        /// The script ended.
        case done(Result<Value, Failure>)
    }

    package init() {}
}
