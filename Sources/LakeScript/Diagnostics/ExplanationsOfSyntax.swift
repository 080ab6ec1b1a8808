extension Explanations {
    /// E01xx: bytes and words.
    static let lexical: [Explanation] = [
        Explanation(
            "E0101",
            "Scripts are UTF-8. These bytes are not: the file was saved in another encoding, or is no text.",
            wrong: "print \"caf\u{FFFD}\"",
            right: "print \"café\"",
            // As Latin-1 has it.
            whole: { Array("print \"caf".utf8) + [0xE9] + Array("\"".utf8) }),
        Explanation(
            "E0102",
            "A script is at most 16 MiB. Data belongs in a file that the script reads.",
            wrong: "print \"ana,2026-11-22,… and so on for 17 MB\"",
            right: "let rows = read_csv \"rows.csv\"\nprint $rows",
            whole: {
                Array("print \"".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 17_000_000) + Array("\"".utf8)
            }),
        Explanation(
            "E0103",
            "This character begins nothing in an expression. Curly quotes, dashes and no-break blanks come from "
                + "web pages and word processors.",
            wrong: "let a = “x”\nprint $a",
            right: "let a = \"x\"\nprint $a"),
        Explanation(
            "E0104",
            "A string in \"…\" or '…' ends on its line. Longer text stands in three quotes.",
            wrong: "print \"abc",
            right: "print \"abc\""),
        Explanation(
            "E0105",
            "In \"…\" a backslash begins an escape, and only few exist. A regular expression is best written in "
                + "'…', where nothing is special.",
            wrong: "print \"\\d+\"",
            right: "print '\\d+'"),
        Explanation(
            "E0106",
            "An escape names a character by its hexadecimal number in braces.",
            wrong: "print \"\\u41\"",
            right: "print \"\\u{41}\""),
        Explanation(
            "E0107",
            "What begins with a digit is a number in an expression. Dates, ids and addresses are text, and text "
                + "has quotes. (As a command's argument they need none.)",
            wrong: "let day = 2026-11-22\nprint $day",
            right: "let day = \"2026-11-22\"\nprint $day"),
        Explanation(
            "E0108",
            "A number may have a unit of time (ms s m h d) or of size (B KB MB GB TB KiB MiB GiB TiB), spelled "
                + "just so.",
            wrong: "let size = 5kb\nprint $size",
            right: "let size = 5KB\nprint $size"),
        Explanation(
            "E0109",
            "Integers have 64 bits.",
            wrong: "let a = 9223372036854775808\nprint $a",
            right: "let a = 9223372036854775807\nprint $a"),
        Explanation(
            "E0110",
            "A number has no leading zeros. An id that has some is text.",
            wrong: "let a = 007\nprint $a",
            right: "let a = \"007\"\nprint $a"),
        Explanation(
            "E0111",
            "A number with a unit is whole.",
            wrong: "let a = 1.5h\nprint $a",
            right: "let a = 90m\nprint $a"),
        Explanation(
            "E0112",
            "Three quotes open at the end of their line; the text begins on the next.",
            wrong: "let a = \"\"\"x\nprint $a",
            right: "let a = \"\"\"\n  x\n  \"\"\"\nprint $a"),
        Explanation(
            "E0113",
            "The blanks before the closing quotes are taken off every line, so every line begins with them.",
            wrong: "let a = \"\"\"\n  x\n y\n  \"\"\"\nprint $a",
            right: "let a = \"\"\"\n  x\n  y\n  \"\"\"\nprint $a"),
        Explanation(
            "E0114",
            "A command's arguments are words. To compare what it gives, put it in parentheses.",
            wrong: "assert (count [1] == 1)",
            right: "assert (count [1]) == 1"),
        Explanation(
            "E0115",
            "`$` inside a word does nothing. A string in \"…\" takes variables in.",
            wrong: "print dir/$script_folder",
            right: "print \"dir/$script_folder\""),
        Explanation(
            "E0116",
            "Arguments have blanks between them. To join two, write them as one string.",
            wrong: "print $script_folder/dev",
            right: "print \"$script_folder/dev\""),
        Explanation(
            "E0117",
            "An option is `--` and a name.",
            wrong: "print --",
            right: "print \"--\""),
        Explanation(
            "E0118",
            "Behind `--name=` comes its value, without a blank. Without the `=` a blank stands between.",
            wrong: "print --name= x",
            right: "print x"),
        Explanation(
            "E0119",
            "`${` and a letter is a variable's path, with its `$` left out. Any other expression keeps its `$`, a"
                + " command stands in parentheses.",
            wrong: "print \"${now | to_string}\"",
            right: "print \"${(now | to_string)}\""),
        Explanation(
            "E0120",
            "`${` ends with `}` on its line. To write the two characters, escape the `$`.",
            wrong: "print \"${a\"",
            right: "print \"\\${a\""),
        Explanation(
            "E0121",
            "Something stands in `${ }`.",
            wrong: "print \"${}\"",
            right: "print \"\\${}\""),
        Explanation(
            "E0122",
            "The operators are words: `and`, `or`, `not`. One statement a line stands in place of `&&`.",
            wrong: "let a = true && false\nprint $a",
            right: "let a = true and false\nprint $a"),
        Explanation(
            "E0123",
            "Behind `$` comes a variable's name.",
            wrong: "let a = $\nprint $a",
            right: "let a = $script_folder\nprint $a"),
        Explanation(
            "E0124",
            "Arguments have blanks between them and no commas.",
            wrong: "print $script_folder, b",
            right: "print $script_folder"),
    ]

    /// E02xx: the shape of statements and expressions.
    static let syntax: [Explanation] = [
        Explanation(
            "E0201",
            "A value is missing: behind `=`, an operator, a keyword.",
            wrong: "let a =",
            right: "let a = 1\nprint $a"),
        Explanation(
            "E0202",
            "A bracket, a block or a text in three quotes was opened and never closed.",
            wrong: "print (now",
            right: "print (now)"),
        Explanation(
            "E0203",
            "This closes what was never opened.",
            wrong: "print a)",
            right: "print a"),
        Explanation(
            "E0204",
            "Text that nests deeper than 256 is refused. Give a part of it a name.",
            wrong: "print [[[[… 257 of them …]]]]",
            right: "let a = [[1]]\nprint [[$a]]",
            whole: {
                Array(("print " + String(repeating: "[", count: 257) + String(repeating: "]", count: 257)).utf8)
            }),
        Explanation(
            "E0205",
            "A statement ends with its line, at `;` or before `}`.",
            wrong: "print $script_folder; let a = 1 2",
            right: "let a = 1; print $a"),
        Explanation(
            "E0206",
            "There are no bare words in expressions: text has quotes, a variable its `$`, a command parentheses.",
            wrong: "print [ana]",
            right: "print [\"ana\"]"),
        Explanation(
            "E0207",
            "Where a value is due, a command stands in parentheses.",
            wrong: "for x in split \"a\" \"b\" { print $x }",
            right: "for x in (split \"a\" \"b\") { print $x }"),
        Explanation(
            "E0208",
            "A keyword is no name.",
            wrong: "let if = 1",
            right: "let condition = 1\nprint $condition"),
        Explanation(
            "E0209",
            "A keyword is no value. What has a value (`if`, `try`, …) stands in parentheses inside an expression.",
            wrong: "print [if]",
            right: "print [\"if\"]"),
        Explanation(
            "E0210",
            "Only `if try step retry timeout as on ensure` have a value.",
            wrong: "let a = while true { break }",
            right: "while true { break }"),
        Explanation(
            "E0211",
            "A head is followed by its block.",
            wrong: "if true",
            right: "if true { print a }"),
        Explanation(
            "E0212",
            "A head and its `{` share a line.",
            wrong: "if true\n{ print a }",
            right: "if true { print a }"),
        Explanation(
            "E0213",
            "A block belongs to a keyword or a command. In a map a key and `:` follow the `{`.",
            wrong: "{ print a }",
            right: "if true { print a }"),
        Explanation(
            "E0214",
            "An operator ends the line before; only `|` may begin one.",
            wrong: "let a = 1\n+ 2\nprint $a",
            right: "let a = 1 +\n2\nprint $a"),
        Explanation(
            "E0215",
            "`else` and `catch` stand behind the block that they belong to.",
            wrong: "else { print a }",
            right: "if false { print b } else { print a }"),
        Explanation(
            "E0216",
            "This keyword belongs into another statement.",
            wrong: "every 3s",
            right: "retry 2 every 3s { print a }"),
        Explanation(
            "E0217",
            "The message of `fail` and `confirm`, and the script of `run`, stand on their line.",
            wrong: "fail",
            right: "fail \"not today\""),
        Explanation(
            "E0218",
            "A type's name follows the `:`.",
            wrong: "param a: = 1",
            right: "param a: int = 1\nprint $a"),
        Explanation(
            "E0219",
            "`let` and `var` give a value at once.",
            wrong: "let a",
            right: "let a = null\nprint $a"),
        Explanation(
            "E0220",
            "A `def` has its parameters in parentheses, if it has none as well.",
            wrong: "def f { print a }",
            right: "def f() { print a }\nf"),
        Explanation(
            "E0221",
            "`for` names the item, then `in`, then what it goes through.",
            wrong: "for x of [1] { print $x }",
            right: "for x in [1] { print $x }"),
        Explanation(
            "E0222",
            "`keep_going` says what a `parallel` loop does after an error.",
            wrong: "for x in [1] keep_going { print $x }",
            right: "for x in [1] parallel 2 keep_going { print $x }"),
        Explanation(
            "E0223",
            "`expect_error` names the kind of error.",
            wrong: "test \"a\" { expect_error { fail \"x\" } }",
            right: "test \"a\" { expect_error fail { fail \"x\" } }"),
        Explanation(
            "E0224",
            "Where a name is given, it has no `$`; where it is read, it has.",
            wrong: "let $a = 1",
            right: "let a = 1\nprint $a"),
        Explanation(
            "E0225",
            "A name begins with a letter or `_`.",
            wrong: "let 5 = 1",
            right: "let five = 1\nprint $five"),
        Explanation(
            "E0226",
            "Comparisons do not chain.",
            wrong: "assert 1 < 2 < 3",
            right: "assert 1 < 2 and 2 < 3"),
        Explanation(
            "E0227",
            "`not` is looser than comparison and arithmetic: behind such an operator it needs parentheses.",
            wrong: "assert true == not false",
            right: "assert true == (not false)"),
        Explanation(
            "E0228",
            "Parentheses hold a value or a command.",
            wrong: "print ()",
            right: "print (now)"),
        Explanation(
            "E0229",
            "Parentheses hold one pipeline.",
            wrong: "print (now; now)",
            right: "print (now)"),
        Explanation(
            "E0230",
            "`.` and `?.` touch the name that follows; any other key stands in brackets.",
            wrong: "let m = {a: 1}\nprint $m.",
            right: "let m = {a: 1}\nprint $m.a"),
        Explanation(
            "E0231",
            "In a map each key is followed by `:` and a value.",
            wrong: "let m = {a}\nprint $m",
            right: "let m = {a: 1}\nprint $m"),
        Explanation(
            "E0232",
            "A key in a map is a fixed text.",
            wrong: "print {\"$script_folder\": 1}",
            right: "var m = {}\n$m[$script_folder] = 1\nprint $m"),
        Explanation(
            "E0233",
            "A key is a name or a quoted string.",
            wrong: "let m = {5: 1}\nprint $m",
            right: "let m = {\"5\": 1}\nprint $m"),
        Explanation(
            "E0234",
            "Items have commas between them, and the bracket closes behind the last.",
            wrong: "print [1 2]",
            right: "print [1, 2]"),
        Explanation(
            "E0235",
            "Right of `|` stands a command.",
            wrong: "now | if true { print a }",
            right: "now | to_string | print"),
        Explanation(
            "E0236",
            "Right of `|` stands a command, never a value.",
            wrong: "now | 5",
            right: "now | to_string | print"),
        Explanation(
            "E0237",
            "A command takes its arguments behind a blank, without parentheses and commas.",
            wrong: "print(1)",
            right: "print 1"),
        Explanation(
            "E0238",
            "A command's name is followed by a blank. Commands are spelled with `_`; a variable's field is read "
                + "with `$`.",
            wrong: "read-file \"a\"",
            right: "print (read_file \"a\")"),
        Explanation(
            "E0239",
            "`try` says what happens on an error.",
            wrong: "try { print a }",
            right: "try { print a } catch error { print $error.message }"),
        Explanation(
            "E0240",
            "What went wrong has a name inside the block of `catch`: its kind and message are fields, and `fail` with it "
                + "raises it again.",
            wrong: "try { print a } catch { print \"failed\" }",
            right: "try { print a } catch error { print $error.message }"),
        Explanation(
            "E0241",
            "A `retry` says how often and how long it waits in between: without a pause it would only load the server.",
            wrong: "retry 3 { print a }",
            right: "retry 3 every 2s { print a }"),
        Explanation(
            "E0242",
            "`ensure` stands before an operation.",
            wrong: "ensure",
            right: "ensure create_user ana"),
        Explanation(
            "E0243",
            "The keyword takes a name, or a file's name.",
            wrong: "step { print a }",
            right: "step \"one\" { print a }"),
        Explanation(
            "E0244",
            "The `}` of a keyword's block ends its statement. In parentheses its value can be piped.",
            wrong: "if true { 1 } else { 2 } | print",
            right: "(if true { 1 } else { 2 }) | print"),
        Explanation(
            "E0245",
            "A variable is assigned by its name; only a path into it has the `$`.",
            wrong: "var a = 1\n$a = 2\nprint $a",
            right: "var a = 1\na = 2\nprint $a"),
        Explanation(
            "E0246",
            "A variable, a field or an item can be assigned to.",
            wrong: "(now) = 1",
            right: "var a = 1\na = 2\nprint $a"),
    ]
}
