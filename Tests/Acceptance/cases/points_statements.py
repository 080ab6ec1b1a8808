"""Points of the prompt: what statements do, ask and show."""

import re

from answers import Answers
from onlooker import point
from person import CLEAR, LAKE, SECRET, USERS
from prompt_screen import page
from sandbox import Sandbox

# Windows, `$_` and counts


@point
def what_writes_runs_to_its_end(person):
    person.start(rows=14)
    person.enter(LAKE)
    person.enter(USERS.format(last=35))
    person.run('list_users --all | each { upload_object lake main "r/${it.id}" --content "x" } | get path')
    person.counts("10 of 26 items", has_more=True)
    person.enter("delete_object lake main r/u35", "y")
    person.run("more")
    person.sees("^r/u20$")
    person.says("list_objects lake main --prefix r/ --all | count", 25)


@point
def what_reads_stops_at_the_window(person):
    person.start(rows=14)
    person.enter(USERS.format(last=35))
    person.run('list_users --all | where { $it.id != "u12" } | select id')
    person.reads("more shows what follows")
    person.sees("^  u19$")
    person.sees_not("^  u21$")
    person.run("more")
    person.sees("^  u21$")
    person.sees_not("^  u19$")


@point
def the_last_result_is_whole(person):
    person.start(rows=14)
    person.enter(USERS.format(last=35))
    person.run("list_users --all | get id")
    person.counts("10 of 26 items", has_more=True)
    person.run("$_ | count")
    person.sees("^26$")


@point
def counts_are_true(person):
    person.start(rows=40)
    person.enter(USERS.format(last=35))
    for line, count in (
        ("list_users --all", "26 users"),
        ("list_users --all | get id", "26 items"),
        ("1..30", "30 items"),
        ("list_users --amount 20", "20+ users"),
        ("list_users --all | first 5", "5 of 26 users"),
        ('list_users --all | where { $it.id == "u12" }', "1 of 26 users"),
    ):
        person.run(line)
        person.counts(count, has_more="+" in count)


@point
def a_total_is_told_as_far_as_it_is_known(person):
    pages = [(f"GET .*/users.*after=u{n}000", 200, {}, page(n * 1000 + 1, n * 1000 + 1001, f"u{n + 1}000")) for n in (1, 2)]
    last = ("GET .*/users.*after=u3000", 200, {}, page(3001, 3002))
    with Answers(*pages, last, ("GET .*/users", 200, {}, page(1, 1001, "u1000"))) as server:
        person.serve(server, rows=24)
        person.run("list_users --all")
        person.counts("20 of 1,000+ users", has_more=True)
        person.run("list_users --all | first 5")
        person.counts("5 users")
        person.run('list_users --all | where { $it.id =~ "001$" }')
        person.counts("3 of 3,001 users")


# Questions


@point
def each_call_asks_for_itself(person):
    person.start(rows=50)
    person.enter(LAKE)
    person.enter('for n in 1..5 { create_user "u$n" }')
    person.run('for n in 1..5 { delete_user "u$n" }; delete_repository lake', "y", "y", "a", "no")
    for n in (1, 2, 3):
        person.reads(f"! `delete_user u{n}` on the sandbox cannot be taken back")
    person.reads("2 asked so far; a is yes to the rest of this statement. [y/N] a", "Type lake to go on: no", "declined")
    assert "delete_user u4`" not in person.text(), person.screen()
    person.says('list_users --all | get id | join ","', "admin")
    person.says("list_repositories --all | count", 1)


# Statements and the shell's own commands


@point
def source_binds_parameters(person):
    person.write("p.lfs", 'param who\nparam count: int = 1\nprint "<$who ${($count + 1)}>"\n')
    person.start()
    person.run("source p.lfs")
    person.reads("error[R0421]: the script needs --who")
    for who in ("bo", "ana"):
        person.run(f"source p.lfs --who {who} --count 3")
        person.sees(f"^<{who} 4>$")


@point
def each_statement_of_a_line_shows_its_result(person):
    person.start()
    person.run('get_user admin; [1, 2] | count; get_group "Admins"')
    person.sees(r"^  id +admin$", "^2$", "^  id +Admins$")


@point
def each_statement_of_a_paste_shows_its_result(person):
    person.start()
    person.enter(LAKE)
    person.keys(CLEAR)
    person.paste("get_user admin\ncd lake/main # go there\nlist_branches lake\n40 + 1\n")
    person.sees(r"^  id +admin$", r"^  main +[0-9a-f]{8}$", "^41$")
    assert person.place() == "lake/main", person.screen()


@point
def own_commands_end_at_line_semicolon_and_comment(person):
    person.start()
    person.enter(LAKE)
    for line, place in (("cd lake/main; 40 + 1", "lake/main"), ("40 + 1; cd ..", "lake"), ("cd lake/main # cd nosuch; x", "lake/main")):
        person.run(line)
        assert person.place() == place, person.screen()
        if "40" in line:
            person.sees("^41$")
        person.sees_not("^error")


@point
def record_save_overwrites_its_own_file_alone(person):
    person.start()
    person.enter("create_user ana")
    person.enter("record save rec.lfs")
    person.enter("create_user bo")
    person.run("record save rec.lfs")
    person.reads("Kept 2 of")
    edited = (person.folder / "rec.lfs").read_text().replace("bo", "b0")
    person.write("rec.lfs", edited)
    person.run("record save rec.lfs")
    person.reads("error[R0431]: `rec.lfs` is there already", "choose another name")
    assert (person.folder / "rec.lfs").read_text() == edited


@point
def use_asks_before_it_sends_keys_elsewhere(person):
    with Sandbox() as server, Answers() as other:
        address = other.environment["LAKECTL_SERVER_ENDPOINT_URL"]
        person.serve(server, rows=40)
        person.run("use http://lake.example.invalid")
        person.reads("error[R0432]: the keys are not sent to http://lake.example.invalid = use https")
        person.run(f"use {address}", "n")
        person.reads(f"{server.access_key} came with {server.server}. Send its keys to {address}, too? [y/N] n", "the keys are not sent")
        assert person.place() == server.server.removeprefix("http://") and other.log == [], person.screen()
        person.run(f"use {address}", "y")
        assert person.place() == address.removeprefix("http://"), person.screen()


@point
def a_new_keys_secret_is_shown(person):
    person.start(rows=30)
    person.enter("create_user bo")
    for line in ('for u in ["bo"] { create_credentials $u }; 1', "print (create_credentials bo)", "create_credentials bo | get access_key_id"):
        person.run(line)
        assert re.search(rf"secret_access_key {SECRET.pattern}", person.text()), person.screen()
        person.reads("shown once: lakeFS does not give it again")
    person.run('create_credentials bo | write_json "key.json"')
    person.sees_not("shown once")


@point
def cd_looks(person):
    person.start()
    person.enter(LAKE)
    for line, missing in (("cd nosuch", "repository"), ("cd lake/nosuch", "branch")):
        person.run(line)
        person.reads(f"there is no {missing} `nosuch`")
        assert person.place() == "", person.screen()
    person.run("cd lake/main")
    assert person.place() == "lake/main", person.screen()
