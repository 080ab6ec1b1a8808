"""Values: annotations, text, what may be absent, equality."""

from case import FAILS, line, printed, refused, script

# Two names that look the same and differ: composed (4 scalars) and decomposed (5).
NFC, NFD = "caf\u00e9", "cafe\u0301"
SET = 'let c = "caf\\u{e9}"; let d = "cafe\\u{301}"; '

# Annotations

HIDDEN = {"unsaid": ("hunter2",)}
TAKES_INT = "def double(n: int) { return $n * 2 }\n"
TAKES_TEXT = "def shout(text: string) { return (upper $text) }\n"
TAKES_FLOAT = "def half(n: float) { return $n / 2 }\n"

ANNOTATIONS = [
    script("language-A1-secret-annotation", 'param password: secret = "hunter2"\nprint $password\n', "••••\n", **HIDDEN),
    script("language-A1-secret-annotation-help", 'param password: secret = "hunter2"\nprint "x"\n', options=["--help"], **HIDDEN),
    script("language-A1-secret-of-a-def", 'def show(token: secret) { print $token }\nshow "hunter2"\n', "••••\n", **HIDDEN),
    script("language-A1-secret-of-a-def-named", 'def show(token: secret) { print $token }\nshow --token "hunter2"\n', "••••\n", **HIDDEN),
    script("language-A1-secret-of-a-def-default", 'def show(token: secret = "hunter2") { print $token }\nshow\n', "••••\n", **HIDDEN),
    script("language-A1-secret-returned", 'def mark(token: secret) { return "<$token>" }\nprint (mark "hunter2")\n', "••••\n", **HIDDEN),
    script(
        "language-A1-secret-of-a-run",
        'run "login.lfs" --password "hunter2"\n',
        "••••\n",
        files={"login.lfs": "param password: secret\nprint $password\n"},
        **HIDDEN,
    ),
    script(
        "language-A1-secret-in-a-failure", 'param password: secret = "hunter2"\nfail "login failed with $password"\n', status=3, **HIDDEN
    ),
    script(
        "language-A1-secret-in-a-file",
        'param password: secret = "hunter2"\nwrite_json "pw.json" {p: $password}\n',
        after={"pw.json": 0o600},
    ),
    script("language-A1-secret-type", 'param password: secret = "hunter2"\nprint (type_of $password)\n', "secret\n"),
    script(
        "language-A1-secret-to-exec",
        'def call(t: secret) { exec "echo" [$t] }\nlet x = "hunter2"\ncall $x\n',
        status=FAILS,
        lacks=("hunter2",),
    ),
    script("language-A2-float-of-a-def", TAKES_FLOAT + "let three = 3\nprint (half 3) (half (3)) (half $three)\n", "1.5 1.5 1.5\n"),
    script("language-A2-float-of-a-def-unknown", TAKES_FLOAT + 'print (half (from_json "3"))\n', "1.5\n"),
    script("language-A2-float-of-a-def-default", "def half(n: float = 3) { return $n / 2 }\nprint (half)\n", "1.5\n"),
    script("language-A2-float-default", "param ratio: float = 3\nprint ($ratio / 2)\n", "1.5\n"),
    script("language-A2-float-option", "param ratio: float = 3\nprint ($ratio / 2)\n", "1.5\n", options=["--ratio", "3"]),
    script(
        "language-A2-float-of-a-run",
        'run "r.lfs" --ratio 3\nlet three = 3\nrun "r.lfs" --ratio $three\n',
        "1.5\n1.5\n",
        files={"r.lfs": "param ratio: float\nprint ($ratio / 2)\n"},
    ),
    *[
        script(f"language-A2-int-refuses-{name}", TAKES_INT + f"print (double ({value}))\n", status=FAILS, said=("double", "`n`"))
        for name, value in [
            ("text", "from_json '\"x\"'"),
            ("digits", "from_json '\"3\"'"),
            ("float", 'from_json "1.5"'),
            ("null", 'from_json "null"'),
            ("list", 'from_json "[1]"'),
            ("map", 'from_json "{}"'),
            ("bool", 'from_json "true"'),
        ]
    ],
    *[
        script(f"language-A2-string-refuses-{name}", TAKES_TEXT + f"print (shout ({value}))\n", status=FAILS, said=("shout", "`text`"))
        for name, value in [("list", "from_json '[\"a\"]'"), ("int", 'from_json "1"'), ("null", 'from_json "null"')]
    ],
    *[
        script(
            f"language-A2-{kind}-refuses-text",
            f"def f(n: {kind}) {{ return $n }}\nprint (f (from_json '\"x\"'))\n",
            status=FAILS,
            said=("`f`", "`n`"),
        )
        for kind in ("bool", "list", "map", "duration", "float")
    ],
    script(
        "language-A2-int-refuses-a-cell",
        TAKES_INT + 'for row in (read_csv "n.csv") { print (double $row.n) }\n',
        "",
        files={"n.csv": "n\n7\n"},
        status=FAILS,
        said=("double", "`n`"),
    ),
    script(
        "language-A2-param-of-a-run-refuses",
        'run "r.lfs" --n (from_json \'"x"\')\n',
        files={"r.lfs": "param n: int\nprint $n\n"},
        status=FAILS,
        said=("`n`",),
        out="",
    ),
]

