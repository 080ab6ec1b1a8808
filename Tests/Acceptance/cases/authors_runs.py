"""Runs of runbooks: releases, failures, documents, data, help, undos."""

import re
import signal

from answers import Answers
from case import ANY, FAILS, clean, line, refused, script, shell

LAKE = 'create_repository lake "local://lake"\n'

# What a server's release lacks is refused

LACKS = (
    [
        script(f"authors-A2-release-lacks-{name}", text, None, like="v0.90", status=2, said=said)
        for name, text, said in [
            ("squash", "merge_into_branch lake dev main --squash_merge\n", ("squash",)),
            ("since", "print (log_commits lake main --since 2030-01-01T00:00:00Z --all)\n", ("since",)),
            ("first-parent", "print (log_commits lake main --first_parent --all)\n", ("first",)),
            ("stop-at", "print (log_commits lake main --stop_at main~1 --all)\n", ("stop",)),
            ("allow-empty", 'commit lake main "m" --allow_empty\n', ("allow",)),
            ("operation", "create_branch lake b main\nhard_reset_branch lake main b\n", ("hard_reset_branch",)),
        ]
    ]
    + [
        shell(f"authors-C7-check-like-{name}", f"printf '{text}\\n' > a.lfs; lakesh check a.lfs --like v0.90", None, status=2, said=(said,))
        for name, text, said in [
            ("operation", "hard_reset_branch lake main b", "hard_reset_branch"),
            ("option", "print (log_commits lake main --first_parent)", "first"),
        ]
    ]
    + [shell("authors-C7-check-like-new", "printf 'hard_reset_branch lake main b\\n' > a.lfs; lakesh check a.lfs --like v1.84", "")]
)

# The sandbox as the servers are

DIVERGED = """\
create_repository lake "local://lake"
for path in ["changed.csv", "gone.csv", "same.csv"] { upload_object lake main $path --content "1" }
commit lake main "base"
create_branch lake dev main
upload_object lake main "both.csv" --content "m"
upload_object lake main "changed.csv" --content "2"
upload_object lake main "same.csv" --content "2"
delete_object lake main "gone.csv"
commit lake main "on main"
upload_object lake dev "both.csv" --content "d"
delete_object lake dev "changed.csv"
upload_object lake dev "same.csv" --content "2"
delete_object lake dev "gone.csv"
upload_object lake dev "new.csv" --content "d"
commit lake dev "on dev"
"""
SANDBOX = [
    script(
        "authors-B1-three-dot-diff",
        DIVERGED + 'print (diff_refs lake main dev --all | each { "${it.path} ${it.type}" } | sort | to_json)\n',
        '["both.csv conflict","changed.csv conflict","new.csv added"]\n',
    ),
    script(
        "authors-B1-diff-after-a-squash",
        LAKE + 'upload_object lake main a --content "1"\ncommit lake main "base"\ncreate_branch lake dev main\n'
        'upload_object lake dev b --content "1"\ncommit lake dev "on dev"\nmerge_into_branch lake dev main --squash_merge\nprint (diff_refs lake main dev --all | count)\n',
        "0\n",
    ),
    script(
        "authors-B2-ensure-repository",
        'for i in 1..2 { ensure create_repository lake "local://a" }\nprint (list_repositories --all | count)\n',
        "1\n",
    ),
    script(
        "authors-B2-ensure-repository-other",
        'ensure create_repository lake "local://a"\nensure create_repository lake "local://b"\n',
        None,
        status=(1, 3),
        said=("local://a", "local://b"),
    ),
    script(
        "authors-B3-merge-conflict",
        DIVERGED + "merge_into_branch lake dev main\n",
        None,
        status=1,
        said=("conflict", "both.csv", "changed.csv", "--strategy"),
        unsaid=('{"reference":""}',),
    ),
    *[
        script(
            f"authors-B3-{name}-conflict",
            DIVERGED + f"{call}\n",
            None,
            status=1,
            said=("conflict", "`both.csv`", "diff_refs"),
            unsaid=("same.csv",),
        )
        for name, call in (
            ("cherry-pick", "cherry_pick lake main (get_commit lake dev).id"),
            ("revert", 'upload_object lake main both.csv --content "3"\ncommit lake main "3"\nrevert_branch lake main (get_commit lake "main~1").id 0'),
        )
    ],
    script(
        "authors-B15-import",
        LAKE + 'import_start lake main [{type: "common_prefix", path: "s3://b/p/", destination: "p/"}] {message: "m"}\n',
        None,
        status=ANY,
        unsaid=("may not",),
    ),
]

