"""Servers, proxies, settings and signals, as users of other clients met them."""

import gzip
import json
import re
import signal

from answers import Answers
from case import ANY, FAILS, line, script, shell

USER = json.dumps({"id": "ana", "creation_date": 1})
HTML = "<html><head><title>404 Not Found</title></head><body>nginx</body></html>"
WEB = {"Content-Type": "text/html"}


def anything(status, body, **headers):
    """A server that says the same to whatever it is asked."""
    return Answers(("", status, {name.replace("_", "-"): value for name, value in headers.items()}, body))


# An absence is told by lakeFS, not by whoever stands before it

STRANGERS = [
    ("nginx", anything(404, HTML, **{"Content-Type": "text/html"})),
    ("ingress", anything(404, "default backend - 404", **{"Content-Type": "text/plain"})),
    ("store", anything(404, '<?xml version="1.0"?><Error><Code>NoSuchBucket</Code></Error>', **{"Content-Type": "application/xml"})),
    ("empty", anything(404, "")),
    ("other-json", anything(404, '{"error": "no Route matched"}')),
]
PROXY = {"https_proxy": "SERVER", "LAKECTL_SERVER_ENDPOINT_URL": "https://lake.example.invalid"}
ABSENT = [
    *[
        line(f"tools-F2-no-absence-{kind}-{name}", text, "", server=server, status=ANY[1:], said=said)
        for name, server in STRANGERS
        for kind, text, said in [
            ("delete", 'ensure delete_user ana; print "deleted"', ("404",)),
            ("get", 'print (get_user ana --or "nobody")', ("404",)),
        ]
    ],
    line("tools-F2-absence", 'print (get_user ana --or "nobody")', "nobody\n", server=anything(404, '{"message": "user not found"}')),
    *[
        line(
            f"tools-F4-proxy-refuses-{status}-{name}",
            text,
            "",
            server=anything(status, "no", **WEB),
            environment=PROXY,
            status=1,
            said=("proxy", str(status)),
            unsaid=("may not", "does not know the key", "in doubt", "is not known"),
        )
        for status, name, text in [
            (404, "delete", 'ensure delete_user ana; print "deleted"'),
            (404, "get", "print (get_branch lake main --or null)"),
            (403, "create", "create_user ana"),
            (401, "create", "create_user ana"),
            (502, "create", "create_user ana"),
        ]
    ],
    *[
        line(
            f"tools-F32-not-the-server-{name}",
            "list_users",
            "",
            server=anything(status, body, **WEB),
            status=1,
            said=said,
            unsaid=("may not", "does not know the key"),
        )
        for name, status, body, said in [
            ("403-web", 403, "<html><title>Forbidden by WAF</title></html>", ("403",)),
            ("401-web", 401, "<html>login</html>", ("401",)),
            ("407", 407, "", ("proxy", "407")),
        ]
    ],
    line(
        "tools-F34-same-offset",
        "list_users --all | get id",
        None,
        status=1,
        said=("next_offset",),
        server=Answers(
            (
                "GET /api/v1/auth/users",
                200,
                {},
                json.dumps(
                    {
                        "pagination": {"has_more": True, "next_offset": "a", "results": 1, "max_per_page": 1},
                        "results": [{"id": "a", "creation_date": 1}],
                    }
                ),
            )
        ),
    ),
    line(
        "tools-F34-no-offset",
        "list_users --all | get id",
        None,
        status=1,
        said=("next_offset",),
        server=Answers(
            (
                "GET /api/v1/auth/users",
                200,
                {},
                json.dumps(
                    {
                        "pagination": {"has_more": True, "next_offset": "", "results": 1, "max_per_page": 1},
                        "results": [{"id": "a", "creation_date": 1}],
                    }
                ),
            )
        ),
    ),
    script(
        "tools-F28-stored-bytes",
        "get_object lake main x.gz --to x.gz\n",
        None,
        after={"x.gz": gzip.compress(b"hello", mtime=0)},
        server=Answers(
            (
                "GET /api/v1/repositories/lake/refs/main/objects",
                200,
                {"Content-Type": "application/octet-stream", "Content-Encoding": "gzip"},
                gzip.compress(b"hello", mtime=0),
            )
        ),
    ),
    script(
        "tools-F28-stored-bytes-of-an-address",
        'get_url "SERVER/files/x.gz" --path "x.gz"\n',
        None,
        after={"x.gz": gzip.compress(b"hello", mtime=0)},
        server=Answers(
            ("GET /files", 200, {"Content-Type": "application/octet-stream", "Content-Encoding": "gzip"}, gzip.compress(b"hello", mtime=0))
        ),
    ),
    shell(
        "tools-F47-encoding-that-does-not-fit",
        "timeout 4 lakesh -e 'list_users'",
        "",
        status=1,
        said=(re.compile("encoding|gzip"),),
        server=Answers(("GET /api/v1/auth/users", 200, {"Content-Encoding": "gzip"}, "{}")),
    ),
]

