"""`--timeout`, `--retries`, `--with_headers` and `timeout { }` with a server that is slow, busy or broken."""

import json
import os
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sandbox import LAKESH

USER = {"id": "ana", "creation_date": 1700000000}
COMMIT = {
    "id": "c1", "parents": [], "committer": "ana", "message": "m", "creation_date": 1700000000, "meta_range_id": "r",
    "metadata": {},
}
# Requests for the server's version and the current user, which are not counted.
QUESTIONS = {"/api/v1/config", "/api/v1/setup_lakefs", "/api/v1/config/version", "/api/v1/user"}


class Answer:
    """A status, a body and headers; `cut` closes after half of the body, `silent` closes at once, `slow` never ends."""

    def __init__(self, status=200, body=None, headers=None, cut=False, silent=False, slow=False):
        self.status, self.headers = status, headers or {}
        self.body = json.dumps({"message": f"it is {status}"} if body is None else body).encode()
        self.cut, self.silent, self.slow = cut, silent, slow


class Server:
    """Answers requests from a list, and repeats the last answer."""

    def __init__(self):
        self.answers, self.requests, self.times = [], [], []
        self.over = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def reply(self):
                outer.reply(self)

            do_GET = do_POST = do_PUT = do_DELETE = reply

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}"

    def reply(self, handler):
        length = int(handler.headers.get("Content-Length") or 0)
        handler.rfile.read(length)
        path = handler.path.split("?")[0]
        if path in QUESTIONS:
            return self.write(handler, Answer(200, {"state": "initialized", "version": "1.84.0", "user": {"id": "admin", "creation_date": 1}}))
        self.requests.append(f"{handler.command} {path}")
        self.times.append(time.monotonic())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.slow:
            self.over.wait(30)
        if answer.silent or answer.slow:
            handler.close_connection = True
            return None
        return self.write(handler, answer)

    @staticmethod
    def write(handler, answer):
        handler.send_response(answer.status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)
        if answer.cut:
            handler.close_connection = True

    def close(self):
        self.over.set()
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server(tmp_path):
    server = Server()
    server.home = tmp_path
    yield server
    server.close()


