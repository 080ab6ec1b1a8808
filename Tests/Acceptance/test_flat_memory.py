"""A listing with `--all` in a pipeline or a `for` head is read page by page, in constant memory."""

import http.server
import json
import os
import threading

import pytest

from memory import measured
from sandbox import LAKESH

PAGES = 80
#: One megabyte per page: a hundred users with long names.
PAGE = [{"id": "", "creation_date": 1, "friendly_name": "x" * 10_000} for _ in range(100)]


class Pages(http.server.BaseHTTPRequestHandler):
    """A server with an endless listing of users."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self):
        if "/auth/users" not in self.path:
            return self.answer(404, b'{"message": "no"}')
        type(self).asked += 1
        number = int(self.path.split("after=")[1].split("&")[0]) if "after=" in self.path else 0
        results = [dict(user, id=f"u{number * 100 + place}") for place, user in enumerate(PAGE)]
        has_more = number + 1 < PAGES
        pagination = {"has_more": has_more, "next_offset": str(number + 1), "results": 100, "max_per_page": 1000}
        self.answer(200, json.dumps({"pagination": pagination, "results": results}).encode())

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    Pages.asked = 0
    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    listening.server_close()


def run(server, line):
    """Runs a line; returns its output and its peak memory in bytes."""
    environment = dict(
        os.environ, LAKECTL_CREDENTIALS_ACCESS_KEY_ID="a", LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY="b"
    )
    status, printed, held = measured([LAKESH, "-e", line, "--server", server], environment)
    assert status == 0, printed
    return printed, held


LAST = f"u{PAGES * 100 - 1}"


@pytest.mark.parametrize("line, printed", [
    ("list_users --all | count", str(PAGES * 100)),
    (f'list_users --all | where {{ $it.id == "{LAST}" }} | get id | print', f'["{LAST}"]'),
    ("list_users --all | each { length $it.friendly_name } | sum", str(PAGES * 1_000_000)),
    ("var last = null; for user in list_users --all { last = $user.id }; print $last", LAST),
])
def test_a_pipeline_keeps_a_page_at_most(server, line, printed):
    line = line.replace("in list_users --all", "in (list_users --all)")
    answer, held = run(server, line)
    assert answer.splitlines()[-1].endswith(printed)
    assert Pages.asked == PAGES
    assert held < PAGES << 19


def test_what_is_kept_is_seen_by_the_measure(server):
    _, held = run(server, "let all = list_users --all; print (count $all)")
    assert held > PAGES << 20
