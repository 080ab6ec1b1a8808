// The directives of strftime, in the C locale and in UTC.
extension CalendarTime {
    /// Formats the time as strftime does.
    ///
    /// - Throws: a mistake if the format has a directive that strftime does not know.
    package func text(_ format: String) throws(Failure) -> String {
        if let unknown = CalendarTime.unknownDirective(in: format) {
            throw .unreadable(
                "`\(format)`", "has `\(unknown)`, which strftime does not know", notes: [CalendarTime.advice])
        }
        var text = ""
        var letters = format.unicodeScalars.makeIterator()
        while let letter = letters.next() {
            if letter == "%", let directive = letters.next() {
                text += part(directive)
            } else {
                text.unicodeScalars.append(letter)
            }
        }
        return text
    }

    /// Returns the first directive of a format that strftime does not know: `%Q`, or a `%` at the end; nil if there is
    /// none.
    static func unknownDirective(in format: String) -> String? {
        var letters = format.unicodeScalars.makeIterator()
        while let letter = letters.next() {
            guard letter == "%" else { continue }
            guard let directive = letters.next() else { return "%" }
            if !directives.contains(directive) { return "%\(directive)" }
        }
        return nil
    }

    /// The advice for a wrong format.
    static let advice = "as %F for a date, %T for a time, %% for a %"

    private static let directives = Set("YmdHMSjsFTbaVepIABDRuwUWGgChntklycxXrPZz%".unicodeScalars)

    /// The directives that stand for others.
    private static let composed: [Unicode.Scalar: String] = [
        "F": "%Y-%m-%d", "T": "%H:%M:%S", "D": "%m/%d/%y", "R": "%H:%M", "r": "%I:%M:%S %p", "h": "%b",
        "c": "%a %b %e %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S",
    ]

    private func part(_ directive: Unicode.Scalar) -> String {
        if let format = CalendarTime.composed[directive] { return (try? text(format)) ?? "" }
        switch directive {
        case "H", "I", "k", "l", "M", "S", "p", "P": return partOfDay(directive)
        case "a", "A", "u", "w", "j", "U", "W", "V", "G", "g": return partOfWeek(directive)
        case "Y": return CalendarTime.padded(year, 4)
        case "C": return CalendarTime.padded(year / 100, 2)
        case "y": return CalendarTime.padded(abs(year % 100), 2)
        case "m": return CalendarTime.padded(month, 2)
        case "B": return CalendarTime.months[month - 1]
        case "b": return String(CalendarTime.months[month - 1].prefix(3))
        case "d": return CalendarTime.padded(day, 2)
        case "e": return CalendarTime.padded(day, 2, with: " ")
        // The product alone may overflow; the sum does not.
        case "s": return String(days &* 86_400 &+ secondOfDay)
        case "Z": return "UTC"
        case "z": return "+0000"
        case "n": return "\n"
        case "t": return "\t"
        default: return "%"
        }
    }

    private func partOfDay(_ directive: Unicode.Scalar) -> String {
        let hour = secondOfDay / 3600
        let hourOfHalf = (hour + 11) % 12 + 1
        switch directive {
        case "H": return CalendarTime.padded(hour, 2)
        case "I": return CalendarTime.padded(hourOfHalf, 2)
        case "k": return CalendarTime.padded(hour, 2, with: " ")
        case "l": return CalendarTime.padded(hourOfHalf, 2, with: " ")
        case "M": return CalendarTime.padded(secondOfDay / 60 % 60, 2)
        case "S": return CalendarTime.padded(secondOfDay % 60, 2)
        case "p": return hour < 12 ? "AM" : "PM"
        default: return hour < 12 ? "am" : "pm"
        }
    }

    private func partOfWeek(_ directive: Unicode.Scalar) -> String {
        switch directive {
        case "A": CalendarTime.weekdays[weekday]
        case "a": String(CalendarTime.weekdays[weekday].prefix(3))
        case "u": String(weekday == 0 ? 7 : weekday)
        case "w": String(weekday)
        case "j": CalendarTime.padded(dayOfYear + 1, 3)
        case "U": CalendarTime.padded((dayOfYear + 7 - weekday) / 7, 2)
        case "W": CalendarTime.padded((dayOfYear + 7 - (weekday + 6) % 7) / 7, 2)
        case "V": CalendarTime.padded(week.number, 2)
        case "G": CalendarTime.padded(week.year, 4)
        default: CalendarTime.padded(abs(week.year % 100), 2)
        }
    }

    /// 0 is Sunday.
    private var weekday: Int { ((days + 4) % 7 + 7) % 7 }

    /// 0 is the first of January.
    private var dayOfYear: Int { days - CalendarTime.days(year: year, month: 1, day: 1) }

    /// The week of ISO 8601, and the year that it belongs to: that of its Thursday.
    private var week: (year: Int, number: Int) {
        let thursday = CalendarTime((days - (weekday + 6) % 7 + 3) &* 86_400)
        return (thursday.year, thursday.dayOfYear / 7 + 1)
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    private static func padded(_ number: Int, _ width: Int, with filler: String = "0") -> String {
        let digits = String(number)
        return String(repeating: filler, count: max(0, width - digits.count)) + digits
    }
}
