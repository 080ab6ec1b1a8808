extension Keyword {
    /// A description for completion menus: one line without a final period; empty if the keyword begins no statement.
    package var summary: String {
        switch self {
        case .as: "run a block as another identity"
        case .assert: "end with an error unless a condition holds"
        case .break: "leave the loop"
        case .confirm: "ask before going on"
        case .continue: "go on with the loop's next item"
        case .def: "a command of your own"
        case .ensure: "call an operation; done already is fine"
        case .expectError: "a block must fail so"
        case .fail: "end with an error"
        case .for: "a block for each item"
        case .if: "a block on a condition"
        case .include: "the defs of another file"
        case .let: "name a value"
        case .on: "run a block on another server"
        case .onExit: "a block that runs when this ends"
        case .onFailure: "a block that undoes this when it fails"
        case .param: "a parameter of the script"
        case .retry: "repeat a block until it succeeds"
        case .return: "leave the def with a value"
        case .run: "run another script"
        case .step: "a named part"
        case .test: "a case for lakesh test"
        case .timeout: "limit a block's time"
        case .try: "go on when a block fails"
        case .var: "name a value that changes"
        case .while: "a block while a condition holds"
        case .and, .catch, .else, .every, .false, .in, .keepGoing, .not, .null, .or, .parallel, .true: ""
        }
    }
}
