"""Arguments and variables are read as bytes, and errors in them are reported completely."""

import subprocess

import pytest

from terminal import binary

BROKEN = b'print "a\xffb"\n'


def run(folder, *arguments, stdin=b"", **variables):
    environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin", **variables}
    return subprocess.run(
        [binary(), *arguments], cwd=folder, env=environment, input=stdin, capture_output=True, timeout=60)


def test_a_script_through_a_pipe_is_read_as_bytes(tmp_path):
    (tmp_path / "bad.lfs").write_bytes(BROKEN)
    file = run(tmp_path, "run", "bad.lfs", "--sandbox")
    pipe = run(tmp_path, "--sandbox", stdin=BROKEN)
    assert (file.returncode, file.stdout, pipe.returncode, pipe.stdout) == (2, b"", 2, b"")
    assert b"error[E0101]" in pipe.stderr and b"--> standard input:1:9" in pipe.stderr
    assert pipe.stderr == file.stderr.replace(b"bad.lfs", b"standard input")


def test_a_word_of_the_command_line_is_not_mended(tmp_path):
    done = run(tmp_path, "-e", BROKEN, "--sandbox")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"error[R0420]: argument 2 of the command line is not UTF-8\n"


def test_a_variable_of_the_environment_is_not_mended(tmp_path):
    done = run(tmp_path, "-e", 'print (env "WHO")', WHO=b"a\xff")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"the variable `WHO` of the environment is not UTF-8" in done.stderr


SECRET = "param token: secret\nprint ($token | reveal)\n"


@pytest.mark.parametrize("source", ["file:key", "-", "env:KEY", None])
def test_a_secret_with_a_broken_byte_is_not_mended(tmp_path, source):
    (tmp_path / "a.lfs").write_text(SECRET)
    (tmp_path / "key").write_bytes(b"a\xff\n")
    done = run(tmp_path, "run", "a.lfs", *(["--token-from", source] if source else []), stdin=b"a\xff\n", KEY=b"a\xff", TOKEN=b"a\xff")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"error[R0421]: the value of token is not UTF-8\n"


def test_a_secret_is_the_whole_of_its_source_without_the_last_line_end(tmp_path):
    (tmp_path / "a.lfs").write_text(SECRET)
    (tmp_path / "key").write_bytes(b"\xef\xbb\xbfab\xc3\xa4\r\n")
    for source, stdin in [("file:key", b""), ("-", "abä\n".encode()), ("-", "abä".encode())]:
        done = run(tmp_path, "run", "a.lfs", "--token-from", source, stdin=stdin)
        assert (done.returncode, done.stdout) == (0, "abä\n".encode())


def test_standard_input_gives_one_secret(tmp_path):
    (tmp_path / "a.lfs").write_text("param token: secret\nparam other: secret\nprint ($token | reveal)\n")
    done = run(tmp_path, "run", "a.lfs", "--token-from", "-", "--other-from", "-", stdin=b"a\nb\n")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"standard input gives one secret, not 2" in done.stderr


@pytest.mark.parametrize(
    "arguments, stdin",
    [(["-e", "get_user ana"], b""), (["run", "a.lfs"], b""), (["--server", "there"], b"get_user ana\n")])
def test_all_advice_reaches_the_person(tmp_path, arguments, stdin):
    folder = tmp_path / ".config" / "lakesh"
    folder.mkdir(parents=True)
    profiles = folder / "profiles.yaml"
    profiles.write_text(
        "there:\n  server: http://127.0.0.1:1\n  keys: {access_key_id: A, secret_access_key: B}\n")
    profiles.chmod(0o644)
    (tmp_path / "a.lfs").write_text("print (get_user ana)\n")
    done = run(tmp_path, *arguments, stdin=stdin)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        f"error[R0304]: `{profiles}`: the profile `there` holds keys, and others may read the file\n"
        f"   = chmod 600 {profiles}\n"
        "   = or take the keys from elsewhere: keys: {env: …} or {file: …}\n")


WARNED = "let unused = 1\n"


@pytest.mark.parametrize("options", [[], ["--server", "http://127.0.0.1:1"], ["--no-sandbox"]])
def test_a_script_is_checked_once_and_whole_before_a_server_is_looked_for(tmp_path, options):
    folder = tmp_path / ".config" / "lakesh"
    folder.mkdir(parents=True)
    (folder / "profiles.yaml").write_text("production:\n  server: http://127.0.0.1:1\n")
    (tmp_path / "a.lfs").write_text(WARNED + 'on "prodution" { create_user ana }\n')
    done = run(tmp_path, "run", "a.lfs", *options)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert [said.count(words) for words in ["warning[", "error[E0318]", "error"]] == [1, 1, 2]
    assert "did you mean `production`?" in said and "1 error, 1 warning. Nothing was sent." in said


@pytest.mark.parametrize("options", [["--sandbox"], ["--like", "v0.90"], ["--storage=s3"]])
def test_in_a_sandbox_each_profile_is_a_server(tmp_path, options):
    (tmp_path / "a.lfs").write_text(WARNED + 'on "anywhere" { print (get_setup_state).state }\n')
    done = run(tmp_path, "run", "a.lfs", *options)
    assert (done.returncode, done.stdout) == (0, b"initialized\n")
    assert done.stderr.count(b"warning[") == 1


def test_help_of_a_script_needs_no_profiles_that_are_right(tmp_path):
    folder = tmp_path / ".config" / "lakesh"
    folder.mkdir(parents=True)
    (folder / "profiles.yaml").write_text("a: 1\n")
    (tmp_path / "a.lfs").write_text("# Says it.\nparam word = \"a\" # what is said\nprint $word\n")
    done = run(tmp_path, "run", "a.lfs", "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b'Says it.\n\nlakesh run a.lfs [--word WORD]\n\n  --word  string  what is said ("a")\n'
