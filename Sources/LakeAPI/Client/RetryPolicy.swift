import LakeScript

/// When a call is sent again, and how long to wait before.
struct RetryPolicy {
    /// How often a call is sent at most, unless `--retries` says otherwise.
    static let attempts = 5

    /// Whether such an answer says that nothing was done and that a later try may do better.
    static func isWorthRepeating(_ status: Int, _ repetition: Operation.Repetition) -> Bool {
        switch repetition {
        case .read, .converge: [429, 502, 503, 504].contains(status)
        case .createByName: [429, 503].contains(status)
        case .append, .opaque: false
        }
    }

    /// Whether such an answer comes from something before the server, which does not know what the server did.
    static func isSilence(_ status: Int) -> Bool { status == 502 || status == 504 }

    /// Milliseconds before the next attempt: what the server asks for, else twice as long each time, spread a little
    /// so that parallel calls do not come back all at once.
    static func delay(after attempt: Int, retryAfter: Int?, id: EffectID) -> Int {
        if let retryAfter { return min(retryAfter, 60) * 1000 }
        let spread = Int(truncatingIfNeeded: (id.number &* 2_654_435_761) >> 8 & 0xff)
        return min(500 << min(attempt - 1, 6), 30_000) + spread
    }

    /// What the person is told: "create_user answered 503, again in 1.3 s (attempt 2 of 5)".
    static func notice(_ what: String, delay: Int, attempt: Int, of attempts: Int) -> String {
        "\(what), again in \(delay / 1000).\(delay % 1000 / 100) s (attempt \(attempt + 1) of \(attempts))"
    }
}

extension Operation {
    /// What sending this call again does. A write that is told its target by a relative ref (`main~1`) moves on each
    /// time, whatever its class.
    func repetition(with arguments: Record) -> Repetition {
        guard repetition == .converge else { return repetition }
        let isRelative = parameters.contains { parameter in
            guard parameter.role == .ref, parameter.place == .query else { return false }
            return arguments.given(parameter.name)?.text?.contains { $0 == "~" || $0 == "^" } == true
        }
        return isRelative ? .append : .converge
    }
}
