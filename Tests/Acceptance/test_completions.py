"""`lakesh completions`: the candidates of bash, zsh and fish for lakesh's command line."""

import os
import shlex
import subprocess

import pytest

from terminal import Terminal, binary

LAKESH = binary()

SCRIPT = """# Gives somebody keys.
param user_id            # whose keys
param group = "Developers"
param dry = false
param token: secret
print $user_id $group $dry
"""


@pytest.fixture
def folder(tmp_path):
    """Makes a folder with a script and profiles, and a PATH with lakesh."""
    (tmp_path / "give.lfs").write_text(SCRIPT)
    (tmp_path / "with blank.lfs").write_text("print 1\n")
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "old.lfs").write_text("print 1\n")
    (tmp_path / "config" / "lakesh").mkdir(parents=True)
    (tmp_path / "config" / "lakesh" / "profiles.yaml").write_text(
        "production: {server: 'http://127.0.0.1:1'}\nstaging: {server: 'http://127.0.0.1:1'}\n"
    )
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "lakesh").symlink_to(binary())
    return tmp_path


def environment(folder):
    return {
        "PATH": f"{folder}/bin:{os.environ['PATH']}",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "LC_ALL": "C.UTF-8",
        # Nothing listens there, so any request would fail.
        "LAKECTL_SERVER_ENDPOINT_URL": "http://127.0.0.1:1",
        "http_proxy": "http://127.0.0.1:1",
    }


