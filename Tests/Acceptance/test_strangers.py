"""An untrusted script names a file with a secret, or is one: no command shows a line of that file."""

import subprocess

from sandbox import LAKESH


def test_no_line_of_a_file_that_is_no_script_is_shown(tmp_path):
    secret = "wJalrXUtnFEMIK7MDENG"
    (tmp_path / "home").mkdir()
    (tmp_path / "runbooks").mkdir()
    hidden = tmp_path / "home" / ".lakectl.yaml"
    hidden.write_text(f"# {secret}\nkey: {secret}\n{secret}\n")
    (tmp_path / "runbooks" / "link.lfs").symlink_to(hidden)
    scripts = {"run": 'run "../home/.lakectl.yaml"\n', "include": 'include "link.lfs"\n'}
    for name, text in scripts.items():
        (tmp_path / "runbooks" / f"{name}.lfs").write_text(text)
    files = [str(hidden), *(f"{tmp_path}/runbooks/{name}.lfs" for name in ["link", "run", "include"])]
    for file in files:
        for words in (
            ["check", file], ["check", "--json", file], ["fmt", "--check", file], ["run", file], ["run", file, "--help"],
            ["test", file], ["run", file, "--sandbox"], ["-e", f'run "{file}"', "--sandbox"],
        ):
            done = subprocess.run([LAKESH, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
            assert secret not in done.stdout + done.stderr, words
            if words[0] != "fmt" and "--help" not in words:
                assert done.returncode != 0, (words, done.stdout, done.stderr)
