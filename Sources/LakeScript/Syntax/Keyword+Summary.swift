extension Keyword {
    /// A description for completion menus: one line without a final period; empty if the keyword begins no statement.
    package var summary: String {
        switch self {
        case .as: "run a block as another identity"
        case .assert: "end with an error unless a condition holds"
        case .break: "leave the loop"
        case .confirm: "ask for confirmation"
        case .continue: "continue with the loop's next item"
        case .def: "define a command"
        case .ensure: "call an operation that may be done already"
        case .expectError: "expect a block to fail"
        case .fail: "end with an error"
        case .for: "run a block for each item"
        case .if: "run a block if a condition holds"
        case .include: "include the defs of another file"
        case .let: "name a value"
        case .on: "run a block on another server"
        case .onExit: "run a block at the end"
        case .onFailure: "run a block after a failure"
        case .param: "declare a parameter of the script"
        case .retry: "repeat a block until it succeeds"
        case .return: "return a value from the def"
        case .run: "run another script"
        case .step: "name a part of the run"
        case .test: "define a test"
        case .timeout: "limit a block's time"
        case .try: "handle the error of a block"
        case .var: "declare a variable"
        case .while: "run a block while a condition holds"
        case .and, .catch, .else, .every, .false, .in, .keepGoing, .not, .null, .or, .parallel, .true: ""
        }
    }
}
