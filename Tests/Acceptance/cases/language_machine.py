"""What runs: how it is interrupted, what it costs, what it prints, and small commands."""

import re
import signal
import time

from case import FAILS, line, printed, refused, script, shell

# Cancellation: what computes is heard at once, by the end of a `timeout` and by a signal

LIST = "let l = 1..100000 | each { $it * 7919 % 1000003 }\n"
BIG = "var a = [1]\nfor i in 1..21 { a = $a + $a }\n"
NESTED = "var a = [1]\nfor i in 1..40 { a = [$a, $a] }\nvar b = [1]\nfor i in 1..40 { b = [$b, $b] }\n"
COSTLY = [
    ("sort-in-a-loop", LIST, "while true { let a = $l | sort }"),
    ("sort-by", LIST, "while true { let a = $l | each { {n: $it} } | sort_by n }"),
    ("unique", LIST, "while true { let a = $l | unique }"),
    ("equality", NESTED, "print ($a == $b)"),
    ("to-json", NESTED, "print (length (to_json $a))"),
    ("regex", "", "while true { let a = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" =~ '^(a+)+b$' }"),
]
CANCELLATION = [
    *[
        script(f"language-A4-heard-timeout-{name}", before + f"timeout 100ms {{ {costly} }}\n", cpu=2, status=124)
        for name, before, costly in COSTLY
    ],
    *[
        script(
            f"language-A4-heard-{word}-{name}",
            before + f'print "ready"\n{costly}\n',
            cpu=2,
            status=status,
            signal=("ready", number),
            busy=0.3,
        )
        for word, number, status in [("int", signal.SIGINT, 130), ("term", signal.SIGTERM, 143)]
        for name, before, costly in (COSTLY[0], COSTLY[3])
    ],
    script("language-A4-heard-int-sleep", 'print "ready"\nsleep 60s\n', cpu=5, status=130, signal=("ready", signal.SIGINT)),
    shell("language-A4-heard-timeout-fifo", "mkfifo f; lakesh -e 'timeout 200ms { read_file \"f\" }' --sandbox", status=124, cpu=5),
    refused("language-A5-long-pipeline", "let a = [1]" + " | reverse" * 8000 + "\nprint $a\n", "256", cpu=10),
    script("language-A5-long-pipeline-run", "let a = [1]" + " | reverse" * 8000 + "\nprint $a\n", status=2, said=("256",), cpu=10),
    refused("language-A5-long-pipeline-257", "let a = [1]" + " | reverse" * 257 + "\nprint $a\n", "256"),
    script("language-A5-long-pipeline-200", "let a = [1]" + " | reverse" * 200 + "\nprint $a\n", "[1]\n"),
]

# What an `on_exit` sees

EXIT_BLOCKS = [
    ("try", "try {{ {exit} }} catch error {{ fail $error }}"),
    ("if", "if true {{ {exit} }}"),
    ("timeout", "timeout 10s {{ {exit} }}"),
    ("none", "{exit}"),
]
EXITS = [
    script(
        f"language-B6-exit-sees-{word}-{name}",
        'step "s" {\n  var key = "old"\n  '
        + block.format(exit=f'{word} {{ print "clean up $key" }}')
        + '\n  for i in [1] { print "loop" }\n'
        '  key = "newest"\n' + ('  fail "end"\n' if word == "on_failure" else "") + "}\n",
        "loop\nclean up newest\n",
        status=3 if word == "on_failure" else 0,
    )
    for word in ("on_exit", "on_failure")
    for name, block in EXIT_BLOCKS
    if not (word == "on_failure" and name == "try")
] + [
    script(
        "language-B6-exit-sees-its-turn",
        'step "s" {\n  for i in [1, 2] {\n    var key = "old $i"\n    on_exit { print $key }\n    key = "new $i"\n  }\n}\n',
        "new 2\nnew 1\n",
    )
]

# Help, output, formats

