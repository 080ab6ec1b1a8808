"""What the check finds, what it advises, and how much it says."""

import re

from case import FAILS, clean, printed, refused, script, warned

# Words

WORDS = [
    *[
        refused(f"language-B2-word-end-{name}", text + "\n", word)
        for name, text, word in [
            ("comma", 'create_group Ops, --description "x"', "Ops,"),
            ("comma-last", "ensure create_user ana,", "ana,"),
            ("comma-each", "create_branch lake, dev, main", "lake,"),
            ("comma-def", "def f(a, b) { return $a }\nprint (f one, two)", "one,"),
            ("comma-option", "list_users --prefix a, --amount 5", "a,"),
            ("bracket", "create_user ana]", "ana]"),
            ("quote", 'create_user ana"', '"'),
            ("single-quote", "create_user ana'", "'"),
            ("comma-any", "print one, two", "one,"),
        ]
    ],
    clean("language-B2-word-end-quoted", 'create_group "Ops," --description "x"\n'),
    *printed(
        "B2-words-for-any",
        ("size", "type_of 5KB", "string"),
        ("duration", "type_of 2s", "string"),
        ("exponent", "type_of 1e21", "string"),
        ("true", "type_of true", "bool"),
        ("null", "type_of null", "null"),
        ("int", "type_of 5", "int"),
        ("decimal", "type_of 0.5", "float"),
        ("negative", "type_of -5", "int"),
        ("word", "type_of five", "string"),
        ("print", "print 5KB 2s 1e21 007", "5KB 2s 1e21 007"),
        ("append", "append [] 2s | to_json", '["2s"]'),
        ("to-json", "to_json 5KB", '"5KB"'),
        ("def", "def f(a) { return (type_of $a) }; print (f 5KB) (f 5) (f null)", "string int null"),
    ),
]

# Names that `run` uses; check and run agree

USED = ["server", "sandbox", "yes", "like", "storage", "prepare", "fuel", "json", "help"]
CHECK_AS_RUN = [
    *[refused(f"language-B4-used-name-{name}", f'param {name} = "x"\nprint ${name}\n', name) for name in USED],
    refused("language-B4-on-without-profiles", 'on "prodution" { list_users }\n', "prodution"),
    refused("language-B4-on-without-profiles-near", 'on "nosuch" { print (list_users --all | count) }\n', "nosuch"),
]

# Advice: what a wrong text is told, and that the advice, followed, passes