# Settings

SETTINGS = [
    shell(
        "tools-F19-empty-file-variable",
        "mv lakectl.yaml \"$HOME/.lakectl.yaml\"; unset LAKECTL_SERVER_ENDPOINT_URL; LAKECTL_CONFIG_FILE= lakesh -e 'print (get_user ana).id'",
        "ana\n",
        server=Answers(("", 200, {}, USER)),
        files={"lakectl.yaml": "server:\n  endpoint_url: SERVER\ncredentials:\n  access_key_id: A\n  secret_access_key: b\n"},
    ),
    *[
        shell(
            f"tools-F20-file-that-is-missing-{name}",
            f"{before}; {variable} lakesh -e 'list_users'",
            "",
            status=ANY[1:],
            said=(said,),
            unsaid=("no server is named",),
        )
        for name, before, variable, said in [
            ("named", ":", "LAKECTL_CONFIG_FILE=/nonexistent.yaml", "/nonexistent.yaml"),
            ("tilde", ":", "LAKECTL_CONFIG_FILE='~/.nosuch.yaml'", ".nosuch.yaml"),
            ("link", 'ln -s nosuch "$HOME/.lakectl.yaml"', "", ".lakectl.yaml"),
            ("list", 'echo "- a" > "$HOME/.lakectl.yaml"', "", ".lakectl.yaml"),
            ("text", 'echo "words" > "$HOME/.lakectl.yaml"', "", ".lakectl.yaml"),
        ]
    ],
    *[
        shell(
            f"tools-F22-setting-with-a-line-end-{name}",
            f"end=$(printf '{end}x'); {variable}=\"${variable}${{end%x}}\" lakesh -e 'print (get_current_user).user.id'",
            None,
            server=[],
            status=ANY,
            said=(re.compile(rf"{variable}|^admin$", re.M),),
        )
        for name, variable, end in [
            ("secret", "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY", "\\n"),
            ("id", "LAKECTL_CREDENTIALS_ACCESS_KEY_ID", "\\n"),
            ("address", "LAKECTL_SERVER_ENDPOINT_URL", "\\r\\n"),
            ("blank", "LAKECTL_SERVER_ENDPOINT_URL", " "),
        ]
    ],
    script(
        "tools-F23-header-with-a-line-end",
        'let t = read_file "tok"\nget_url "SERVER/x" --headers {Authorization: $t}\n',
        None,
        files={"tok": "Bearer abc\n"},
        server=Answers(("GET /x", 200, {}, "{}")),
        status=FAILS,
        said=("Authorization",),
        no_log=("GET /x",),
    ),
    shell(
        "tools-F14-secret-of-several-lines",
        "printf 'param key: secret\\nprint ($key | reveal)\\n' > p.lfs; lakesh run p.lfs --key-from file:pem --sandbox",
        "-----BEGIN KEY-----\nabc\n-----END KEY-----\n",
        files={"pem": "-----BEGIN KEY-----\nabc\n-----END KEY-----\n"},
    ),
    shell(
        "tools-F14-secret-of-one-line",
        "printf 'param key: secret\\nprint \"[${(reveal $key)}]\"\\n' > p.lfs; lakesh run p.lfs --key-from file:key --sandbox",
        "[abc]\n",
        files={"key": "abc\n"},
    ),
    shell(
        "tools-F14-secret-from-standard-input",
        "printf 'param key: secret\\nprint \"[${(reveal $key)}]\"\\n' > p.lfs; printf 'a\\nb\\n' | lakesh run p.lfs --key-from - --sandbox",
        "[a\nb]\n",
    ),
]

# What another than lakeFS answers is no success, no absence and no missing right

