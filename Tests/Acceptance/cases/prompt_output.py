"""Output on a terminal: nothing of what it holds is obeyed, and the history keeps no secret of it."""

import json
import re

from answers import Answers
from person import LAKE, case, cases
from terminal import binary

EVIL = "bad \x1b[31mred\x07 \u202e"


def output(person, line, **settings):
    """What a line writes on a terminal."""
    terminal = person.start_program(
        [binary(), "-e", line, "--sandbox"] if "environment" not in settings else [binary(), "-e", line], person.folder, **settings
    )
    terminal.end()
    return terminal.output.decode("utf-8", "replace")


@cases(
    "language-B8-terminal",
    [
        ("escape", 'print "a\\u{1b}[31mb"'),
        ("bell", 'print "a\\u{7}b"'),
        ("c1", 'print "a\\u{9b}31mb"'),
        ("bidi", 'print "a\\u{202e}b"'),
        ("value", '"a\\u{1b}[31mb\\u{202e}"'),
    ],
)
def terminal_output(line, person):
    text = output(person, line)
    assert "\\u{" in text and not re.search("a[\x1b\x07\u009b\u202e]|b\u202e", text), repr(text)


@cases(
    "tools-F17-message-is-escaped",
    [
        ("fail", 'let t = read_file "evil"; fail "x $t"'),
        ("csv", 'read_csv "evil.csv" --require ["id"]'),
        ("exec", "exec \"sh\" ['-c', 'cat evil >&2; exit 3']"),
        ("id", 'let t = read_file "evil"; get_user $t'),
        ("step", 'let t = read_file "evil"; step $t { fail "no" }'),
        ("print-error", 'let t = read_file "evil"; print_error $t'),
    ],
)
def escaped(line, person):
    person.write("evil", EVIL)
    person.write("evil.csv", f"a,{EVIL}\n1,2\n")
    text = output(person, line, columns=200)
    assert "\x07" not in text and "\x1b[31mred" not in text and "\u202e" not in text, repr(text)


@case("tools-F17-message-of-a-server")
def escaped_of_a_server(person):
    with Answers(("GET .*/users", 400, {}, json.dumps({"message": EVIL}))) as server:
        text = output(person, "list_users", environment=server.environment, columns=200)
    assert "\x07" not in text and "\x1b[31mred" not in text and "\u202e" not in text, repr(text)


@cases(
    "tools-F38-history-keeps-no-secret",
    [
        ("presigned", 'let a = "https://s3.x/y?X-Amz-Signature=abcdef0123456789abcdef"', "abcdef0123"),
        ("bearer", 'print "Authorization: Bearer abcdefgh12345"', "abcdefgh12345"),
        ("curl", 'print "curl -u admin:hunter2hunter2"', "hunter2"),
        ("password", 'let pw = "hunter2hunter2"', "hunter2"),
    ],
)
def history_keeps(line, secret, person):
    person.start()
    person.enter("print 1")
    person.enter(line)
    kept = (person.home / ".local/state/lakesh/history").read_text()
    assert secret not in kept, kept


@case("tools-F35-line-ends-in-a-table")
def line_ends_in_a_table(person):
    person.start()
    person.enter(LAKE)
    person.enter('upload_object lake main a --content "x"; commit lake main "first line\\n\\n\\tbody"')
    person.run("log_commits lake main --all | select message generation")
    person.sees(r"first line.*body +\d")
