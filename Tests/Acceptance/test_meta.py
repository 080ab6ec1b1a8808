"""The shell's own commands, questions before destructive operations, and ^C during a request."""

import contextlib
import re
import socket
import threading

import pytest
from sandbox import ROOT, Sandbox
from terminal import PROMPT


@pytest.fixture(scope="module")
def lake():
    """Starts a server with the repository lake: three commits on main, a branch dev."""
    with Sandbox() as server:
        assert server.run("run", str(ROOT / "examples" / "lake.lfs")).returncode == 0
        assert server.run("-e", "create_branch lake dev main").returncode == 0
        assert server.run("-e", "create_repository alpha local://alpha").returncode == 0
        yield server


def profiles(home, text):
    folder = home / ".config/lakesh"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "profiles.yaml").write_text(text)


def style_of(terminal, text):
    """Returns the colour of a text in the cursor's row."""
    row = terminal.screen.cursor.y
    column = terminal.screen.display[row].index(text)
    return terminal.screen.buffer[row][column].fg


def test_use_goes_to_a_profile_and_shows_where_one_is(shell, tmp_path):
    with Sandbox() as production, Sandbox() as staging:
        keys = "keys: {{env: {{access_key_id: {0}_ID, secret_access_key: {0}_SECRET}}}}"
        profiles(
            tmp_path,
            f"production: {{server: {production.server!r}, {keys.format('P')}, protected: true}}\n"
            f"staging: {{server: {staging.server!r}, {keys.format('S')}}}\n"
            "broken: {server: 'http://127.0.0.1:1', keys: {env: {token: NOT_SET}}}\n",
        )
        environment = {
            "P_ID": production.access_key, "P_SECRET": production.secret_key,
            "S_ID": staging.access_key, "S_SECRET": staging.secret_key,
        }
        terminal = shell(environment=environment, columns=120)
        terminal.ready()
        terminal.complete(("use st", "use staging "))
        terminal.accept()
        terminal.see("variables are gone")
        terminal.see(staging.access_key)
        assert style_of(terminal, "staging") != "red"
        terminal.enter("create_user ana")
        assert staging.line("get_user ana").get("id") == "ana"

        terminal.enter("use production")
        terminal.until(lambda t: "production" in t.row(), what="production at the prompt")
        assert style_of(terminal, "production") == "red"
        terminal.enter("create_user bo")
        terminal.send("\x0cdelete_user bo\r")
        terminal.see(f"destroys on {production.server} (protected profile production)")
        terminal.see("Type bo to go on:")
        terminal.send("yes\r")
        terminal.see("declined")
        terminal.ready()
        assert production.line("get_user bo").get("id") == "bo"

        terminal.send("\x0cuse prodution\r")
        terminal.see("there is no profile `prodution`")
        terminal.see("did you mean `production`?")
        terminal.ready()
        terminal.send("\x0cuse broken\r")
        terminal.see("$NOT_SET, which is not set")
        terminal.ready()
        assert "production" in terminal.row()


def test_cd_sets_variables_the_prompt_and_what_completes_first(shell, lake):
    terminal = shell("--server", lake.server, environment=lake.environment)
    terminal.ready()
    terminal.complete(("cd la", "cd lake/"), ("de", "cd lake/dev "))
    terminal.send("\r")
    terminal.see("lake/dev ❯")
    terminal.send("print \"at $repository $branch\"\r")
    terminal.see("at lake dev")
    terminal.send("cd ../main\r")
    terminal.see("lake/main ❯")
    terminal.send("list_branches \t")
    terminal.see("alpha")
    rows = [line for line in terminal.lines() if line.strip().startswith(("lake ", "alpha "))]
    assert rows[0].strip().startswith("lake"), "the repository that one is in comes first"
    terminal.send("\x03")
    terminal.until(lambda t: "lake/main ❯" in t.row() and "list" not in t.row(), what="a new line")
    terminal.send("get_object $repository $branch tables/cu\t")
    terminal.see("tables/customers.csv")
    terminal.send("\x03")
    terminal.until(lambda t: "lake/main ❯" in t.row() and "get" not in t.row(), what="a new line")
    terminal.send("cd ..\r")
    terminal.see(" lake ❯")
    terminal.send("print $branch\r")
    terminal.see("branch")
    terminal.see("Nothing was sent")
    terminal.send("\x0ccd alpha\r")
    terminal.see("alpha/main ❯")
    terminal.send("cd\r")
    terminal.until(lambda t: "❯" in t.row() and "alpha" not in t.row(), what="no place")
    terminal.send("cd -\r")
    terminal.see("alpha/main ❯")
    terminal.send("cd nowhere\r")
    terminal.see("nowhere")
    assert "default_branch" not in terminal.text(), "a line that nobody typed"
    terminal.see("alpha/main ❯")


