// The failures of values and operators: R0101 to R0114. Each factory stands below the code that explains it.
extension Failure {
    static let codesOfValues = [
        r0101, r0102, r0103, r0104, r0105, r0107, r0108, r0109, r0110, r0111, r0112, r0113, r0114,
    ]

    static let r0101 = Code(
        "R0101",
        """
        Nothing can be divided by zero. Compare the divisor with 0 before the division, or give another value where it \
        is 0.
        """)
    static func divisionByZero(_ sign: String) -> Failure {
        Failure(r0101, sign == "/" ? "division by zero" : "remainder of a division by zero")
    }

    static let r0102 = Code(
        "R0102",
        """
        A number is too large: an int and a duration have 64 bits, a float has 64 bits and is never infinite, and a count \
        of items is not negative. Compute with floats where an approximate result is enough. `for` walks through a range \
        of any length without a list of its numbers.
        """)
    static func overflow(_ sign: String) -> Failure { tooLarge("the result of `\(sign)`") }

    static func tooLarge(_ number: String, for type: String = "64 bits") -> Failure {
        Failure(r0102, "\(number) does not fit \(type)")
    }

    static func badCount(_ count: Int, of command: String) -> Failure {
        Failure(r0102, "`\(command)` cannot give \(count) items")
    }

    static let rangeTooLong = Failure(
        r0102, "the range is too long for a list, which has at most 10 million items",
        notes: ["`for` walks through a range without storing it"])

    static let r0103 = Code(
        "R0103",
        """
        A value is null where a part of it is read, where an operation needs it, or where a text is made of it. A field is null if the server's answer \
        does not have it, or if the file has nothing there. `?.` reads a field and gives null for null, `??` gives \
        another value instead of null, and `if $x != null { … }` tests for it.
        """)
    static func readOfNull(_ part: String, of subject: String?, notes: [String]) -> Failure {
        Failure(r0103, subject.map { "\($0) is null, and null has no \(part)" } ?? "null has no \(part)", notes: notes)
    }

    static func nullInText(_ subject: String?) -> Failure {
        Failure(
            r0103, "\(subject.map { "`\($0)`" } ?? "this") is null, and a text cannot hold null",
            notes: ["`??` gives another text where it is null"])
    }

    static func nullArgument(_ parameter: String, of command: String) -> Failure {
        Failure(r0103, "`\(parameter)` of \(command) is null")
    }

    static let r0104 = Code(
        "R0104",
        """
        A list has no item at this index, or a map has no field of this name. Indices count from 0, and from the end by \
        -1. A map that was read from a file or from a server has the fields that stood there: print it to see them. \
        `$map?.field` gives null for a field that is missing.
        """)
    static func missingItem(_ part: String, of subject: String?, count: Int) -> Failure {
        let items = "\(count) item\(count == 1 ? "" : "s")"
        return Failure(
            r0104, "\(subject ?? "the list") has \(items), and no \(part)",
            notes: [count == 0 ? "check first that it is not []" : "[0] is the first, [-1] the last"])
    }

    static func missingField(_ message: String, notes: [String]) -> Failure { Failure(r0104, message, notes: notes) }

    static let r0105 = Code(
        "R0105",
        """
        A value has another type than the operator, the statement or the command takes, and nothing is converted \
        silently. The check finds this before the run where it knows the types; values from files, servers and programs \
        have a type only when they are there. Convert the value: to_int, to_float, to_string, from_json, `split`.
        """)
    /// `place` is the operator or command with its verb: "`-` takes a number".
    package static func wrongType(_ place: String, _ found: Value, notes: [String] = []) -> Failure {
        Failure(r0105, "\(place), and this is \(found.typePhrase)", notes: notes)
    }

    static func wrongIndex(_ container: String, _ type: String, _ found: Value) -> Failure {
        wrongType(
            "\(container) is indexed by \(type)", found,
            notes: ["to_int, to_float and to_string make one of the other"])
    }

    static func noParts(_ subject: String, _ part: String, notes: [String] = []) -> Failure {
        Failure(r0105, "\(subject) has no \(part)", notes: notes)
    }

