extension Explanations {
    /// E03xx: names and files.
    static let names: [Explanation] = [
        Explanation(
            "E0301",
            "No built-in, operation or `def` has this name. A value in a variable is read with `$`, a text is quoted.",
            wrong: "add_group_member Developers ana", right: "add_group_membership Developers ana"),
        Explanation(
            "E0302",
            "A variable exists from its `let`, `var`, `param` or `for` to the end of the block that it stands in.",
            wrong: "if true { var n = 1\nn = 2\nprint $n }\nprint $n", right: "var n = 1\nif true { n = 2 }\nprint $n"),
        Explanation(
            "E0303", "A name is declared once in a block. A `var` is changed by an assignment, without `var`.",
            wrong: "var n = 1\nvar n = 2\nprint $n", right: "var n = 1\nn = 2\nprint $n"),
        Explanation(
            "E0304",
            "The types of a `param` are string, int, float, bool, duration, list, map and secret; a `def` has "
                + "any, bytes beside them.",
            wrong: "param count: integer\nprint $count", right: "param count: int\nprint $count"),
        Explanation(
            "E0305",
            "A `def` may not take the name of a built-in or of an operation, so that each name means one thing.",
            wrong: "def count(list) { return 1 }", right: "def count_all(list) { return ($list | count) }"),
        Explanation(
            "E0306", "A name is defined once, included files among them.",
            wrong: "def f() { print a }\ndef f() { print b }", right: "def f() { print a }\ndef g() { print b }"),
        Explanation(
            "E0307", "A script's `param`s become options of `lakesh run`, which has some of its own.",
            wrong: "param server\nprint $server", right: "param target\nprint $target"),
        Explanation(
            "E0308",
            "A `def` sees its parameters, the `param`s and the `let`s of the top level. What changes is given to it.",
            wrong: "var n = 1\ndef show() { print $n }\nshow", right: "var n = 1\ndef show(n) { print $n }\nshow $n"),
        Explanation(
            "E0309",
            "A `def` reads variables of the top level when it is called: they must be set above the first call.",
            wrong: "def show() { print $name }\nshow\nlet name = \"ana\"\nprint $name",
            right: "def show() { print $name }\nlet name = \"ana\"\nshow\nprint $name"),
        Explanation(
            "E0310",
            "The file cannot be read. Names of files in `include` and `run` are relative to the file they stand in.",
            wrong: "run \"nothing.lfs\"", right: "print \"run needs a file that is there\""),
        Explanation(
            "E0311", "A script that runs itself, over others or not, would never end; nor would an include.",
            wrong: "run \"script.lfs\"", right: "def again() { print again }\nagain"),
        Explanation(
            "E0312", "An include brings in `def`s; whatever acts belongs to a script, which is a step by `run`.",
            wrong: "include \"acting.lfs\"", right: "run \"acting.lfs\""),
        Explanation(
            "E0313", "Included and run files are checked before anything runs, so their names are plain strings.",
            wrong: "let name = \"acting\"\nrun \"$name.lfs\"", right: "run \"acting.lfs\""),
        Explanation(
            "E0314",
            "What a script includes or runs lies in its folder or below it, also where links lead: a runbook is one folder.",
            wrong: "run \"../acting.lfs\"", right: "run \"acting.lfs\""),
        Explanation(
            "E0315",
            "Scripts may run scripts, 32 deep. (Here 1.lfs runs 2.lfs, that one 3.lfs, and so on to 33.lfs.)",
            wrong: "run \"1.lfs\"", right: "run \"acting.lfs\""),
        Explanation(
            "E0316", "A map has each key once.", wrong: "print {a: 1, a: 2}", right: "print {a: 1, b: 2}"),
        Explanation(
            "E0317",
            "The kinds that can be expected are operation, not_found, conflict, denied, unauthenticated, assert, fail, "
                + "timeout and mistake; in_doubt, cancelled and declined end the run, whatever is around them.",
            wrong: "test \"a\" { expect_error missing { get_user ana } }",
            right: "test \"a\" { expect_error not_found { get_user ana } }"),
        Explanation(
            "E0318",
            "`on` goes to a server by the name that it has in $XDG_CONFIG_HOME/lakesh/profiles.yaml (~/.config where "
                + "that is not set). In a sandbox each name is a sandbox of its own.",
            wrong: "on \"prodution\" { create_user ana }", right: "on \"production\" { create_user ana }"),
        Explanation(
            "E0319", "A test is listed and chosen by its name before anything runs, so it is a plain string.",
            wrong: "test \"now ${(now)}\" { assert true }", right: "test \"now\" { assert true }"),
        Explanation(
            "E0320",
            "A `test` has the file's `def`s, and the top level does not run for it: what a `def` reads from there has no "
                + "value. `run` the file in the test, or pass the value as an argument.",
            wrong: "let limit = 5\ndef isMany(n) { return $n > $limit }\n"
                + "test \"many\" { assert (isMany 6) }\nprint (isMany 3)",
            right: "let limit = 5\ndef isMany(n, most) { return $n > $most }\n"
                + "test \"many\" { assert (isMany 6 5) }\nprint (isMany 3 $limit)"),
        Explanation(
            "E0321",
            "What a script includes or runs is a script too, and ends in .lfs. Of other files nothing is shown, since they "
                + "may hold secrets.",
            wrong: "run \"passwords.txt\"", right: "run \"acting.lfs\""),
    ]

