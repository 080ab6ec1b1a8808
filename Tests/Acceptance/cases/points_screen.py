"""Points of the prompt: the place, tables, keys and waiting."""

import contextlib
import json
import re
import threading
import time

from answers import Answers
from onlooker import point
from person import CLEAR, ESCAPE, LAKE, OBJECTS, TAB
from prompt_screen import page
from sandbox import Sandbox
from terminal import PROMPT

# Where one is


@point
def the_banner_is_there_at_once_and_filled_in_later(person):
    tells = threading.Event()
    with Answers((".", 200, {}, lambda _: tells.wait(20) and json.dumps({"version": "1.84.0", "user": {"id": "ana"}}))) as server:
        with contextlib.ExitStack() as stack:
            stack.callback(tells.set)
            person.serve(server)
            person.reads(f"{server.environment['LAKECTL_SERVER_ENDPOINT_URL']}", "as AKIAJTEST", "help, ^D to leave")
            person.sees_not("1\\.84")
            person.keys("print (40")
            tells.set()
            person.awaits("lakeFS 1.84.0")
            person.awaits("as ana")
            # The line that is being typed stays whole.
            person.run(" + 1)")
            person.sees("^41$")


@point
def the_left_prompt_says_where_one_is(person):
    with Sandbox() as server:
        person.serve(server)
        person.keys("delete_repository a-name-that-is-long-indeed --timeout 5s")
        person.sees(rf"^{re.escape(server.server.removeprefix('http://'))} ❯ delete_repos")


@point
def the_left_prompt_is_red_where_protected(person):
    with Sandbox() as server:
        folder = person.home / ".config/lakesh"
        folder.mkdir(parents=True)
        (folder / "profiles.yaml").write_text(
            f"production: {{server: {server.server!r}, keys: {{env: {{access_key_id: P_ID, secret_access_key: P_SECRET}}}}, protected: true}}\n"
        )
        person.start("--server", "production", environment={"P_ID": server.access_key, "P_SECRET": server.secret_key})
        person.enter(LAKE)
        person.run("cd lake/main")
        assert person.place() in ("production lake/main", "production …/main"), person.screen()
        cells = person.terminal.screen.buffer[person.terminal.screen.cursor.y]
        assert {cells[x].fg for x in range(len("production"))} == {"red"}, person.screen()


# Tables


@point
def columns_are_in_the_schemas_order_with_the_name_first(person):
    schema = "path path_type physical_address checksum size_bytes mtime content_type".split()
    person.start()
    for line in OBJECTS:
        person.enter(line)
    rows = person.table("list_objects lake main --all")
    names = rows[0].split()
    assert names[0] == "path" and names == [name for name in schema if name in names], person.screen()
    assert [row.split()[0] for row in rows[1:3]] == ["odd/#hash.csv", "tables/orders.csv"], person.screen()


@point
def what_a_table_leaves_out_is_told(person):
    person.start()
    for line in OBJECTS:
        person.enter(line)
    rows = person.table("list_objects lake main --all")
    is_whole = "content_type" in rows[0]
    assert is_whole == (person.columns == 200), person.screen()
    assert is_whole != ("not shown (`vertical on` shows all):" in person.text()), person.screen()


@point
def vertical_shows_all_fields(person):
    person.start(rows=40)
    for line in OBJECTS:
        person.enter(line)
    person.enter("vertical on")
    person.run("list_objects lake main --all")
    for name in ("path", "physical_address", "checksum", "size_bytes", "mtime", "content_type"):
        assert len(re.findall(rf"^ *{name}\b", person.screen(), re.M)) == 2, person.screen()
    person.reads("application/octet-stream")


@point
def ids_are_short_where_they_stay_unique(person):
    person.start(rows=40)
    for line in OBJECTS:
        person.enter(line)
    person.enter('commit lake main "load orders"')
    rows = person.table("log_commits lake main --all | select id message")
    ids = [row.split()[0] for row in rows[1:3]]
    assert rows[1].endswith("load orders") and all(re.fullmatch("[0-9a-f]{8}", id) for id in ids) and len(set(ids)) == 2, person.screen()
    person.run("get_branch lake main | get commit_id")
    assert re.search(rf"\b{ids[0]}[0-9a-f]{{56}}\b", person.text()), person.screen()