    /// `path` is that of the part that does not fit, empty for the whole value.
    static func wrongArgument(
        _ command: String, takes wanted: String, path: String, _ part: String, notes: [String]
    ) -> Failure {
        let subject = path.isEmpty ? "this" : "its \(path)"
        return Failure(r0105, "`\(command)` takes \(wanted), and \(subject) is \(part)", notes: notes)
    }

    static func wrongOperands(_ sign: String, _ left: Value, _ right: Value) -> Failure {
        let advice = left.text != nil || right.text != nil ? ["to_string makes a string, or write \"…${…}\""] : []
        return Failure(r0105, "`\(sign)` cannot take \(left.typePhrase) and \(right.typePhrase)", notes: advice)
    }

    static func wrongBounds(_ low: Value, _ high: Value) -> Failure {
        Failure(
            r0105, "a range goes from an int to an int, and this from \(low.typePhrase) to \(high.typePhrase)",
            notes: ["to_int makes an int of a string"])
    }

    static let r0107 = Code(
        "R0107",
        """
        Values of different types are never equal and have no order; lists and maps have no order at all. The comparison \
        is an error and not false, because it is a mistake. Convert one side: to_int, to_float, to_string. `== null` is \
        always allowed.
        """)
    static func incomparable(_ message: String, _ left: Value, _ right: Value) -> Failure {
        Failure(
            r0107, "\(left.typePhrase) and \(right.typePhrase) \(message)",
            notes: Ordering.conversion(between: left, right))
    }

    static let r0108 = Code(
        "R0108",
        """
        A text is not what a command reads it as: a number, a date, JSON, base64, a format of a date. The message says \
        what is expected. Where bad input is likely, put the command into `try { … } catch error { … }`.
        """)
    package static func unreadable(_ text: String, _ problem: String, notes: [String] = []) -> Failure {
        Failure(r0108, "\(text) \(problem)", notes: notes)
    }

    static let r0109 = Code(
        "R0109",
        """
        A secret would become visible: keys of a map are shown, so is the word that a `confirm` asks for, and a number is \
        never secret. `reveal` makes a plain string of a secret where it is meant to be shown.
        """)
    static func shownSecret(_ message: String, notes: [String] = []) -> Failure {
        Failure(r0109, message, notes: notes)
    }

    static let r0110 = Code(
        "R0110",
        """
        A list or map inside of lists and maps is deeper than the limit. This comes from a loop that puts a value into \
        itself again and again, or from a file that was made to break programs.
        """)
    static func tooDeep(_ limit: Int) -> Failure {
        Failure(
            r0110, "a value nests deeper than \(limit)",
            notes: ["is a list or map put into itself again and again?"])
    }

    static let r0111 = Code(
        "R0111",
        """
        Two items or two groups have one key, which must tell them apart. Choose a field whose values differ, or convert \
        the keys to one type before they are compared.
        """)
    static func sameKey(_ message: String, notes: [String]) -> Failure { Failure(r0111, message, notes: notes) }

    static let r0112 = Code(
        "R0112",
        """
        The command or operator exists in the language, and the program that runs this script does not offer it. `lakesh \
        run` and the shell offer all of them.
        """)
    static func unavailable(_ name: String) -> Failure { Failure(r0112, "`\(name)` is not available here") }

    static let r0113 = Code(
        "R0113",
        """
        A library of the system is missing. lakesh loads libcurl, libcrypto, libyaml, PCRE2, libmicrohttpd and libedit \
        when they are first needed. Install the package that the message names.
        """)
    /// `problem` are the words of the loader, which name the library and its package.
    package static func missingLibrary(_ problem: String) -> Failure { Failure(r0113, problem) }

    static let r0114 = Code(
        "R0114",
        """
        A text is larger than 256 MiB, or a list or map has more than 10 million items. In most cases a loop adds to it \
        without end, or puts it into itself again and again. `for` walks through a range or a listing of any length \
        without a list of its items.
        """)
    package static let textTooLarge = Failure(
        r0114, "a text is larger than 256 MiB", notes: ["does a loop add to it without end?"])
    static let tooManyParts = Failure(
        r0114, "a value has more than 20 million parts, too many to be written",
        notes: ["is a list or map put into itself again and again?"])
    package static let listTooLong = Failure(
        r0114, "a list or map has more than 10 million items", notes: ["does a loop add to it without end?"])
}
