/// A place in the running frame: variables first, then temporaries.
package typealias Register = Int32

/// An instruction of the register machine. `d` is where the result goes; jumps name the instruction that comes next.
///
/// Payloads are at most an operator and three numbers, so that an instruction takes 20 bytes; what needs more stands in a
/// table of the program and is named by its index `k`. The span of each stands beside it in `CompiledCode.spans`.
package enum Instruction: Sendable {
    // Values.
    /// d = constants[k]
    case constant(d: Register, k: Int32)
    /// d = s
    case move(d: Register, s: Register)
    /// d = the main frame's register
    case global(d: Register, s: Register)
    /// d = the string of `count` values from `first` on
    case interpolate(d: Register, first: Register, count: Int32)
    /// d = [first, …]
    case list(d: Register, first: Register, count: Int32)
    /// d = [first, …], what a repeatable parameter is given: no level of what the script builds
    case arguments(d: Register, first: Register, count: Int32)
    /// d = {keys: first, …}; the keys stand in `shapes[k]`
    case map(d: Register, k: Int32, first: Register)
    /// The list in d gets one more item.
    case append(d: Register, s: Register)
    /// d = base.name; the name stands in `names[k]`
    case member(d: Register, base: Register, k: Int32)
    /// d = base.name, null where the map has no such field: a field that an answer may leave out
    case optionalMember(d: Register, base: Register, k: Int32)
    /// d = base[index]
    case index(d: Register, base: Register, index: Register)
    /// The variable's path gets a value: `paths[k]`
    case setPath(variable: Register, k: Int32, value: Register)

    // Operators.
    case add(d: Register, a: Register, b: Register)
    case addInt(d: Register, a: Register, immediate: Int32)
    case subtract(d: Register, a: Register, b: Register)
    case multiply(d: Register, a: Register, b: Register)
    case divide(d: Register, a: Register, b: Register)
    case remainder(d: Register, a: Register, b: Register)
    case remainderInt(d: Register, a: Register, immediate: Int32)
    case negate(d: Register, a: Register)
    case not(d: Register, a: Register)
    /// `== != < <= > >= in, not in =~`
    case compare(BinaryOperator, d: Register, a: Register, b: Register)
    /// d = [a, …, b]
    case range(d: Register, a: Register, b: Register)

    // Flow.
    case jump(Int32)
    case jumpIfFalse(Register, Int32)
    case jumpIfTrue(Register, Int32)
    case jumpIfNull(Register, Int32)
    case jumpIfNotNull(Register, Int32)
    /// Jumps where `a op b` does not hold.
    case jumpUnless(BinaryOperator, a: Register, b: Register, Int32)
    /// The same with a number of the text.
    case jumpUnlessInt(BinaryOperator, a: Register, immediate: Int32, Int32)
    /// Jumps if the counter is beyond the end, which is in counter + 1; else d is the counter, which then counts on.
    case nextInRange(d: Register, counter: Register, Int32)
    /// Jumps if there are no more items; else d is the next one and the counter counts on. The list is in counter + 1.
    case nextInList(d: Register, counter: Register, Int32)
    /// d = what a `for` walks through: a list as it is; of a map its keys, or pairs of a key and a value
    case iterate(d: Register, s: Register, wantsPairs: Bool)
    /// Calls a `def`; its arguments stand from `first` on. The result comes to d.
    case call(function: Int32, first: Register, d: Register)
    case returnValue(Register)
    /// A pure built-in: `builtins[k]`, with its arguments from `first` on.
    case builtin(k: Int32, first: Register, d: Register)
    /// d = the items in the order of the keys, a list or a field's name; descending where the register after is true
    case sortBy(d: Register, items: Register, keys: Register)
    /// d = a map from each key to its items
    case groupBy(d: Register, items: Register, keys: Register)

    // The world.
    /// An operation: `calls[k]`. Jumps on 404 where it has an `--or` (no target: -1).
    case operation(k: Int32, d: Register, Int32)
    /// A built-in that is an effect: `builtins[k]`, with its arguments from `first` on.
    case world(k: Int32, first: Register, d: Register)
    /// d = the items of a page, whose field stands in `names[k]`; a list (of `--or`) stays.
    case pageItems(d: Register, page: Register, k: Int32)
    /// d = what the path in `pagePaths[k]` leads to in a page, or null
    case pageField(d: Register, page: Register, k: Int32)
    case confirm(message: Register, word: Register)
    case sleep(Register)
    /// Hands out an item of the prompt's last listing; goes on when the next one is wanted.
    case show(Register)

    // Regions: what begins and ends, whether well or by an error.
    /// A scope begins: `scopes[k]`, its name or item in s. Jumps, with the value in its d, where it was run before.
    case enterScope(k: Int32, s: Register, Int32)
    /// A scope ends well with the value in s.
    case leaveScope(s: Register)
    /// Errors jump to the handler, with the error in d.
    case enterTry(d: Register, Int32)
    case leaveTry
    case enterTimeout(limit: Register)
    case leaveTimeout
    case enterIdentity(Register)
    case enterServer(Register)
    case leaveIdentity
    /// Registers `blocks[k]` as an undo.
    case onFailure(k: Int32)
    /// Registers `blocks[k]` to be run at the scope's end.
    case onExit(k: Int32)
    /// The end of such a block.
    case endDeferred
    /// A turn of a loop has ended, at that depth of turns: such blocks of it keep the variables as they are.
    case captureDeferred(turn: Int32)
    /// Runs `blocks[k]` for each item of the list, so many at a time.
    case parallel(k: Int32, items: Register, limit: Register)

    // Errors.
    /// `fail`, or the error that s holds again; with an exit status, or null.
    case fail(s: Register, status: Register)
    /// An assertion that did not hold: `assertions[k]`.
    case failAssertion(k: Int32, message: Register)
    /// In a `retry`'s handler: raises the error again unless it may be repeated and turns are left.
    case retryOrFail(turn: Register, count: Register)
    /// In an `expect_error`'s handler: `kinds[k]` is the one that was expected.
    case expectKind(k: Int32)
    /// The kind that was expected did not come.
    case missingError(k: Int32)
}