@point
def line_ends_are_marked(person):
    person.start()
    person.enter(LAKE)
    person.enter('upload_object lake main "odd/a\\nb.csv" --content "x"')
    person.enter('commit lake main "first\\n\\nbody"')
    assert person.table("list_objects lake main --all | select path size_bytes")[1].split()[0] == "odd/a⏎b.csv", person.screen()
    assert person.table("log_commits lake main --all | select message")[1] == "  first⏎⏎body", person.screen()


@point
def times_are_local_with_their_zone(person):
    person.start(environment={"TZ": "XYZ-03"})
    before = time.time() - 60
    row = person.table("list_users --all")[1]
    found = re.fullmatch(r"  admin +(\d{4}-\d\d-\d\d \d\d:\d\d) XYZ", row)
    assert found, person.screen()
    shown = time.mktime(time.strptime(found[1], "%Y-%m-%d %H:%M")) - time.timezone
    assert abs(shown - 3 * 3600 - before) < 600, person.screen()


# The start file, keys, help, waiting


@point
def the_start_file_holds_defs(person):
    folder = person.home / ".config/lakesh"
    folder.mkdir(parents=True)
    (folder / "start.lfs").write_text("def answer() { return 42 }\n")
    person.start()
    person.run("answer")
    person.sees("^42$")


@point
def the_start_file_holds_nothing_else(person):
    folder = person.home / ".config/lakesh"
    folder.mkdir(parents=True)
    (folder / "start.lfs").write_text("create_user ana\n")
    person.start()
    person.reads("start.lfs")
    person.says('get_user ana --or "nobody"', "nobody")


@point
def the_last_argument_comes_back(person):
    person.start()
    person.enter('print "a" "word b"')
    person.keys(CLEAR, "print ", "\x1b.")
    person.sees('^❯ print "word b"')


@point
def an_editor_takes_the_line(person):
    person.write("editor", "#!/bin/sh\nsed -i 's/40/50/' \"$1\"\n")
    (person.folder / "editor").chmod(0o755)
    person.start(environment={"VISUAL": str(person.folder / "editor")})
    person.keys("print (40 + 1)", "\x18\x05")
    person.awaits("print (50 + 1)")
    person.enter("")
    person.sees("^51$")


@point
def escape_closes_the_menu(person):
    person.start()
    person.keys("create_", TAB)
    person.sees("^  create_branch ", "^  1-10 of ")
    person.keys(ESCAPE)
    person.sees_not("^  create_branch ", "^  1-10 of ")
    person.keys("us")
    person.sees("^❯ create_us\\b")


@point
def the_menu_narrows_while_one_types(person):
    person.start()
    person.keys("create_", TAB, "u")
    person.sees("^❯ create_u\\b", "^  create_user ", "^  create_user_external_principal ")
    person.sees_not("^  create_branch ")


@point
def help_stands_behind_any_command(person):
    person.start(rows=60)
    for line, head in (
        ("create_user --help", "create_user ID [--invite-user]"),
        ("first --help", "first LIST [COUNT]"),
        ("cd --help", "`cd lake/main` sets `$repository`"),
        ("create_user ana --help", "create_user ID [--invite-user]"),
    ):
        person.run(line)
        person.reads(head)
        person.sees_not("^error")
    person.says('get_user ana --or "nobody"', "nobody")


@point
def a_mute_server_says_so(person):
    answers = threading.Event()
    with Answers(("GET .*/users", 200, {}, lambda _: answers.wait(20) and page(1, 3))) as server:
        with contextlib.ExitStack() as stack:
            stack.callback(answers.set)
            person.serve(server)
            person.awaits("lakeFS 1.84.0")
            person.keys(CLEAR)
            prompts = person.terminal.output.count(PROMPT)
            person.terminal.send("list_users\r")
            person.awaits("list_users waiting 1 s · ^C")
            person.terminal.send("\x03")
            person.wait(prompts)
            person.reads("interrupted")
            person.sees_not("waiting")
