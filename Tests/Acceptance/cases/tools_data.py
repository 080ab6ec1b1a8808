"""Files and formats, as users of other tools met them."""

import re

from case import ANY, FAILS, line, script, shell
from language_values import NFC, NFD

# Files

FILES = [
    shell(
        "tools-F10-draft-that-is-there",
        """
mkdir k; chmod 700 k; lakesh -e 'print 1' --sandbox >/dev/null
sh -c 'for n in $(seq $$ $(($$ + 40))); do for f in k/key.json.$n.new k/.key.json.$n.new; do echo old > $f; chmod 644 $f; done; done
exec lakesh -e "create_user ana; let key = create_credentials ana; write_json \\"k/key.json\\" \\$key" --sandbox'
stat -c %a k/key.json; grep -l AKIA k/*""",
        "600\nk/key.json\n",
    ),
    shell(
        "tools-F10-link-in-place-of-a-draft",
        """
mkdir k; chmod 700 k
sh -c 'for n in $(seq $$ $(($$ + 40))); do ln -s ../stolen k/key.json.$n.new; done
exec lakesh -e "create_user ana; let key = create_credentials ana; write_json \\"k/key.json\\" \\$key" --sandbox'
stat -c %a k/key.json; ls stolen""",
        "600\n",
        status=2,
    ),
    shell(
        "tools-F25-folder-that-cannot-be-written",
        """
chmod 755 "$(dirname "$PWD")" .; mkdir d; echo old > d/f; chmod 666 d/f; chmod 555 d
as_nobody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --clear-groups "$@"; else "$@"; fi; }
as_nobody lakesh -e 'write_file "d/f" "new"' --sandbox; cat d/f; ls d; chmod 755 d""",
        "newf\n",
    ),
    shell(
        "tools-F26-link-to-a-link",
        'echo old > real; ln -s real one; ln -s one two; lakesh -e \'write_file "two" "new"\' --sandbox; cat real; readlink one two',
        "newreal\none\n",
    ),
    shell(
        "tools-F26-link-into-nothing",
        'ln -s real link; lakesh -e \'write_file "link" "new"\' --sandbox; cat real; readlink link',
        "newlink\n".replace("link", "real"),
    ),
    shell(
        "tools-F43-environment-as-it-is",
        'BAD=$(printf \'\\377\'); export BAD; lakesh -e \'print (exec "sh" ["-c", \'"\'"\'printf "%s" "$BAD" | od -An -tx1\'"\'"\'])\' --sandbox',
        None,
        has=("ff",),
        lacks=("ef",),
    ),
    shell(
        "tools-F43-name-that-is-not-utf-8",
        "printf 'test \"t\" { assert true }\\n' > a.lfs; printf x > \"$(printf 'n\\351.lfs')\"; lakesh test .",
        None,
        said=("a.lfs",),
        status=ANY,
        unsaid=("cannot read",),
    ),
    shell(
        "tools-F46-small-stack",
        'ulimit -s 256; python3 -c \'print("[" * 512 + "]" * 512)\' > d.json; lakesh -e \'read_json "d.json" | to_yaml | length\' --sandbox',
        None,
        status=(0, 1, 2, 3),
    ),
]

# Formats

