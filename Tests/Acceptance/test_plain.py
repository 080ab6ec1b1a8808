"""The shell without a terminal that can be painted on: plain lines, no control sequences, an exit status."""

import contextlib
import re
import subprocess
import time

import pytest
from terminal import binary

PLAIN = [{"TERM": "dumb"}, {"TERM": ""}, {"INSIDE_EMACS": "29.1,comint"}, {"TERM": "emacs"}]


def piped(script, *options, **environment):
    return subprocess.run(
        [binary(), "--sandbox", *options], input=script, capture_output=True, text=True, timeout=60, env=environment
    )


@pytest.mark.parametrize("environment", PLAIN, ids=str)
def test_a_terminal_that_cannot_be_painted_gets_lines_alone(shell, environment):
    terminal = shell(environment=environment)
    terminal.see("❯")
    for line, seen in (
        ("create_user ana", "creation_date"),
        ("for n in 1..2 {\r  print \"number $n\"\r}", "number 2"),
        ("get_usr ana", "did you mean `get_user`?"),
        ("step \"slow\" { sleep 500ms; print \"slept\" }", "slept"),
    ):
        terminal.send(line + "\r")
        terminal.see(seen)
    terminal.send("delete_user ana\r")
    terminal.see("[y/N]")
    terminal.send("n\r")
    terminal.see("declined")
    terminal.send("print \"last\"\r\x04")
    assert terminal.end() == 0
    assert not re.search(rb"\x1b|\r[^\r\n]", terminal.output)


def test_the_last_failure_decides_the_exit_status(shell):
    terminal = shell(environment={"TERM": "dumb"})
    terminal.see("❯")
    terminal.send("get_user nobody\r")
    terminal.see("nobody")
    terminal.send("\x04")
    assert terminal.end() == 1
    other = shell(environment={"TERM": "dumb"})
    other.see("❯")
    other.send("get_user nobody\r")
    other.see("404")
    other.send("print \"well\"\r\x04")
    assert other.end() == 0


def test_a_piped_script_is_one_unit():
    done = piped("create_user ana\nprint \"made\"\nget_usr ana\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input:3:1" in done.stderr and "Nothing was sent" in done.stderr


def test_a_piped_script_ends_with_the_status_of_its_failure():
    done = piped("print \"made\"\nget_user nobody\nprint \"not reached\"\n")
    assert (done.returncode, done.stdout) == (1, "made\n")
    assert piped("print 1\n").returncode == 0
    assert piped("delete_user ana\n").returncode in (1, 5)


def test_what_a_piped_script_prints_has_no_control_sequence():
    script = "for n in 1..3 { step \"s $n\" { create_user \"u$n\"; sleep 200ms } }\nlist_users --all | select id\n"
    done = piped(script, TERM="xterm-256color")
    assert done.returncode == 0
    assert "u3" in done.stdout and "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("redirection, reason", [(">/dev/full", "No space left"), (">&-", "Bad file descriptor")])
def test_output_that_is_lost_is_a_failure(redirection, reason):
    command = f"'{binary()}' --sandbox {redirection}"
    done = subprocess.run(
        ["sh", "-c", command], input="print 1\n", stderr=subprocess.PIPE, text=True, timeout=60, env={}
    )
    assert done.returncode == 1
    assert "standard output cannot be written: " + reason in done.stderr


def test_a_reader_that_has_enough_is_no_failure():
    command = f"'{binary()}' -e list_policies --sandbox | true"
    done = subprocess.run(["sh", "-c", command], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_signal_ends_who_waits_for_a_reader():
    command = [binary(), "-e", '1..20000 | each { "some words on line $it" }', "--sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.read(4) == b"some"
        limit = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < limit:
            # The first one may arrive before the end; then it only stops the script.
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)
        ended = process.poll()
        process.kill()
        assert ended
