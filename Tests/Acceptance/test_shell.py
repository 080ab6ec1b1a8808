"""The shell on a pseudo-terminal: typed statements and the resulting screen."""

import stat

from sandbox import Sandbox


def history(home):
    return (home / ".local/state/lakesh/history").read_text()


def test_an_onboarding_typed_with_tab_is_found_by_the_next_session(shell, tmp_path):
    first = shell()
    first.ready()
    first.send("create_us\t")
    first.see("create_user_external_principal")
    first.send(" ana\r")
    first.see("creation_date")
    first.ready()
    first.send("add_group_m\t")
    first.see("add_group_membership ")
    first.send("Dev\t")
    first.see("add_group_membership Developers")
    first.send("an\t")
    first.see("Developers ana")
    first.send("\r")
    first.until(lambda t: t.row().startswith("❯") and t.screen.cursor.x == 2, what="the next prompt")
    first.send("\x04")
    assert first.end() == 0

    second = shell()
    second.ready()
    second.send("\x1b[A")
    second.see("add_group_membership Developers ana")
    second.send("\x1b[A")
    second.see("create_user ana")
    second.send("\x03\x04")
    assert second.end() == 0
    kept = [line.rstrip() for line in history(tmp_path).splitlines()]
    assert kept == ["create_user ana", "add_group_membership Developers ana"]


def test_the_history_file_is_for_its_owner_alone(shell, tmp_path):
    terminal = shell()
    terminal.ready()
    terminal.enter("print 1")
    terminal.send("\x04")
    terminal.end()
    mode = (tmp_path / ".local/state/lakesh/history").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_credential_is_shown_once_and_never_kept(shell, tmp_path):
    terminal = shell()
    terminal.ready()
    terminal.enter("create_user ana")
    terminal.send("let key = create_credentials ana\r")
    terminal.see("shown once")
    terminal.ready()
    terminal.enter("print $key")
    terminal.see("••••")
    terminal.send("\x04")
    terminal.end()
    assert "create_credentials" not in history(tmp_path)


