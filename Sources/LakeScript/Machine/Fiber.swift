/// One thread of control of a script: the main script, or a body of a parallel loop. It owns its frames and regions, so
/// it can stop at any effect and continue with the answer.
struct Fiber: Sendable {
    let id: Int
    /// The registers of all frames, one frame above the other.
    var registers: [Value]
    var frames: [CallFrame]
    var regions: [Region] = []
    var state: State = .ready
    /// The identity and the profile of the enclosing `as` and `on`.
    var identity: Value?
    var server: String?
    /// The scope that the fiber was started in, and the numbers for its own effects and scopes there. A loop numbers
    /// all its bodies before the first one starts.
    let scopeAround: ScopePath
    var numbers = ScopeNumbers()
    /// A pending interrupt: the fiber ends or leaves a `timeout`. It is raised as soon as no effect of the fiber is in
    /// flight.
    var interrupt: Interrupt?
    /// True if the next instruction was stopped in the middle of its work.
    var isStopped = false
    /// True if the last effect was carried out.
    var isAnswered = false
    /// The write in flight, and the last one that was done.
    var writing: (id: EffectID, call: WrittenCall)?
    var written: (id: EffectID, call: WrittenCall)?
    /// True if that one changed nothing.
    var isUnchanged = false
    /// The error that a handler caught last, for `retry`.
    var caught: Failure?
    /// The parallel loop whose body the fiber is.
    let loop: Int?
    /// The index of its item in that loop.
    let index: Int

    enum State: Sendable {
        case ready
        case waiting(EffectID, Awaiting)
        case joining(Int)
        case ended
    }

    enum Awaiting: Sendable {
        /// Stores the value in a register; after a 404 jumps to the target unless it is -1.
        case register(Register, orJump: Int32)
        /// Begins a scope; if its value is known already, jumps past it.
        case scope(Register, past: Int32)
        case nothing
    }

    struct Interrupt: Sendable {
        var failure: Failure
        /// The depth of regions from which on no handler takes the error.
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

    /// Numbers something in the innermost scope.
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

/// A call of compiled code.
struct CallFrame: Sendable {
    let code: Int
    var counter: Int
    let base: Int
    /// The first register of the script's main frame.
    let globals: Int
    /// The register in the frame below that takes the value.
    let result: Register
    /// Distinguishes frames at the same depth.
    let serial: Int
}

/// Something that has begun and must end, normally or by an error.
struct Region: Sendable {
    var kind: Kind
    /// The number of frames at its beginning.
    let frames: Int
    /// The registered undos and `on_exit` blocks, in order.
    var undos = DeferredBlocks()
    var exits = DeferredBlocks()
    /// The numbers for effects and scopes in this scope.
    var numbers = ScopeNumbers()

    enum Kind: Sendable {
        /// A scope, and the register for its value.
        case scope(Scope, Register)
        /// A `try`: the handler, and the register for the error.
        case handler(at: Int, error: Register)
        case timeout(EffectID, milliseconds: Int, Span)
        /// An `as` or `on`: the identity and the server outside.
        case identity(Value?, server: String?)
        /// A loop with `keep_going`: the errors of its iterations.
        case keptErrors([Failure])
        /// A running undo or `on_exit` block, and how to continue afterwards.
        case deferred(Continuation, UndoSubject?)
    }

    enum Continuation: Sendable {
        case leave
        case unwind(Failure, floor: Int)
    }

    /// A registered block with the variables of its frame.
    struct Deferred: Sendable {
        let code: Int
        let frame: Int
        let serial: Int
        let globals: Int
        /// The number of regions up to the scope whose turn it was registered in, and of iterations of its frame.
        let depth: Int
        let turn: Int32
        /// Nil for an `on_exit` block.
        var undo: UndoSubject?
        /// Captured when the iteration or call ends; before that the live frame is read.
        var variables: [Value]
        var isCaptured = false
    }
}

/// Registered blocks in order. Those that read the live frame are known, so that the end of an iteration costs nothing
/// for the blocks of earlier ones.
struct DeferredBlocks: Sendable {
    private var blocks: [Region.Deferred] = []
    private var live: [Int] = []

    mutating func append(_ block: Region.Deferred) {
        live.append(blocks.count)
        blocks.append(block)
    }

    mutating func popLast() -> Region.Deferred? {
        if live.last == blocks.count - 1 { live.removeLast() }
        return blocks.popLast()
    }

    /// Makes a write the subject of the last undo, if that waits for one.
    mutating func take(_ call: WrittenCall) -> Bool {
        guard let last = blocks.indices.last, blocks[last].undo?.isOpen == true else { return false }
        blocks[last].undo?.call = call
        blocks[last].undo?.isOpen = false
        return true
    }

    /// Captures the variables of blocks that read the live frame.
    mutating func capture(_ captured: (Region.Deferred) -> Region.Deferred) {
        for place in live { blocks[place] = captured(blocks[place]) }
        live.removeAll { blocks[$0].isCaptured }
    }
}

/// Numbers the effects of a scope, and scopes of equal names in it.
struct ScopeNumbers: Sendable {
    private(set) var ordinal = 0
    private var occurrences: [String: Int] = [:]

    mutating func takeOrdinal() -> Int {
        defer { ordinal += 1 }
        return ordinal
    }

    /// Returns a scope's segment, with a number if the same segment came before.
    mutating func numbered(_ segment: String) -> String {
        let count = occurrences[segment, default: 0]
        occurrences[segment] = count + 1
        return count == 0 ? segment : "\(segment)#\(count + 1)"
    }

    /// Returns the numbers for a parallel loop's bodies, in the order of its items. So each body has a scope of its own
    /// and two numbers here, for entering and leaving it, in whatever order answers come.
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

struct ParallelLoop: Sendable {
    let parent: Int
    let block: CompiledBlock
    let items: [Value]
    let limit: Int
    /// The numbers of each body's scope.
    let numbers: [ScopeNumbers]
    var next = 0
    var running: Set<Int> = []
    var values: [Value]
    var failures: [(index: Int, failure: Failure)] = []
    /// True if no new bodies start.
    var isStopping = false
}
