// Dates by the directives of strftime and strptime, in the C locale and in UTC.
extension CalendarTime {
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// The meaning of a directive.
    private enum Part {
        case number(Int, width: Int, pad: String = "0")
        case text(String)
        /// Other directives.
        case format(String)
    }

    /// Formats the time by strftime's directives, with the flags `- _ 0 ^` before their letters.
    ///
    /// - Throws: a mistake if the format has a directive that strftime does not know, or the year has no four digits.
    package func text(_ format: String) throws(Failure) -> String {
        var text = ""
        var letters = format.unicodeScalars.makeIterator()
        while let letter = letters.next() {
            guard letter == "%" else {
                text.unicodeScalars.append(letter)
                continue
            }
            var flag: Unicode.Scalar?
            var field = letters.next()
            while let given = field, CalendarTime.flags.contains(given) {
                if given != "E", given != "O" { flag = given }
                field = letters.next()
            }
            guard let field, let part = part(field) else { throw CalendarTime.unknown(format) }
            guard (0...9999).contains(year) || "s%nt".unicodeScalars.contains(field) else {
                throw .tooLarge(
                    "the year \(year)", for: "a date, whose years have four digits; is the time in seconds?")
            }
            switch part {
            case .format(let inner): text += try self.text(inner)
            case .text(let word): text += flag == "^" ? word.uppercased() : word
            case .number(let number, let width, let pad):
                let digits = String(number)
                let filler = flag == "-" ? "" : flag == "_" ? " " : flag == "0" ? "0" : pad
                text += String(repeating: filler, count: max(0, width - digits.count)) + digits
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
            var field = letters.next()
            while let given = field, flags.contains(given) { field = letters.next() }
            guard let field else { return "%" }
            if CalendarTime(0).part(field) == nil { return "%\(field)" }
        }
        return nil
    }

    /// The advice for a wrong format.
    static let advice = "as %F for a date, %T for a time, %% for a %"
    private static let flags = Set("-_0^EO".unicodeScalars)

    private static func unknown(_ format: String) -> Failure {
        let reason =
            unknownDirective(in: format).map { "has `\($0)`, which strftime does not know" }
            ?? "has a directive that no date is read by"
        return .unreadable("`\(format)`", reason, notes: [advice])
    }

    private func part(_ letter: Unicode.Scalar) -> Part? {
        let hour = secondOfDay / 3600
        return switch letter {
        case "a": .text(String(CalendarTime.weekdays[weekday].prefix(3)))
        case "A": .text(CalendarTime.weekdays[weekday])
        case "b", "h": .text(String(CalendarTime.months[month - 1].prefix(3)))
        case "B": .text(CalendarTime.months[month - 1])
        case "c": .format("%a %b %e %H:%M:%S %Y")
        case "C": .number(year / 100, width: 2)
        case "d": .number(day, width: 2)
        case "D", "x": .format("%m/%d/%y")
        case "e": .number(day, width: 2, pad: " ")
        case "F": .format("%Y-%m-%d")
        case "g": .number(isoWeek.year % 100, width: 2)
        case "G": .number(isoWeek.year, width: 4)
        case "H": .number(hour, width: 2)
        case "I": .number((hour + 11) % 12 + 1, width: 2)
        case "j": .number(dayOfYear, width: 3)
        case "k": .number(hour, width: 2, pad: " ")
        case "l": .number((hour + 11) % 12 + 1, width: 2, pad: " ")
        case "m": .number(month, width: 2)
        case "M": .number(secondOfDay / 60 % 60, width: 2)
        case "n": .text("\n")
        case "p": .text(hour < 12 ? "AM" : "PM")
        case "P": .text(hour < 12 ? "am" : "pm")
        case "r": .format("%I:%M:%S %p")
        case "R": .format("%H:%M")
        // The product alone may overflow; the sum does not.
        case "s": .number(days &* 86_400 &+ secondOfDay, width: 1)
        case "S": .number(secondOfDay % 60, width: 2)
        case "t": .text("\t")
        case "T", "X": .format("%H:%M:%S")
        case "u": .number((weekday + 6) % 7 + 1, width: 1)
        case "U": .number((dayOfYear + 6 - weekday) / 7, width: 2)
        case "V": .number(isoWeek.week, width: 2)
        case "w": .number(weekday, width: 1)
        case "W": .number((dayOfYear + 6 - (weekday + 6) % 7) / 7, width: 2)
        case "y": .number(year % 100, width: 2)
        case "Y": .number(year, width: 4)
        case "z": .text("+0000")
        case "Z": .text("UTC")
        case "%": .text("%")
        default: nil
        }
    }

    /// 0 is Sunday.
    private var weekday: Int { ((days % 7) + 11) % 7 }
    private var dayOfYear: Int { days - CalendarTime.days(year: year, month: 1, day: 1) + 1 }

    /// The week that has the Thursday next to the day, and that Thursday's year.
    private var isoWeek: (year: Int, week: Int) {
        let thursday = CalendarTime((days - (weekday + 6) % 7 + 3) &* 86_400)
        return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
    }

    /// Returns the seconds since 1970 of a date in a format.
    ///
    /// - Throws: a mistake if the text is not such a date, or if the format does not tell the day.
    package static func parse(_ text: String, _ format: String) throws(Failure) -> Int {
        var reader = DateReader(text)
        guard let isRead = reader.read(format) else { throw unknown(format) }
        guard isRead, reader.isAtEnd, let seconds = reader.seconds else {
            throw .unreadable("`\(text)`", "is not a date like `\(format)`")
        }
        return seconds
    }

    /// Reads a date by the directives of a format.
    private struct DateReader {
        private var rest: Substring.UnicodeScalarView
        private var numbers: [Unicode.Scalar: Int] = [:]

        init(_ text: String) {
            rest = text[...].unicodeScalars
        }

        var isAtEnd: Bool { rest.isEmpty }

        /// Returns false if the text does not fit; nil if the format has a directive that cannot be read.
        mutating func read(_ format: String) -> Bool? {
            var letters = format.unicodeScalars.makeIterator()
            while let letter = letters.next() {
                if letter.properties.isWhitespace {
                    rest = rest.drop { $0.properties.isWhitespace }
                } else if letter != "%" {
                    guard rest.popFirst() == letter else { return false }
                } else {
                    guard let field = letters.next(), let isRead = read(field) else { return nil }
                    guard isRead else { return false }
                }
            }
            return true
        }

        private mutating func read(_ field: Unicode.Scalar) -> Bool? {
            switch field {
            case "Y": return number("Y", digits: 4, in: 0...9999)
            case "y":
                guard number("Y", digits: 2, in: 0...99), let short = numbers["Y"] else { return false }
                numbers["Y"] = short < 69 ? 2000 + short : 1900 + short
                return true
            case "m": return number("m", digits: 2, in: 1...12)
            case "d", "e": return number("d", digits: 2, in: 1...31)
            case "H", "k": return number("H", digits: 2, in: 0...23)
            case "I", "l": return number("I", digits: 2, in: 1...12)
            case "M": return number("M", digits: 2, in: 0...59)
            case "S": return number("S", digits: 2, in: 0...60)
            case "j": return number("j", digits: 3, in: 1...366)
            case "s": return number("s", digits: 18, in: 0...Int.max)
            case "a", "A": return name("a", among: CalendarTime.weekdays)
            case "b", "B", "h":
                guard name("m", among: CalendarTime.months) else { return false }
                numbers["m", default: 0] += 1
                return true
            case "p", "P": return name("p", among: ["AM", "PM"])
            case "z": return offset()
            case "Z": return name("z", among: ["UTC", "GMT", "Z"]) && numbers.updateValue(0, forKey: "z") != nil
            case "n", "t": return read(" ")
            case "%": return rest.popFirst() == "%"
            case "D", "x": return read("%m/%d/%y")
            case "F": return read("%Y-%m-%d")
            case "T", "X": return read("%H:%M:%S")
            case "R": return read("%H:%M")
            case "r": return read("%I:%M:%S %p")
            case "c": return read("%a %b %e %H:%M:%S %Y")
            default: return nil
            }
        }

        private mutating func number(_ field: Unicode.Scalar, digits: Int, in range: ClosedRange<Int>) -> Bool {
            if digits == 2 { rest = rest.drop { $0 == " " } }
            let text = String(String.UnicodeScalarView(rest.prefix(digits).prefix { ("0"..."9").contains($0) }))
            guard let number = Int(text), range.contains(number) else { return false }
            rest = rest.dropFirst(text.utf8.count)
            numbers[field] = number
            return true
        }

        /// Reads a name or its beginning of three letters.
        private mutating func name(_ field: Unicode.Scalar, among names: [String]) -> Bool {
            let text = String(rest.prefix(9)).lowercased()
            for (place, name) in names.enumerated() {
                for form in [name, String(name.prefix(3))] where text.hasPrefix(form.lowercased()) {
                    rest = rest.dropFirst(form.utf8.count)
                    numbers[field] = place
                    return true
                }
            }
            return false
        }

        private mutating func offset() -> Bool {
            let text = Array(String(rest.prefix(6)).utf8)
            for count in [6, 5, 3, 1] {
                guard let seconds = CalendarTime.offset(of: text.prefix(count)), count <= text.count else { continue }
                rest = rest.dropFirst(count)
                numbers["z"] = seconds
                return true
            }
            return false
        }

        /// The seconds since 1970; nil if the format has no day, or if there is no such day.
        var seconds: Int? {
            if let seconds = numbers["s"] { return seconds }
            guard let year = numbers["Y"], numbers["m"] != nil || numbers["j"] != nil else { return nil }
            let (month, day) = (numbers["m"] ?? 1, numbers["d"] ?? 1)
            var start = CalendarTime.days(year: year, month: month, day: day)
            if numbers["m"] == nil, let number = numbers["j"] { start += number - day }
            let date = CalendarTime(start * 86_400)
            guard date.year == year, numbers["m"] == nil || (date.month, date.day) == (month, day),
                numbers["a"] == nil || numbers["a"] == date.weekday, numbers["j"].map({ $0 == date.dayOfYear }) ?? true
            else { return nil }
            let half = numbers["I"].map { $0 % 12 + 12 * (numbers["p"] ?? 0) }
            let minutes = (numbers["H"] ?? half ?? 0) * 60 + (numbers["M"] ?? 0)
            return start * 86_400 + minutes * 60 + (numbers["S"] ?? 0) - (numbers["z"] ?? 0)
        }
    }
}
