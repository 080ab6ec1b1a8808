"""`lakesh fmt`: files, folders and standard input."""

import stat
import subprocess

from sandbox import LAKESH

WILD = "let a=1 # one\nprint   $a\n"
TAME = "let a = 1  # one\nprint $a\n"


def fmt(*words, **options):
    return subprocess.run([LAKESH, "fmt", *map(str, words)], capture_output=True, text=True, timeout=60, **options)


def test_a_file_is_rewritten_in_place_and_keeps_its_mode(tmp_path):
    script = tmp_path / "a.lfs"
    script.write_text(WILD)
    script.chmod(0o750)
    done = fmt(script)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"formatted {script}\n", "")
    assert script.read_text() == TAME
    assert stat.S_IMODE(script.stat().st_mode) == 0o750
    assert [file.name for file in tmp_path.iterdir()] == ["a.lfs"]


def test_a_formatted_file_is_left_alone(tmp_path):
    script = tmp_path / "a.lfs"
    script.write_text(TAME)
    before = script.stat().st_ino
    done = fmt(script)
    assert (done.returncode, done.stdout) == (0, "")
    assert script.stat().st_ino == before


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "a.lfs").write_text(WILD)
    (tmp_path / "b.lfs").symlink_to("a.lfs")
    assert fmt(tmp_path / "b.lfs").returncode == 0
    assert (tmp_path / "b.lfs").is_symlink()
    assert (tmp_path / "a.lfs").read_text() == TAME


def test_a_folder_means_the_scripts_in_it(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ["a.lfs", "lib/b.lfs", "notes.txt", ".hidden/c.lfs"]:
        (tmp_path / name).write_text(WILD)
    done = fmt(tmp_path)
    assert done.stdout == f"formatted {tmp_path}/a.lfs\nformatted {tmp_path}/lib/b.lfs\n"
    assert (tmp_path / "notes.txt").read_text() == WILD
    assert (tmp_path / ".hidden/c.lfs").read_text() == WILD


def test_check_changes_nothing_and_shows_the_first_line_that_would(tmp_path):
    script = tmp_path / "a.lfs"
    script.write_text("f\n" + WILD)
    done = fmt("--check", tmp_path)
    assert done.returncode == 1
    assert done.stdout == f"{script}:2 is not formatted\n  - let a=1 # one\n  + let a = 1  # one\n"
    assert script.read_text() == "f\n" + WILD
    script.write_text(TAME)
    assert fmt("--check", tmp_path).returncode == 0


def test_standard_input_comes_out_formatted():
    for words in [(), ("-",)]:
        done = fmt(*words, input=WILD)
        assert (done.returncode, done.stdout) == (0, TAME)
    assert fmt("--check", input=WILD).returncode == 1


def test_a_mistake_leaves_its_file_alone_and_the_others_are_formatted(tmp_path):
    (tmp_path / "a.lfs").write_text("let a = (1 2)\n")
    (tmp_path / "b.lfs").write_text(WILD)
    done = fmt(tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path}/a.lfs:1:12" in done.stderr
    assert (tmp_path / "a.lfs").read_text() == "let a = (1 2)\n"
    assert (tmp_path / "b.lfs").read_text() == TAME


def test_a_file_that_is_not_there_is_named():
    done = fmt("nowhere.lfs")
    assert done.returncode == 2
    assert "nowhere.lfs" in done.stderr
