"""Planted secrets: typed, pasted, fetched, completed, read. None is in a file, none on the screen unless requested."""

import hashlib
import json
import os
import re
import signal

import pytest

from sandbox import Sandbox
from terminal import Terminal, binary

FRAME_END = b"\x1b[?2026l"
HISTORY = ".local/state/lakesh/history"


class Watch:
    """A shell with a server, everything that it showed, and the folder of everything that it wrote."""

    def __init__(self, terminal, home):
        self.terminal, self.home = terminal, home
        self.screens = []

    def type(self, statement, way="at once"):
        """Types a statement, waits for its result, stores the screen."""
        if way == "pasted":
            statement = f"\x1b[200~{statement}\x1b[201~"
        for part in statement if way == "key by key" else [statement]:
            frames = self.terminal.output.count(FRAME_END)
            self.terminal.send(part)
            self.terminal.until(lambda t: t.output.count(FRAME_END) > frames, what="a frame")
            # The frame may be that of the banner, which the server's answer completes.
            if way == "pasted":
                self.terminal.until(lambda t: t.line() != "|", what="what was typed")
            self.look()
        self.terminal.enter("")
        self.look()

    def keys(self, keys):
        """Types keys that run nothing; stores the screen when the terminal is silent."""
        self.terminal.send(keys)
        while self.terminal.pump(0.1):
            pass
        self.look()

    def look(self):
        # A full row continues in the next one.
        self.screens.append("".join(line if len(line) == 80 else line + "\n" for line in self.terminal.lines()))

    def clear(self):
        self.terminal.send("\x0c")
        self.terminal.at_prompt()

    def shown(self, secret):
        """Returns the screens that showed a secret."""
        return [screen for screen in self.screens if secret in screen]

    def files(self, secret):
        """Returns the files that contain a secret."""
        found = (path for path in self.home.rglob("*") if path.is_file() and path.name != "given.txt")
        return [str(path) for path in found if secret.encode() in path.read_bytes()]


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("--storage", "s3") as server:
        server.line("create_repository lake s3://lake")
        server.line("upload_object lake main data/a.csv --content 'one'")
        yield server


@pytest.fixture
def watch(shell, sandbox, tmp_path):
    environment = {
        "LAKECTL_CREDENTIALS_ACCESS_KEY_ID": sandbox.access_key,
        "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": sandbox.secret_key,
        "GIVEN": "planted-by-variable",
        "PAGER": "cat",
    }
    (tmp_path / "given.txt").write_text("planted-in-a-file")
    terminal = shell("--server", sandbox.server, environment=environment, folder=tmp_path)
    terminal.at_prompt()
    yield Watch(terminal, tmp_path)


TYPED = {
    "as an argument": "login AKIAJSANDBOX {}",
    "as an option": "login AKIAJSANDBOX --secret_access_key={}",
    "of another identity": 'as {{access_key_id: "AKIA", secret_access_key: "{}"}} {{ get_current_user }}',
    "for a variable": "let password = '{}'",
    "twice in one statement": "update_password {} {}-and-more",
    "with a mistake behind it": "login AKIAJSANDBOX {} surplus",
    "to be explained": "explain login AKIAJSANDBOX {}",
    "in an address": "use http://ana:{}@127.0.0.1:1",
    "in a block": "if true {{ login AKIAJSANDBOX {} }}",
    "behind an option": "login --timeout 5s AKIAJSANDBOX {}",
    "twice behind an option": "update_password --timeout 5s {} {}-and-more",
    "behind an option that there is not": "login --timeot 5s AKIAJSANDBOX {}",
    "beside a quote": "login AKIAJSANDBOX {}'x'",
}


