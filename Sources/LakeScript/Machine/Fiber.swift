/// One strand of a script: the main script, or one body of a parallel loop. Its frames and regions are its own data, so
/// it can stop at any effect and go on when the answer comes.
struct Fiber: Sendable {
    let id: Int
    /// The registers of all frames, one above the other.
    var registers: [Value]
    var frames: [CallFrame]
    var regions: [Region] = []
    var state: State = .ready
    /// The identity and profile of the enclosing `as` and `on`.
    var identity: Value?
    var server: String?
    /// The scope that it was started in, and the numbers for what it asks for there. Those of a body are given by the
    /// loop, before any body begins.
    let scopeAround: ScopePath
    var numbers = ScopeNumbers()
    /// Set where the fiber is to end or to leave a `timeout`: raised as soon as nothing of it is under way.
    var interrupt: Interrupt?
    /// Whether what it waited for last was carried out.
    var isAnswered = false
    /// What a handler caught last, for `retry`.
    var caught: Failure?
    /// The loop that it is a body of.
    let loop: Int?
    /// Its place in that loop's list.
    let index: Int

    enum State: Sendable {
        case ready
        /// Waits for the answer to an effect.
        case waiting(EffectID, Awaiting)
        /// Waits for the bodies of a parallel loop.
        case joining(Int)
        case ended
    }

    /// What to do with an answer.
    enum Awaiting: Sendable {
        /// The value goes to a register; a 404 jumps there unless -1.
        case register(Register, orJump: Int32)
        /// A scope begins: a value that is known already jumps past it.
        case scope(Register, past: Int32)
        case nothing
    }

    struct Interrupt: Sendable {
        var failure: Failure
        /// Regions from here on are left without being asked.
        let floor: Int
    }

    init(
        id: Int, registers: [Value], frame: CallFrame, scopeAround: ScopePath, identity: Value? = nil,
        server: String? = nil, loop: Int? = nil, index: Int = 0
    ) {
        self.id = id
        self.registers = registers
        frames = [frame]
        self.scopeAround = scopeAround
        self.identity = identity
        self.server = server
        self.loop = loop
        self.index = index
    }

    /// The numbers of the innermost scope.
    mutating func number<T>(_ make: (inout ScopeNumbers) -> T) -> T {
        let place = regions.lastIndex {
            if case .scope = $0.kind { true } else { false }
        }
        guard let place else { return make(&numbers) }
        return make(&regions[place].numbers)
    }

    /// The path of the innermost scope.
    var scope: ScopePath {
        for region in regions.reversed() {
            if case .scope(let scope, _) = region.kind { return scope.path }
        }
        return scopeAround
    }
}

/// A call of a body of code.
struct CallFrame: Sendable {
    let code: Int
    /// The next instruction.
    var counter: Int
    /// Its first register.
    let base: Int
    /// The first register of the script's main frame.
    let globals: Int
    /// Where its value goes, in the frame below.
    let result: Register
    /// Tells frames at the same depth apart.
    let serial: Int
}

/// Something that began and will end, well or by an error.
struct Region: Sendable {
    var kind: Kind
    /// How many frames there were.
    let frames: Int
    /// The undos and `on_exit` blocks that were registered, in order.
    var undos: [Deferred] = []
    var exits: [Deferred] = []
    /// The numbers for what is asked for in this scope.
    var numbers = ScopeNumbers()

    enum Kind: Sendable {
        /// A scope, and where its value goes.
        case scope(Scope, Register)
        /// A `try`: the handler, and where the error goes.
        case handler(at: Int, error: Register)
        case timeout(EffectID, milliseconds: Int, Span)
        /// An `as` or `on`: what counted before.
        case identity(Value?, server: String?)
        /// An undo or `on_exit` block runs; what goes on afterwards.
        case deferred(Continuation)
    }

    /// What happens when a deferred block has ended.
    enum Continuation: Sendable {
        /// The instruction that ends the scope is carried out again.
        case leave
        /// The error goes on.
        case unwind(Failure, floor: Int)
    }

    /// A block that was registered: with the variables of its frame.
    struct Deferred: Sendable {
        let code: Int
        let frame: Int
        let serial: Int
        let globals: Int
        /// How many regions, and turns of loops of its frame, it stands in.
        let depth: Int
        let turn: Int32
        /// As they were when the turn or call that it stands in ended; until then the frame's own count.
        var variables: [Value]
        var isCaptured = false
    }
}

/// Numbers what stands in a scope: its effects, and scopes of one name.
struct ScopeNumbers: Sendable {
    /// The number of the next effect.
    private(set) var ordinal = 0
    private var occurrences: [String: Int] = [:]

    mutating func takeOrdinal() -> Int {
        defer { ordinal += 1 }
        return ordinal
    }

    /// A scope's segment, with a number where the same one came before.
    mutating func numbered(_ segment: String) -> String {
        let count = occurrences[segment, default: 0]
        occurrences[segment] = count + 1
        return count == 0 ? segment : "\(segment)#\(count + 1)"
    }

    /// The numbers for a parallel loop's bodies, in the order of its items: whatever the order of their answers, each
    /// has a scope of its own, and two numbers here, for entering and for leaving it.
    mutating func forBodies(of segments: [String]) -> [ScopeNumbers] {
        segments.map { segment in
            var numbers = ScopeNumbers()
            numbers.ordinal = ordinal
            numbers.occurrences[segment] = occurrences[segment]
            ordinal += 2
            occurrences[segment, default: 0] += 1
            return numbers
        }
    }
}

/// The bodies of one parallel loop.
struct ParallelLoop: Sendable {
    let parent: Int
    let block: CompiledBlock
    let items: [Value]
    let limit: Int
    /// What each body numbers its scope by.
    let numbers: [ScopeNumbers]
    /// The next item to begin with.
    var next = 0
    var running: Set<Int> = []
    var values: [Value]
    var failures: [(index: Int, failure: Failure)] = []
    /// No new bodies begin.
    var isStopping = false
}