    /// E04xx: calls and arguments.
    static let calls: [Explanation] = [
        Explanation(
            "E0401", "The command has no option of this name. `lakesh help COMMAND` lists those that it has.",
            wrong: "print (list_users --prefx a)", right: "print (list_users --prefix a)"),
        Explanation(
            "E0402", "Required parameters are given by position or by name.",
            wrong: "add_group_membership Developers", right: "add_group_membership Developers ana"),
        Explanation(
            "E0403", "Of an operation only the required parameters are given by position; all others by name.",
            wrong: "create_user ana true", right: "create_user ana --invite_user"),
        Explanation(
            "E0404", "The option takes a value: after `=` without a blank, or as the next argument.",
            wrong: "print (list_users --prefix)", right: "print (list_users --prefix a)"),
        Explanation(
            "E0405", "Only an option of a list type may be given more than once.",
            wrong: "print (list_users --prefix a --prefix b)", right: "print (list_users --prefix a)"),
        Explanation(
            "E0406", "Blocks are taken by `where`, `each`, `sort_by` and `group_by` alone.",
            wrong: "create_user ana { print done }", right: "create_user ana\nprint done"),
        Explanation(
            "E0407", "The command works on each item: a block says what to do with `$it`.",
            wrong: "print ([1, 2] | where)", right: "print ([1, 2] | where { $it > 1 })"),
        Explanation(
            "E0408", "`--no-x` turns the switch `x` off; a value goes to the switch itself.",
            wrong: "create_user ana --no-invite_user=true", right: "create_user ana --invite_user=false"),
        Explanation(
            "E0409",
            "`ensure` reads what is there when the server says that it is done already; that must be known of "
                + "the operation.",
            wrong: "ensure create_credentials ana", right: "ensure create_user ana"),
        Explanation(
            "E0410",
            "The parts of an address fill the parameters of their names, if the command "
                + "has them.",
            wrong: "print (get_branch lakefs://lake/main/a.csv)", right: "print (get_branch lakefs://lake/main)"),
        Explanation(
            "E0411", "`--body` gives the whole body; then none of its fields is given beside it.",
            wrong: "create_user --id ana --body {id: \"ana\"}", right: "create_user --body {id: \"ana\"}"),
        Explanation(
            "E0412", "The params of a script are named, as on the command line.",
            wrong: "run \"asking.lfs\" ana --name bo", right: "run \"asking.lfs\" --name ana"),
        Explanation(
            "E0413", "This switch decides what the command gives, so it is on or off in the text.",
            wrong: "let all = true\nprint (list_users --all=$all)", right: "print (list_users --all)"),
        Explanation(
            "E0414", "Parameters with a default stand after those without.",
            wrong: "def f(a = 1, b) { print $a $b }", right: "def f(b, a = 1) { print $a $b }"),
        Explanation(
            "E0415",
            "An option decides how the call is carried out, and that way has no place for the other one, which would be "
                + "dropped.",
            wrong: "print (list_users --all --with_headers)", right: "print (list_users --all)"),
    ]