@pytest.mark.parametrize("statement", TYPED.values(), ids=TYPED)
@pytest.mark.parametrize("way", ["key by key", "pasted"])
def test_a_secret_that_is_given_is_on_no_screen_and_in_no_file(watch, statement, way):
    secret = "planted-by-hand"
    text = statement.format(secret, secret)
    watch.type(text, way)
    assert "••••" in watch.screens[-2]
    watch.type("print $_error.message")
    watch.terminal.send("\x1b[A\x1b[A")
    watch.terminal.until(lambda t: "•••" in t.row() or "•••" in t.lines()[t.screen.cursor.y - 1], what="the statement")
    watch.look()
    watch.terminal.send("\x03")
    watch.terminal.at_prompt()
    # Neither the suggestion nor the search shows it.
    watch.keys(text[:4])
    watch.keys("\x15\x12planted")
    watch.keys("\x07")
    watch.type("record save made.lfs")
    assert not watch.shown(secret)
    assert not watch.files(secret)


def test_a_secret_that_a_recorded_statement_needs_becomes_a_parameter(watch, sandbox):
    identity = f'{{access_key_id: "{sandbox.access_key}", secret_access_key: "{sandbox.secret_key}"}}'
    watch.type(f"as {identity} {{ create_user recorded }}")
    watch.type("record save made.lfs")
    made = (watch.home / "made.lfs").read_text()
    assert "create_user recorded" in made and ": secret" in made
    assert not watch.shown(sandbox.secret_key) and not watch.files(sandbox.secret_key)


def test_a_secret_that_was_fetched_is_shown_where_it_was_asked_for_and_nowhere_else(watch, sandbox):
    terminal = watch.terminal
    watch.type("let key = create_credentials admin")
    secret = next(line.split()[-1] for line in terminal.lines() if "secret_access_key" in line)
    access_key = next(line.split()[-1] for line in terminal.lines() if "access_key_id" in line)
    assert len(secret) >= 30
    watch.clear()
    watch.screens.clear()
    watch.type("timing on")
    watch.type("$key")
    watch.type('print "it is ${key.secret_access_key}"')
    watch.type("$key | to_json")
    watch.type("let session = login $key.access_key_id $key.secret_access_key")
    watch.type("$session")
    watch.type("as $key { get_current_user }")
    watch.type("explain login $key.access_key_id $key.secret_access_key")
    watch.type("get_user $key.secret_access_key")
    watch.type("login $key.access_key_id (upper $key.secret_access_key)")
    watch.type("$_error")
    for text in ("$key.\t", "$key.\t\t\t", "login $key.access_key_id \t", "print $_\t", "login \t"):
        watch.keys(text)
        watch.keys("\x07\x07\x15")
        terminal.at_prompt()
    watch.type("record save made.lfs")
    assert not watch.shown(secret) and not watch.shown(secret.upper())
    assert not watch.files(secret)
    # An explicitly requested secret is shown, but written to no file.
    watch.type("reveal $key.secret_access_key")
    assert watch.shown(secret)
    watch.type("reveal $session.token")
    token = re.search(r"eyJ[\w.-]{60}", watch.screens[-1])[0]
    terminal.send("\x04")
    terminal.end()
    assert not watch.files(secret) and not watch.files(token)
    assert access_key not in (watch.home / HISTORY).read_text()


def test_a_presigned_address_is_shown_where_it_was_asked_for_and_nowhere_else(watch):
    watch.type("let there = stat_object lake main data/a.csv --presign")
    watch.type("$there.physical_address")
    watch.type('print "at ${there.physical_address}"')
    watch.type("let page = list_objects lake main --presign")
    watch.type("$page")
    watch.type("let upload = get_physical_address lake main data/b.csv --presign")
    watch.type("$upload")
    watch.type("put_url $upload.presigned_url --body one --header {a: 1}")
    watch.type("get_url $there.physical_address --method POST")
    watch.type("record save made.lfs")
    assert not watch.shown("Signature=") and not watch.files("Signature=")
    watch.type("stat_object lake main data/a.csv --presign")
    assert watch.shown("Signature=")
    watch.clear()
    watch.screens.clear()
    watch.type("$_")
    assert not watch.shown("Signature=") and not watch.files("Signature=")


def test_what_a_variable_or_a_file_held_is_hidden(watch):
    watch.type('let one = env "GIVEN" --secret')
    watch.type('let two = read_file "given.txt" --secret')
    watch.type('print "$one $two"')
    watch.type("[$one, $two] | to_json")
    watch.type("get_user $one")
    watch.type("{a: $two}")
    watch.type("assert $one == $two")
    watch.type("fail \"no: $one\"")
    watch.type("record save made.lfs")
    assert "••••" in "".join(watch.screens)
    for secret in ("planted-by-variable", "planted-in-a-file"):
        assert not watch.shown(secret) and not watch.files(secret)