def candidates(folder, *words):
    """Returns the answer of `lakesh complete`: texts and descriptions."""
    done = subprocess.run(
        [LAKESH, "complete", "--", *words], cwd=folder, env=environment(folder), capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return dict(line.split("\t") for line in done.stdout.splitlines())


def texts(folder, *words):
    return list(candidates(folder, *words))


def test_the_first_word_is_a_subcommand_a_script_or_an_option(folder):
    found = candidates(folder, "")
    assert found["run"] == "run a script; its `param`s are additional options"
    assert found["give.lfs"] == "file" and found["runbooks/"] == "folder"
    assert {"check", "fmt", "sandbox", "help", "completions"} <= set(found)
    assert texts(folder, "ru") == ["run", "runbooks/"]
    assert {"-e", "--version", "--sandbox", "--server"} <= set(texts(folder, "-"))
    assert "complete" not in texts(folder, "comple")


def test_the_options_of_a_subcommand_come_with_what_they_do(folder):
    found = candidates(folder, "sandbox", "--l")
    assert found == {
        "--listen": "the address and port; port 0 takes a free one",
        "--like": "the server that the sandbox imitates (v1.84-rbac)",
    }
    assert texts(folder, "sandbox", "--no") == ["--no-set-up"]
    assert texts(folder, "sandbox", "--no_") == ["--no_set_up"]
    assert "--listen" not in texts(folder, "sandbox", "--listen", "x", "--l")


def test_values_of_an_option_follow_a_blank_or_its_sign(folder):
    assert texts(folder, "sandbox", "--like", "v1") == ["v1.84", "v1.84-acl", "v1.84-rbac"]
    assert texts(folder, "sandbox", "--like=v0") == ["--like=v0.90"]
    assert texts(folder, "completions", "") == ["bash", "zsh", "fish"]


def test_a_server_is_a_profile(folder):
    assert texts(folder, "run", "give.lfs", "--server", "") == ["production", "staging"]
    assert texts(folder, "--server=pro") == ["--server=production"]


def test_a_file_is_completed_folder_by_folder(folder):
    assert texts(folder, "run", "g") == ["give.lfs"]
    assert texts(folder, "check", "give.lfs", "runbooks/") == ["runbooks/old.lfs"]
    assert texts(folder, "fmt", "w") == ["with blank.lfs"]


@pytest.mark.parametrize("start", [("run", "give.lfs"), ("give.lfs",), ("run", "--sandbox", "give.lfs")])
def test_the_parameters_of_a_script_are_options_of_its_run(folder, start):
    found = candidates(folder, *start, "--")
    assert found["--user-id"] == "whose keys"
    assert {"--group", "--dry", "--token-from", "--server", "--yes"} <= set(found)
    assert "--token" not in found


def test_a_script_that_is_wrong_offers_the_options_of_run(folder):
    (folder / "wrong.lfs").write_text("let let\n")
    assert "--yes" in texts(folder, "run", "wrong.lfs", "--")
    assert "--yes" in texts(folder, "run", "nowhere.lfs", "--")


def test_operations_and_topics_are_completed_by_name(folder):
    assert texts(folder, "operations", "hard_") == ["hard_reset_branch"]
    assert texts(folder, "operations", "whe") == []
    found = candidates(folder, "help", "re")
    assert found["retry"] == "repeat a block until it succeeds"
    assert {"read_csv", "reset_branch", "revert_branch", "return", "reverse"} <= set(found)
    assert texts(folder, "help", "exit") == ["exit-status"]
    assert texts(folder, "help", "ru") == ["run"]


def bash(folder, line):
    """Returns bash's completions for a line with the cursor at its end, split as by its readline."""
    words = []
    for word in line.split(" "):
        piece = ""
        for letter in word:
            if letter in "=:":
                words += [piece, letter] if piece else [letter]
                piece = ""
            else:
                piece += letter
        if piece or word == "":
            words.append(piece)
    quoted = " ".join(shlex.quote(word) for word in words)
    program = f"""
        source <(lakesh completions bash)
        complete -p lakesh >/dev/null || exit 9
        COMP_WORDS=({quoted}) COMP_CWORD={len(words) - 1}
        _lakesh
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", program], cwd=folder, env=environment(folder), capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("\n")[:-1]


def test_bash_asks_for_the_word_at_the_cursor(folder):
    assert bash(folder, "lakesh comp") == ["completions"]
    assert bash(folder, "lakesh run give.lfs --us") == ["--user-id"]
    assert bash(folder, "lakesh fmt w") == ["with blank.lfs"]


def test_bash_gets_what_stands_behind_its_word_breaks(folder):
    assert bash(folder, "lakesh sandbox --like=") == ["v0.90", "v1.84", "v1.84-acl", "v1.84-rbac"]
    assert bash(folder, "lakesh sandbox --like=v0") == ["v0.90"]
    assert bash(folder, "lakesh run --server=http://127.0.0.1:1 give.lfs --us") == ["--user-id"]


def on_terminal(folder, command, prompt, steps):
    """Types into a real shell; each step is the typed text and the expected text on the screen."""
    terminal = Terminal(command, folder, columns=100, environment=environment(folder), folder=folder)
    try:
        terminal.until(lambda t: prompt in t.text(), what=prompt)
        for keys, expected in steps:
            terminal.child.send(keys)
            terminal.until(lambda t: expected in t.text(), what=expected)
    finally:
        terminal.child.close(force=True)


def test_bash_on_a_terminal_puts_in_the_rest(folder):
    (folder / "rc").write_text("PS1='bash> '\nsource <(lakesh completions bash)\nbind 'set bell-style none'\n")
    on_terminal(
        folder, ["bash", "--noprofile", "--rcfile", str(folder / "rc"), "-i"], "bash>",
        [
            ("lakesh operations hard_\t", "lakesh operations hard_reset_branch"),
            ("\x15lakesh run --sandbox gi\t--us\t", "lakesh run --sandbox give.lfs --user-id"),
            ("\x15lakesh sandbox --like=v0\t", "lakesh sandbox --like=v0.90"),
            ("\x15lakesh fmt wi\t", "lakesh fmt with\\ blank.lfs"),
            ("\x15lakesh check runb\tol\t", "lakesh check runbooks/old.lfs"),
        ],
    )


def test_zsh_on_a_terminal_puts_in_the_rest_and_shows_what_it_is(folder):
    (folder / ".zshrc").write_text(
        "PS1='zsh> '\nautoload -U compinit && compinit -u -D\nsource <(lakesh completions zsh)\nunsetopt beep\n"
    )
    on_terminal(
        folder, ["zsh", "-i"], "zsh>",
        [
            ("lakesh operations hard_\t", "lakesh operations hard_reset_branch"),
            ("\x15lakesh run --sandbox gi\t--us\t", "lakesh run --sandbox give.lfs --user-id"),
            ("\x15lakesh check runb\tol\t", "lakesh check runbooks/old.lfs"),
            ("\x15lakesh fmt wi\t", "lakesh fmt with\\ blank.lfs"),
            ("\x15lakesh sandbox --li\t\t", "the server that the sandbox imitates"),
        ],
    )


def test_fish_offers_candidates_with_what_they_are(folder):
    program = "lakesh completions fish | source; complete -C 'lakesh sandbox --li'; complete -C 'lakesh run give.lfs --us'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", program], cwd=folder, env=environment(folder), capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "--listen\tthe address and port; port 0 takes a free one",
        "--like\tthe server that the sandbox imitates (v1.84-rbac)",
        "--user-id\twhose keys",
    ]


def test_a_shell_that_is_unknown_is_said():
    done = subprocess.run([LAKESH, "completions", "tcsh"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "`bash`" in done.stderr
