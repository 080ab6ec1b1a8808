internal import LakeScript

/// The status of a run or of tests in one line; a value for the terminal to paint.
package struct StatusLine: Sendable, Equatable {
    /// The number of completed parts; nil if nothing is counted.
    package var done: Int?
    /// The total number; nil if it is unknown.
    package var total: Int?
    package var retries = 0
    /// The current work.
    package var current = ""
    /// True if the line is shown only after a delay and then updated regularly; otherwise at each change.
    package var isPatient = true

    package init(done: Int? = nil, total: Int? = nil, current: String = "", isPatient: Bool = true) {
        self.done = done
        self.total = total
        self.current = current
        self.isPatient = isPatient
    }

    /// Returns the line: `  … 412 done · 163/s · 2 retries   onboard mwangi  create_credentials …`; nil if there is no
    /// current work.
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
        // Where nothing is counted, the time says that something still happens.
        let waiting = done == nil && milliseconds >= 1000 ? "  waiting \(milliseconds / 1000) s · ^C cancels" : ""
        return "  … " + (parts.isEmpty ? "" : parts.joined(separator: " · ") + "   ") + current + waiting
    }
}