T = 1_700_000_000
DIRECTIVES = "Y m d H M S j s F T b a V e p I A B D R u w U W G g C h n t k l y c x X r"
HELP_AND_OUTPUT = [
    shell("language-B7-help-values", "lakesh help values", has=("Types, access", "a map's values")),
    shell("language-B7-help-types", "lakesh help types", has=("int",)),
    line("language-B7-help-values-in-a-script", "print (help values)", has=("Types, access", "a map's values")),
    line("language-B8-print-as-it-is-crlf", 'print "a\\r\\nb"', "a\r\nb\n"),
    line("language-B8-print-as-it-is-del", 'print "a\\u{7f}b\\u{85}c\\u{1b}[0m"', "a\x7fb\u0085c\x1b[0m\n"),
    line("language-B8-print-as-it-is-json", 'print (to_json "a\\u{7f}b\\u{1}")', '"a\x7fb\\u0001"\n'),
    line("language-B8-value-as-it-is", '"a\\r\\nb"', "a\r\nb\n"),
    script("language-B8-copy-of-a-file", 'print (read_file "dos.csv")\n', "id\r\n1\r\n\n", files={"dos.csv": "id\r\n1\r\n"}),
    *[
        line(f"language-B9-strftime-{d}", f'print (format_time {T} --format "[%{d}]")', time.strftime(f"[%{d}]\n", time.gmtime(T)))
        for d in DIRECTIVES.split()
    ],
    line("language-B9-strftime-zone", f'print (format_time {T} --format "%Z %z %%")', "UTC +0000 %\n"),
    refused("language-B9-strftime-unknown", 'confirm "x"\ncreate_group "ops-${(now | format_time --format "%Q")}"\n', "%Q"),
    refused("language-B9-replacement-unknown", 'print (replace "abc" "(b)" "$2")\n', re.compile(r"\$2|group 2|`2`")),
    refused("language-B9-replacement-unknown-name", "print (replace \"abc\" '(?<x>b)' '${y}')\n", re.compile(r"`y`|\$\{y\}")),
]

# Linear, and bounded

BOUNDS = [
    script("language-B10-linear-append", "var l = []\nfor i in 1..40000 { l = (append $l $i) }\nprint (count $l)\n", "40000\n", cpu=2),
    script("language-B10-linear-path", "var m = {l: []}\nfor i in 1..40000 { $m.l = $m.l + [$i] }\nprint (count $m.l)\n", "40000\n", cpu=2),
    script("language-B10-linear-each-parallel", "print (1..30000 | each --parallel 8 { $it } | count)\n", "30000\n", cpu=3),
    script("language-B10-linear-on-exit", 'step "s" {\n  for i in 1..10000 { on_exit { let x = $i } }\n}\nprint "end"\n', "end\n", cpu=2),
    script(
        "language-B10-linear-on-failure",
        'try {\n  for i in 1..10000 { on_failure { let x = $i } }\n  fail "f"\n} catch error { print "end" }\n',
        "end\n",
        cpu=2,
    ),
    script(
        "language-B10-linear-keep-going",
        'try {\n  for i in 1..15000 parallel 4 keep_going { fail "no $i" }\n} catch error { print (count $error.failures) }\n',
        "15000\n",
        cpu=3,
    ),
    shell(
        "language-B11-wrong-file-one-line",
        "head -c 17000000 /dev/zero | tr '\\0' a > big.lfs; lakesh run big.lfs --sandbox",
        "",
        status=2,
        said=("MiB",),
        cpu=5,
        memory=300 << 20,
    ),
    shell(
        "language-B11-wrong-file-long-line",
        "head -c 2000000 /dev/zero | tr '\\0' a > big.lfs; lakesh check big.lfs",
        status=2,
        said=("1 MiB",),
        cpu=5,
    ),
    script(
        "language-B11-grows-list",
        "var l = [1]\nfor i in 1..60 { l = $l + $l }\nprint (count $l)\n",
        "",
        status=FAILS,
        said=(re.compile("10.?(million|000.?000)"),),
        cpu=4,
        memory=2 << 30,
    ),
    script(
        "language-B11-grows-text",
        'var l = "0123456789abcdef"\nfor i in 1..60 { l = $l + $l }\nprint (length $l)\n',
        "",
        status=FAILS,
        said=(re.compile("256 ?MiB"),),
        cpu=4,
        memory=2 << 30,
    ),
]