def lakesh(server, *words):
    environment = dict(
        os.environ,
        HOME=str(server.home),
        LAKECTL_SERVER_ENDPOINT_URL=server.address,
        LAKECTL_CREDENTIALS_ACCESS_KEY_ID="AKIA",
        LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY="secret",
    )
    return subprocess.run(
        [LAKESH, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )


def line(server, text, *answers):
    """Runs a line with these answers of the server."""
    server.answers = list(answers)
    return lakesh(server, "-e", text)


SLOW = Answer(slow=True)
BUSY = Answer(503, headers={"Retry-After": "0"})
FINE = Answer(200, USER)


# Time


@pytest.mark.parametrize("text", ["get_user ana --timeout 300ms", "timeout 300ms { get_user ana }"])
def test_a_slow_read_ends_in_time(server, text):
    began = time.monotonic()
    done = line(server, text, SLOW)
    assert time.monotonic() - began < 5
    assert (done.returncode, done.stdout) == (124, "")
    assert done.stderr.startswith("error["), done.stderr
    assert server.requests == ["GET /api/v1/auth/users/ana"]


@pytest.mark.parametrize("text", ["commit lake main load --timeout 300ms", "timeout 300ms { commit lake main load }"])
def test_a_slow_change_that_cannot_be_told_apart_is_in_doubt(server, text):
    done = line(server, text, SLOW)
    assert done.returncode == 6, done.stderr
    assert server.requests == ["POST /api/v1/repositories/lake/branches/main/commits"]


def test_a_slow_change_that_may_be_done_again_has_only_timed_out(server):
    done = line(server, "delete_tag lake v1 --timeout 300ms", SLOW)
    assert done.returncode == 124, done.stderr
    assert "doing it again does no harm" in done.stderr
    assert server.requests == ["DELETE /api/v1/repositories/lake/tags/v1"]


def test_a_timeout_can_be_caught(server):
    text = "let kind = try { get_user ana --timeout 300ms } catch error { $error.kind }; print $kind"
    done = line(server, text, SLOW)
    assert (done.returncode, done.stdout) == (0, "timeout\n"), done.stderr


def test_the_pause_before_another_try_counts(server):
    began = time.monotonic()
    done = line(server, "get_user ana --timeout 300ms", Answer(503, headers={"Retry-After": "30"}))
    assert time.monotonic() - began < 5
    assert done.returncode == 124, done.stderr
    assert len(server.requests) == 1


# Retries


def test_what_the_server_asks_to_wait_is_waited_and_said(server):
    server.answers = [Answer(503, headers={"Retry-After": "1"}), FINE]
    script = server.home / "a.lfs"
    script.write_text("print (get_user ana).id\n")
    done = lakesh(server, "run", str(script))
    assert (done.returncode, done.stdout) == (0, "ana\n"), done.stderr
    assert "get_user answered 503, again in 1.0 s (attempt 2 of 5)" in done.stderr
    assert len(server.requests) == 2 and server.times[1] - server.times[0] >= 1


@pytest.mark.parametrize("option, count", [("", 5), ("--retries 1", 2), ("--retries 0", 1)])
def test_a_busy_server_is_asked_so_often(server, option, count):
    done = line(server, f"get_user ana {option}", BUSY)
    assert done.returncode == 1
    assert "it is 503" in done.stderr
    assert len(server.requests) == count


@pytest.mark.parametrize("text", ["create_user ana", "get_user ana", "commit lake main load", "delete_tag lake v1"])
def test_an_error_of_the_server_is_not_sent_again(server, text):
    done = line(server, text, Answer(500))
    assert done.returncode == 1
    assert "it is 500" in done.stderr
    assert len(server.requests) == 1


@pytest.mark.parametrize("text, answer", [("create_user ana", "USER"), ("commit lake main load", "COMMIT")])
def test_a_busy_server_did_nothing_so_any_write_is_sent_again(server, text, answer):
    assert line(server, text, BUSY, Answer(201, globals()[answer])).returncode == 0
    assert len(server.requests) == 2


def test_a_busy_gateway_does_not_know_so_a_commit_is_in_doubt(server):
    page = Answer(503, "<html>busy</html>", headers={"Content-Type": "text/html"})
    assert line(server, "commit lake main load", page, Answer(201, COMMIT)).returncode == 6
    assert len(server.requests) == 1


# No answer


def test_a_read_that_is_cut_off_is_sent_again(server):
    done = line(server, "(get_user ana).id", Answer(200, USER, cut=True), FINE)
    assert (done.returncode, done.stdout) == (0, "ana\n"), done.stderr
    assert len(server.requests) == 2


def test_a_read_that_is_not_answered_is_sent_again(server):
    done = line(server, "(get_user ana).id", Answer(silent=True), FINE)
    assert (done.returncode, done.stdout) == (0, "ana\n"), done.stderr
    assert len(server.requests) == 2


def test_a_change_that_is_not_answered_is_sent_once_and_in_doubt(server):
    done = line(server, "commit lake main load", Answer(silent=True))
    assert done.returncode == 6, done.stderr
    assert len(server.requests) == 1


def test_an_ensured_create_that_is_not_answered_is_sent_again_and_compared(server):
    done = line(server, "(ensure create_user ana).id", Answer(silent=True), Answer(409), FINE)
    assert (done.returncode, done.stdout) == (0, "ana\n"), done.stderr
    assert server.requests == ["POST /api/v1/auth/users", "POST /api/v1/auth/users", "GET /api/v1/auth/users/ana"]


def test_what_is_asked_before_a_call_that_may_lock_out_has_the_patience_of_the_call(server):
    began = time.monotonic()
    done = line(server, "delete_user ana --timeout 300ms", Answer(slow=True))
    assert time.monotonic() - began < 10
    assert done.returncode == 124, done.stderr
    assert "nothing was changed: whether it would lock you out is looked at first" in done.stderr
    assert server.requests == ["GET /api/v1/auth/groups/Admins/members"]


def test_a_server_that_is_not_there_is_named(server):
    server.close()
    done = line(server, "get_user ana", FINE)
    assert done.returncode == 1
    assert server.address.removeprefix("http://") in done.stderr or "connect" in done.stderr


# Headers


def test_headers_come_with_the_body(server):
    text = 'let answer = get_user ana --with_headers; print $answer.body.id $answer.headers["x-probe"]'
    done = line(server, text, Answer(200, USER, headers={"X-Probe": "yes"}))
    assert (done.returncode, done.stdout) == (0, "ana yes\n"), done.stderr