U = 'let user_id = "ana"\n'
ADVICE = [  # name, the wrong text, what is said, what is not, the text that follows the advice
    (
        "path-in-a-word",
        U + "print (read_json keys/$user_id.json)",
        ['"keys/$user_id.json"'],
        [],
        U + 'print (read_json "keys/$user_id.json")',
    ),
    ("two-units", "timeout 1h30m { list_users }", ["90m"], ['"1h30m"'], "timeout 90m { create_user ana }"),
    ("bare-point", "let f = 1.\nprint $f", ["1.0"], ['"1."'], "let f = 1.0\nprint $f"),
    ("True", "let t = True\nprint $t", ["true"], ["$True", '"True"'], "let t = true\nprint $t"),
    ("None", "let t = None\nprint $t", ["null"], ["$None", '"None"'], "let t = null\nprint $t"),
    ("dollar-one", "print $1", ["param"], [], "param name\nprint $name"),
    ("block-of-a-listing", "list_users --all { print $it }", ["| each {"], ["key: value"], "list_users --all | each { print $it.id }"),
    (
        "block-of-first",
        'let u = list_users --all | first { $it.id == "x" }\nprint $u',
        ["| where {"],
        ["key: value"],
        'let u = list_users --all | where { $it.id == "x" } | first\nprint ($u?.id ?? "none")',
    ),
    ("one-dash", "print (list_users -all)", ["--all"], ["--prefix"], "print (list_users --all | count)"),
    (
        "two-fields",
        "print (list_users --all | sort_by id creation_date)",
        ["block"],
        ["descending"],
        "print (list_users --all | sort_by { $it.id } | get id)",
    ),
    (
        "body",
        'create_policy p --body ({id: "p"})',
        ["--body", "whole body"],
        ["--creation_date"],
        'create_policy --body {id: "p", statement: [{effect: "allow", action: ["fs:*"], resource: "*"}]}',
    ),
    ("method", 'let name = "A"\nprint $name.lower()', ["lower $name"], ["${()}"], 'let name = "A"\nprint (lower $name)'),
    ("f-string", 'let n = 1\nprint f"n is {n}"', ['"n is $n"'], ['"fn'], 'let n = 1\nprint "n is $n"'),
    ("call", "let x = [1]\nprint (len($x))", ["count $x"], ['"len"'], "let x = [1]\nprint (count $x)"),
    (
        "ternary",
        "let a = true\nlet b = $a ? 1 : 2\nprint $b",
        ["if ", "else"],
        [],
        "let a = true\nlet b = (if $a { 1 } else { 2 })\nprint $b",
    ),
    ("elif", "if true { print 1 } elif false { print 2 }", ["else if"], [], "if true { print 1 } else if false { print 2 }"),
    ("dollar-command", "print $(list_users)", ["(list_users"], [], "print (list_users --all | count)"),
    ("unequal", "let a = 1\nif $a <> 2 { print 1 }", ["!="], [], "let a = 1\nif $a != 2 { print 1 }"),
    ("plus-five", "let a = +5\nprint $a", ["5"], ["one statement a line", '"+5"'], "let a = 5\nprint $a"),
    (
        "one-equals",
        "let u = get_user ana --or null\nif $u = null { print 1 }",
        ["=="],
        [],
        "let u = get_user ana --or null\nif $u == null { print 1 }",
    ),
    (
        "is",
        "let u = get_user ana --or null\nif $u is null { print 1 }",
        ["=="],
        [],
        "let u = get_user ana --or null\nif $u == null { print 1 }",
    ),
    (
        "until",
        "until (get_user ana --or null) == null { sleep 1s }",
        ["`until`"],
        ["cannot be an argument"],
        "while (get_user ana --or null) != null { sleep 1s }",
    ),
    ("use", "use production", ["shell", 'on "'], [], None),
    ("cd", "cd lake/main\nprint 1", ["shell"], [], None),
    ("size", "let size = 1.5GB\nprint $size", ["1500MB"], ["ms"], "let size = 1500MB\nprint $size"),
    ("include-folder", 'include "."\nprint 1', ["folder"], ["cannot read ``"], None),
]
ADVICES = [
    refused(
        f"language-B13-advice-{name}",
        wrong + "\n",
        *said,
        unsaid=tuple(unsaid),
        **({"errors": 1} if name in ("one-equals", "is", "until") else {}),
    )
    for name, wrong, said, unsaid, _ in ADVICE
] + [clean(f"language-B13-followed-{name}", right + "\n") for name, _, _, _, right in ADVICE if right]

# One mistake is one message

DROWNING = [
    refused(f"language-B14-one-message-{name}", text, errors=1)
    for name, text in [
        ("undeclared", 'name = "ana"\n' + "print $name\n" * 4),
        ("dollar", "let $n = 5\n" + "print $n\n" * 4),
        ("dash", 'let user-id = "ana"\n' + "print $user_id\n" * 4),
        ("keyword", "let step = 5\n" + "print $step\n" * 4),
        ("def-head", "def f(a b) { return 1 }\n" + "print (f 1)\n" * 4),
        ("open-string", 'print "one\ntwo"\nprint 3\n'),
        ("missing-include", 'include "missing.lfs"\n' + "say hello\n" * 4),
    ]
] + [
    script(
        "language-B14-at-most-20-errors", "".join(f"print $x{i}\n" for i in range(2000)), status=2, said=(re.compile("2,?000"),), errors=20
    ),
    script(
        "language-B14-at-most-20-warnings", "".join(f"let x{i} = 1\n" for i in range(2000)), said=(re.compile("2,?000"),), unsaid=("x1000",)
    ),
]

# What the check finds