# Text is a sequence of Unicode scalars

UNICODE = [
    *printed(
        "A3-scalars",
        ("equal", SET + "print ($c == $d)", "false"),
        ("not-equal", SET + "print ($c != $d)", "true"),
        ("in", SET + "print ($c in [$d])", "false"),
        ("contains-list", SET + "print (contains [$d] $c)", "false"),
        ("unique", SET + "[$c, $d] | unique | count", "2"),
        ("union", SET + "[$c] | union [$d] | count", "2"),
        ("intersect", SET + "[$c] | intersect [$d] | count", "0"),
        ("without", SET + "[$c] | without [$d] | count", "1"),
        ("diff", SET + "diff [$c] [$d] | count", "2"),
        ("group-by", SET + "[{k: $c}, {k: $d}] | group_by k | count", "2"),
        ("keys", SET + "var m = {}; for k in [$c, $d] { $m[$k] = 1 }; count $m", "2"),
        ("key-in", SET + "var m = {}; $m[$c] = 1; print ($d in $m)", "false"),
        ("merge", SET + "var a = {}; $a[$c] = 1; var b = {}; $b[$d] = 2; count (merge $a $b)", "2"),
        ("from-json", 'from_json \'{"caf\u00e9": 1, "cafe\u0301": 2}\' | count', "2"),
        ("from-yaml", 'from_yaml "caf\u00e9: 1\\ncafe\u0301: 2\\n" | count', "2"),
        ("nested", SET + "print ({a: [$c]} == {a: [$d]})", "false"),
        ("starts-with", 'starts_with "cafe\\u{301}/x" "caf\\u{e9}"', "false"),
        ("starts-with-base", 'starts_with "data/\\u{301}x" "data/"', "true"),
        ("starts-with-cr", 'starts_with "\\r\\nx" "\\r"', "true"),
        ("ends-with-lf", 'ends_with "a\\r\\n" "\\n"', "true"),
        ("ends-with-mark", 'ends_with "cafe\\u{301}" "\\u{301}"', "true"),
        ("order", SET + "print ($d < $c)", "true"),
        ("sort", SET + '[$c, $d, "cafz"] | sort | each { length $it } | to_json', "[5,4,4]"),
        ("length-crlf", 'length "\\r\\n"', "2"),
        ("length-mark", 'length "e\\u{301}"', "2"),
        ("length-family", 'length "\\u{1F468}\\u{200D}\\u{1F469}"', "3"),
        ("reverse", 'base64 (reverse "ab\\u{301}")', "zIFiYQ=="),
        ("split-each", 'split "ab\\u{301}" "" | count', "3"),
        ("split-before-mark", 'split "a,\\u{301}b" "," | count', "2"),
        ("range", 'let t = "e\\u{301}xyz"; length $t[0..1]', "2"),
        ("lower", 'lower "CAF\\u{c9}"', "caf\u00e9"),
        ("regex-dot", 'replace "e\\u{301}" \'.\' "-"', "--"),
    ),
    script(
        "language-A3-scalars-objects",
        """\
create_repository lake "local://lake"
upload_object lake main "caf\\u{e9}.csv" --content "one"
upload_object lake main "cafe\\u{301}.csv" --content "twotwo"
let paths = list_objects lake main --all | get path
print (count $paths) ($paths | unique | count)
var sizes = {}
for o in (list_objects lake main --all) { $sizes[$o.path] = $o.size_bytes }
print (values $sizes | sort | to_json)
print (diff [{path: "caf\\u{e9}.csv"}] [{path: "cafe\\u{301}.csv"}, {path: "caf\\u{e9}.csv"}] --by path | count)
""",
        "2 2\n[3,6]\n1\n",
    ),
    script(
        "language-A3-scalars-csv-unique", 'print (read_csv "p.csv" --unique id | count)\n', "2\n", files={"p.csv": f"id\n{NFC}\n{NFD}\n"}
    ),
    script(
        "language-A3-scalars-commit-metadata",
        """\
create_repository lake "local://lake"
upload_object lake main a --content "x"
var m = {}
$m["caf\\u{e9}"] = "1"
$m["cafe\\u{301}"] = "2"
let done = commit lake main "m" --metadata $m
print (count (get_commit lake $done.id).metadata)
""",
        "2\n",
    ),
]

