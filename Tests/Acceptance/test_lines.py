"""A line that begins with `|` continues the line before it in scripts, but not at the prompt."""

import subprocess

from sandbox import LAKESH

LINES = "list_users --all\n  | get id\n"


def test_a_script_through_a_pipe_is_read_as_a_file_is():
    done = subprocess.run([LAKESH, "--sandbox", "--json"], input=LINES, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, '[\n  "admin"\n]\n')


def test_a_typed_line_is_whole_at_its_end():
    done = subprocess.run([LAKESH, "-e", LINES, "--sandbox"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "error[E0214]: a line cannot begin with `|`" in done.stderr
    assert "put it at the end of the line before" in done.stderr