LET = 'let s = {effect: "Allow", action: ["fs:*"], resource: "*"}\n'
FOUND = [
    refused("language-check-enum-through-let", LET + "create_policy p [$s]\n", "Allow", "allow"),
    refused("language-check-item-field", 'create_policy p [{effect: "allow", resource: "*"}]\n', "action"),
    refused("language-check-diff-by", "print (diff [{id: 1}] [{id: 2}] --by nme)\n", "nme"),
    refused("language-check-parallel-0", "print ([1] | each --parallel 0 { $it })\n", "parallel"),
    warned("language-check-relative-ref-through-let", 'let t = "main~1"\nhard_reset_branch lake main $t\n', "main"),
    warned(
        "language-check-object-looked-at-before-a-confirm",
        'let o = stat_object lake main a\nconfirm "Delete ${o.path}?"\ndelete_object lake main a\n',
        "delete_object",
    ),
    refused("language-check-option-by-position", 'print (env HOME "/root")\n', "--default"),
    refused("language-check-sum-of-text", 'print (["1"] | sum)\n', "sum"),
    refused("language-check-join-of-maps", 'print ([{a: 1}] | join ",")\n', "join"),
    refused("language-check-write-csv-of-text", '["a"] | write_csv "x.csv"\n', "write_csv", unsaid=("to_csv",)),
    script(
        "language-check-write-csv-of-text-run",
        'write_csv "x.csv" (from_json \'["a"]\')\n',
        status=FAILS,
        said=("write_csv",),
        unsaid=("to_csv",),
    ),
    refused("language-check-sort-of-maps", "print ([{a: 1}, {a: 2}] | sort)\n", "sort"),
    refused("language-check-field-of-merge", "print (merge {a: 1} {b: 2}).c\n", "`c`"),
    warned("language-check-null-of-first", "let u = list_users --all | first\nprint $u.id\n", "null"),
    warned("language-check-null-of-max", "let n = [1] | where { $it > 1 } | max\nprint ($n + 1)\n", "null"),
    warned("language-check-null-of-a-def", "def f() { return }\nlet x = f\nprint ($x + 1)\n", "null"),
    warned("language-check-null-of-a-delete", "let x = delete_user ana\nprint $x.id\n", "null"),
    warned("language-check-null-of-print", 'let x = print "a"\nprint "${x}"\n', "null"),
    refused(
        "language-check-kind-that-never-comes",
        'try { create_user ana } catch error { if $error.kind == "exists" { print 1 } }\n',
        "exists",
        "conflict",
    ),
    refused("language-check-change-that-never-comes", 'for d in (diff [1] [2]) { if $d.change == "-" { print 1 } }\n', "removed"),
    clean("language-check-change-that-comes", 'for d in (diff [1] [2]) { if $d.change == "removed" { print 1 } }\n'),
    script(
        "language-check-change-words",
        "print (diff [{id: 1, n: 1}, {id: 2, n: 1}] [{id: 2, n: 2}, {id: 3, n: 1}] --by id | get change | sort | to_json)\n",
        has=('["added","changed","removed"]',),
    ),
    refused("language-check-address-with-no-place", "delete_branch lake lakefs://lake/main\n", "lakefs://lake/main"),
    warned("language-check-address-as-a-name", "create_user lakefs://lake/main\n", "lakefs://lake/main"),
    refused("language-check-empty-repository", 'print (list_branches "")\n', "repository"),
    warned("language-check-amount", "print (list_users --amount 5000)\n", re.compile("1,?000")),
    warned("language-check-secret-default", 'param password: secret = "hunter2"\nlogin "AKIA" $password\n', "password"),
    warned("language-check-secret-as-a-file-name", 'let t = env T --secret\nwrite_file $t "x"\n', "secret"),
    warned("language-check-secret-as-an-id", "let t = env T --secret\ncreate_user $t\n", "secret"),
    refused("language-check-divided-by-0", "print (5 / 0)\n", re.compile("zero|\\b0\\b")),
    refused("language-check-overflow", "print (9223372036854775807 + 1)\n", re.compile("overflow|too large|64 bit")),
    refused("language-check-overflow-product", "let a = 9223372036854775807 * 2\nprint $a\n", re.compile("overflow|too large|64 bit")),
    refused("language-check-index", "let a = [1, 2][5]\nprint $a\n", "5"),
    refused("language-check-two-tests", 'test "a" { print 1 }\ntest "a" { print 2 }\n', "`a`"),
    refused(
        "language-check-call-of-a-def",
        "def since(u) { return $u.creaton_date }\nprint (since (get_user admin))\n",
        "main.lfs:1:",
        re.compile(r":2:|line 2|\b2 \|"),
    ),
    refused("language-check-here-document", "let a = <<EOF\nsome words\nEOF\nprint $a\n", '"""', errors=1),
    refused("language-check-open-list", "let a = [1, 2\nprint $a\n", "main.lfs:1:", errors=1),
    clean("language-check-get-or-create", 'var u = get_user ana --or null\nif $u == null { u = create_user ana }\nassert $u.id == "ana"\n'),
    clean(
        "language-check-get-or-create-while",
        "var u = get_user ana --or null\nwhile $u == null { u = get_user ana --or null }\nprint $u.id\n",
    ),
    clean("language-check-get-or-create-fail", 'let u = get_user ana --or null\nif $u == null { fail "no ana" }\nprint $u.id\n'),
]


CASES = [*WORDS, *CHECK_AS_RUN, *ADVICES, *DROWNING, *FOUND]
