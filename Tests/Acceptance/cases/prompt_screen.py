"""What stands on the screen: listings, counts, tables, the place, output of a line."""

import json
import re
import threading
import time

from answers import Answers
from person import CLEAR, ESCAPE, LAKE, USERS, case, cases, lake
from sandbox import Sandbox

# `more`, `$_` and the counts


@case("shell-B2-more-is-of-the-last-listing")
def more_of_the_last(person):
    person.start(rows=14)
    person.enter(USERS.format(last=60))
    person.run('list_users --all | where { $it.id != "u12" } | get id')
    person.run("list_users --amount 2 | get results | get id")
    person.run("more")
    person.sees_not(r"^u2\d")


@case("shell-B2-more-after-a-comment")
def more_after_a_comment(person):
    person.start()
    person.enter(USERS.format(last=20))
    person.run("list_users --amount 2 # c")
    person.run("more")
    person.sees("u1[23]")
    person.run("more")
    person.sees("u1[45]")


def page(first, last, next_offset=""):
    results = [{"id": f"u{n}", "creation_date": 1} for n in range(first, last)]
    pagination = {"has_more": next_offset != "", "next_offset": next_offset, "results": len(results), "max_per_page": 1000}
    return json.dumps({"pagination": pagination, "results": results})


@cases(
    "shell-B2-more-leaves-no-rest-of-the-progress",
    [("page", "list_users", "more"), ("window", "list_users --all | where { true }", "more"), ("first", "list_users --all", None)],
)
def more_leaves_nothing(line, then, person):
    late = ("GET .*/users.*after=u30", 200, {}, lambda handler: threading.Event().wait(0.8) or page(30, 45))
    with Answers(late, ("GET .*/users", 200, {}, lambda handler: threading.Event().wait(0.8) or page(10, 30, "u30"))) as server:
        person.start("--server", server.environment["LAKECTL_SERVER_ENDPOINT_URL"], environment=server.environment, rows=40 if then else 24)
        for typed in filter(None, (line, then)):
            person.run(typed)
            person.sees_not(r"list_users *id\b", "… list_users", r"list_users +u\d")


@case("shell-B3-last-result-is-whole")
def last_is_whole(person):
    person.start(rows=14)
    person.enter(USERS.format(last=60))
    person.run("list_users --all | get id")
    person.says("$_ | count", 51)


@case("shell-B3-footer-of-first")
def footer_of_first(person):
    person.start()
    person.enter('for n in 1001..1130 { create_user "u$n" }')
    person.run("list_users --all | first 5")
    person.sees_not("of 100\\b")


@cases(
    "shell-B9-footer",
    [
        ("users", "list_users --all", "26 users"),
        ("ids", "list_users --all | get id", "26 (users|items)"),
        ("numbers", "1..30", "30 items"),
        ("window", "list_users --all | where { true }", r"^\d+\+|^\d+ of \d+|\d+ users"),
    ],
)
def footer(line, seen, person):
    person.start(rows=14, environment={"PAGER": "cat"})
    person.enter(USERS.format(last=35))
    person.run(line)
    person.sees(seen)


# Tables


@cases("shell-B6-table-of-objects", [("40", 40), ("80", 80), ("200", 200)])
def table_of_objects(columns, person):
    lake(person, columns=columns)
    person.run("list_objects lake main --all")
    person.sees(r"^ *path\b", r"^ *tables/orders\.csv\b.*")
    rows = [row for row in person.screen().splitlines() if "csv" in row]
    assert len(rows) == 2 and all(len(row) < columns for row in rows), person.screen()


@case("shell-B6-id-first")
def id_first(person):
    lake(person)
    person.run("list_branches lake --all")
    person.sees(r"^ *id +commit_id")


@case("shell-B6-short-ids")
def short_ids(person):
    lake(person)
    person.enter('commit lake main "load orders"')
    person.run("log_commits lake main --all | select id message")
    person.sees(r"^ *[0-9a-f]{6,20} +load orders")


@case("shell-B6-one-row-a-commit")
def one_row_a_commit(person):
    lake(person)
    person.enter('commit lake main "load orders"')
    person.run("log_commits lake main --all")
    person.sees(r"^ *[0-9a-f]{6,20}\b.*load orders")