PAGE = "<html><head><title>Sign in</title></head><body>Who are you?</body></html>"
WRONG = [
    ("page", 200, PAGE, {"Content-Type": "text/html", "Server": "gate"}, "Sign in"),
    ("page-201", 201, PAGE, {"Content-Type": "text/html"}, "Sign in"),
    ("page-404", 404, PAGE, {"Content-Type": "text/html"}, "404"),
    ("page-403", 403, PAGE, {"Content-Type": "text/html"}, "403"),
    ("moved", 302, "", {"Location": "https://sso.example.com/in?token=t0p"}, "https://sso.example.com/in"),
    ("store", 404, '<?xml version="1.0"?><Error><Code>NoSuchBucket</Code></Error>', {"Content-Type": "application/xml"}, "NoSuchBucket"),
    ("wrong-path", 404, '{"message": "invalid API endpoint"}', {}, "path"),
    ("gateway", 404, '{"message": "no Route matched with those values"}', {}, "404"),
    ("empty-map", 200, "{}", {}, "200"),
    ("null", 201, "null", {}, "201"),
    ("list", 201, "[]", {}, "201"),
    ("word", 200, '"x"', {}, "200"),
]
CALLS = [
    ("get", 'print (get_user ana --or "nobody")'),
    ("list", "list_users --all | count"),
    ("create", 'create_user ana; print "made"'),
    ("ensure-create", 'ensure create_user ana; print "made"'),
    ("delete", 'delete_user ana; print "gone"'),
    ("ensure-delete", 'ensure delete_user ana; print "gone"'),
    ("member", 'ensure add_group_membership g ana; print "in"'),
    ("key", 'let k = create_credentials ana; print "made"'),
    ("reset", 'hard_reset_branch lake main ab12; print "reset"'),
    ("branch", 'create_branch lake dev main; print "made"'),
]
WRONG_ANSWERERS = [
    line(
        f"tools-wrong-answerer-{name}-{kind}",
        text,
        "",
        options=("--yes",),
        server=Answers(("(?!.*setup_lakefs)", status, headers, body), ("", 200, {}, '{"state": "initialized"}')),
        status=(1, 6),
        said=(said,),
        unsaid=("may not", "does not know the key", "t0p"),
    )
    for name, status, body, headers, said in WRONG
    for kind, text in CALLS
]


# Listings that are not whole, and answers that are lost

USERS = "GET /api/v1/auth/users"


def page(offset, *ids):
    pagination = {"has_more": True, "next_offset": offset, "results": len(ids), "max_per_page": 1}
    return json.dumps({"pagination": pagination, "results": [{"id": name, "creation_date": 1} for name in ids]})


WHOLE = [
    line(
        "tools-offsets-in-a-circle",
        "list_users --all | get id",
        None,
        status=1,
        said=("next_offset",),
        server=Answers((USERS + r".*after=a\b", 200, {}, page("b", "b")), (USERS, 200, {}, page("a", "a"))),
    ),
    line(
        "tools-later-page-is-missing",
        "print (list_users --all --or [])",
        "",
        status=ANY[1:],
        said=("404",),
        server=Answers(
            (USERS + r".*after=a\b", 404, {}, '{"message": "not found"}'), (USERS, 200, {}, page("a", "a"))
        ),
    ),
    line(
        "tools-no-pagination",
        "list_users --all | count",
        "",
        status=1,
        said=("pagination",),
        server=Answers((USERS, 200, {}, '{"results": []}')),
    ),
    script(
        "tools-answer-lost",
        "retry 3 every 10ms { create_credentials bo }\n",
        "",
        status=1,
        said=("was done, and its answer is lost", "the secret is lost"),
        unsaid=("newsecret",),
        log=("POST /api/v1/auth/users/bo/credentials",),
        no_log=(r"(?s)POST /api/v1/auth/users/bo/credentials.*POST /api/v1/auth/users/bo/credentials .*POST",),
        server=Answers(("POST", 201, {}, '{"access_key_id": "AKIAJ1", "secret_access_key": "newsecret'), ("", 200, {}, "{}")),
    ),
    line(
        "tools-answer-of-another",
        "create_user ana",
        "",
        status=6,
        said=("`bo`", "`ana` was asked for"),
        server=Answers(
            ("POST", 201, {}, '{"id": "bo", "creation_date": 1}'), ("", 200, {}, '{"state": "initialized"}')
        ),
    ),
]


# Signals

SIGNALS = [
    *[
        shell(
            f"tools-F16-ignored-{name}-stays-ignored",
            f"trap '' {name}; exec lakesh -e 'print \"ready\"; timeout 10s {{ var n = 0; while $n < 3000000 {{ n = $n + 1 }} }}; print \"done\"' --sandbox",
            "ready\ndone\n",
            signal=("ready", number),
            cpu=20,
        )
        for name, number in [("HUP", signal.SIGHUP), ("INT", signal.SIGINT)]
    ],
    *[
        line(f"tools-F55-status-{name}", 'print "ready"; sleep 60s', "ready\n", signal=("ready", number), status=status)
        for name, number, status in [("term", signal.SIGTERM, 143), ("hup", signal.SIGHUP, 129), ("int", signal.SIGINT, 130)]
    ],
    shell(
        "tools-F55-file-size-limit",
        'ulimit -f 0; lakesh -e \'write_file "f" "xxxxxxxx"\' --sandbox',
        "",
        status=FAILS,
        said=("cannot write",),
    ),
]


CASES = [*ABSENT, *SETTINGS, *WRONG_ANSWERERS, *WHOLE, *SIGNALS]
