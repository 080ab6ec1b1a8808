"""Endless loops and endless recursion: each script ends with an error and its exit status, and never crashes."""

import subprocess

import pytest

from sandbox import LAKESH


def run(tmp_path, text, *words, command="run"):
    script = tmp_path / "a.lfs"
    script.write_bytes(text if isinstance(text, bytes) else text.encode())
    words = [LAKESH, command, str(script), *(("--sandbox",) if command == "run" else ()), *words]
    return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)


def test_fuel_ends_a_loop_without_end(tmp_path):
    done = run(tmp_path, "var n = 0\nwhile true { n = $n + 1 }\n", "--fuel", "1000000")
    assert done.returncode == 3
    assert "error[R0310]: the script took more steps than --fuel allows\n" in done.stderr
    assert "is there a loop without an end?" in done.stderr


def test_a_script_that_ends_has_fuel_enough(tmp_path):
    done = run(tmp_path, "var n = 0\nfor i in 1..1000 { n = $n + $i }\nprint $n\n", "--fuel", "1000000")
    assert (done.returncode, done.stdout) == (0, "500500\n")


@pytest.mark.parametrize("loop", [
    "var x = []\nwhile true { x = [$x] }",
    "var x = {}\nwhile true { x = {inner: $x, other: [1, 2]} }",
    "var x = []\nwhile true { x = (append $x $x) }",
])
def test_what_is_put_into_itself_is_refused_in_time(tmp_path, loop):
    done = run(tmp_path, loop + "\n")
    assert done.returncode == 3
    assert "error[R0110]: a value nests deeper than 512\n" in done.stderr


def test_the_deepest_value_is_printed_compared_and_written(tmp_path):
    done = run(tmp_path, """\
var x = []
for i in 1..511 { x = [$x] }
let copy = $x
assert $copy == $x
print $x
print (to_json $x)
write_json "$script_folder/deep.json" $x
assert (read_json "$script_folder/deep.json") == $x
""")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "deep.json").read_text().count("[") == 512


def test_a_recursion_without_end_is_an_error(tmp_path):
    done = run(tmp_path, "def down(n) { return (down ($n + 1)) }\ndown 1\n")
    assert done.returncode == 3
    assert "error[R0125]: calls nest deeper than 10000\n" in done.stderr
    assert len(done.stderr.splitlines()) < 40


@pytest.mark.parametrize("text, code", [
    (b"[" * (50 << 20), "E0102"), (b"print " + b"(" * 10_000, "E0204"), (b'"', "E0104"), (b"print \xff\n", "E0101"),
], ids=["50 MB", "10,000 brackets", "a lone quote", "no UTF-8"])
def test_a_text_that_is_no_script_is_said(tmp_path, text, code):
    done = run(tmp_path, text, command="check")
    assert done.returncode == 2
    assert f"error[{code}]" in done.stderr
    assert len(done.stderr) < 4000
