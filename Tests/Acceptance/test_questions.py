"""Questions on a terminal: their appearance, and the work that continues meanwhile."""

import hashlib
import json
import sys

import pytest

from sandbox import Sandbox
from terminal import Terminal, binary, modes

ASK = """\
step "dangerous" {
  create_user ana
  confirm "delete everything?"
  create_user bo
}
"""
ASK_NAME = """\
step "dangerous" {
  create_user ana
  let name = input "Whose keys?"
  create_user $name
}
"""


@pytest.fixture
def run(tmp_path):
    """Runs a script on a terminal."""
    terminals = []

    def start(script, *options, **settings):
        (tmp_path / "ask.lfs").write_text(script)
        terminal = Terminal([binary(), "run", "ask.lfs", *options], tmp_path, folder=tmp_path, **settings)
        terminals.append(terminal)
        return terminal

    yield start
    for terminal in terminals:
        terminal.child.close(force=True)


def stands(terminal, row, seconds=1):
    """Returns True if the cursor stays behind this row for some time, so that nothing paints over it."""
    terminal.until(lambda t: t.row() == row.rstrip() and t.screen.cursor.x == len(row), what=row)
    terminal.stays(lambda t: t.row() == row.rstrip() and t.screen.cursor.x == len(row), seconds, what=row)


def test_a_question_in_a_step_stays_on_the_screen(run):
    terminal = run(ASK, "--sandbox")
    stands(terminal, "  [y/N] ")
    assert "! delete everything?" in terminal.text()
    terminal.send("y\r")
    assert terminal.end() == 0
    assert "✓ dangerous        2 changes" in terminal.text()


def test_what_is_typed_to_a_question_in_a_step_stays_on_the_screen(run):
    terminal = run(ASK_NAME, "--sandbox")
    stands(terminal, "Whose keys? ")
    terminal.send("chi")
    stands(terminal, "Whose keys? chi")
    terminal.send("di\r")
    assert terminal.end() == 0
    assert "2 changes" in terminal.text()


def test_a_protected_profiles_question_in_a_step_stays_on_the_screen(run, tmp_path):
    with Sandbox() as server:
        folder = tmp_path / ".config/lakesh"
        folder.mkdir(parents=True)
        (folder / "profiles.yaml").write_text(
            f"production:\n  server: {server.server}\n  protected: true\n"
            "  keys: {env: {access_key_id: PROD_ID, secret_access_key: PROD_SECRET}}\n"
        )
        script = 'step "remove ana" {\n  ensure create_user ana\n  delete_user ana\n}\n'
        terminal = run(
            script, "--server", "production", environment={"PROD_ID": server.access_key, "PROD_SECRET": server.secret_key}
        )
        stands(terminal, "  Type ana to go on: ")
        terminal.send("an")
        stands(terminal, "  Type ana to go on: an")
        terminal.send("a\r")
        assert terminal.end() == 0
        assert "✓ remove ana" in terminal.text()