@cases(
    "shell-B6-line-ends",
    [
        ("table", "list_objects lake main --all | select path size_bytes"),
        ("message", 'commit lake main "first\\n\\nbody"; log_commits lake main --all | select message generation'),
    ],
)
def line_ends(line, person):
    person.start()
    person.enter(LAKE)
    person.enter('upload_object lake main "odd/nl\\nx.csv" --content "x"')
    person.run(line)
    person.sees_not(r"^x\.csv", "^body", r"^ +x\.csv")


@case("shell-B6-local-times")
def local_times(person):
    person.start(environment={"TZ": "America/New_York"})
    person.run("list_users --all | select id creation_date")
    hour = time.strftime("%H", time.gmtime(time.time() - 5 * 3600))
    summer = time.strftime("%H", time.gmtime(time.time() - 4 * 3600))
    person.sees(rf"admin +\S+ ({hour}|{summer}):\d\d.*(EST|EDT|-0[45])|(EST|EDT|New_York|-0[45]:?00)")


@case("shell-B6-text-of-an-object")
def text_of_an_object(person):
    lake(person)
    person.run("get_object lake main tables/orders.csv")
    person.sees("^some text")


@case("shell-B6-vertical")
def vertical(person):
    lake(person)
    person.enter("vertical on")
    person.run("list_branches lake --all")
    person.sees(r"^ *id +main$", r"^ *commit_id +[0-9a-f]+")


@case("shell-B7-pager-with-colours")
def pager_with_colours(person):
    person.start(rows=14, environment={"PAGER": "less"})
    person.terminal.send("create_user ana; for n in 1..1 { print 1 }\r")
    person.quiet()
    person.terminal.send("{a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 11, l: 12, m: 13, n: 14, o: 15}\r")
    person.until(lambda: re.search("^:|END", person.screen(), re.M))
    person.sees_not(r"ESC\[")


@case("shell-B8-vi-search-runs-nothing")
def vi_search(person):
    (person.home / ".editrc").write_text("bind -v\n")
    person.start()
    person.enter("print (40 + 1)")
    person.enter("print (50 + 1)")
    person.keys(CLEAR, ESCAPE, "/", "4", "0", "\r")
    person.sees_not("^41")
    assert "40 + 1" in person.row(), person.screen()


# Where one is


@cases("shell-B10-cd-looks", [("repository", "cd nosuch/main"), ("branch", "cd lake/nosuch"), ("folder", "cd lakefs://lake/main/nosuch/")])
def cd_looks(line, person):
    person.start()
    person.enter(LAKE)
    person.run(line)
    person.sees("nosuch")
    assert "nosuch" not in person.row(), person.screen()


@case("shell-B10-cd-to-an-address")
def cd_to_an_address(person):
    lake(person)
    person.run("cd lakefs://lake/main/")
    assert person.before_cursor().rstrip().endswith("lake/main ❯"), person.screen()


@cases("shell-B11-home", [("record", "record save ~/x.lfs", "x.lfs"), ("write", 'write_file "~/y" "x"', "y")])
def home(line, name, person):
    person.start()
    person.enter("create_user ana")
    person.run(line)
    assert (person.home / name).exists() and not (person.folder / "~").exists(), person.screen()


@case("shell-B11-home-source")
def home_source(person):
    (person.home / "x.lfs").write_text("print (40 + 1)\n")
    person.start()
    person.run("source ~/x.lfs")
    person.sees("^41$")


@case("shell-B11-hint-is-quoted")
def hint_is_quoted(person):
    person.start(columns=120)
    person.enter("create_user ana")
    person.run('record save "my file.lfs"')
    person.sees(r"lakesh run ['\"]my file\.lfs")


@cases(
    "shell-B13-explain",
    [
        ("for", 'explain for u in ["a", "b"] { create_user $u }', r"each|every|repeat|\b2\b", None),
        ("exec", 'explain exec "rm" ["x"]', "rm", "sends nothing"),
        ("argument", "explain hard_reset_branch lake main (get_branch lake main).commit_id", r"(?s)GET .*PUT ", None),
    ],
)
def explain(line, seen, unseen, person):
    lake(person, columns=140)
    person.run(line)
    assert re.search(seen, person.screen().split("❯")[1].partition("\n")[2]), person.screen()
    if unseen:
        person.sees_not(unseen)