# A failure says whose, where and what is left

SLOW = 'step "make" {\n  create_user ana\n  on_failure { delete_user ana }\n'
CUT = [("POST .*/credentials", None, {}, b"")]
REFUSED = 'for i in 1..25 parallel 2 keep_going { step "make $i" { add_group_membership "nosuch$i" admin } }\n'
FAILURES = [
    *[
        script(f"authors-B4-missing-is-named-{name}", LAKE + text, None, status=1, said=said)
        for name, text, said in [
            ("commit", "print (get_commit lake 1234567)\n", ("1234567",)),
            ("commit-each", 'print (["7654321", "1234567"] | each { get_commit lake $it })\n', ("7654321",)),
            ("log", "print (log_commits lake dev)\n", ("dev",)),
            ("branch", "print (get_branch lake dev)\n", ("dev", "lake")),
            ("tag", "print (get_tag lake v9)\n", ("v9",)),
            ("object", "print (stat_object lake main nosuch.csv)\n", ("nosuch.csv",)),
            ("source", "create_branch lake b nosuch\n", ("nosuch",)),
        ]
    ],
    script("authors-B7-undo-is-told", SLOW + '  fail "no"\n}\n', None, status=3, said=("undone: create_user ana",)),
    script("authors-B7-undo-is-told-in-json", SLOW + '  fail "no"\n}\n', None, options=["--json"], status=3, has=("undone",)),
    script(
        "authors-B7-undo-that-failed",
        'step "make" {\n  create_user ana\n  on_failure { delete_user bo }\n  fail "no"\n}\n',
        None,
        status=3,
        said=(re.compile("undo.*(failed|not)|not undone", re.I), "bo"),
    ),
    script(
        "authors-B7-left-at-an-interrupt",
        SLOW + '  print "ready"\n  sleep 60s\n}\n',
        None,
        status=130,
        signal=("ready", signal.SIGINT),
        said=("ana", re.compile("not undone|undo")),
    ),
    line(
        "authors-B8-each-doubt-is-named",
        'for i in 1..4 parallel 4 keep_going { create_credentials "u$i" }',
        None,
        server=Answers(*CUT),
        status=6,
        said=("u1", "u2", "u3", "u4", re.compile("4 (changes|calls)")),
    ),
    script(
        "authors-B8-each-doubt-is-in-json",
        'for i in 1..3 parallel 3 keep_going { create_credentials "u$i" }\n',
        None,
        server=Answers(*CUT),
        status=6,
        options=["--json"],
        has=("u1", "u2", "u3", "create_credentials"),
    ),
    script("authors-B12-failures-are-named", REFUSED, None, status=ANY[1:], said=("nosuch1`", "nosuch20`", "5 more")),
    script(
        "authors-B12-reason-at-the-cross",
        'try { step "make" { fail "no room" } } catch error { print "on" }\n',
        None,
        said=(re.compile("✗ make.*no room|✗ make\n.*no room"),),
    ),
    script(
        "authors-C3-failed-steps-are-counted",
        'for s in ["s1", "s2"] { try { step $s { fail "no" } } catch error { print "on" } }\nstep "s3" { print 1 }\n',
        None,
        said=("2 failed",),
    ),
    script(
        "authors-B14-which-server",
        'on "other" { print (get_repository lke) }\n',
        None,
        server=["--like", "v1.84"],
        options=["--server", "http://127.0.0.1:1"],
        status=1,
        files={
            "lakesh/profiles.yaml": "other: {server: 'SERVER', keys: {env: {access_key_id: LAKECTL_CREDENTIALS_ACCESS_KEY_ID, secret_access_key: LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY}}}\n"
        },
        environment={"XDG_CONFIG_HOME": "WORK"},
        said=("lke", re.compile(r"127\.0\.0\.1:\d\d+|`?other`?.*127|at other")),
    ),
    script("authors-C2-status-of-a-failure", 'try { fail "x" --status 41 } catch error { print $error.status }\n', "41\n"),
    script(
        "authors-C2-status-of-a-run",
        'try { run "r.lfs" } catch error { print $error.status }\n',
        "41\n",
        files={"r.lfs": 'fail "x" --status 41\n'},
    ),
]

# `--json` is one document

