/// What was typed while recording, and what came of it. `record save` makes a runbook of it (`Runbook`).
struct Recording {
    /// Always on: the person who decides to save has typed already. `record off` pauses it.
    var isOn = true
    private(set) var statements: [Statement] = []

    struct Statement: Equatable {
        let text: String
        let succeeded: Bool
    }

    /// Notes a statement that ran.
    mutating func add(_ text: String, succeeded: Bool) {
        if isOn { statements.append(Statement(text: text, succeeded: succeeded)) }
    }
}
