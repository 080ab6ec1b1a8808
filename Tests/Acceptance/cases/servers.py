"""What administrators met on real servers with runbooks: writes that are cut, undos that overtake, examples in failure."""

import os
import re
import signal
import threading

from answers import Answers
from case import ANY, FAILS, line, script, shell
from sandbox import ROOT

EXAMPLES = os.path.join(ROOT, "examples")
PAIR = '{"access_key_id": "AKIAJOFANA", "secret_access_key": "s3cr3t", "creation_date": 1}'
OBJECT = '{"path": "a", "path_type": "object", "physical_address": "p", "checksum": "c", "mtime": 1, "size_bytes": 1}'


def late(seconds, body):
    """An answer that takes its time."""

    def answer(handler):
        threading.Event().wait(seconds)
        return body

    return answer


def keys(seconds):
    return Answers(("POST .*/credentials", 201, {}, late(seconds, PAIR)))


def objects(seconds):
    return Answers(("POST .*/objects", 201, {}, late(seconds, OBJECT)), ("DELETE .*/objects", 204, {}, ""))


def example(name, arguments=""):
    return f"lakesh run {EXAMPLES}/{name}.lfs {arguments} --yes"


# A write that was sent is waited for

MAKE = 'print "ready"; let key = create_credentials ana; print $key.access_key_id'
UP = 'try { on_failure { delete_object lake main a }\n  timeout 200ms { upload_object lake main a --content "x" } } catch error { print $error.kind }\n'
WAITS = [
    line(
        "servers-A6-timeout-waits-for-a-write",
        f"timeout 200ms {{ {MAKE} }}",
        None,
        server=keys(0.8),
        status=124,
        said=("create_credentials",),
        unsaid=("doubt", "is not known"),
        log=("answered POST",),
    ),
    line(
        "servers-A6-interrupt-waits-for-a-write",
        MAKE,
        None,
        server=keys(0.8),
        status=130,
        signal=("asked POST", signal.SIGINT),
        said=(re.compile("wait"),),
        unsaid=("doubt", "is not known"),
        log=("answered POST",),
    ),
    line(
        "servers-A6-term-waits-for-a-write",
        MAKE,
        None,
        server=keys(0.8),
        status=143,
        signal=("asked POST", signal.SIGTERM),
        unsaid=("doubt", "is not known"),
        log=("answered POST",),
    ),
    line(
        "servers-A6-second-interrupt-cuts",
        MAKE,
        None,
        server=keys(8),
        status=(6, 130),
        signal=("asked POST", signal.SIGINT, signal.SIGINT),
        said=("create_credentials", re.compile("wait"), re.compile("doubt|not known")),
        no_log=("answered POST",),
    ),
    line(
        "servers-A6-nothing-new-begins",
        'for i in 1..9 { create_credentials "u$i" }',
        None,
        server=keys(0.5),
        status=130,
        signal=("asked POST", signal.SIGINT),
        log=("u1/",),
        no_log=("u2/",),
    ),
    line(
        "servers-A6-a-read-is-cut",
        "list_users",
        None,
        server=Answers(("GET .*/users", 200, {}, late(8, "{}"))),
        status=130,
        signal=("asked GET /api/v1/auth/users", signal.SIGINT),
        no_log=("answered GET .*/users",),
    ),
    script(
        "servers-A21-undo-waits-for-its-write", UP, None, server=objects(0.8), status=ANY, log=(r"(?s)answered POST .*\nDELETE .*objects",)
    ),
    script("servers-A21-undo-is-told", UP, None, server=objects(0.8), status=ANY, said=("undone: upload_object",)),
    script(
        "servers-A21-undo-after-an-interrupt-is-named",
        'step "s" {\n  on_failure { delete_object lake main a }\n  upload_object lake main a --content "x"\n}\n',
        None,
        server=objects(0.8),
        status=130,
        signal=("asked POST", signal.SIGINT),
        said=("lake main a", re.compile("not undone|undo")),
    ),
]

# The examples in failure, and a second time

