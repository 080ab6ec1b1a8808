internal import LakeScript

/// What is under way, in one line: a value that whoever follows a run or tests gives to the terminal.
package struct StatusLine: Sendable, Equatable {
    /// How many are done; nil where nothing is counted.
    package var done: Int?
    /// How many there are; nil where nobody knows.
    package var total: Int?
    package var retries = 0
    /// What is done now.
    package var current = ""
    /// Whether it appears only after a moment, and then moves; else it is painted whenever it changes.
    package var isPatient = true

    package init(done: Int? = nil, total: Int? = nil, current: String = "", isPatient: Bool = true) {
        self.done = done
        self.total = total
        self.current = current
        self.isPatient = isPatient
    }

    /// `  … 412 done · 163/s · 2 retries   onboard mwangi  create_credentials …`; nil where nothing is done now.
    package func text(after milliseconds: Int) -> String? {
        guard !current.isEmpty else { return nil }
        var parts: [String] = []
        if let done, let total {
            parts.append("\(done) of \(total)")
        } else if let done {
            parts.append("\(done) done")
            if milliseconds > 0, done > 0 { parts.append("\(done * 1000 / milliseconds)/s") }
        }
        if retries > 0 { parts.append(Quantity.of(retries, "retry", plural: "retries")) }
        return "  … " + (parts.isEmpty ? "" : parts.joined(separator: " · ") + "   ") + current
    }
}