def test_explain_shows_the_request_with_its_values_and_sends_nothing(shell, lake):
    terminal = shell("--server", lake.server, environment=lake.environment, columns=140)
    terminal.ready()
    terminal.enter("let name = \"exp\" + \"lained\"")
    terminal.send("explain create_group $name --description \"a b\"\r")
    terminal.see("POST /api/v1/auth/groups")
    terminal.see("needs auth:CreateGroup on group/explained")
    terminal.see('{"id":"explained","description":"a b"}')
    terminal.see("writes: creates a group")
    terminal.ready()
    terminal.send("\x0cexplain delete_branch lake dev\r")
    terminal.see("DELETE /api/v1/repositories/lake/branches/dev")
    terminal.see("destroys")
    terminal.ready()
    terminal.send("\x0cexplain get_usr ana\r")
    terminal.see("did you mean `get_user`?")
    terminal.ready()
    assert lake.line("get_group explained --or null") is None
    assert lake.line("get_branch lake dev").get("id") == "dev"


def test_timing_says_how_long_results_take(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("40 + 2")
    assert not re.search(r"\d ms", terminal.text())
    terminal.enter("timing on")
    terminal.enter("40 + 3")
    assert re.search(r"43\n\d+ ms", terminal.text())
    terminal.send("timing maybe\r")
    terminal.see("`timing` takes on or off")


def test_a_sourced_file_with_a_mistake_sends_nothing(shell, tmp_path):
    (tmp_path / "bad.lfs").write_text("create_user ana\nget_usr ana\n")
    (tmp_path / "good.lfs").write_text("create_user bo\nlet sourced = 41\n")
    terminal = shell(folder=str(tmp_path))
    terminal.ready()
    terminal.send("source bad.lfs\r")
    terminal.see("bad.lfs:2:1")
    terminal.see("Nothing was sent")
    terminal.ready()
    terminal.enter("get_user ana --or \"nobody\"")
    terminal.see("nobody")
    terminal.complete(("source go", "source good.lfs "))
    terminal.accept()
    terminal.enter("print ($sourced + 1) (get_user bo).id")
    terminal.see("42 bo")
    terminal.send("\x0csource absent.lfs\r")
    terminal.see("absent.lfs")
    terminal.ready()


def test_edit_runs_what_the_editor_leaves(shell, tmp_path):
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\ncat \"$1\" > \"$HOME/before\"\nprintf 'let n = 41\\nprint ($n + 1)\\n' > \"$1\"\n")
    editor.chmod(0o755)
    terminal = shell(environment={"EDITOR": str(editor)})
    terminal.ready()
    terminal.enter("print (20 + 2)")
    terminal.send("edit\r")
    terminal.see("\n42\n")
    terminal.ready()
    assert (tmp_path / "before").read_text() == "print (20 + 2)\n"
    terminal.send("\x1b[A")
    terminal.see("let n = 41")


def test_an_editor_that_fails_or_changes_nothing_runs_nothing(shell):
    terminal = shell(environment={"EDITOR": "true"})
    terminal.ready()
    terminal.enter("print (40 + 2)")
    terminal.send("\x0cedit\r")
    terminal.see("unchanged: nothing is run")
    terminal.ready()
    assert "\n42" not in terminal.text()
    other = shell(environment={"EDITOR": "false"})
    other.ready()
    other.send("edit\r")
    other.see("$EDITOR failed")
    other.ready()


@contextlib.contextmanager
def silent_server(silent):
    """Starts a server that never answers one request and rejects all others; returns its address and its requests."""
    received = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            kept = []
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    kept.append(connection)
                    threading.Thread(target=read, args=(connection,), daemon=True).start()

        def read(connection):
            with contextlib.suppress(OSError):
                while data := connection.recv(65536):
                    received.append(data.split(b" HTTP")[0].decode())
                    if silent not in received[-1]:
                        connection.sendall(b'HTTP/1.1 404 Not Found\r\nContent-Length: 23\r\n\r\n{"message":"not found"}')

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", received


def interrupt(terminal, received, request):
    """Waits until a request was sent, then presses ^C."""
    terminal.until(lambda t: any(request in line for line in received), what=request)
    terminal.send("\x03")


KEYS = {"LAKECTL_CREDENTIALS_ACCESS_KEY_ID": "AKIAJ", "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": "x"}