# One meaning for what may be absent

NULL = [
    *printed(
        "B1-absent",
        ("let", 'let u = get_user admin; print ($u.email ?? "none")', "none"),
        ("def", 'def mail(u) { return ($u.email ?? "none") }; print (mail (get_user admin))', "none"),
        ("def-map", 'def mail(u: map) { return ($u.email ?? "none") }; print (mail (get_user admin))', "none"),
        ("var", 'var u = null; u = get_user admin; print ($u.email ?? "none")', "none"),
        ("joined-lists", 'let us = (list_users --all) + []; print ($us[0].email ?? "none")', "none"),
        ("get", "get_user admin | get email | to_json", "null"),
        ("get-of-list", "list_users --all | get email | to_json", "[null]"),
        ("select", "list_users --all | select id email | to_json", '[{"id":"admin","email":null}]'),
        ("sort-by", "list_users --all | sort_by email | count", "1"),
        ("group-by", "list_users --all | group_by email | count", "1"),
        ("index", 'let u = get_user admin; print ($u["email"] ?? "none")', "none"),
        ("merge", 'let u = merge (get_user admin) {x: 1}; print ($u.email ?? "none")', "none"),
        ("merge-def", 'def mail(u) { return ($u.email ?? "none") }; print (mail (merge {x: 1} (get_user admin)))', "none"),
        ("json", 'let u = from_json (to_json (get_user admin)); print ($u.email ?? "none")', "none"),
        ("file", 'write_json "u.json" (get_user admin); let u = read_json "u.json"; print ($u.email ?? "none")', "none"),
        ("yaml", 'let u = from_yaml (to_yaml (get_user admin)); print ($u.email ?? "none")', "none"),
        ("page", 'def mail(p) { return ($p.results[0].email ?? "none") }; print (mail (list_users))', "none"),
        ("if-of-two", 'let u = (if true { get_user admin } else { {id: "x"} }); print ($u.email ?? "none")', "none"),
        ("question-key", 'let c = from_json "{}"; print ($c?.limit ?? 10)', "10"),
        ("question-key-of-map", "def limit(c: map) { return ($c?.limit ?? 10) }; print (limit {})", "10"),
        ("question-chain", "let c = from_json '{\"a\": {}}'; print ($c?.a?.b?.d ?? 10)", "10"),
        ("each", "list_users --all | each { $it.email } | to_json", "[null]"),
        ("where", "def pick(us) { return ($us | where { $it.email == null } | count) }; print (pick (list_users --all))", "1"),
    ),
    line("language-B1-absent-dot-advises", 'let c = from_json "{}"; print ($c.limit ?? 10)', status=FAILS, said=("limit", "?.limit")),
    script(
        "language-B1-absent-in-a-body",
        "create_group Ops --description null\ndef make(d) { create_group Two --description $d }\nmake null\n"
        "print (list_groups --all | where { $it.id =~ '^(Ops|Two)$' } | count)\n",
        "2\n",
    ),
    *[
        refused(f"language-B12-null-in-text-{name}", text, field)
        for name, text, field in [
            ("field", 'let u = get_user admin\ncreate_group "team-${u.friendly_name}"\n', "friendly_name"),
            ("joined", 'let u = get_user admin\nprint ("backup/" + "${u.email}")\n', "email"),
            ("each", 'list_users --all | each { print "mail ${it.email}" }\n', "email"),
            ("name", 'let u = get_user admin --or null\nprint "user $u"\n', "`$u`"),
        ]
    ],
    *[
        script(f"language-B12-null-in-text-run-{name}", text, "", status=FAILS, said=(word,))
        for name, text, word in [
            ("def", 'def name(u) { return "team-${u.friendly_name}" }\nprint (name (get_user admin))\n', "friendly_name"),
            ("json", 'let c = from_json \'{"a": null}\'\nprint "team-${c.a}"\n', "`$c.a`"),
            ("variable", 'def f(x) { print "value $x" }\nf null\n', "`$x`"),
        ]
    ],
    script(
        "language-B12-null-in-text-with-default",
        'let u = get_user admin\nlet name = $u.friendly_name ?? "none"\nprint "team-$name"\n',
        "team-none\n",
    ),
    *[
        script(f"language-B3-null-default-{name}", 'param user = null\nprint (type_of $user) ($user ?? "-")\n', out, options=options)
        for name, options, out in [
            ("name", ["--user", "ana"], "string ana\n"),
            ("digits", ["--user", "123"], "string 123\n"),
            ("dotted", ["--user", "1.0"], "string 1.0\n"),
            ("bool", ["--user", "true"], "string true\n"),
            ("negative", ["--user=-5"], "string -5\n"),
            ("exponent", ["--user", "12e3"], "string 12e3\n"),
            ("none", [], "null -\n"),
        ]
    ],
    script(
        "language-B3-null-default-in-a-call",
        'param user = null\ncreate_user ($user ?? "x")\nprint (get_user "123").id\n',
        "123\n",
        options=["--user", "123"],
    ),
]