LAKE = f"lakesh run {EXAMPLES}/lake.lfs >/dev/null 2>&1; "
PROTECT = "lakesh -e 'set_branch_protection_rules lake [{pattern: \"main\"}]' 2>/dev/null; "
BACKUPS = "; lakesh -e 'list_branches lake --all | where { $it.id =~ \"^before-reset\" } | count'"
ONBOARD = (
    'lakesh -e \'for u in ["ana", "bo"] { create_user $u; add_group_membership Developers $u; create_credentials $u }\' >/dev/null 2>&1; '
)
LEFT = 'lakesh -e \'list_users --all | get id | where { $it in ["ana", "bo"] } | count\''
RUNBOOKS = [
    shell(
        "servers-B4-reset-of-a-protected-branch",
        LAKE + PROTECT + example("hard-reset", "--repository lake --good-commit main~1") + BACKUPS,
        None,
        server=["--like", "v1.84"],
        has=("0\n",),
        said=("protected",),
    ),
    shell(
        "servers-B4-reset-of-a-branch-that-is-not-protected",
        LAKE
        + "lakesh -e 'set_branch_protection_rules lake [{pattern: \"release-*\"}]' 2>/dev/null; "
        + example("hard-reset", "--repository lake --good-commit main~1")
        + BACKUPS,
        None,
        server=["--like", "v1.84"],
        has=("1\n",),
    ),
    *[
        shell(
            f"servers-B5-offboarding-twice-{like}",
            ONBOARD + "for n in 1 2; do " + example("offboarding", "--user-id ana --settle 0s") + " || exit 1; done; " + LEFT,
            None,
            server=["--like", like],
            has=("1\n",),
        )
        for like in ("v0.90", "v1.84-rbac")
    ],
    shell(
        "servers-B5-offboarding-of-nobody",
        example("offboarding", "--user-id nobody --settle 0s"),
        None,
        server=["--like", "v1.84-rbac"],
        said=(re.compile("nobody.*(gone|is not there|no user)|already"),),
    ),
    shell(
        "servers-B5-no-policy-stays",
        ONBOARD + example("offboarding", "--user-id ana --settle 0s") + "; lakesh -e 'list_policies --prefix offboarded --all | count'",
        None,
        server=["--like", "v0.90"],
        has=("0\n",),
    ),
    shell(
        "servers-C5-one-wait-for-all",
        ONBOARD + "timeout 8 " + example("offboarding", "--user-id ana --user-id bo --settle 1s") + " && " + LEFT,
        None,
        server=["--like", "v1.84-rbac"],
        has=("0\n",),
    ),
    *[
        shell(
            f"servers-C8-odd-id-{name}",
            f"printf 'id,groups\\n{user},Developers\\n' > p.csv; "
            + example("onboarding", "--people-file p.csv")
            + f"; test -e keys/{first} && echo folder; ls keys | wc -l",
            None,
            server=["--like", "v1.84-rbac"],
            has=("1\n",),
            lacks=("folder",),
        )
        for name, user, first in [("slash", "team/ana", "team"), ("slashes", "a/b/c", "a")]
    ],
    *[
        shell(
            f"servers-C10-external-principal-{like}",
            example("external-principal") + "; echo $?; lakesh -e 'get_user svc-etl --or \"none\"'",
            None,
            server=["--like", like],
            has=("none\n",),
            lacks=("\n0\n",),
        )
        for like in ("v0.90", "v1.84-acl")
    ],
    *[
        shell(
            f"servers-examples-a-second-time-{name}",
            before + run + " >/dev/null 2>&1; " + run,
            None,
            server=["--like", like],
            said=(re.compile(r"\b0 changes|nothing was changed|as it was|as they were"),),
        )
        for name, before, run, like in [
            ("onboarding", "", example("onboarding"), "v1.84-rbac"),
            ("access-by-policy", "", example("access-by-policy"), "v1.84-rbac"),
            (
                "hard-reset",
                LAKE + "good=$(lakesh -e '(get_commit lake main~1).id'); ",
                example("hard-reset", "--repository lake --good-commit $good"),
                "v1.84",
            ),
            ("offboarding", ONBOARD, example("offboarding", "--user-id ana --settle 0s"), "v1.84-rbac"),
        ]
    ],
    *[
        shell(
            f"servers-B7-merge-conflict-{like}",
            LAKE + """
lakesh -e 'create_branch lake dev main; upload_object lake main both.csv --content "m"; commit lake main "m"; upload_object lake dev both.csv --content "d"; commit lake dev "d"' >/dev/null 2>&1
lakesh -e 'merge_into_branch lake dev main'""",
            None,
            server=["--like", like],
            status=1,
            said=("conflict", "both.csv"),
            unsaid=('{"reference":""}',),
        )
        for like in ("v1.84", "v0.90")
    ],
    *[
        shell(
            f"servers-B8-key-into-a-file-{name}",
            f"lakesh -e 'create_user kk' >/dev/null; lakesh -e 'create_credentials kk' {options} > k.txt; status=$?; lakesh -e 'list_user_credentials kk --all | count'; exit $status",
            None,
            server=[],
            status=ANY[1:],
            has=("0\n",),
            said=("reveal",),
        )
        for name, options in [("plain", ""), ("json", "--json")]
    ],
    line("servers-B9-now-minus", "let older = 14d; let limit = now - $older; print $limit", "", status=2, said=("(now) - $older",)),
    line(
        "servers-B1-hooks-reason",
        "list_users",
        "",
        server=Answers(("GET .*/users", 412, {}, '{"message": "hook run \\"a\\" failed\\nline two\\nline three"}')),
        status=1,
        said=("line two", "line three"),
    ),
]

