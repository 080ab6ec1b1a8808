"""Keys, completion, hints, and what the prompt says while one waits."""

import json
import re
import threading

from answers import Answers
from case import EXCERPT
from person import CLEAR, ESCAPE, LAKE, TAB, UP, case, cases, lake
from sandbox import Sandbox
from terminal import PROMPT, binary

# Completion


@case("shell-B4-no-prefix-of-a-part")
def no_prefix_of_a_part(person):
    person.start()
    person.enter(LAKE)
    person.enter('for n in 10001..10600 { create_branch lake "br-$n" main }')
    person.keys("get_branch lake ", TAB)
    assert "br-10" not in person.before_cursor(), person.screen()


@case("shell-B4-the-places-branch-is-there")
def places_branch(person):
    person.start()
    person.enter(LAKE)
    person.enter('for n in 10001..10600 { create_branch lake "br-$n" main }')
    person.enter("cd lake/main")
    person.keys(CLEAR, "list_objects lake ", TAB)
    person.sees(r"^ +main\b|list_objects lake main")


@cases(
    "shell-B5-completed-id-is-found",
    [
        ("apostrophe", "get_user o", "o'neil"),
        ("apostrophe-quoted", 'get_user "o', "o'neil"),
        ("blank", "get_user with", "with space"),
        ("blank-quoted", 'get_user "wi', "with space"),
        ("blank-single", "get_user 'wi", "with space"),
        ("dollar", "get_user dol", "dollar$x"),
        ("dollar-quoted", 'get_user "dol', "dollar$x"),
        ("quote", "get_user dq", 'dq"uote'),
        ("hash", "get_user ", "#hash"),
        ("option", "get_user ", "--opt"),
        ("bracket", "get_user ", "[br]"),
    ],
)
def completed(typed, id, person):
    with Sandbox("--like", "v0.90") as server:
        server.line(f"create_user {json.dumps(id).replace('$', chr(92) + '$')}")
        person.start("--server", server.server, environment=server.environment)
        person.keys(CLEAR, typed, TAB)
        for _ in range(4):
            if re.search(r"\S *$", person.before_cursor().partition("❯ ")[2][len(typed) - 1 :]):
                break
            person.keys(TAB)
        # The first Enter takes what the menu offers, where there is one.
        prompts = person.terminal.output.count(PROMPT)
        person.keys("\r")
        if person.terminal.output.count(PROMPT) == prompts:
            person.keys("\r")
        person.wait(prompts)
        person.sees("creation_date", rf"^ *id +{re.escape(id)}")


@cases(
    "shell-B19-completion",
    [
        ("from", "upload_object lake main a --from ", "people.csv"),
        ("to", "get_object lake main a --to pe", "people.csv"),
        ("run", 'run "', "book.lfs"),
        ("include", 'include "', "book.lfs"),
        ("source", "source ", "book.lfs"),
    ],
)
def completion_of_files(typed, name, person):
    person.write("people.csv", "id\n")
    person.write("book.lfs", "print 1\n")
    person.start()
    person.keys(typed, TAB)
    person.sees(name.replace(".", r"\."))


@case("shell-B19-completion-of-members")
def completion_of_members(person):
    person.start()
    person.enter("create_user ana; create_user bo; add_group_membership Developers bo")
    person.keys(CLEAR, "delete_group_membership Developers ", TAB)
    person.sees(r"\bbo\b")
    person.sees_not(r"\bana\b")


@case("shell-B19-completion-of-areas")
def completion_of_areas(person):
    person.start()
    person.keys("operations ", TAB)
    assert "--area" not in person.before_cursor(), person.screen()


# Keys, hints and waiting


@case("shell-C-a-mute-server-says-so")
def mute_server(person):
    with Answers(("GET .*/users", 200, {}, lambda handler: threading.Event().wait(6) or "{}")) as server:
        person.start("--server", server.environment["LAKECTL_SERVER_ENDPOINT_URL"], environment=server.environment, columns=100)
        person.terminal.send("list_users\r")
        person.until(lambda: "wait" in person.screen(), 3)
        person.sees("wait")
        person.keys("\x03")


@cases(
    "shell-C-hint",
    [
        ("help-option", "create_user --help", r"user_id|USER_ID|\bID\b"),
        ("h", "create_user -h", r"--help|user_id|\bID\b"),
        ("question", "?", "help"),
        ("pwd", "pwd", r"\bcd\b|\buse\b"),
        ("backslash-q", "\\q", "exit|\\^D"),
        ("colon-q", ":q", "exit|\\^D"),
        ("bang", "!ls", "exec"),
        ("head", "list_users | head 2", "first"),
        ("take", "list_users --all | take 2", "first"),
        ("two-words", "list branches lake", "list_branches"),
        ("prefix", "hard_reset lake main x", "hard_reset_branch"),
        ("it", "it", "more"),
    ],
)
def hint(line, seen, person):
    person.start()
    screen = person.run(line)
    assert re.search(seen, EXCERPT.sub("", screen.partition("\n")[2]).replace(line, "")), screen


@case("shell-C-use-alone")
def use_alone(person):
    with Sandbox() as server:
        person.start("--server", server.server, environment=server.environment, columns=120)
        screen = person.run("use")
        assert server.server in screen.partition("\n")[2].rpartition("\n")[0], screen


