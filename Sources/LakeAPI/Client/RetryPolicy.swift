import LakeScript

/// Decides if a call is sent again, and how long to wait before that.
struct RetryPolicy {
    /// The number of attempts, unless `--retries` says otherwise.
    static let attempts = 5

    /// The longest pause that a server may ask for, in seconds.
    static let longestPause = 60

    /// Returns true if a later attempt may succeed and does no harm. With some statuses the server says that it did
    /// nothing; with others a gateway says that it did not hear of it. `isOwn` says that lakeFS sent the response.
    static func isWorthRepeating(
        _ response: HTTPResponse, isOwn: Bool, _ repetition: Operation.Repetition, isEnsured: Bool
    ) -> Bool {
        switch response.status {
        case 420, 423, 429: true
        case 500: isOwn && response.words.contains("branch is currently locked")
        case 503 where isOwn || response.header("Retry-After") != nil: true
        case 503 where repetition == .createByName: true
        case 408, 502, 503, 504:
            repetition == .read || repetition == .converge || repetition == .createByName && isEnsured
        default: false
        }
    }

    /// Returns true if a response comes from a gateway, which does not know what the server did.
    static func isSilence(_ response: HTTPResponse, isOwn: Bool) -> Bool {
        switch response.status {
        case 502, 504: true
        case 408, 503: !isOwn && response.header("Retry-After") == nil
        default: false
        }
    }

    /// The time that a response asks to wait, in seconds: a number, or a date.
    static func retryAfter(_ response: HTTPResponse, now: Instant) -> Int? {
        guard let text = response.header("Retry-After") else { return nil }
        if let number = Double(text) { return number.isFinite ? Int(min(max(number, 0), 1e6).rounded(.up)) : nil }
        guard let date = try? CalendarTime.parse(text, "%a, %d %b %Y %H:%M:%S GMT") else { return nil }
        return max(0, date - now.epochSeconds)
    }

    /// The pause before the next attempt in milliseconds: what the server asks for, otherwise twice as long each time,
    /// with a small spread so that parallel calls are not all sent at once.
    static func delay(after attempt: Int, retryAfter: Int?, id: EffectID) -> Int {
        if let retryAfter { return min(retryAfter, longestPause) * 1000 }
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