@cases(
    "shell-B14-each-statement-is-shown",
    [
        ("line", "get_user ana; get_user bo", False, ["^ *id +ana", "^ *id +bo"]),
        ("paste", "list_users --amount 1\nlist_groups --amount 1\nget_user ana", True, ["admin", "Admins|Developers", "^ *id +ana"]),
        ("values", "1 + 40; 2 + 40", False, ["^41", "^42"]),
    ],
)
def each_statement(text, is_pasted, seen, person):
    person.start(rows=40)
    person.enter("create_user ana; create_user bo")
    person.keys(CLEAR)
    (person.paste if is_pasted else person.enter)(text)
    person.sees(*seen)


@cases(
    "shell-B15-an-address-is-no-secret",
    [
        ("let", 'let u = "http://localhost:9000"'),
        ("use", 'use "http://127.0.0.1:18401"'),
        ("https", 'let u = "https://lake.example.com:8443/api/v1"'),
    ],
)
def address(line, person):
    person.start()
    screen = person.keys(line)
    assert "•" not in screen, screen
    person.keys("\x03")
    person.run(line.replace("use ", "let v = "))
    assert "http" in (person.home / ".local/state/lakesh/history").read_text()


@case("shell-B15-secret-in-a-sourced-file")
def secret_in_a_file(person):
    person.write(
        "s.lfs",
        'login "AKIAIOSFODNN7EXAMPLE" "hunter2hunter2hunter2hunter2hunter2hunt"\nget_usr ana\nlogin "AKIAIOSFODNN7EXAMPLE" "hunter2hunter2hunter2hunter2hunter2hunt" 3\n',
    )
    person.start()
    person.run("source s.lfs")
    person.sees_not("hunter2")


@case("shell-B16-no-colour-no-suggestion")
def no_suggestion(person):
    person.start(environment={"NO_COLOR": "1"})
    person.enter('print "hello"')
    person.keys(CLEAR, "pri")
    person.sees_not("hello")


@case("shell-B17-login-with-wrong-keys")
def wrong_login(person):
    person.start()
    person.run("login AKIAIOSFODNN7EXAMPLE wrong")
    person.sees_not("no keys were given")
    person.sees("^error.*AKIAIOSFODNN7EXAMPLE")


@cases("shell-B18-the-prompt-says-where", [("40", 40, "address"), ("45", 45, "profile"), ("80", 80, "profile"), ("200", 200, "profile")])
def prompt_says(columns, kind, person):
    with Sandbox() as server:
        folder = person.home / ".config/lakesh"
        folder.mkdir(parents=True)
        (folder / "profiles.yaml").write_text(
            f"production: {{server: {server.server!r}, keys: {{env: {{access_key_id: P_ID, secret_access_key: P_SECRET}}}}, protected: true}}\n"
        )
        keys = {"P_ID": server.access_key, "P_SECRET": server.secret_key, **(server.environment if kind == "address" else {})}
        person.start("--server", server.server if kind == "address" else "production", columns=columns, environment=keys)
        name = "production" if kind == "profile" else "127.0.0.1"
        person.keys("delete_repository a-name-that-is-long-indeed"[: columns - 22])
        before = person.before_cursor().partition("❯")[0]
        assert name in before, person.screen()
        if kind == "profile":
            row = person.terminal.screen.cursor.y
            cell = person.terminal.screen.buffer[row][person.terminal.screen.display[row].index(name)]
            assert cell.fg == "red", cell


@case("shell-B18-banner-says-version-and-user")
def banner(person):
    with Sandbox() as server:
        person.start("--server", server.server, environment=server.environment)
        person.until(lambda: "1.84" in person.screen(), 3)
        person.sees(r"1\.84", r"\badmin\b")


@case("shell-B18-wrong-secret-is-told")
def wrong_secret(person):
    with Sandbox() as server:
        person.start("--server", server.server, environment={**server.environment, "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": "wrong"})
        person.until(lambda: "secret" in person.screen(), 3)
        person.sees("does not know the key|secret|not accepted")