    /// E05xx: types.
    static let types: [Explanation] = [
        Explanation(
            "E0501", "What an operation gives has the fields of the API's schema, and no others.",
            wrong: "print (get_user ana).creaton_date", right: "print (get_user ana).creation_date"),
        Explanation(
            "E0502", "A word is read by the type of the parameter that it fills.",
            wrong: "print (list_users --amount five)", right: "print (list_users --amount 5)"),
        Explanation(
            "E0503", "The parameter or field has one of a few values.",
            wrong: "create_policy p [{effect: \"allowed\", action: [\"fs:*\"], resource: \"*\"}]",
            right: "create_policy p [{effect: \"allow\", action: [\"fs:*\"], resource: \"*\"}]"),
        Explanation(
            "E0504", "The value is of another type than what is due, and nothing is converted by itself.",
            wrong: "for group in (list_groups --all) { create_credentials $group }",
            right: "for user in (list_users --all) { create_credentials $user.id }"),
        Explanation(
            "E0505", "The operator does not take values of these types.", wrong: "print (1 + \"a\")",
            right: "print \"${(1 + 2)}a\""),
        Explanation(
            "E0506",
            "Values of different types are never equal; that is a mistake, not false. `== null` is always allowed.",
            wrong: "print ((now) == \"2026\")", right: "print ((now | format_time \"%Y\") == \"2026\")"),
        Explanation(
            "E0507", "A condition is a bool: nothing else counts as true or false.",
            wrong: "if (list_users --all) { print some }", right: "if (list_users --all) != [] { print some }"),
        Explanation(
            "E0508", "Without `--all` a listing gives one page, a map with the items in one of its fields.",
            wrong: "for user in (list_users) { print $user.id }",
            right: "for user in (list_users --all) { print $user.id }"),
        Explanation(
            "E0509", "Only lists and maps have items, only maps have fields.",
            wrong: "print (list_users --all).id", right: "print (list_users --all | get id)"),
        Explanation(
            "E0510", "A list is read by a number, from 0, or from the end by -1; a map by a key.",
            wrong: "print [1, 2][\"a\"]", right: "print [1, 2][0]"),
        Explanation(
            "E0511",
            "The arguments of a program are seen by everybody on the machine; its input and its environment are not.",
            wrong: "let key = create_credentials ana\nexec \"vault\" [$key.secret_access_key]",
            right: "let key = create_credentials ana\nexec \"vault\" [\"-\"] --input $key.secret_access_key"),
        Explanation(
            "E0512", "`=~` and `replace` take a regular expression, PCRE2's.", wrong: "print (\"ana\" =~ \"(an\")",
            right: "print (\"ana\" =~ \"^an\")"),
        Explanation(
            "E0513", "A default is of the type that is written before it.",
            wrong: "param count: int = \"three\"\nprint $count", right: "param count: int = 3\nprint $count"),
        Explanation(
            "E0514", "Exit statuses lie between 1 and 255.", wrong: "fail \"no\" --status 300",
            right: "fail \"no\" --status 3"),
        Explanation(
            "E0515",
            "`as` takes an identity: a map with the fields of one, such as a login gives.",
            wrong: "as \"ana\" { print (get_current_user) }",
            right: "as (create_credentials ana) { print (get_current_user) }"),
        Explanation(
            "E0516",
            "`put_url` and `get_url` speak HTTP, with https:// or http:// before the host. A file is read by `read_file`.",
            wrong: "print (get_url \"ftp://example.com/data.csv\").body",
            right: "print (get_url \"https://example.com/data.csv\").body"),
        Explanation(
            "E0517", "A loop has one body at a time at least, and a `retry` one try.",
            wrong: "for id in [\"ana\"] parallel 0 { create_user $id }",
            right: "for id in [\"ana\"] parallel 8 { create_user $id }"),
        Explanation(
            "E0518",
            "A name is sent as it is written, as a part of an address. One that no server has, or that would be read as "
                + "another on its way (`ma%69n` is `main` to a server), is refused.",
            wrong: "delete_user \"a%62\"", right: "delete_user \"ab\""),
    ]

