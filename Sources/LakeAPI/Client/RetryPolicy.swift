import LakeScript

/// Decides if a call is sent again, and how long to wait before that.
struct RetryPolicy {
    /// The number of attempts, unless `--retries` says otherwise.
    static let attempts = 5

    /// Returns true if such a status means that nothing was done and that a later attempt may succeed.
    static func isWorthRepeating(_ status: Int, _ repetition: Operation.Repetition) -> Bool {
        switch repetition {
        case .read, .converge: [429, 502, 503, 504].contains(status)
        case .createByName: [429, 503].contains(status)
        case .append, .opaque: false
        }
    }

    /// Returns true if such a status comes from a gateway, which does not know what the server did.
    static func isSilence(_ status: Int) -> Bool { status == 502 || status == 504 }

    /// The pause before the next attempt in milliseconds: what the server asks for, otherwise twice as long each time,
    /// with a small spread so that parallel calls are not all sent at once.
    static func delay(after attempt: Int, retryAfter: Int?, id: EffectID) -> Int {
        if let retryAfter { return min(retryAfter, 60) * 1000 }
        let spread = Int(truncatingIfNeeded: (id.number &* 2_654_435_761) >> 8 & 0xff)
        return min(500 << min(attempt - 1, 6), 30_000) + spread
    }

    /// The notice for the person: "create_user answered 503, again in 1.3 s (attempt 2 of 5)".
    static func notice(_ what: String, delay: Int, attempt: Int, of attempts: Int) -> String {
        "\(what), again in \(delay / 1000).\(delay % 1000 / 100) s (attempt \(attempt + 1) of \(attempts))"
    }
}

extension Operation {
    /// The effect of sending this call again. A write with a relative ref (`main~1`) moves on each time, whatever its
    /// class.
    func repetition(with arguments: Record) -> Repetition {
        guard repetition == .converge else { return repetition }
        let isRelative = parameters.contains { parameter in
            guard parameter.role == .ref, parameter.place == .query else { return false }
            return arguments.given(parameter.name)?.text?.contains { $0 == "~" || $0 == "^" } == true
        }
        return isRelative ? .append : .converge
    }
}