def test_an_open_block_goes_on_in_the_next_line(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("for n in 1..3 {\r")
    terminal.see("·")
    terminal.send("print (40 + $n)\r}\r")
    terminal.see("43")


def test_a_cancelled_line_does_nothing(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("print (40 + 2)\x03")
    terminal.until(lambda t: t.row().startswith("❯") and t.screen.cursor.x == 2, what="an empty prompt")
    assert "42" not in terminal.text()


def test_interrupting_a_statement_brings_the_prompt_back(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("sleep 60s\r")
    terminal.until(lambda t: t.screen.cursor.x == 0, what="the statement running")

    def interrupted(t):
        # While the terminal's mode is still changing, ^C would be a key that nobody reads.
        t.send("\x03")
        t.pump(0.3)
        return "interrupted" in t.text()

    terminal.until(interrupted, what="interrupted")
    terminal.ready()
    terminal.enter("print (40 + 2)")
    terminal.see("42")


def test_an_interrupt_leaves_no_mark_of_its_key(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("print \"begun\"; sleep 60s\r")
    terminal.see("\nbegun")
    terminal.send("\x03")
    terminal.see("\nerror[R0124]: interrupted")


def test_a_mistake_is_shown_with_its_place_and_sends_nothing(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("get_usr ana\r")
    terminal.see("did you mean `get_user`?")
    terminal.see("Nothing was sent")


def test_the_menu_shows_what_candidates_do(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("list_gr\t")
    terminal.see("list_group_members")
    terminal.see("list_groups")
    terminal.send("\x07")
    terminal.until(lambda t: "list_groups" not in t.text(), what="the menu gone")


def test_a_menu_is_closed_with_its_line(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("get_\t")
    terminal.see("1-10 of")
    terminal.send("\x03print (40 + 2)\r")
    terminal.see("\n42\n")


def test_fields_and_variables_of_open_blocks_complete(shell):
    terminal = shell()
    terminal.ready()
    terminal.complete(
        ("list_users --all | where { $it.cr", "list_users --all | where { $it.creation_date"),
        (" > 0 } | select i", "list_users --all | where { $it.creation_date > 0 } | select id "),
    )
    terminal.accept()
    terminal.complete(("for person in (list_users --all) { print $per", "for person in (list_users --all) { print $person"))
    terminal.complete((".i", "for person in (list_users --all) { print $person.id"))
    terminal.send(" }\r")
    terminal.see("\nadmin\n")


def test_an_argument_that_nothing_completes_is_described(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("create_user \t")
    terminal.see("id: the new user's id")
    assert terminal.line() == "create_user |"
    terminal.send("ana --inv\t")
    terminal.see("create_user ana --invite_user")


def test_a_server_that_is_gone_is_told_under_the_line_at_once(shell):
    with Sandbox() as server:
        terminal = shell("--server", server.server, environment=server.environment)
        terminal.ready()
        terminal.enter("list_groups")
    terminal.send("\x0cget_user \t")
    terminal.see("\nno connection to")
    assert "again in" not in terminal.text()
    assert "❯ get_user" in terminal.row()


def test_a_history_that_cannot_be_written_is_told_once(shell, tmp_path):
    (tmp_path / ".local").write_text("")
    terminal = shell()
    terminal.ready()
    terminal.enter("print 1")
    terminal.see("! history ends with this shell:")
    terminal.enter("print 2")
    assert terminal.text().count("history ends") == 1
    terminal.send("\x1b[A\x1b[A")
    terminal.until(lambda t: t.row().startswith("❯ print 1"), what="the first statement")


def test_the_shells_own_words_for_leaving_are_told(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("quit")
    terminal.see("`exit` or ^D leaves the shell")
    assert "lakesh help" not in terminal.text(), "at the prompt `help` is a command of its own"
    terminal.see(" help E0301")
    terminal.enter("exit 3")
    terminal.see("`exit` takes no argument")
    terminal.send("exit;\r")
    assert terminal.end() == 0


def test_no_word_is_broken_at_the_windows_edge(shell):
    terminal = shell(columns=80, rows=50)
    terminal.ready()
    terminal.enter("help")
    words = " ".join(terminal.text().split())
    assert "as admin help, ^D to leave" in words
    assert "checked completely before their first request" in words
    assert "help where, help retry" in words


def test_options_and_variables_complete(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("list_users --pre\t")
    terminal.see("list_users --prefix ")
    terminal.send("\x03")
    terminal.enter("let person = \"ana\"")
    terminal.send("print $per\t")
    terminal.see("print $person")


def test_a_paste_runs_nothing_until_enter(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("\x1b[200~print (40 + 2)\rprint (50 + 2)\r\x1b[201~")
    terminal.see("print (50 + 2)")
    assert "42" not in terminal.text()
    terminal.send("\r")
    terminal.see("52")


def test_commands_are_coloured_while_they_are_typed(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("get_user x")
    terminal.see("get_user x")
    row = terminal.screen.buffer[terminal.screen.cursor.y]
    assert row[2].fg == "blue"
    terminal.send("\x03")
    terminal.ready()
    terminal.send("get_usr x")
    terminal.see("get_usr x")
    assert terminal.screen.buffer[terminal.screen.cursor.y][2].fg == "red"


def test_history_suggests_and_is_searched(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("print \"one two\"")
    terminal.send("pri")
    terminal.see("❯ print \"one two\"")
    terminal.send("\x1b[C\x1b[Cx\x03")
    terminal.send("\x12two")
    terminal.see("1 of 1")
    terminal.send("\x07")
    terminal.see("❯")


def test_a_dumb_terminal_gets_plain_lines(shell):
    terminal = shell(environment={"TERM": "dumb"})
    terminal.see("❯")
    terminal.send("print (40 + 2)\r")
    terminal.see("42")
    terminal.send("\x04")
    terminal.end()
    assert b"\x1b[" not in terminal.output


def test_a_resize_leaves_the_line_whole(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("print \"" + "z" * 100)
    terminal.see("zzz")
    terminal.resize(50, 24)
    terminal.until(lambda t: t.text().count("z") == 100, what="all of the line")
    terminal.resize(90, 24)
    terminal.until(lambda t: t.text().count("z") == 100, what="all of the line")


def test_cd_sets_the_place(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter('create_repository lake "local://lake"')
    terminal.send("cd lake/main\r")
    terminal.see("lake/main ❯")
    terminal.send("print $repository $branch\r")
    terminal.see("lake main")


def test_explain_sends_nothing(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("explain hard_reset_branch lake main 2f9c1e\r")
    terminal.see("PUT /api/v1/repositories/lake/branches/main/hard_reset?ref=2f9c1e")
    # Each call of the line, with options before positional arguments, and with an address.
    terminal.ready()
    terminal.enter("\x0cexplain get_user ana; get_branch --timeout 5s one two; get_branch lakefs://three/four")
    requests = [line.split("   ")[0].rstrip() for line in terminal.lines() if line.startswith("GET ")]
    assert requests == [
        "GET /api/v1/auth/users/ana",
        "GET /api/v1/repositories/one/branches/two",
        "GET /api/v1/repositories/three/branches/four",
    ]


def test_an_option_before_what_stands_by_position_moves_nothing(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("create_repository lake local://lake")
    terminal.complete(("get_branch lake --timeout 5s ma", "get_branch lake --timeout 5s main "))
    terminal.send("\x15get_branch --timeout 5s \t")
    terminal.see("get_branch --timeout 5s lake")
    assert "list_branches" not in terminal.text()


def test_what_cannot_be_taken_back_is_asked_first(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("create_user ana")
    terminal.send("delete_user ana\r")
    terminal.see("`delete_user ana` on the sandbox cannot be taken back")
    terminal.see("[y/N]")
    terminal.send("n\r")
    terminal.see("declined")
    terminal.ready()
    terminal.send("get_user ana\r")
    terminal.see("creation_date")
