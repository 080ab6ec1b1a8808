"""Scripts that send nothing need no server."""

import subprocess

import pytest

from terminal import binary


def run(tmp_path, *arguments):
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [binary(), *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60,
        stdin=subprocess.DEVNULL)


def test_a_line_without_operations_needs_no_server(tmp_path):
    done = run(tmp_path, "-e", "print (1 + 2)")
    assert (done.returncode, done.stdout, done.stderr) == (0, "3\n", "")


def test_a_script_without_operations_needs_no_server(tmp_path):
    (tmp_path / "add.lfs").write_text("param n = 2\nprint $n\n")
    done = run(tmp_path, "run", "add.lfs", "--n", "5")
    assert (done.returncode, done.stdout) == (0, "5\n")
    assert done.stderr.startswith("add.lfs · no server")


@pytest.mark.parametrize("line", ["get_current_user", "if 1 == 2 { get_current_user }"])
def test_with_an_operation_a_server_must_be_named(tmp_path, line):
    done = run(tmp_path, "-e", line)
    assert done.returncode == 2
    assert "no server is named" in done.stderr


def test_a_server_that_is_named_must_be_known_even_where_nothing_is_sent(tmp_path):
    done = run(tmp_path, "-e", "print 1", "--server", "nosuch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no profile `nosuch`" in done.stderr


def test_a_word_too_many_is_told_what_is_taken(tmp_path):
    done = run(tmp_path, "help", "lakectl", "auth")
    assert done.returncode == 2
    assert "`auth` is one argument too many\n   = it takes [TOPIC]\n" in done.stderr


@pytest.mark.parametrize("option", [["--sandbox"], ["--like", "v0.90"], ["--storage", "s3"]])
def test_a_sandbox_and_a_server_are_not_mixed(tmp_path, option):
    done = run(tmp_path, "-e", "print 1", "--server", "http://127.0.0.1:1", *option)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"`{option[0]}` is about a sandbox, and `--server` names a server" in done.stderr