# Equality is one thing

EQUALITY = [
    *[
        line(f"language-B5-unequal-types-{name}", f"let five = from_json '\"5\"'; print ({expression})", "", status=FAILS)
        for name, expression in [
            ("equal", "$five == 5"),
            ("in", "$five in [5, 7]"),
            ("not-in", "$five not in [5, 7]"),
            ("contains", "contains [5] $five"),
            ("list", "[$five] == [5]"),
            ("map", "{a: $five} == {a: 5}"),
            ("without", "[$five] | without [5] | count"),
            ("unique", "[5, $five] | unique | count"),
            ("union", "[5] | union [$five] | count"),
            ("intersect", "[5] | intersect [$five] | count"),
            ("diff", "diff [5] [$five] | count"),
            ("other-field-first", "{n: 1, id: $five} == {n: 2, id: 5}"),
            ("unique-of-maps", "[{id: 5}, {id: $five}] | unique | count"),
            ("without-of-lists", "[[$five]] | without [[5]] | count"),
            ("intersect-of-maps", "[{id: $five}] | intersect [{id: 5}] | count"),
            ("diff-of-maps", "diff [{id: 5}] [{id: $five}] | count"),
        ]
    ],
    script(
        "language-B5-unequal-types-csv",
        'print (read_csv "n.csv" | where { $it.id in [5, 7] } | count)\n',
        "",
        status=FAILS,
        files={"n.csv": "id\n5\n"},
    ),
    refused("language-B5-unequal-types-check", 'print (contains [1, 2] "1")\n', "contains"),
    refused("language-B5-unequal-types-check-field", 'print ({id: 5} == {id: "5"})\n', "never equal"),
    refused("language-B5-unequal-types-check-without", 'print (["1"] | without [1, 2] | count)\n', "without"),
    *printed(
        "B5-equal",
        ("null-in", "print (null in [5, 7])", "false"),
        ("null-found", "print (null in [5, null])", "true"),
        ("null-nested", "print ([null] == [5])", "false"),
        ("int-float", "print (1 == 1.0) ([1] == [1.0]) (1 in [1.0])", "true true true"),
        ("exact", "let n = 9007199254740993; let x = 9007199254740992.0; print ($n == $x) ($n > $x)", "false true"),
        ("exact-unique", "[9007199254740992.0, 9007199254740993, 9007199254740992] | unique | count", "2"),
        ("exact-unique-other-order", "[9007199254740993, 9007199254740992.0, 9007199254740992] | unique | count", "2"),
        ("exact-sort", "print (([9007199254740993, 9007199254740992.0] | sort)[0] < 9007199254740993)", "true"),
    ),
]


CASES = [*ANNOTATIONS, *UNICODE, *NULL, *EQUALITY]
