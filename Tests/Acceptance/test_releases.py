"""Features that a server's release lacks are reported before the first request; uploads work on every release."""

import contextlib
import hashlib
import http.server
import json
import os
import subprocess
import threading

import pytest

from memory import measured
from sandbox import LAKESH, Sandbox

OLD = """# Try.
create_repository lake "local://lake"
create_branch lake dev main --hidden
print (log_commits lake main --since "2026-01-01T00:00:00Z")
"""


@pytest.fixture
def old():
    with Sandbox("--like", "v0.90") as sandbox:
        yield sandbox


def script(tmp_path, text):
    path = tmp_path / "try.lfs"
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize("target", [["--sandbox", "--like", "v0.90"], []])
def test_a_run_is_refused_before_its_first_request(old, tmp_path, target):
    done = old.run("run", script(tmp_path, OLD), *target)
    assert done.returncode == 2, done.stderr
    assert "this server is lakeFS 0.90.0, which has no `--hidden` of `create_branch`; it would ignore it" in done.stderr
    assert "which has no `--since` of `log_commits`; it would ignore it" in done.stderr
    assert "try.lfs:3:29" in done.stderr and "try.lfs:4:38" in done.stderr
    assert "lakeFS 1.44.0 and later have it" in done.stderr
    assert "The script uses 2 things that this server lacks. Nothing was changed." in done.stderr
    assert old.line("list_repositories | get results") == []


def test_a_call_in_a_try_is_left_to_the_run(old, tmp_path):
    text = OLD.replace("create_branch lake dev main --hidden", 'try { create_branch lake dev main --hidden } catch error { print "no: ${error.message}" }')
    text = text.replace(' --since "2026-01-01T00:00:00Z"', "")
    done = old.run("run", script(tmp_path, text))
    assert done.returncode == 0, done.stderr
    assert "no: this server is lakeFS 0.90.0, which has no `--hidden`" in done.stdout
    assert old.line("list_branches lake | get results | get id") == ["main"]


def test_a_line_that_uses_what_is_not_there_sends_nothing(old):
    done = old.run("-e", 'create_repository lake "local://lake" --read-only')
    assert done.returncode == 2
    assert "which has no `--read_only` of `create_repository`; it would ignore it" in done.stderr
    assert old.line("list_repositories | get results") == []


@pytest.mark.parametrize("like", ["v0.90", "v1.84"])
def test_uploads_arrive_on_old_and_new_servers(tmp_path, like):
    content = bytes(range(256)) * 4096 + b"\r\n--lakesh--\r\n"
    (tmp_path / "big.bin").write_bytes(content)
    with Sandbox("--like", like) as sandbox:
        sandbox.line('create_repository lake "local://lake"')
        stat = sandbox.line(f'upload_object lake main big.bin --from "{tmp_path}/big.bin"')
        assert (stat["size_bytes"], stat["content_type"]) == (len(content), "application/octet-stream")
        assert sandbox.line('upload_object lake main text --content "a,b"')["size_bytes"] == 3
        done = sandbox.run("-e", f'get_object lake main big.bin --to "{tmp_path}/back.bin"')
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "back.bin").read_bytes() == content


class OldServer(http.server.BaseHTTPRequestHandler):
    """A server without a version that ignores unknown fields of policies."""

    requests = []

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.requests.append(self.path)
        if self.path.endswith("/config/version"):
            return self.answer(200, {"version": "dev"})
        return self.answer(200, {"state": "initialized", "login_config": {"RBAC": "internal"}})

    def do_POST(self):
        self.requests.append(self.path)
        policy = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        for statement in policy["statement"]:
            statement.pop("condition", None)
        self.answer(201, policy)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(handler):
    """Starts a server on a free port; returns the environment variables that select it."""
    server = http.server.HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield {
            "LAKECTL_SERVER_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
            "LAKECTL_CREDENTIALS_ACCESS_KEY_ID": "AKIAJOLD",
            "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": "secret",
        }
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def evaluate(variables, line, **options):
    return subprocess.run([LAKESH, "-e", line], env=dict(os.environ, **variables), capture_output=True, timeout=120, **options)


def test_a_condition_that_was_dropped_is_an_error():
    with serving(OldServer) as variables:
        done = evaluate(
            variables,
            'create_policy p --statement [{effect: "allow", action: ["fs:*"], resource: "*", '
            'condition: {IpAddress: {SourceIp: ["10.0.0.0/8"]}}}]', stdin=subprocess.DEVNULL, text=True)
    assert done.returncode == 1, done.stderr
    assert "the server dropped `statement[].condition` of `create_policy`: the right is there now, without a condition" in done.stderr
    assert "delete_policy p" in done.stderr
    assert OldServer.requests[-1].endswith("/auth/policies")


class Store(http.server.BaseHTTPRequestHandler):
    """A server that accepts uploads and keeps the form's other fields, the file's hash, and the length."""

    uploads = []

    def pieces(self):
        """Yields the body in pieces: of a known length, or chunked."""
        if "Content-Length" in self.headers:
            left = int(self.headers["Content-Length"])
            while left:
                piece = self.rfile.read(min(left, 1 << 20))
                left -= len(piece)
                yield piece
        else:
            while size := int(self.rfile.readline(), 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()

    def do_POST(self):
        boundary = self.headers["Content-Type"].split("boundary=")[1].encode()
        tail = b"\r\n--" + boundary + b"--\r\n"
        digest, rest, head, size = hashlib.sha256(), b"", b"", 0
        for piece in self.pieces():
            rest += piece
            if not head and b"\r\n\r\n" in rest:
                head, rest = rest.split(b"\r\n\r\n", 1)
            if head and len(rest) > len(tail):
                digest.update(rest[: -len(tail)])
                size += len(rest) - len(tail)
                rest = rest[-len(tail):]
        self.uploads.append((head.split(b"\r\n"), rest == tail, digest.hexdigest(), size, self.headers["Content-Length"]))
        body = json.dumps({"path": "big", "path_type": "object", "physical_address": "x", "checksum": "c", "mtime": 1, "size_bytes": size}).encode()
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """Makes a file of 200 MB; returns its path and SHA-256."""
    path = tmp_path_factory.mktemp("form") / "big.bin"
    digest = hashlib.sha256()
    noise = os.urandom((1 << 20) - 8)
    with open(path, "wb") as file:
        for number in range(200):
            piece = number.to_bytes(8, "big") + noise
            file.write(piece)
            digest.update(piece)
    yield path, digest.hexdigest()
    path.unlink()


@pytest.mark.parametrize("is_pipe", [False, True])
def test_a_large_file_goes_up_as_a_form_in_little_memory(big, is_pipe):
    path, digest = big
    source = "-" if is_pipe else path
    with serving(Store) as variables:
        command = ["/usr/bin/env", "bash", "-c", f'cat "{path}" | "$0" -e "$1"' if is_pipe else '"$0" -e "$1"']
        line = f'upload_object lake main big --from "{source}" | get size_bytes'
        status, output, held = measured([*command, LAKESH, line], dict(os.environ, **variables))
    assert (status, output) == (0, str(200 << 20))
    head, is_closed, arrived, size, length = Store.uploads[-1]
    assert head[1] == b'Content-Disposition: form-data; name="content"; filename="content"'
    assert is_closed and (arrived, size) == (digest, 200 << 20)
    whole = size + sum(len(line) + 2 for line in head) + 2 + len(head[0]) + len("\r\n--\r\n")
    assert length == (None if is_pipe else str(whole))
    assert held <= 64 << 20, f"{held >> 20} MB"