def test_an_interrupted_write_says_that_it_may_have_been_done(shell):
    with silent_server("POST /api/v1/auth/users") as (address, received):
        terminal = shell("--server", address, environment=KEYS)
        terminal.ready()
        terminal.send("create_user ana\r")
        interrupt(terminal, received, "POST /api/v1/auth/users")
        terminal.see("waiting up to 30 s")
        terminal.send("\x03")
        terminal.see("whether `create_user ana` was done is not known")
        terminal.see("look before you go on: get_user ana")
        terminal.ready()
        terminal.enter("print (40 + 2)")
        terminal.see("42")


def test_an_interrupted_read_is_given_up(shell):
    with silent_server("GET /api/v1/auth/groups") as (address, received):
        terminal = shell("--server", address, environment=KEYS)
        terminal.ready()
        terminal.send("list_groups\r")
        interrupt(terminal, received, "GET /api/v1/auth/groups")
        terminal.see("interrupted")
        terminal.ready()
        terminal.enter("print (40 + 2)")
        terminal.see("42")
        assert terminal.child.isalive()


def test_a_delete_that_is_interrupted_twice_may_have_been_done(shell):
    with silent_server("DELETE /api/v1/auth/users/ana") as (address, received):
        terminal = shell("--server", address, environment=KEYS)
        terminal.ready()
        terminal.send("delete_user ana\r")
        terminal.see("[y/N]")
        terminal.send("y\r")
        interrupt(terminal, received, "DELETE /api/v1/auth/users/ana")
        terminal.see("waiting up to 30 s")
        terminal.send("\x03")
        terminal.see("a request that was sent may still have been carried out")
        terminal.ready()


def test_a_second_interrupt_abandons_what_is_under_way(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("step \"long\" { on_exit { sleep 60s }; print \"begun\"; sleep 60s }\r")
    terminal.see("\nbegun")

    def abandoned(t):
        # Two signals at the same time may be delivered as one.
        t.send("\x03")
        t.pump(0.3)
        return "interrupted twice" in t.text()

    terminal.until(abandoned, what="interrupted twice")
    terminal.ready()
    terminal.enter("print (40 + 2)")
    terminal.see("42")


def test_deleting_a_repository_asks_for_its_name(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("create_repository lake local://lake")
    terminal.enter("let name = \"lake\"")
    for answer, outcome in (("y", "declined"), ("lake", "")):
        prompts = terminal.output.count(PROMPT)
        terminal.send("\x0c")
        terminal.until(lambda t: "Type" not in t.text(), what="an empty screen")
        terminal.send("delete_repository $name\r")
        terminal.see("`delete_repository lake` on the sandbox cannot be taken back")
        terminal.see("Type lake to go on:")
        terminal.send(answer + "\r")
        terminal.until(lambda t: t.output.count(PROMPT) > prompts, what="the next prompt")
        terminal.see(outcome)
        terminal.ready()
    terminal.enter("get_repository lake --or \"gone\"")
    terminal.see("gone")


def test_a_statement_that_destroys_several_things_asks_for_each(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("for id in [\"u1\", \"u2\"] { create_user $id }")
    prompts = terminal.output.count(PROMPT)
    terminal.send("\x0cfor id in [\"u1\", \"u2\"] { delete_user $id }\r")
    terminal.see("`delete_user u1` on the sandbox cannot be taken back")
    terminal.send("y\r")
    terminal.see("`delete_user u2` on the sandbox cannot be taken back")
    terminal.see("1 asked so far")
    terminal.send("a\r")
    terminal.until(lambda t: t.output.count(PROMPT) > prompts, what="the next prompt")
    terminal.ready()
    assert terminal.text().count("[y/N]") == 2
    terminal.enter("list_users --prefix u --all | count")
    terminal.see("\n0\n")


def test_what_would_lock_the_person_out_is_refused(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("delete_user admin\r")
    terminal.see("error[R0307]: this would lock you out: `delete_user` deletes the user that you")
    terminal.see("--lock-me-out")
    terminal.ready()
    assert "[y/N]" not in terminal.text()
    prompts = terminal.output.count(PROMPT)
    terminal.send("\x0cdelete_user admin --lock-me-out\r")
    terminal.see("[y/N]")
    terminal.send("n\r")
    terminal.until(lambda t: t.output.count(PROMPT) > prompts, what="the next prompt")


def test_a_moving_line_makes_room_for_what_is_printed(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("step \"s\" { for n in 1..6 { sleep 150ms; print \"line $n\" } }\r")
    terminal.see("line 6")
    terminal.ready()
    printed = [line for line in terminal.lines() if "line" in line and "print" not in line]
    assert printed == [f"line {n}" for n in range(1, 7)]
