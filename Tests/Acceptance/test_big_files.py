"""The upload of a file of 300 MB in parts: its memory, and the state after an interrupted upload.

The lakesh that uploads talks to the sandbox through a gate: a small proxy that tells when a request comes, and may hold
it. Parts pass it too, for the sandbox gives out addresses on the host that it is asked on.
"""

import contextlib
import hashlib
import http.client
import http.server
import json
import os
import re
import signal
import subprocess
import threading
import urllib.error
import urllib.request

import pytest

from sandbox import LAKESH, Sandbox

SIZE = 300 << 20
PIECE = 1 << 20


class Gate(http.server.ThreadingHTTPServer):
    """Forwards to a sandbox; a request for which `holds` returns True is delayed until it is released."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, sandbox):
        super().__init__(("127.0.0.1", 0), Passage)
        self.behind = sandbox.server.removeprefix("http://")
        self.address = "http://127.0.0.1:%d" % self.server_port
        self.holds = lambda method, target: False
        self.reached = threading.Event()
        self.released = threading.Event()
        self.seen = []
        self.uploads = []

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, address):
        """Ignores errors of closed connections, which these tests cause."""

    def parts_seen(self):
        return sum(1 for method, target in self.seen if method == "PUT" and "partNumber=" in target)


class Passage(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def forward(self):
        gate = self.server
        gate.seen.append((self.command, self.path))
        if gate.holds(self.command, self.path):
            gate.reached.set()
            gate.released.wait(60)
        length = int(self.headers.get("Content-Length", 0))
        behind = http.client.HTTPConnection(gate.behind)
        behind.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            behind.putheader(name, value)
        behind.endheaders()
        while length > 0:
            piece = self.rfile.read(min(length, PIECE))
            if not piece:
                self.close_connection = True
                return behind.close()
            behind.send(piece)
            length -= len(piece)
        answer = behind.getresponse()
        body = answer.read()
        behind.close()
        if self.command == "POST" and "/staging/pmpu" in self.path:
            gate.uploads.append(json.loads(body))
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "connection"):
                self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = forward


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """Makes a file of 300 MB without equal pieces; returns its path and SHA-256."""
    path = tmp_path_factory.mktemp("big") / "big.bin"
    digest = hashlib.sha256()
    noise = os.urandom(PIECE - 8)
    with open(path, "wb") as file:
        for number in range(SIZE // PIECE):
            piece = number.to_bytes(8, "big") + noise
            file.write(piece)
            digest.update(piece)
    yield path, digest.hexdigest()
    path.unlink()


@pytest.fixture
def gate():
    with Sandbox("--like", "v1.84", "--storage", "s3") as sandbox:
        sandbox.line('create_repository lake "s3://lake/data"')
        with Gate(sandbox) as gate:
            gate.sandbox = sandbox
            yield gate


@contextlib.contextmanager
def upload(gate, path):
    """Starts a lakesh that uploads the file through the gate."""
    environment = dict(
        os.environ,
        LAKECTL_SERVER_ENDPOINT_URL=gate.address,
        LAKECTL_CREDENTIALS_ACCESS_KEY_ID=gate.sandbox.access_key,
        LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY=gate.sandbox.secret_key,
        FILE=str(path),
    )
    line = 'upload_object lake main big.bin --from (env "FILE") --presign'
    process = subprocess.Popen(
        [LAKESH, "-e", line, "--json"], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def peak_memory(process):
    """Returns the peak memory of a process in MB."""
    status = open(f"/proc/{process.pid}/status").read()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def put(url, body=b"late"):
    """Sends a part to the store; returns the status and the message of its answer."""
    request = urllib.request.Request(url, body, {"Content-Type": "application/octet-stream"}, method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def is_part(method, target):
    return method == "PUT" and "partNumber=" in target


def is_whole(gate, expected, folder):
    target = folder / "back.bin"
    assert gate.sandbox.run("-e", f'get_object lake main big.bin --to "{target}"').returncode == 0
    digest = hashlib.file_digest(open(target, "rb"), "sha256").hexdigest()
    target.unlink()
    return digest == expected


def test_it_arrives_whole_with_little_memory(gate, big, tmp_path):
    path, digest = big
    gate.holds = lambda method, target: method == "PUT" and "/staging/pmpu/" in target
    with upload(gate, path) as process:
        assert gate.reached.wait(120), process.communicate()
        # All parts are uploaded, and the request that completes the upload is held.
        memory = peak_memory(process)
        gate.released.set()
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert json.loads(output)["size_bytes"] == SIZE
    assert gate.parts_seen() > 30
    assert memory <= 64, f"{memory:.0f} MB"
    assert is_whole(gate, digest, tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_gives_the_upload_up_on_the_server(gate, big, number):
    gate.holds = lambda method, target: is_part(method, target) and gate.parts_seen() > 10
    with upload(gate, big[0]) as process:
        assert gate.reached.wait(120), process.communicate()
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert "the upload was given up on the server: nothing of it is left" in errors, errors
    gate.released.set()
    # The store does not know the upload any more, so none of its parts are kept.
    status, words = put(gate.uploads[0]["presigned_urls"][0].replace(gate.address, gate.sandbox.server))
    assert status == 404 and "NoSuchUpload" in words
    assert gate.sandbox.line("stat_object lake main big.bin --or null") is None


def test_after_a_kill_the_next_run_makes_the_object_whole(gate, big, tmp_path):
    path, digest = big
    gate.holds = lambda method, target: is_part(method, target) and gate.parts_seen() > 10
    with upload(gate, path) as process:
        assert gate.reached.wait(120), process.communicate()
        process.kill()
        process.communicate()
    gate.holds = lambda method, target: False
    gate.released.set()
    assert gate.sandbox.line("stat_object lake main big.bin --or null") is None
    with upload(gate, path) as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert is_whole(gate, digest, tmp_path)
    # The killed process's upload still exists: its id is lost, and no operation lists uploads.
    assert len(gate.uploads) == 2
    address = gate.uploads[0]["presigned_urls"][0].replace(gate.address, gate.sandbox.server)
    assert put(address)[0] == 200
