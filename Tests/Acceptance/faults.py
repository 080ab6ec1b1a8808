"""A proxy in front of a server that makes the N-th request fail, and examples that run through it."""

import http.client
import json
import os
import subprocess
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable
from urllib.parse import urlsplit

from sandbox import LAKESH, ROOT, Sandbox

EXAMPLES = ROOT / "examples"

# The kinds of failures: the request is answered by 500 and not forwarded, its answer is dropped, the sending process is
# killed before the request is forwarded or after its answer.
FAULTS = ["answered 500", "cut", "killed before", "killed after"]


class FaultyProxy:
    """Forwards requests to a server. `arm` selects the request that fails; `sent` is its method and path."""

    def __init__(self, server):
        outer = self
        self.host, self.port = urlsplit(server).hostname, urlsplit(server).port
        self.lock = threading.Lock()
        self.arm(None, 0)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                outer.handle(self)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = handle_any

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def arm(self, fault, number):
        self.fault, self.number, self.count, self.sent, self.process = fault, number, 0, None, None

    def handle(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        with self.lock:
            self.count += 1
            is_spoiled = self.fault is not None and self.count == self.number
            if is_spoiled:
                self.sent = f"{request.command} {request.path.removeprefix('/api/v1')}"
        if is_spoiled and self.fault == "answered 500":
            return self.answer(request, 500, [("Content-Type", "application/json")], b'{"message":"something broke"}')
        if is_spoiled and self.fault == "killed before":
            self.process.kill()
            return self.cut(request)
        status, headers, content = self.forward(request, body)
        if is_spoiled:
            if self.fault == "killed after":
                self.process.kill()
            return self.cut(request)
        self.answer(request, status, headers, content)

    def forward(self, request, body):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        headers = {k: v for k, v in request.headers.items() if k.lower() not in ("host", "connection")}
        connection.request(request.command, request.path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), content

    def answer(self, request, status, headers, content):
        try:
            request.send_response_only(status)
            for name, value in headers:
                if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                    request.send_header(name, value)
            request.send_header("Content-Length", str(len(content)))
            request.end_headers()
            if request.command != "HEAD":
                request.wfile.write(content)
        except OSError:
            request.close_connection = True

    def cut(self, request):
        request.close_connection = True
        try:
            request.connection.shutdown(2)
        except OSError:
            pass


class Case:
    """A server, a folder, and runbooks that use the server directly or through a proxy."""

    def __init__(self, sandbox, proxy, folder):
        self.sandbox, self.proxy, self.folder = sandbox, proxy, folder
        self.environment = dict(os.environ, **sandbox.environment, HOME=str(folder))

    def run(self, script, *arguments, fault=None, number=0):
        """Returns the exit status (negative: the signal) and the output."""
        self.proxy.arm(fault, number)
        server = self.proxy.address if fault else self.sandbox.server
        with self.proxy.lock:
            process = subprocess.Popen(
                [LAKESH, "run", str(EXAMPLES / script), *arguments, "--server", server, "--yes"],
                env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True,
            )
            self.proxy.process = process
        said, _ = process.communicate(timeout=60)
        for secret in self.secrets():
            assert secret not in said, f"a secret is shown: {said}"
        return process.returncode, said

    def secrets(self):
        """Returns the administrator's secret and those in the files of keys."""
        files = [json.loads(text) for file in self.folder.rglob("*.json") if (text := file.read_text())]
        pairs = [file for file in files if "secret_access_key" in file]
        return [self.sandbox.secret_key] + [pair["secret_access_key"] for pair in pairs]

    def line(self, line):
        return self.sandbox.line(line)

    def keys(self, user):
        if self.line(f"get_user {user} --or null") is None:
            return []
        return [key["access_key_id"] for key in self.line(f"list_user_credentials {user} --all")]

    def keys_left(self, user):
        """Returns the keys that the server has for a user, also for a deleted one."""
        return [key["access_key_id"] for key in self.line(f"list_user_credentials {user} --all --or []")]

    def pair(self, file):
        """Returns the pair in a file; None if it is missing or empty."""
        path = self.folder / file
        text = path.read_text() if path.exists() else ""
        return json.loads(text) if text else None

    def works(self, pair):
        identity = json.dumps({k: pair[k] for k in ("access_key_id", "secret_access_key")})
        return self.sandbox.run("-e", f"as (from_json '{identity}') {{ get_current_user }}").returncode == 0

    def branches(self, repository="lake"):
        return {b["id"]: b["commit_id"] for b in self.line(f"list_branches {repository} --all")}


@dataclass
class Example:
    """A runbook, what it needs, and the check of what is left after a request has failed."""

    name: str
    flags: list  # of the sandbox
    prepare: Callable
    script: str
    arguments: list
    check: Callable  # returns a word for the table


def row(example, fault, number, folder):
    """Runs an example with one request failing, and checks the state and the output; returns a line of the table.

    Without a fault it returns the number of its requests.
    """
    folder.mkdir(mode=0o700)
    with Sandbox(*example.flags) as sandbox, FaultyProxy(sandbox.server) as proxy:
        case = Case(sandbox, proxy, folder)
        known = example.prepare(case)
        arguments = [a.format(**known) for a in example.arguments]
        status, said = case.run(example.script, *arguments, fault=fault, number=number)
        if proxy.sent is None:
            assert status == 0, said
            return proxy.count
        title = f"{example.name}: {fault}, {number}: {proxy.sent}"
        try:
            assert status != 0 or fault in ("answered 500", "cut"), "a killed run is not done"
            end = example.check(case, known, arguments, status, said)
        except AssertionError as error:
            raise AssertionError(f"{title}, exit {status}\n{said}\n{error}") from error
        assert [str(p) for p in folder.rglob("*.new")] == [], title
        return f"{title}: exit {status}, then {end}"