    /// E06xx: flow.
    static let flow: [Explanation] = [
        Explanation(
            "E0601", "Only a `var` can be assigned.", wrong: "let n = 1\nn = 2\nprint $n",
            right: "var n = 1\nn = 2\nprint $n"),
        Explanation(
            "E0602",
            "Parallel bodies run at the same time, `on_exit` and `on_failure` at the end: what they share does not change.",
            wrong: "var n = 0\nfor i in 1..3 parallel 2 { n = $n + $i }\nprint $n",
            right: "let n = 1..3 | each --parallel 2 { $it * 2 } | sum\nprint $n"),
        Explanation(
            "E0603", "`break` and `continue` belong to a loop of the same block, not to one around a parallel body.",
            wrong: "if true { break }", right: "while true { break }"),
        Explanation(
            "E0604", "`return` leaves a `def` or the script, never a part that runs on its own.",
            wrong: "on_exit { return }", right: "on_exit { print bye }"),
        Explanation(
            "E0605", "A script's `param`s are its head.", wrong: "print hello\nparam name\nprint $name",
            right: "param name\nprint hello $name"),
        Explanation(
            "E0606", "`param`, `def`, `include` and `test` stand at the top level.",
            wrong: "if true { def f() { print a } }", right: "def f() { print a }\nif true { f }"),
        Explanation(
            "E0607", "A default is worked out before the run begins, so it asks no server.",
            wrong: "param user = (get_current_user).user.id\nprint $user",
            right: "param user = null\nprint ($user ?? (get_current_user).user.id)"),
        Explanation(
            "E0608", "A string alone does nothing; an `assert`'s message stands on the line of its condition.",
            wrong: "\"hello\"", right: "print \"hello\""),
        Explanation(
            "E0609", "A `def` gives its result by `return`.", wrong: "var n = 0\ndef f() { n = 1 }\nf\nprint $n",
            right: "def f() { return 1 }\nlet n = f\nprint $n"),
        Explanation(
            "E0610", "What is assigned is a variable, or a field or item of one.",
            wrong: "var n = 0\n$n?.a = 1\nprint $n", right: "var n = {}\n$n.a = 1\nprint $n"),
    ]

    /// W01xx: warnings.
    static let warnings: [Explanation] = [
        Explanation(
            "W0101", "A variable that is never read is left over, or another was meant.", wrong: "let n = 1",
            right: "let n = 1\nprint $n"),
        Explanation(
            "W0102", "What stands before always leaves.", wrong: "fail \"no\"\nprint never",
            right: "print first\nfail \"no\""),
        Explanation(
            "W0103", "A secret prints as ••••; `reveal` shows it on purpose.",
            wrong: "print (create_credentials ana).secret_access_key",
            right: "create_credentials ana | write_json \"ana.json\""),
        Explanation(
            "W0104", "The field is absent in some answers: then it is null, which would end the script here.",
            wrong: "let u = get_user ana\ncreate_user $u.email",
            right: "let u = get_user ana\ncreate_user ($u.email ?? \"ana\")"),
        Explanation(
            "W0105",
            "A name like `main~1` counts from the entity that this operation moves: done twice it goes back twice.",
            wrong: "hard_reset_branch lake main main~1",
            right: "let good = get_commit lake main~1\nhard_reset_branch lake main $good.id"),
        Explanation(
            "W0106",
            "Between the last look and the destroying operation a person was asked, or something was changed: "
                + "look again.",
            wrong: "assert (get_branch lake main).commit_id == \"a1\"\nconfirm \"go?\"\nhard_reset_branch lake main b2",
            right: "confirm \"go?\"\nassert (get_branch lake main).commit_id == \"a1\"\nhard_reset_branch lake main b2"),
        Explanation(
            "W0107", "A bare word is a text, even where a variable has its name.",
            wrong: "let user_id = \"ana\"\nprint $user_id (get_user user_id)",
            right: "let user_id = \"ana\"\nprint $user_id (get_user $user_id)"),
        Explanation(
            "W0108", "In a script what a line gives is dropped; a line that only reads was for nothing.",
            wrong: "list_users --all", right: "print (list_users --all)"),
    ]
}