# Columns, bytes, many paths

OBJECT_A = 'create_repository lake "local://lake"; upload_object lake main a --content "x\\ny\\n"; '
CREATED = '{"results": [{"creation_date": 1, "id": "ana"}], "pagination": {"has_more": false, "next_offset": "", "results": 1, "max_per_page": 1}}'
OUTPUT = [
    line(
        "servers-C1-columns-follow-the-schema",
        "list_users --all | each { $it }",
        None,
        server=Answers(("GET .*/users", 200, {}, CREATED)),
        has=(re.compile("^ana\t", re.M),),
    ),
    line(
        "servers-C1-columns-of-branches",
        'create_repository lake "local://lake"; list_branches lake --all',
        None,
        has=(re.compile("^main\t[0-9a-f]{64}"),),
    ),
    line("servers-C3-object-in-a-pipe", OBJECT_A + "get_object lake main a", "x\ny\n"),
    line(
        "servers-C3-object-in-a-pipe-is-not-changed",
        OBJECT_A + 'upload_object lake main b --content (base64 "/wAKDQ==" --decode); get_object lake main b',
        b"\xff\x00\n\r",
    ),
    line("servers-C3-print-of-bytes", OBJECT_A + "print (get_object lake main a)", "x\ny\n\n"),
    line("servers-C3-lines-of-bytes", OBJECT_A + "lines (get_object lake main a) | count", "2\n"),
    line("servers-C3-split-of-bytes", OBJECT_A + 'split (get_object lake main a) "y" | count', "2\n"),
    line("servers-C3-bytes-in-a-text", OBJECT_A + 'print "<${(get_object lake main a)}>"', "<x\ny\n>\n"),
    line("servers-C3-bytes-that-are-no-text", 'let b = base64 "/w==" --decode; print "<$b>"', "", status=FAILS),
    line(
        "servers-C4-many-paths",
        'delete_objects lake main (1..2500 | each { "p$it" })',
        None,
        server=Answers(("POST .*/objects/delete", 200, {}, "{}")),
        log=(r"(?s)(\nPOST|^POST) .*objects/delete.*\nPOST .*objects/delete.*\nPOST .*objects/delete.*p2500",),
        no_log=(r'POST .*"p1".*"p1001"',),
    ),
]

CASES = [*WAITS, *RUNBOOKS, *OUTPUT]