def test_the_key_that_the_shell_works_with_is_nowhere(watch, sandbox):
    watch.type("get_current_user")
    watch.type("get_usr ana")
    watch.type("get_user nobody")
    watch.type("help get_user")
    watch.type("as {access_key_id: \"AKIA\"} { get_current_user }")
    assert not watch.shown(sandbox.secret_key) and not watch.files(sandbox.secret_key)


def test_a_killed_shell_leaves_no_secret(watch):
    watch.type("login AKIAJSANDBOX planted-by-hand")
    watch.type("print 1")
    watch.keys("login AKIAJSANDBOX planted-half-way")
    os.kill(watch.terminal.child.pid, signal.SIGKILL)
    watch.terminal.end()
    assert "print 1" in (watch.home / HISTORY).read_text()
    for secret in ("planted-by-hand", "planted-half-way"):
        assert not watch.shown(secret) and not watch.files(secret)


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["for people", "as json"])
def test_a_script_shows_and_keeps_no_secret(sandbox, tmp_path, options):
    script = tmp_path / "made.lfs"
    script.write_text(
        'let key = create_credentials admin\nwrite_json key.json $key\nprint $key\nlet session = login $key.access_key_id $key.secret_access_key\n'
        'print $session\nlet typed = "${key.secret_access_key}"\nget_user $typed\n'
    )
    done = sandbox.run("run", str(script), *options, "--server", sandbox.server, cwd=tmp_path)
    assert done.returncode != 0 and "••••" in done.stdout
    secret = json.loads((tmp_path / "key.json").read_text())["secret_access_key"]
    assert secret not in done.stdout + done.stderr and "eyJ" not in done.stdout + done.stderr
    (tmp_path / "key.json").unlink()
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


@pytest.mark.parametrize("default", ["", ' = ""', " = null"], ids=["required", "a text", "null"])
def test_a_secret_parameter_is_given_by_its_source_whatever_its_default(sandbox, tmp_path, default):
    script = tmp_path / "made.lfs"
    script.write_text(f"param pin: secret{default}\nprint (type_of $pin)\n")
    (tmp_path / "pin").write_text("planted-in-a-file\n")
    done = sandbox.run("run", "made.lfs", "--pin-from", "file:pin", "--sandbox", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "secret\n")
    done = sandbox.run("run", "made.lfs", "--sandbox", cwd=tmp_path)
    assert "needs --pin-from" in done.stderr or default


def test_a_secret_that_a_script_needs_is_asked_for_on_a_terminal(tmp_path):
    (tmp_path / "a.lfs").write_text("param token: secret  # of the new server\nprint (sha256 ($token | reveal))\n")
    terminal = Terminal([binary(), "run", "a.lfs", "--sandbox"], tmp_path, folder=tmp_path)
    terminal.see("token (of the new server):")
    terminal.send("planted-at-a-question\r")
    terminal.see(hashlib.sha256(b"planted-at-a-question").hexdigest())
    assert terminal.end() == 0
    assert b"planted" not in terminal.output


@pytest.mark.parametrize("keys, status", [("\x03", 130), ("\r", 2), ("\x04", 2)], ids=["^C", "Enter", "^D"])
def test_who_gives_no_secret_has_run_nothing_and_sees_again_what_is_typed(tmp_path, keys, status):
    (tmp_path / "a.lfs").write_text("param token: secret\nprint begun (sha256 $token)\n")
    line = f"trap : INT; {binary()} run a.lfs --sandbox; echo status $?; stty -a"
    terminal = Terminal(["sh", "-c", line], tmp_path, folder=tmp_path)
    terminal.see("token:")
    terminal.send(keys)
    terminal.see(f"status {status}")
    terminal.end()
    modes = terminal.text().partition("status")[2].split()
    assert "echo" in modes and "begun" not in modes
    assert status == 130 or "the script needs --token-from" in terminal.text()
