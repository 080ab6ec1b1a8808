/// A date and a time of day in UTC, by the proleptic Gregorian calendar (H. Hinnant's algorithms `civil_from_days` and
/// `days_from_civil`).
package struct CalendarTime: Sendable, Equatable {
    package let year: Int
    package let month: Int
    package let day: Int
    /// Seconds since midnight.
    package let secondOfDay: Int

    package init(_ seconds: Int) {
        let rest = seconds % 86_400
        let days = seconds / 86_400 - (rest < 0 ? 1 : 0)
        secondOfDay = rest < 0 ? rest + 86_400 : rest
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The days since 1970.
    var days: Int { CalendarTime.days(year: year, month: month, day: day) }

    static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Returns the seconds since 1970 of an RFC 3339 date: `2026-11-22T09:15:00Z`, with an optional fraction (ignored)
    /// or offset, or a date alone.
    ///
    /// - Throws: a mistake if the text is not such a date.
    package static func parse(_ text: String) throws(Failure) -> Int {
        guard let seconds = seconds(of: Array(text.utf8)) else {
            throw .unreadable(
                "`\(text)`", "is not a date", notes: ["write it as 2026-11-22T09:15:00Z, or 2026-11-22"])
        }
        return seconds
    }

    private static func seconds(of bytes: [UInt8]) -> Int? {
        guard let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2),
            bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), (1...12).contains(month)
        else { return nil }
        let start = days(year: year, month: month, day: day)
        guard day >= 1, CalendarTime(start * 86_400).day == day else { return nil }
        if bytes.count == 10 { return start * 86_400 }
        guard bytes.count >= 20, [UInt8(ascii: "T"), UInt8(ascii: "t"), 0x20].contains(bytes[10]),
            let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2), let second = number(bytes, 17, 2),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), hour < 24, minute < 60, second <= 60,
            let offset = offset(bytes)
        else { return nil }
        return start * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    /// Returns the seconds of `Z` or `+01:00`, after a fraction.
    private static func offset(_ bytes: [UInt8]) -> Int? {
        var place = 19
        if bytes[place] == UInt8(ascii: ".") {
            let digits = bytes[(place + 1)...].prefix(while: \.isDigit)
            guard !digits.isEmpty else { return nil }
            place = digits.endIndex
        }
        guard place < bytes.count else { return nil }
        if bytes[place] | 0x20 == UInt8(ascii: "z") { return place + 1 == bytes.count ? 0 : nil }
        guard place + 6 == bytes.count, let hours = number(bytes, place + 1, 2),
            let minutes = number(bytes, place + 4, 2), bytes[place + 3] == UInt8(ascii: ":"), hours < 24, minutes < 60
        else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
        guard start + count <= bytes.count, bytes[start..<start + count].allSatisfy(\.isDigit) else { return nil }
        return bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