@case("shell-C-escape-closes-the-menu")
def escape_closes(person):
    person.start()
    person.keys("create_", TAB, ESCAPE)
    person.sees_not("^ +create_user_external_principal")
    person.keys("u", "s")
    assert person.before_cursor().endswith("create_us"), person.screen()


@case("shell-C-menu-narrows")
def menu_narrows(person):
    person.start()
    person.keys("create_", TAB, "u")
    person.sees(r"^ +create_user\b")
    person.sees_not(r"^ +create_branch\b")


@case("shell-C-history-with-a-message")
def history_with_a_message(person):
    with Answers(("GET .*/users", 400, {}, '{"message": "not today"}')) as server:
        person.start("--server", server.environment["LAKECTL_SERVER_ENDPOINT_URL"], environment=server.environment)
        person.enter("get_user ana")
        person.keys(CLEAR, "get_user ", TAB)
        person.until(lambda: "not today" in person.screen(), 2)
        person.sees("not today")
        person.keys(UP)
        assert "get_user ana" in person.row(), person.screen()


@case("shell-C-error-of-the-check")
def error_of_the_check(person):
    person.start()
    person.enter("get_user nobody")
    person.enter("get_usr ana")
    person.run('print "<${_error.message}>"')
    person.sees("<.*get_usr")


@case("shell-C-crlf-paste")
def crlf_paste(person):
    person.start()
    screen = person.paste("print (40 + 1)\r\nprint (50 + 1)\r\n")
    rows = screen.splitlines()
    first = next(number for number, row in enumerate(rows) if "print (40 + 1)" in row)
    assert "print (50 + 1)" in rows[first + 1] and "41" in rows and "51" in rows, screen


@case("shell-C-start-file")
def start_file(person):
    folder = person.home / ".config/lakesh"
    folder.mkdir(parents=True)
    (folder / "start.lfs").write_text("def answer() { return 42 }\n")
    person.start()
    person.run("answer")
    person.sees("^42")


@case("shell-C-start-file-holds-defs-alone")
def start_file_defs(person):
    folder = person.home / ".config/lakesh"
    folder.mkdir(parents=True)
    (folder / "start.lfs").write_text("create_user ana\n")
    person.start()
    person.sees("start.lfs")
    person.says('get_user ana --or "nobody"', "nobody")


@case("shell-C-last-argument")
def last_argument(person):
    person.start()
    person.enter('print "a" "word b"')
    person.keys(CLEAR, "print ", "\x1b.")
    assert 'print "word b"' in person.before_cursor() or person.before_cursor().endswith('"word b"'), person.screen()


@case("shell-C-edit-this-line")
def edit_this_line(person):
    person.write("editor", "#!/bin/sh\nsed -i 's/40/50/' \"$1\"\n")
    (person.folder / "editor").chmod(0o755)
    person.start(environment={"VISUAL": str(person.folder / "editor")})
    person.keys("print (40 + 1)", "\x18\x05")
    person.until(lambda: "50 + 1" in person.screen(), 3)
    person.sees(r"50 \+ 1")


@case("shell-C-timing-of-a-failure")
def timing_of_a_failure(person):
    person.start()
    person.enter("timing on")
    person.run("get_user nobody")
    person.sees(r"\d+ m?s\b")


@case("shell-C-search-again")
def search_again(person):
    person.start()
    person.enter("print (40 + 1)")
    person.enter("print (40 + 2)")
    person.keys("\x12", "4", "0", "\x12")
    person.sees(r"40 \+ 1")


@case("shell-C-not-into-a-file")
def not_into_a_file(person):
    terminal = person.start_program(["sh", "-c", f"{binary()} --sandbox > f; echo end $?"], person.folder)
    terminal.send("print (40 + 1)\r")
    terminal.until(lambda t: (person.folder / "f").exists() and b"41" in (person.folder / "f").read_bytes(), 5, "the value in the file")
    terminal.send("\x04")
    terminal.until(lambda t: "end" in t.text(), 5, "the end")
    assert b"\x1b" not in (person.folder / "f").read_bytes(), (person.folder / "f").read_bytes()


@case("shell-C-indentation")
def indentation(person):
    person.start()
    person.keys("if true {\r", "  print (40 + 1)\r")
    person.sees(r"· {1,3}print \(40")
    person.enter("}")
    person.sees("^41")


@case("shell-C-candidates-have-times")
def candidates_have_times(person):
    lake(person)
    person.enter('commit lake main "load orders"; create_branch lake dev main')
    person.keys(CLEAR, "get_commit lake ", TAB)
    person.sees(r"load orders.*\b(ago|now|\d+ (s|min|h|d)\b)")


@case("shell-C-interrupt-on-a-dumb-terminal")
def interrupt_on_a_dumb_terminal(person):
    terminal = person.start_program([binary(), "--sandbox"], person.folder, environment={"TERM": "dumb"})
    terminal.see("❯")
    # The terminal drops the echo that nobody has read yet.
    terminal.send("pri")
    terminal.see("pri")
    terminal.send("\x03")
    terminal.until(lambda t: t.row().rstrip() in ("❯", "❯ ") and "pri" in t.text(), 2, "a new prompt")


@case("shell-C-broken-profiles")
def broken_profiles(person):
    folder = person.home / ".config/lakesh"
    folder.mkdir(parents=True)
    (folder / "profiles.yaml").write_text("a: [\n")
    with Sandbox() as server:
        person.terminal = person.start_program([binary()], person.folder, environment=server.environment)
        person.wait(0)
        person.run("print (40 + 1)")
        person.sees("^41")