CSV = [
    script(
        f"tools-F5-csv-comes-back-{name}",
        '[{a: (read_file "a"), b: (read_file "b")}] | write_csv "r.csv"\nlet r = read_csv "r.csv"\nprint ($r[0].a == (read_file "a")) ($r[0].b == (read_file "b"))\n',
        "true true\n",
        files={"a": a, "b": b},
    )
    for name, a, b in [
        ("joiner", "\u200dx,y", "\u0301z"),
        ("quote-mark", 'a"\u0301', "\u0301"),
        ("crlf", "a\r\nb", "c\r"),
        ("lines", "a\nb", "\u2028\u0085"),
        ("separators", ",", ";\t"),
        ("blank", " a ", ""),
        ("emoji", "\ufe0f", "\U0001f468\u200d\U0001f469"),
    ]
] + [
    script(f"tools-F5-csv-read-{name}", 'print (read_csv "r.csv" | to_json)\n', out + "\n", files={"r.csv": text})
    for name, text, out in [
        ("persian", "id,name\n1,\u200cنام\n", '[{"id":"1","name":"\u200cنام"}]'),
        ("hindi", "id,name\n1,\u093eक\n", '[{"id":"1","name":"\u093eक"}]'),
        ("quoted", 'id,name\n1,"a"\n', '[{"id":"1","name":"a"}]'),
        ("mark-behind-line-end", "id,name\n\u0301,b\n", '[{"id":"\u0301","name":"b"}]'),
        ("nfc-nfd-columns", f"{NFC},{NFD}\n1,2\n", f'[{{"{NFC}":"1","{NFD}":"2"}}]'),
        ("sep", "sep=;\nid;name\n1;ana\n", '[{"id":"1","name":"ana"}]'),
        ("sep-crlf", "sep=;\r\nid;name\r\n1;ana\r\n", '[{"id":"1","name":"ana"}]'),
        ("tabs", "id\tname\n1\tana\n", '[{"id":"1","name":"ana"}]'),
    ]
]
REPLACE = [
    line(f"tools-F8-replacement-{name}", f"print (replace {text})", out + "\n")
    for name, text, out in [
        ("dollars", '"pw=PASS" "PASS" \'pa$$w0rd\'', "pw=pa$w0rd"),
        ("dollar-word", '"pw=PASS" "PASS" \'pa$w0rd\' --literal', "pw=pa$w0rd"),
        ("literal-dollars", '"pw=PASS" "PASS" \'pa$$w0rd\' --literal', "pw=pa$$w0rd"),
        ("path", '"X" "X" \'C:\\new\\Users\'', "C:\\new\\Users"),
        ("tab", '"X" "X" \'a\\tb\'', "a\\tb"),
        ("group", "\"svc-dbt\" '^svc-(.*)$' '$1!'", "dbt!"),
        ("name", "\"svc-dbt\" '^svc-(?<n>.*)$' '${n}!'", "dbt!"),
        ("literal-pattern", '"a.b" "." "-" --literal', "a-b"),
        ("backslash-group", "\"ab\" '(a)' '\\1'", "\\1b"),
    ]
]
LINES = [
    line(f"tools-F29-{name}", text, out + "\n")
    for name, text, out in [
        ("ends-with-lf", 'ends_with "a\\r\\n" "\\n"', "true"),
        ("starts-with-slash", 'starts_with "data/\\u{301}x" "data/"', "true"),
        ("starts-with-composed", 'starts_with "cafe\\u{301}/x" "caf\\u{e9}"', "false"),
        ("split-lf", 'split "a\\r\\nb" "\\n" | count', "2"),
        ("contains-lf", 'contains "a\\r\\n" "\\n"', "true"),
        ("join-length", 'length (join ["\\r", "\\n"] "")', "2"),
        ("range", 'let t = "a\\r\\nb"; print (length $t[0..2])', "3"),
        ("trim", 'length (trim "a\\r\\n")', "1"),
    ]
]
DATA = [
    *[
        line(f"tools-F31-big-int-{name}", text, "", status=FAILS, said=("9223372036854775808",))
        for name, text in [
            ("json", "from_json '[9223372036854775808]'"),
            ("json-negative", "from_json '{\"a\": 9223372036854775808}'"),
            ("yaml", 'from_yaml "[9223372036854775808]"'),
        ]
    ],
    line(
        "tools-F31-exact",
        "from_json '[9223372036854775807, -9223372036854775808, 0.1, 1e2]' | to_json",
        "[9223372036854775807,-9223372036854775808,0.1,100.0]\n",
    ),
    *[
        script(
            f"tools-F53-surrogate-{name}",
            'print (read_json "a.json")\n',
            "",
            status=FAILS,
            files={"a.json": text},
            said=("a.json", re.compile("line 2|:2:")),
        )
        for name, text in [("lone", '[1,\n"\\uDADA"]'), ("inverted", '[1,\n"\\uDE00\\uD83D"]'), ("first-alone", '[1,\n"\\uD83Dx"]')]
    ],
    line("tools-F53-pair", "from_json '[\"\\ud83d\\ude00\"]' | to_json", '["\U0001f600"]\n'),
    line("tools-F53-pair-in-yaml", "from_yaml '[\"\\ud83d\\ude00\"]' | to_json", '["\U0001f600"]\n'),
    shell("tools-F40-help-from-yaml", "lakesh help from_yaml", None, has=(re.compile("quote|12e3|number"),)),
    line("tools-F40-yaml-text-that-is-quoted", "from_yaml \"['12e3', '01234567', 8d11f0]\" | to_json", '["12e3","01234567","8d11f0"]\n'),
    *[
        line(f"tools-F40-yaml-{name}", f"from_yaml '[{text}]'", "", status=FAILS)
        for name, text in [("inf", ".inf"), ("nan", ".nan"), ("hex", "0xFFFFFFFFFFFFFFFF"), ("big", "1e400")]
    ],
    script("tools-F49-read-yaml", 'print (read_yaml "a.yaml").a[1]\n', "2\n", files={"a.yaml": "a: [1, 2]\n"}),
    script("tools-F49-write-yaml", 'write_yaml "a.yaml" {a: 1}\n', None, after={"a.yaml": "a: 1\n"}),
    script("tools-F49-yaml-bom", 'print (read_yaml "a.yaml").a\n', "1\n", files={"a.yaml": "\ufeffa: 1\n"}),
    script(
        "tools-F49-all-documents",
        'print (read_yaml "a.yaml" --all_documents | get a | to_json)\n',
        "[1,2]\n",
        files={"a.yaml": "a: 1\n---\na: 2\n"},
    ),
    script(
        "tools-F49-one-document",
        'print (read_yaml "a.yaml")\n',
        "",
        status=FAILS,
        said=("--all_documents",),
        files={"a.yaml": "a: 1\n---\na: 2\n"},
    ),
    script(
        "tools-F49-aliases",
        'print (read_yaml "a.yaml" | to_json)\n',
        '{"a":{"x":1},"b":{"x":1},"c":{"x":1,"y":2}}\n',
        files={"a.yaml": "a: &a {x: 1}\nb: *a\nc:\n  <<: *a\n  y: 2\n"},
    ),
    script(
        "tools-F49-aliases-are-bounded",
        'print (read_yaml "a.yaml" | to_json | length)\n',
        "",
        status=FAILS,
        cpu=5,
        memory=2 << 30,
        unsaid=("unknown command",),
        files={
            "a.yaml": "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
            + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
        },
    ),
    *[
        script(
            f"tools-F49-utf-16-{name}",
            f'print ({reader} "u.txt")\n',
            "",
            status=FAILS,
            said=("u.txt", "UTF-16"),
            files={"u.txt": "\ufeffa: 1\n".encode("utf-16-le")},
        )
        for name, reader in [("yaml", "read_yaml"), ("json", "read_json"), ("csv", "read_csv"), ("lines", "read_lines")]
    ],
    line(
        "tools-F50-long-key",
        'let k = "k"; var m = {}; $m[(1..1100 | each { "k" } | join "")] = 1; print ((from_yaml (to_yaml $m)) == $m)',
        "true\n",
    ),
    line("tools-F52-offset-without-colon", 'print (parse_time "2026-11-22T09:15:00+0100" | format_time)', "2026-11-22T08:15:00Z\n"),
    line("tools-F52-milliseconds", "print (format_time 1700000000000)", "", status=FAILS),
    script("tools-F44-alternation", "print ((read_file \"t\") =~ '^(a|b)*END$')\n", "true\n", files={"t": "ab" * 10000 + "END"}, cpu=5),
    script("tools-F44-long-scan", "print ((read_file \"t\") =~ '^.*y')\n", "false\n", files={"t": "ab" * 500000}, cpu=5),
    script("tools-F13-json-of-del", 'print (to_json (read_file "in.txt"))\n', '"a\x7fb"\n', files={"in.txt": "a\x7fb"}),
    script("tools-F13-copy", 'print (read_file "in.csv")\n', "a\r\nb\x9b\r\n\n", files={"in.csv": "a\r\nb\x9b\r\n"}),
    line(
        "tools-F35-line-ends-in-a-pipe",
        'create_repository lake "local://lake"; upload_object lake main a --content "x"; commit lake main "first\\n\\n\\tbody"; '
        "log_commits lake main --amount 1 | get results | select message generation",
        None,
        has=(re.compile(r"^first\\n\\n\\tbody\t\d+$", re.M),),
    ),
]


CASES = [*FILES, *CSV, *REPLACE, *LINES, *DATA]
