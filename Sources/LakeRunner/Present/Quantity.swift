internal import Glibc
internal import LakeScript

/// Formats numbers for people: counts with commas, sizes, times, durations. `--json` prints exact numbers instead.
package enum Quantity {
    /// Formats a count: `1,234,567`.
    package static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return (number < 0 ? "-" : "") + grouped
    }

    /// Formats a count with its noun: `1 change`, `3 changes`.
    package static func of(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// Formats milliseconds: `14 ms`, `1.3 s`, `2 min 5 s`, `3 h 10 min`.
    package static func duration(_ milliseconds: Int) -> String {
        switch milliseconds {
        case ..<1000: "\(milliseconds) ms"
        case ..<60_000: "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
        case ..<3_600_000: "\(milliseconds / 60_000) min \(milliseconds / 1000 % 60) s"
        default: "\(milliseconds / 3_600_000) h \(milliseconds / 60_000 % 60) min"
        }
    }

    /// Formats bytes: `512 B`, `1.5 KiB`, `300.0 MiB`.
    package static func size(_ bytes: Int) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        var tenths = bytes * 10 / 1024
        for unit in ["KiB", "MiB", "GiB"] {
            if tenths < 10_240 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
            tenths /= 1024
        }
        return "\(tenths / 10).\(tenths % 10) TiB"
    }

    /// A time zone: the offset from UTC and the name at a moment, in seconds since 1970.
    package typealias Zone = @Sendable (Int) -> (offset: Int, name: String)

    /// The time zone of the process.
    package static let localZone: Zone = { seconds in
        var moment = time_t(seconds)
        var parts = tm()
        guard localtime_r(&moment, &parts) != nil, let name = parts.tm_zone else { return (0, "UTC") }
        return (parts.tm_gmtoff, String(cString: name))
    }

    /// Formats seconds since 1970: `2025-03-02 11:20 CET`.
    package static func time(_ seconds: Int, in zone: Zone) -> String {
        let (offset, name) = zone(seconds)
        let text = try? CalendarTime(seconds + offset).text("%Y-%m-%d %H:%M")
        return text.map { "\($0) \(name)" } ?? String(seconds)
    }
}
