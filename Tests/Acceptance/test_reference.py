"""The articles of the help: each example runs in a sandbox and prints the output given below it."""

import os
import re
import subprocess

import pytest

from sandbox import ROOT
from terminal import binary

LAKESH = binary()

PREPARATION = """
create_repository lake "s3://lake/data"
upload_object lake main data/a.csv --content "id\\n1\\n"
commit lake main "load a.csv"
"""

# Examples that need a terminal, a program that may be missing, or `lakesh test`.
APART = {"whose keys?": 3, "Delete the branch?": 5}

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples():
    """Returns each code block in the language with the output below it, if there is one."""
    for article in sorted((ROOT / "Sources").glob("*/*.docc/*.md")):
        text = article.read_text()
        blocks = [(match.group(1), match.group(2), match.start()) for match in FENCE.finditer(text)]
        for (language, code, start), after in zip(blocks, blocks[1:] + [("", "", 0)]):
            if language == "lfs":
                line = text[:start].count("\n") + 1
                output = after[1] if after[0] == "output" else None
                yield pytest.param(code, output, id=f"{article.stem}:{line}")


@pytest.mark.parametrize("code, output", examples())
def test_an_example_runs_and_gives_what_stands_below_it(code, output, tmp_path):
    (tmp_path / "prepare.lfs").write_text(PREPARATION)
    (tmp_path / "people.csv").write_text("id,groups\nana,Developers\nbo,\n")
    (tmp_path / "example.lfs").write_text(code)
    words = ["--repository", "lake"] if "param repository" in code else []
    words += ["--user-id", "ana"] if "param user_id" in code else []
    done = subprocess.run(
        [LAKESH, "run", "example.lfs", "--sandbox", "--storage", "s3", "--prepare", "prepare.lfs", *words],
        cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )
    expected = next((status for mark, status in APART.items() if mark in code), 0)
    assert done.returncode == expected, done.stderr
    if output is not None:
        assert done.stdout == output


def help_on(*topic, **options):
    environment = dict(os.environ, **options.pop("environment", {}))
    return subprocess.run([LAKESH, "help", *topic], capture_output=True, text=True, timeout=60, env=environment, **options)


def test_help_lists_its_topics():
    done = help_on()
    assert done.returncode == 0
    for topic in ["language", "grammar", "statements", "errors", "profiles", "environment", "exit-status", "lakectl"]:
        assert re.search(rf"^  {topic} ", done.stdout, re.MULTILINE), topic


def test_help_in_a_pipe_is_plain_and_80_columns_wide():
    done = help_on("statements", environment={"TERM": "xterm-256color"})
    assert "\x1b" not in done.stdout
    assert max(len(line) for line in done.stdout.splitlines() if not line.startswith("    ")) <= 80


def test_help_on_a_subcommand_that_is_a_keyword_tells_of_both():
    done = help_on("run")
    assert done.stdout.startswith("lakesh run FILE ")
    assert '`run "other.lfs" --param value`' in done.stdout


def test_what_is_no_topic_gets_the_closest():
    done = help_on("proffiles")
    assert done.returncode == 2
    assert done.stderr == "error[R0403]: there is no help on `proffiles`\n   = did you mean `profiles`?\n"


def test_the_article_on_the_exit_status_tells_of_each():
    source = (ROOT / "Sources/LakeCLI/ExitStatus.swift").read_text()
    codes = re.findall(r"^        case [.\w, ]+: (\d+)$", source, re.MULTILINE)
    article = (ROOT / "Sources/LakeRunner/LakeRunner.docc/ExitStatus.md").read_text()
    told = re.findall(r"`(\d+)`", "".join(re.findall(r"^\|([^|]+)\|", article, re.MULTILINE)))
    assert set(told) == set(codes) | {"129", "143"}
    assert len(codes) == 13


def test_the_article_on_the_environment_tells_of_each_variable_that_is_read():
    article = (ROOT / "Sources/LakeRunner/LakeRunner.docc/Environment.md").read_text()
    told = set(re.findall(r"`([A-Z][A-Z_]+)`", article))
    read = set()
    for source in (ROOT / "Sources").rglob("*.swift"):
        text = source.read_text()
        read |= set(re.findall(r'(?:getenv|environment|variable)\("([A-Z_]+)"', text))
    # A name that ends in `_` is the beginning of several.
    missing = {name for name in read - told if not (name.endswith("_") and any(known.startswith(name) for known in told))}
    assert read and not missing, missing


def test_the_built_ins_help_and_operations_answer_in_scripts():
    line = 'print ((help while | lines)[0]) (operations branches | count)'
    done = subprocess.run([LAKESH, "-e", line, "--sandbox"], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("while, break, continue "), done.stderr
    done = subprocess.run([LAKESH, "-e", "help whle", "--sandbox"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 3 and "did you mean `while`?" in done.stderr
    done = subprocess.run([LAKESH, "-e", "operations brnches", "--sandbox"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 3 and "did you mean `branches`?" in done.stderr