def test_a_question_in_a_step_at_the_prompt_stays_on_the_screen(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.enter("create_repository lake local://lake")
    terminal.send('step "s" { delete_repository lake }\r')
    stands(terminal, "  Type lake to go on: ")
    terminal.send("lak")
    stands(terminal, "  Type lake to go on: lak")
    terminal.send("e\r")
    terminal.at_prompt()
    terminal.enter('get_repository lake --or "gone"')
    terminal.see("gone")


def test_the_rest_of_a_run_goes_on_and_is_told_after_the_answer(run, tmp_path):
    terminal = run(
        'for what in ["ask", "work"] parallel 2 {\n  step $what {\n    if $what == "ask" {\n      confirm "Go on?"\n    } else {\n'
        '      create_user ana\n      print "made"\n      sleep 500ms\n      write_file "done.txt" "x"\n    }\n  }\n}\n',
        "--sandbox",
    )
    terminal.until(lambda t: (tmp_path / "done.txt").exists() and t.row() == "  [y/N]", what="the file")
    stands(terminal, "  [y/N] ")
    assert "made" not in terminal.text()
    terminal.send("y\r")
    assert terminal.end() == 0
    rows = terminal.lines()
    assert rows.index("  [y/N] y") < rows.index("made") < next(i for i, row in enumerate(rows) if "✓ work" in row)


def test_questions_of_parallel_bodies_come_one_after_the_other(run):
    terminal = run('for x in ["a", "b"] parallel 2 {\n  confirm "Go on with ${x}?"\n  create_user $x\n}\n', "--sandbox")
    terminal.see("! Go on with a?")
    assert "with b" not in terminal.text()
    # Both lines arrive together; the second was typed before its question appeared.
    terminal.send("y\ry\r")
    terminal.see("! Go on with b?")
    stands(terminal, "  [y/N] ", 0.3)
    terminal.send("y\r")
    assert terminal.end() == 0
    assert "2 changes" in terminal.text()


def test_a_question_that_its_time_limit_takes_back_ends_its_line(run):
    terminal = run('step "s" {\n  timeout 1s { confirm "Go on?" }\n}\n', "--sandbox")
    stands(terminal, "  [y/N] ", 0.1)
    terminal.send("y")
    assert terminal.end() != 0
    rows = terminal.lines()
    assert rows[rows.index("! Go on?") + 1] == "  [y/N] y" and any(row.startswith("  ✗ s ") for row in rows)


def test_what_was_typed_before_a_question_is_no_answer(run):
    terminal = run('print "begun"\nsleep 500ms\nconfirm "Go on?"\n', "--sandbox")
    terminal.see("begun")
    terminal.send("y\r")
    stands(terminal, "  [y/N] ", 0.3)
    terminal.send("\r")
    assert terminal.end() != 0
    assert "declined: Go on?" in terminal.text()


def test_a_question_that_an_interrupt_abandons_is_not_asked_later(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send('step "s" { on_exit { confirm "Clean up?" }; print "begun"; sleep 60s }\r')
    terminal.see("\nbegun")
    terminal.send("\x03")
    terminal.see("! Clean up?")
    terminal.send("\x03")
    terminal.see("interrupted twice")
    terminal.at_prompt()
    terminal.send('print (input "Name?")\r')
    stands(terminal, "Name? ", 0.3)
    terminal.send("ana\r")
    terminal.see("\nana")


def test_the_time_that_a_person_thinks_counts_in_no_step_and_in_no_total(run):
    terminal = run(ASK, "--sandbox", "--json", columns=120, rows=40)
    stands(terminal, "  [y/N] ", 1.5)
    terminal.send("y\r")
    assert terminal.end() == 0
    text = terminal.text()
    result = json.loads(text[text.index("\n{") : text.rindex("}") + 1])
    assert result["milliseconds"] < 1000 and result["steps"][0]["milliseconds"] < 1000


def test_a_result_at_the_prompt_says_how_long_it_took_without_the_question(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.enter("create_user ana")
    terminal.send("delete_user ana; list_users\r")
    stands(terminal, "  [y/N] ", 1.5)
    terminal.send("y\r")
    terminal.see("admin")
    terminal.at_prompt()
    assert " s\n" not in terminal.text()


# A shell that does not change the terminal's modes: it prints them when its job stops, and continues it after Enter.
PLAIN_SHELL = """
import os, signal, sys, termios
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
while os.WIFSTOPPED(status := os.waitpid(job, os.WUNTRACED)[1]):
    os.tcsetpgrp(0, os.getpgrp())
    input("stopped, echo is " + ("on" if termios.tcgetattr(0)[3] & termios.ECHO else "off"))
    os.tcsetpgrp(0, job)
    os.kill(-job, signal.SIGCONT)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.fixture
def job(tmp_path):
    """Runs a script as a job of a shell."""
    terminals = []

    def start(script):
        (tmp_path / "a.lfs").write_text(script)
        command = [sys.executable, "-c", PLAIN_SHELL, binary(), "run", "a.lfs", "--sandbox"]
        terminals.append(Terminal(command, tmp_path, folder=tmp_path))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.child.close(force=True)


@pytest.mark.parametrize(
    "script", ['param token: secret\nprint (sha256 ($token | reveal))\n', 'print (sha256 ((input "token:" --secret) | reveal))\n'], ids=["param", "input"]
)
def test_who_stops_at_a_secret_sees_what_is_typed_and_is_asked_again(job, script):
    terminal = job(script)
    terminal.until(lambda t: t.row() == "token:" and "ECHO" not in modes(t), what="the question")
    terminal.send("half\x1a")
    terminal.see("stopped, echo is on")
    terminal.send("\r")
    terminal.until(lambda t: t.row() == "token:" and "ECHO" not in modes(t), what="the question again")
    assert terminal.text().count("token:") == 2
    terminal.send("whole\r")
    terminal.see(hashlib.sha256(b"whole").hexdigest())
    assert terminal.end() == 0
    assert b"half" not in terminal.output and b"whole" not in terminal.output


def test_the_quit_key_at_a_secret_ends_nothing_and_echo_comes_back(job):
    terminal = job('print (sha256 ((input "token:" --secret) | reveal))\nprint (input "again:")\n')
    terminal.until(lambda t: t.row() == "token:" and "ECHO" not in modes(t), what="the question")
    terminal.send("half\x1cwhole\r")
    terminal.see(hashlib.sha256(b"whole").hexdigest())
    terminal.until(lambda t: t.row() == "again:" and "ECHO" in modes(t), what="the next question")
    terminal.send("x\r")
    assert terminal.end() == 0


def test_who_stops_at_a_question_is_asked_again(job):
    terminal = job(ASK)
    terminal.until(lambda t: t.row() == "  [y/N]", what="the question")
    terminal.send("n\x1a")
    terminal.see("stopped, echo is on")
    terminal.send("\r")
    terminal.until(lambda t: t.row() == "  [y/N]" and t.text().count("! delete everything?") == 2, what="the question again")
    terminal.send("y\r")
    assert terminal.end() == 0
    assert "2 changes" in terminal.text()