JSON = "python3 -c 'import json, sys; d = json.load(sys.stdin); print(d)'"
DOCUMENTS = [
    shell(
        "authors-B9-json-with-prints",
        f"printf 'print \"hello\"\\nprint 2\\n' > m.lfs; lakesh run m.lfs --sandbox --json | {JSON}",
        None,
        has=("hello", "done"),
    ),
    shell(
        "authors-B9-json-of-a-failure",
        f"printf 'print 1\\nfail \"no\"\\n' > m.lfs; lakesh run m.lfs --sandbox --json | {JSON}",
        None,
        has=("'line': 2", "m.lfs"),
    ),
    shell(
        "authors-B9-json-of-a-mistake",
        f"printf 'print $x\\n' > m.lfs; lakesh run m.lfs --sandbox --json | {JSON}",
        None,
        has=("`x`", "'line': 1"),
    ),
    shell("authors-B9-json-of-a-line", f"lakesh -e 'print \"hello\"; get_user admin' --sandbox --json | {JSON}", None, has=("admin",)),
    *[
        shell(
            f"authors-B10-test-refuses-{name}",
            f'printf \'param {name} = "x"\\nprint ${name}\\ntest "t" {{ assert true }}\\n\' > m.lfs; lakesh test m.lfs',
            None,
            status=2,
            said=(name,),
        )
        for name in ("server", "yes", "json", "like", "prepare")
    ],
]

# Data

DATA = [
    *[
        script(
            f"authors-B11-key-that-is-missing-{name}",
            f'let m = read_json "m.json"\nprint ({text})\n',
            out,
            files={"m.json": '{"a": {"x": null}}'},
            **wanted,
        )
        for name, text, out, wanted in [
            ("question", "$m?.b ?? 7", "7\n", {}),
            ("question-deep", "$m.a?.y?.z ?? 7", "7\n", {}),
            ("null", "$m.a.x ?? 7", "7\n", {}),
            ("dot", "$m.b ?? 7", "", {"status": FAILS, "said": ("?.b",)}),
            ("dot-deep", "$m.a.y ?? 7", "", {"status": FAILS, "said": ("?.y",)}),
        ]
    ],
    script("authors-C11-json-bom", 'print (read_json "b.json").a\n', "1\n", files={"b.json": '\ufeff{"a": 1}'}),
    script(
        "authors-C11-json-place",
        'print (read_json "b.json").a\n',
        "",
        status=FAILS,
        files={"b.json": '{\n  "a": 1,\n  "b" 2\n}\n'},
        said=("b.json", re.compile("line 3|:3:"), re.compile("column 7|:7")),
    ),
    script(
        "authors-C11-json-key-twice",
        'print (read_json "b.json").a\n',
        "",
        status=FAILS,
        files={"b.json": '{"a": 1,\n "a": 2}\n'},
        said=("`a`", re.compile("line 2|:2:")),
    ),
    script(
        "authors-C11-json-big-int",
        'print (read_json "b.json")\n',
        "",
        status=FAILS,
        files={"b.json": "[1,\n 9223372036854775808]"},
        said=("9223372036854775808", re.compile("line 2|:2:")),
    ),
    script(
        "authors-C11-yaml-big-int",
        'print (read_file "b.yaml" | from_yaml)\n',
        "",
        status=FAILS,
        files={"b.yaml": "- 9223372036854775808\n"},
        said=("9223372036854775808",),
    ),
    script(
        "authors-C11-yaml-file-name", 'print (read_yaml "b.yaml")\n', "", status=FAILS, files={"b.yaml": "a: [1\n"}, said=("b.yaml", "line")
    ),
    script(
        "authors-C4-to-table",
        'print ([{id: "a", n: [1, 2]}, {id: "bcd", n: [3]}] | to_table)\n',
        None,
        has=(re.compile(r"^ *id +n *$", re.M), re.compile(r"^ *bcd +", re.M)),
    ),
    script("authors-C4-line-end-of-to-csv", 'write_file "a.csv" ([{a: 1}] | to_csv)\n', None, after={"a.csv": "a\n1\n"}),
    script("authors-C5-exec-line-end", 'print "[${(exec "echo" ["a"])}]" "[${(exec "printf" ["a\\n\\n"])}]"\n', "[a] [a\n]\n"),
    script(
        "authors-C5-exec-failure",
        "try { let x = exec \"sh\" ['-c', 'echo out; echo err >&2; exit 3'] } catch error { print (trim $error.body) }\n",
        "out\n",
    ),
    script(
        "authors-C5-exec-failure-notes",
        "let x = exec \"sh\" ['-c', 'echo out-text; echo err-text >&2; exit 3']\nprint $x\n",
        None,
        status=ANY[1:],
        said=("out-text", "err-text"),
    ),
    script("authors-C8-keep-going", 'for i in [1, 2] keep_going { print $i; fail "no $i" }\n', "1\n2\n", status=8),
    script(
        "authors-C8-include-after-param",
        'param n = 1\ninclude "lib.lfs"\nprint (twice $n)\n',
        "2\n",
        files={"lib.lfs": "def twice(n) { return $n * 2 }\n"},
    ),
    script(
        "authors-C8-include-before-param",
        'include "lib.lfs"\nparam n = 1\nprint (twice $n)\n',
        "2\n",
        files={"lib.lfs": "def twice(n) { return $n * 2 }\n"},
    ),
]

