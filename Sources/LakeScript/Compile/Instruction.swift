/// The index of a register in the running frame: variables first, then temporaries.
package typealias Register = Int32

/// An instruction of the register machine. `d` is the register of the result; a jump names the next instruction.
///
/// A payload is at most an operator and three numbers, so that an instruction takes 20 bytes. Larger operands are in a
/// table of the program, at index `k`. `CompiledCode.spans` holds the span of each instruction.
package enum Instruction: Sendable {
    // Values.
    /// d = constants[k]
    case constant(d: Register, k: Int32)
    /// d = s
    case move(d: Register, s: Register)
    /// d = a register of the main frame
    case global(d: Register, s: Register)
    /// Raises the error that a part of a string is null; what it is stands in `names[k]`, or nothing for -1.
    case nullPart(k: Int32)
    /// d = the string of `count` values from `first` on, none of which is null
    case interpolate(d: Register, first: Register, count: Int32)
    /// d = [first, …]
    case list(d: Register, first: Register, count: Int32)
    /// d = [first, …], the arguments of a repeatable parameter; they add no level of nesting
    case arguments(d: Register, first: Register, count: Int32)
    /// d = {keys: first, …}; the keys are in `shapes[k]`
    case map(d: Register, k: Int32, first: Register)
    /// Appends an item to the list in d.
    case append(d: Register, s: Register)
    /// d = d + s, in place: for lists and strings that grow.
    case extend(d: Register, s: Register)
    /// Adds to the part at a path of the variable, `paths[k]`, in place, and skips the next instruction; does nothing
    /// where this fails.
    case extendPath(variable: Register, k: Int32, value: Register)
    /// d = base.name; the name is in `names[k]`
    case member(d: Register, base: Register, k: Int32)
    /// d = base?.name: null if the base is null, or has no such field
    case optionalMember(d: Register, base: Register, k: Int32)
    /// d = base[index]
    case index(d: Register, base: Register, index: Register)
    /// Assigns to a path of the variable: `paths[k]`
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
    /// Jumps if `a op b` is false.
    case jumpUnless(BinaryOperator, a: Register, b: Register, Int32)
    /// The same with an integer literal.
    case jumpUnlessInt(BinaryOperator, a: Register, immediate: Int32, Int32)
    /// Jumps if the counter is greater than the end in counter + 1; otherwise d = counter, and the counter goes up by
    /// 1.
    case nextInRange(d: Register, counter: Register, Int32)
    /// Jumps if there are no more items; otherwise d = the next item. The list is in counter + 1.
    case nextInList(d: Register, counter: Register, Int32)
    /// d = the items that a `for` iterates over: those of a list; the keys of a map, or its pairs of key and value
    case iterate(d: Register, s: Register, wantsPairs: Bool)
    /// Converts an argument, or a default, to the type of its parameter: `conversions[k]`. An int is one already where
    /// that is wanted.
    case convert(Register, k: Int32, isInt: Bool)
    /// Calls a `def` with the arguments from `first` on; d = its result.
    case call(function: Int32, first: Register, d: Register)
    case returnValue(Register)
    /// Calls a built-in, pure or an effect: `builtins[k]`, with the arguments from `first` on.
    case builtin(k: Int32, first: Register, d: Register)
    /// d = the items ordered by the keys, a list or the name of a field; descending if the register after them is true
    case sortBy(d: Register, items: Register, keys: Register)
    /// d = a map from each key to its items
    case groupBy(d: Register, items: Register, keys: Register)

    // The world.
    /// Calls an operation: `calls[k]`. Jumps after a 404 if it has an `--or`; the target is -1 if it has none.
    case operation(k: Int32, d: Register, Int32)
    /// d = the items of a page, in the field `names[k]`; a list, which `--or` may give, stays as it is
    case pageItems(d: Register, page: Register, k: Int32)
    /// d = the value at the path `pagePaths[k]` of a page, or null
    case pageField(d: Register, page: Register, k: Int32)
    case confirm(message: Register, word: Register)
    case sleep(Register)
    /// Hands out an item of the prompt's last listing; continues when the next one is wanted.
    case show(Register)

    // Regions: begun and ended by these instructions; an error ends them, too.
    /// Begins a scope: `scopes[k]`, with its name or item in s. Jumps if a journal has its value, which goes to its d.
    case enterScope(k: Int32, s: Register, Int32)
    /// Ends a scope without an error; its value is in s.
    case leaveScope(s: Register)
    /// Errors jump to the handler, with the error in d.
    case enterTry(d: Register, Int32)
    case leaveTry
    case enterTimeout(limit: Register)
    case leaveTimeout
    case enterIdentity(Register)
    case enterServer(Register)
    case leaveIdentity
    /// Registers `blocks[k]` to run if the scope fails.
    case onFailure(k: Int32)
    /// Registers `blocks[k]` to run at the end of the scope.
    case onExit(k: Int32)
    /// Ends such a block.
    case endDeferred
    /// Ends an iteration at that depth: the blocks that it registered keep the variables as they are now.
    case captureDeferred(turn: Int32)
    /// Runs `blocks[k]` for each item of the list; the limit is the number of bodies at a time.
    case parallel(k: Int32, items: Register, limit: Register)

    // Errors.
    /// Raises `fail`, or again the error in s; with an exit status, or null.
    case fail(s: Register, status: Register)
    /// Raises a failed assertion: `assertions[k]`.
    case failAssertion(k: Int32, message: Register)
    /// In the handler of a `retry`: raises the error again unless it may be retried and attempts are left.
    case retryOrFail(turn: Register, count: Register)
    /// In the handler of an `expect_error`: checks that the error is of the kind `kinds[k]`.
    case expectKind(k: Int32)
    /// Begins a loop that goes on after an error; in the handler of an iteration: keeps the error; ends the loop: raises
    /// the errors that were kept.
    case enterKeepGoing
    case keepError
    case leaveKeepGoing
    /// Raises the error that no error of the expected kind came.
    case missingError(k: Int32)
}
