"""What a server's release lacks is said before the first request, and uploads go as every release takes them."""

import http.server
import json
import threading

import pytest

from sandbox import Sandbox

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
    """A server that does not tell its version, and drops what it does not know of policies."""

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


def test_a_condition_that_was_dropped_is_an_error(tmp_path):
    server = http.server.HTTPServer(("127.0.0.1", 0), OldServer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with Sandbox() as sandbox:
            sandbox.server = f"http://127.0.0.1:{server.server_port}"
            done = sandbox.run(
                "-e",
                'create_policy p --statement [{effect: "allow", action: ["fs:*"], resource: "*", '
                'condition: {IpAddress: {SourceIp: ["10.0.0.0/8"]}}}]')
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert done.returncode == 1, done.stderr
    assert "the server dropped `statement[].condition` of `create_policy`: the right is there now, without a condition" in done.stderr
    assert "delete_policy p" in done.stderr
    assert OldServer.requests[-1].endswith("/auth/policies")
