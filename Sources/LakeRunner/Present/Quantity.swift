internal import LakeScript

/// Numbers as a person wants to read them: counts with commas, sizes, times, durations. Exact ones are for `--json`.
package enum Quantity {
    /// `1,234,567`.
    package static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return (number < 0 ? "-" : "") + grouped
    }

    /// `1 change`, `3 changes`.
    package static func of(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// `14 ms`, `1.3 s`, `2 min 5 s`, `3 h 10 min`, for milliseconds.
    package static func duration(_ milliseconds: Int) -> String {
        switch milliseconds {
        case ..<1000: "\(milliseconds) ms"
        case ..<60_000: "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
        case ..<3_600_000: "\(milliseconds / 60_000) min \(milliseconds / 1000 % 60) s"
        default: "\(milliseconds / 3_600_000) h \(milliseconds / 60_000 % 60) min"
        }
    }

    /// `512 B`, `1.5 KiB`, `300.0 MiB`, for bytes.
    package static func size(_ bytes: Int) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        var tenths = bytes * 10 / 1024
        for unit in ["KiB", "MiB", "GiB"] {
            if tenths < 10_240 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
            tenths /= 1024
        }
        return "\(tenths / 10).\(tenths % 10) TiB"
    }

    /// `2025-03-02 11:20`, in UTC, for seconds since 1970.
    package static func time(_ seconds: Int) -> String {
        (try? CalendarTime(seconds).text("%Y-%m-%d %H:%M")) ?? String(seconds)
    }
}