# Smaller things

SMALL = [
    line("language-C-lines", 'count (lines "a\\u{b}b\\u{c}c\\u{85}d\\u{2028}e\\rf\\r\\ng\\nh")', "3\n"),
    script(
        "language-C-lines-of-a-file",
        'print (count (read_lines "f")) (count (lines (read_file "f")))\n',
        "2 2\n",
        files={"f": "a\x0bb\x0cc\u0085d\u2028e\rf\r\ng"},
    ),
    line("language-D-range-first", "1..9223372036854775807 | first 3 | to_json", "[1,2,3]\n"),
    line("language-D-range-in", "print (9223372036854775806 in 1..9223372036854775807)", "true\n"),
    line("language-D-range-count", "count (1..3000000000)", "3000000000\n"),
    script("language-D-regex-depth", "print ((read_file \"t\") =~ '^(a|aa)+$')\n", "true\n", files={"t": "a" * 5000}, cpu=5),
    line("language-C-bytes-not-text", 'to_string (base64 "//8=" --decode)', "", status=FAILS),
    line("language-D-json-key-twice", 'from_json \'{"a": 1, "a": 2}\'', "", status=FAILS, said=("`a`",)),
    script(
        "language-D-csv-head-comma",
        'print ((read_csv "s.csv")[0] | keys | to_json)\n',
        '["id","name, full"]\n',
        files={"s.csv": "id;name, full\n1;a\n2;b\n"},
    ),
    script("language-C-missing-file-kind", 'try { let t = read_file "nosuch" } catch error { print $error.kind }\n', lacks=("mistake",)),
    line("language-D-assert-and", "let a = 1; assert $a == 1 and $a == 2", status=3, said=("right: 2",)),
    script("language-D-did-you-mean-option", "param number = 1\nprint $number\n", options=["--nmuber", "2"], status=2, said=("--number",)),
    script("language-D-help-types", "param count: int = 3\nprint $count\n", options=["--help"], has=("int",)),
    *printed(
        "E-small",
        ("plus-assign", "var x = 1; x += 2; print $x", "3"),
        ("plus-assign-text", 'var x = "a"; x += "b"; print $x', "ab"),
        ("plus-assign-list", "var x = [1]; x += [2]; print (to_json $x)", "[1,2]"),
        ("plus-assign-path", "var m = {n: 1}; $m.n += 2; print $m.n", "3"),
        ("list-range", "let l = [1, 2, 3, 4]; print (to_json $l[1..3])", "[2,3,4]"),
        ("text-range", 'let t = "8d11f0aa"; print $t[0..3]', "8d11"),
        ("range-negative", "let l = [1, 2, 3, 4]; print (to_json $l[-2..-1])", "[3,4]"),
        ("from-csv", 'print ((from_csv "id,n\\nana,1\\n")[0].n)', "1"),
        ("md5", 'md5 "ana"', "276b6c4692e78d4799c12ada515bc3e4"),
        ("any", "[1, 2] | any { $it > 1 }", "true"),
        ("all", "[1, 2] | all { $it > 1 }", "false"),
        ("skip", "[1, 2, 3] | skip 2 | to_json", "[3]"),
        ("chunk", "[1, 2, 3] | chunk 2 | to_json", "[[1,2],[3]]"),
        ("base-name", "base_name a/b.csv", "b.csv"),
        ("folder-name", "folder_name a/b.csv", "a"),
        ("extension", "extension a/b.csv", ".csv"),
        ("parse-time", 'parse_time "22.11.2026" --format "%d.%m.%Y"', "1795305600"),
        ("keep-going", 'try { for i in [1, 2] keep_going { fail "no $i" } } catch error { print (count $error.failures) }', "2"),
    ),
]


CASES = [*CANCELLATION, *EXITS, *HELP_AND_OUTPUT, *BOUNDS, *SMALL]
