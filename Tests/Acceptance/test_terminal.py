"""The shell and its terminal: job control, signals, sizes, wide characters."""

import os
import shutil
import signal
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from terminal import Terminal, binary, modes

KEYS = {"LAKECTL_CREDENTIALS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": "s" * 40}


@pytest.fixture
def bash(tmp_path):
    terminal = Terminal(["bash", "--norc", "--noediting", "-i"], tmp_path, environment={"PS1": "bash$ ", "LAKESH": binary()})
    terminal.see("bash$")
    yield terminal
    terminal.child.close(force=True)


def test_stopped_and_continued_the_line_is_still_there(bash):
    bash.send('"$LAKESH" --sandbox\r')
    bash.at_prompt()
    bash.send("print (40 +\x1a")
    bash.until(lambda t: "Stopped" in t.text() and t.row() == "bash$", what="bash's prompt")
    assert modes(bash) == {"ICANON", "ECHO", "ISIG"}
    assert b"\x1b[?2004l" in bash.output
    bash.send("echo $((6 * 7))\r")
    bash.see("\n42")
    bash.send("fg\r")
    bash.until(lambda t: t.row().startswith("❯ print (40 +"), what="the line as it was")
    bash.send(" 3)\r")
    bash.see("\n43")
    bash.at_prompt()
    bash.send("\x04")
    bash.until(lambda t: t.row() == "bash$", what="bash's prompt")


def test_a_stop_from_elsewhere_gives_the_terminal_back_first(bash):
    bash.send('"$LAKESH" --sandbox\r')
    bash.at_prompt()
    bash.send("print (40 +")
    bash.until(lambda t: t.row().startswith("❯ print (40 +"), what="the line")
    os.kill(os.tcgetpgrp(bash.child.child_fd), signal.SIGTSTP)
    bash.until(lambda t: "Stopped" in t.text() and t.row() == "bash$", what="bash's prompt")
    assert b"\x1b[?2004l" in bash.output
    bash.send("fg\r")
    bash.until(lambda t: t.row().startswith("❯ print (40 +"), what="the line as it was")
    bash.send(" 4)\r")
    bash.see("\n44")


def test_a_statement_is_stopped_and_continued(bash):
    bash.send('"$LAKESH" --sandbox\r')
    bash.at_prompt()
    bash.send("sleep 2s; print (40 + 2)\r")
    bash.until(lambda t: t.screen.cursor.x == 0, what="the statement running")
    bash.until(lambda t: "ISIG" in modes(t), what="signals")
    bash.send("\x1a")
    bash.until(lambda t: "Stopped" in t.text() and t.row() == "bash$", what="bash's prompt")
    bash.send("fg\r")
    bash.see("42")
    bash.at_prompt()


