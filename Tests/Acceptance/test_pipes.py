"""Interrupted downloads to standard output, and pipes instead of files: no duplicate data, no hanging process."""

import contextlib
import json
import os
import re
import signal
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sandbox import LAKESH

CONTENT = bytes(range(256)) * 4096
OBJECT = {"path": "a", "path_type": "object", "physical_address": "p", "checksum": "c", "mtime": 1, "size_bytes": 1}


class Server:
    """Answers requests for one object; `answer` is given the number of the request and the handler."""

    def __init__(self, answer):
        self.calls, self.reached = [], threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def reply(self):
                if "/objects" not in self.path:
                    return outer.give(self, 200, json.dumps({"version": "1.84.0"}).encode())
                outer.calls.append(dict(self.headers))
                outer.reached.set()
                answer(len(outer.calls), self, outer)

            do_GET = do_POST = do_PUT = reply

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def give(self, handler, status, body, headers=None, until=None):
        """Sends an answer; with `until` it closes the connection after that number of bytes."""
        handler.send_response(status)
        for name, value in {"Content-Length": len(body), **(headers or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[:until])
        if until is not None:
            handler.close_connection = True
            with contextlib.suppress(OSError):
                handler.connection.shutdown(2)

    def start(self, line, **options):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "LAKECTL_SERVER_ENDPOINT_URL": self.address,
            "LAKECTL_CREDENTIALS_ACCESS_KEY_ID": "AKIAJTEST",
            "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": "secret",
        }
        return subprocess.Popen(
            [LAKESH, "-e", line], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, **options
        )


@pytest.fixture
def fifo(tmp_path):
    path = tmp_path / "fifo"
    os.mkfifo(path)
    return path


def rest(handler, server, tag):
    start, end = map(int, re.fullmatch(r"bytes=(\d+)-(\d+)", handler.headers["Range"]).groups())
    head = {"ETag": tag, "Content-Range": f"bytes {start}-{end}/{len(CONTENT)}"}
    server.give(handler, 206, CONTENT[start : end + 1], head)


def test_a_download_to_standard_output_goes_on_where_it_broke_off():
    def answer(number, handler, server):
        if number == 1:
            return server.give(handler, 200, CONTENT, {"ETag": '"a"'}, until=600_000)
        rest(handler, server, '"a"')

    with Server(answer) as server:
        process = server.start("get_object lake main a --to -")
        out, errors = process.communicate(timeout=30)
        assert (process.returncode, out == CONTENT) == (0, True), errors
        assert server.calls[1]["If-Match"] == '"a"'


def test_a_download_of_what_changed_meanwhile_fails():
    def answer(number, handler, server):
        if number == 1:
            return server.give(handler, 200, CONTENT, {"ETag": '"a"'}, until=600_000)
        rest(handler, server, '"b"')

    with Server(answer) as server:
        process = server.start("get_object lake main a --to -")
        out, errors = process.communicate(timeout=30)
        assert process.returncode not in (0, None)
        assert out == CONTENT[: len(out)] and 0 < len(out) <= 600_000
        assert b"the object changed meanwhile" in errors
        assert f"{len(out)} bytes of the answer were written already".encode() in errors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_of_a_download_that_was_ended(tmp_path, number):
    written, over = threading.Event(), threading.Event()

    def answer(_, handler, server):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(CONTENT)))
        handler.end_headers()
        handler.wfile.write(CONTENT[:600_000])
        written.set()
        over.wait(20)

    with Server(answer) as server:
        process = server.start(f'get_object lake main a --to "{tmp_path}/a"')
        assert written.wait(10)
        assert all(name.startswith(".lakesh-") for name in os.listdir(tmp_path))
        process.send_signal(number)
        assert process.wait(timeout=10) == 128 + number, process.stderr.read()
        over.set()
        assert os.listdir(tmp_path) == []


def test_nothing_is_left_of_a_download_that_failed(tmp_path):
    with Server(lambda _, handler, server: server.give(handler, 200, CONTENT, until=600_000)) as server:
        process = server.start(f'get_object lake main a --to "{tmp_path}/a" --retries 1')
        _, errors = process.communicate(timeout=30)
        assert process.returncode != 0 and len(server.calls) == 2, errors
        assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_slow_reader_of_a_download_does_not_keep_it_from_being_ended(number):
    with Server(lambda _, handler, server: server.give(handler, 200, CONTENT, {"ETag": '"a"'})) as server:
        process = server.start("get_object lake main a --to -")
        assert process.stdout.read(1) == CONTENT[:1]
        process.send_signal(number)
        assert process.wait(timeout=10) == 128 + number, process.stderr.read()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_upload_from_a_pipe_that_nobody_writes_to_is_ended(fifo, number):
    with Server(lambda *_: None) as server:
        process = server.start(f'upload_object lake main a --from "{fifo}"')
        assert server.reached.wait(10)
        process.send_signal(number)
        assert process.wait(timeout=10) == 128 + number, process.stderr.read()


def test_an_upload_from_a_pipe_ends_with_its_time(fifo):
    with Server(lambda *_: None) as server:
        process = server.start(f'upload_object lake main a --from "{fifo}" --timeout 300ms')
        assert process.wait(timeout=10) == 124, process.stderr.read()


def test_a_pipe_is_read_once(fifo):
    def answer(number, handler, server):
        handler.rfile.read(4)
        handler.close_connection = True
        handler.connection.shutdown(2)

    with Server(answer) as server:
        process = server.start(f'upload_object lake main a --from "{fifo}"')
        with open(fifo, "wb") as writer:
            writer.write(b"data")
        _, errors = process.communicate(timeout=30)
        assert process.returncode != 0 and len(server.calls) == 1
        assert f"what was read of `{fifo}` is gone".encode() in errors


@pytest.mark.parametrize("command", ["read_file", "read_lines", "read_json", "read_csv"])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, "timeout"])
def test_reading_a_pipe_that_nobody_writes_to_is_ended(fifo, command, end):
    line = f'print_error ready\nlet x = {command} "{fifo}"\nprint $x'
    if end == "timeout":
        line = f'timeout 200ms {{ print ({command} "{fifo}") }}'
    process = subprocess.Popen(
        [LAKESH, "-e", line, "--sandbox"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    if end != "timeout":
        assert process.stderr.readline() == b"ready\n"
        process.send_signal(end)
    assert process.wait(timeout=10) == (124 if end == "timeout" else 128 + end), process.stderr.read()