# Messages and help

HELP = [
    shell("authors-B13-script-folder", "lakesh help script_folder; lakesh help builtins", None, has=("script_folder",)),
    shell("authors-C13-option-null", "lakesh help commands", None, has=(re.compile(r"--\w+ null"),)),
    *[
        shell(
            f"authors-C12-words-{operation}",
            f"lakesh help {operation}",
            None,
            has=tuple(words),
            lacks=tuple(re.compile(rf"^  --{option} +\S+( \w+)?$", re.M) for option in options),
        )
        for operation, words, options in [
            ("merge_into_branch", ["source-wins", "dest-wins"], ["strategy"]),
            ("revert_branch", [], ["parent-number"]),
            ("commit", [], ["date"]),
            ("log_commits", [], ["stop-at"]),
        ]
    ],
    shell("authors-help-search", "lakesh help membership", None, has=("add_group_membership", "list_group_members")),
    shell(
        "authors-C14-server-and-sandbox",
        "lakesh -e 'print 1' --server http://127.0.0.1:1 --sandbox",
        "",
        status=2,
        said=("--server", "--sandbox"),
    ),
    shell(
        "authors-C14-server-and-like",
        "lakesh -e 'print 1' --server http://127.0.0.1:1 --like v0.90",
        "",
        status=2,
        said=("--server", "--like"),
    ),
    refused("authors-C6-piped-print", "print [1,2,3] | count\n", "print", unsaid=("`??`",)),
    refused("authors-C6-assert-comma", 'let a = 1\nassert $a == 1, "m"\n', re.compile("comma|`,`.*message|message.*`,`"), errors=1),
    refused("authors-C6-range", "print (range(3))\n", "1..", unsaid=("(range) for",)),
    refused("authors-C6-shell-variable", 'exec "sh" ["-c", "echo $S"]\n', "'echo $S'"),
    refused("authors-C6-age", "let age = 1700000000\nif $age < 14d { print 1 }\n", "(now) - "),
    refused("authors-C6-now-minus", "let older = 14d\nlet limit = now - $older\nprint $limit\n", "(now) - $older"),
    script(
        "authors-D-token-of-a-secret", "param token: secret\nprint 1\n", None, options=["--token", "abc"], status=2, said=("--token-from",)
    ),
    clean("authors-C8-multi-line-map", "let m = {\n  a: 1,\n  b: 2,\n}\nprint $m\n"),
    shell("authors-D-home-is-not-set", "env -u HOME lakesh -e 'print 1' --sandbox", "1\n"),
]

# Undo and `ensure`

ENSURED = [
    script(
        "authors-undo-behind-ensure-there",
        'create_user ana\ntry { ensure create_user ana\n  on_failure { delete_user ana }\n  fail "no" } catch error { print (get_user ana).id }\n',
        "ana\n",
    ),
    script(
        "authors-undo-behind-ensure-made",
        'try { ensure create_user ana\n  on_failure { delete_user ana }\n  fail "no" } catch error { print (get_user ana --or "gone") }\n',
        "gone\n",
    ),
    line("authors-post-url", 'print (contains (help post_url) "post_url")', "true\n"),
    shell(
        "authors-md5-of-a-file", "printf ana > f; lakesh -e 'print (md5 (read_file \"f\"))' --sandbox", "276b6c4692e78d4799c12ada515bc3e4\n"
    ),
]


CASES = [*LACKS, *SANDBOX, *FAILURES, *DOCUMENTS, *DATA, *HELP, *ENSURED]