@pytest.mark.parametrize("editrc", ["", "bind -v\n"], ids=["emacs", "vi"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(shell, tmp_path, editrc, number):
    (tmp_path / ".editrc").write_text(editrc)
    terminal = shell()
    terminal.at_prompt()
    assert modes(terminal) == set()
    name = os.readlink(f"/proc/{terminal.child.pid}/fd/0")
    held = os.open(name, os.O_RDWR | os.O_NOCTTY)
    try:
        terminal.send("abc")
        terminal.until(lambda t: t.line() == "abc|", what="the line")
        terminal.child.kill(number)
        terminal.until(lambda t: modes(t) == {"ICANON", "ECHO", "ISIG"}, what="the terminal's own modes")
        terminal.until(lambda t: t.output.rfind(b"\x1b[?2004l") > t.output.rfind(b"\x1b[?2004h"), what="no paste marks")
    finally:
        os.close(held)
    terminal.end()
    assert terminal.child.signalstatus in (number, signal.SIGTERM)


@pytest.mark.parametrize("environment", [{}, {"TERM": "dumb"}], ids=["painted", "plain"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_a_statement_runs_ends_the_shell(shell, environment, number):
    terminal = shell(environment=environment)
    terminal.see("❯")
    terminal.send('for n in 1..9 { print "turn $n"; sleep 60s }\r')
    terminal.see("turn 1\n")
    terminal.child.kill(number)
    terminal.end()
    assert terminal.child.signalstatus == signal.SIGTERM
    assert "interrupted" in terminal.text()


def test_half_a_line_that_a_signal_cuts_off_is_not_run(shell):
    terminal = shell(environment={"TERM": "dumb"})
    terminal.see("❯")
    # ^D in the middle of a line passes it on without its end.
    terminal.send('print "ha" + "lf"\x04')
    terminal.child.kill(signal.SIGTERM)
    terminal.end()
    assert terminal.child.signalstatus == signal.SIGTERM
    assert "half" not in terminal.text()


def test_the_terminal_is_a_commands_own_while_it_runs(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("sleep 60s\r")
    terminal.until(lambda t: modes(t) == {"ICANON", "ECHO", "ISIG"}, what="the terminal's own modes")


def test_a_terminal_that_goes_away_ends_the_shell(shell):
    terminal = shell()
    terminal.at_prompt()
    process = terminal.child.pid
    terminal.child.ptyproc.fileobj.close()
    limit = time.monotonic() + 10
    while time.monotonic() < limit:
        ended, _ = os.waitpid(process, os.WNOHANG)
        if ended:
            break
    assert ended == process
    terminal.child.ptyproc.terminated = True
    terminal.child.terminated = True


# Messages during typing.


class Unavailable(BaseHTTPRequestHandler):
    """Starts a server that answers every request with 503."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b'{"message": "closed for repairs"}'
        self.send_response(503)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def unavailable():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Unavailable)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_an_error_of_completion_stands_under_the_line_until_the_next_key(shell, unavailable):
    terminal = shell("--server", unavailable, environment=KEYS)
    terminal.at_prompt()
    terminal.send("get_user \t")
    terminal.see("503")
    said = next(i for i, line in enumerate(terminal.lines()) if "503" in line)
    assert said == terminal.screen.cursor.y + 1
    terminal.send("abcd")
    terminal.until(lambda t: "❯ get_user abcd" in t.row() and "503" not in t.text(), what="the line alone")
    assert sum("get_user" in line for line in terminal.lines()) == 1


# In tmux, a terminal emulator other than pyte.


class Tmux:
    """Starts lakesh in a window of a separate tmux server."""

    def __init__(self, home, columns=70, rows=20):
        self.home = home
        self.socket = str(home / "tmux")
        command = f"env -i HOME={home} PATH={os.environ['PATH']} LANG=C.UTF-8 TERM=screen-256color {binary()} --sandbox"
        self("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), command)

    def __call__(self, *arguments):
        return subprocess.run(["tmux", "-u", "-S", self.socket, *arguments], capture_output=True, text=True, check=True, timeout=10).stdout

    def send(self, text):
        self("send-keys", "-l", text)

    def screen(self):
        return [line.rstrip() for line in self("capture-pane", "-p").split("\n")]

    def cursor(self):
        return tuple(int(part) for part in self("display", "-p", "#{cursor_x},#{cursor_y}").split(","))

    def until(self, predicate, what):
        limit = time.monotonic() + 10
        while time.monotonic() < limit:
            if predicate():
                return
        raise AssertionError(f"never came: {what}\n" + "\n".join(self.screen()))


@pytest.fixture
def tmux(tmp_path):
    if not shutil.which("tmux"):
        pytest.fail("tmux is not installed: scripts/packages tmux")
    terminal = Tmux(tmp_path)
    terminal.until(lambda: terminal.cursor()[0] == 2, "a prompt")
    yield terminal
    terminal("kill-server")


def test_a_terminal_that_reflows_shows_the_line_once(tmux):
    text = 'print "' + "z" * 150
    tmux.send(text)
    tmux.until(lambda: "".join(tmux.screen()).count("z") == 150, "the line")
    for columns in (50, 90, 33, 70):
        tmux("resize-window", "-x", str(columns))

        def is_whole():
            screen = tmux.screen()
            rows = [line for line in screen if "z" in line]
            return (
                "".join(screen).count("z") == 150
                and sum(line.startswith("❯") for line in screen) == 1
                and all(len(line) == columns for line in rows[:-1])
            )

        tmux.until(is_whole, f"the line in {columns} columns")
    tmux.send('"')
    tmux.until(lambda: "".join(tmux.screen()).endswith('"'), "the line's end")


@pytest.mark.parametrize(
    "text, width",
    [("文", 2), ("e\u0301", 1), ("\U0001f389", 2), ("\U0001f1e9\U0001f1ea", 2), ("\U0001f468\u200d\U0001f469\u200d\U0001f467", 2)],
    ids=["ideograph", "combining", "emoji", "flag", "family"],
)
def test_the_cursor_stands_where_the_terminal_has_it(tmux, text, width):
    tmux.send("a" + text)
    tmux.until(lambda: tmux.cursor()[0] == 3 + width, "the cursor behind the character")
    tmux.send("b")
    tmux.until(lambda: tmux.cursor()[0] == 4 + width, "the cursor behind the next")
    tmux("send-keys", "BSpace")
    tmux("send-keys", "BSpace")
    tmux.until(lambda: tmux.cursor()[0] == 3, "the character gone")


def test_a_real_paste_is_one_unit(tmux):
    tmux("set-buffer", "print 1\nprint (40 + 2)\n")
    tmux("paste-buffer", "-p")
    tmux.until(lambda: "· print (40 + 2)" in tmux.screen(), "the paste")
    assert "42" not in tmux.screen()
    tmux("send-keys", "Enter")
    tmux.until(lambda: "42" in tmux.screen(), "its result")


def test_a_menu_goes_and_leaves_nothing(tmux):
    tmux.send("list_gr\t")
    tmux.until(lambda: any("list_group_members" in line for line in tmux.screen()), "the menu")
    tmux("resize-window", "-x", "40", "-y", "10")
    tmux.send("\x07")
    tmux.until(lambda: [line for line in tmux.screen() if line][-1].startswith("❯ list_gr"), "the line alone")
