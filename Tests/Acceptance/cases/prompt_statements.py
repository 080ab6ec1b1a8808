"""Statements at the prompt: what they change, ask, show and keep."""

import json

from answers import Answers
from person import CLEAR, LAKE, LOST, SECRET, USERS, case, cases
from sandbox import Sandbox
from terminal import PROMPT, binary

# What writes runs to its end

TAGS = 'for n in 11..40 { upload_object lake main "tmp/f$n" --content "x" }'


@cases(
    "shell-A1-writes-run-to-the-end",
    [
        ("each", 'list_users --all | each { upload_object lake main "r/${it.id}" --content "x"; null }', "r/", 26),
        ("where", 'list_users --all | where { upload_object lake main "r/${it.id}" --content "x"; true }', "r/", 26),
        ("get", 'list_users --all | each { upload_object lake main "r/${it.id}" --content "x" } | get path', "r/", 26),
    ],
)
def writes(line, prefix, count, person):
    person.start(rows=12)
    person.enter(LAKE)
    person.enter(USERS.format(last=35))
    person.run(line)
    person.says(f"list_objects lake main --prefix {prefix} --all | count", count)


@case("shell-A1-deletes-run-to-the-end")
def deletes(person):
    person.start(rows=12)
    person.enter(LAKE)
    person.enter(TAGS)
    person.run("list_objects lake main --prefix tmp/ --all | each { delete_object lake main $it.path }", "a")
    person.says("list_objects lake main --prefix tmp/ --all | count", 0)


@case("shell-A1-more-writes-nothing")
def more_writes_nothing(person):
    person.start(rows=12)
    person.enter(LAKE)
    person.enter(USERS.format(last=35))
    person.run('list_users --all | each { upload_object lake main "r/${it.id}" --content "x"; null }')
    person.enter("delete_object lake main r/u35", "y")
    person.enter("more")
    person.says("list_objects lake main --prefix r/ --all | count", 25)


# `source` binds parameters

DELETE = "param prefix\nfor o in (list_objects lake main --prefix $prefix --all) { delete_object lake main $o.path }\n"


@cases(
    "shell-A2-source-wants-parameters",
    [
        ("text", 'param prefix\nprint "[$prefix]"\n', "prefix"),
        ("int", "param count: int\nprint $count\n", "count"),
        ("secret", 'param s: secret\nprint "x$s"\n', "s"),
        ("list", "param l: list\nprint $l\n", "l"),
    ],
)
def source_wants(text, name, person):
    person.write("p.lfs", text)
    person.start()
    person.run("source p.lfs")
    person.sees(rf"--{name}\b")
    person.sees_not(r"^\[null\]", "^null", "^x")


@case("shell-A2-source-deletes-nothing")
def source_deletes_nothing(person):
    person.write("del.lfs", DELETE)
    person.start()
    person.enter(LAKE)
    person.enter('for k in ["keep/a", "tmp/b"] { upload_object lake main $k --content "x" }')
    person.run("source del.lfs")
    person.says("list_objects lake main --all | count", 2)


@case("shell-A2-source-binds-parameters")
def source_binds(person):
    person.write("p.lfs", 'param who\nparam count: int = 1\nprint "<$who ${($count + 1)}>"\n')
    person.start()
    person.run("source p.lfs --who bo --count 3")
    person.sees("<bo 4>")


@case("shell-B12-source-again")
def source_again(person):
    person.write("p.lfs", 'param who = "ana"\nlet x = 1\ndef f() { return 2 }\nprint "<$who>"\n')
    person.start()
    person.run("source p.lfs")
    person.run("source p.lfs")
    person.sees("<ana>")
    person.run("source p.lfs --who bo")
    person.sees("<bo>")


@case("shell-A2-param-at-the-prompt")
def param_at_the_prompt(person):
    person.start()
    person.run("param foo")
    person.run('print "[$foo]"')
    person.sees_not(r"^\[null\]")


# Each destroying call asks for itself

REPOSITORIES = 'for r in ["rep-1", "rep-2", "rep-3"] { create_repository $r "local://$r" }'


@case("shell-A3-each-repository-is-typed")
def each_repository(person):
    person.start()
    person.enter(REPOSITORIES)
    person.enter('for r in ["rep-1", "rep-2"] { delete_repository $r }', "rep-1", "no")
    person.says('list_repositories --all | get id | join ","', "rep-2,rep-3")


@case("shell-A3-each-call-asks")
def each_call(person):
    person.start()
    person.enter(REPOSITORIES)
    person.enter("create_user u1; create_user u2; create_group g1")
    person.enter("delete_user u1; delete_group g1; delete_repository rep-3", "y", "y", "no")
    person.says("list_repositories --all | count", 3)
    person.says('list_users --all | get id | join ","', "admin,u2")


@case("shell-A3-question-names-its-target")
def question_names(person):
    person.start()
    person.enter("create_user u1; create_user u2")
    screen = person.enter('for u in ["u1", "u2"] { delete_user $u }', "y", "y")
    assert "delete_user u1" in screen and "delete_user u2" in screen, screen


@case("shell-A3-a-answers-for-the-rest")
def answers_for_the_rest(person):
    person.start()
    person.enter(REPOSITORIES)
    person.enter('for n in 1..5 { create_user "u$n" }')
    person.enter('for n in 1..5 { delete_user "u$n" }; delete_repository rep-1', "y", "a", "no")
    person.says("list_users --all | count", 1)
    person.says("list_repositories --all | count", 3)


@case("shell-A3-no-stops")
def no_stops(person):
    person.start()
    person.enter('for n in 1..3 { create_user "u$n" }')
    person.enter('for n in 1..3 { delete_user "u$n" }', "y", "n")
    person.says("list_users --all | count", 3)


# A secret that is typed


def stopped(shell, folder, start):
    """A shell with job control, lakesh in it, stopped while it asks for a secret."""
    terminal = start(shell, folder)
    terminal.send(f"{binary()} --sandbox\r")
    terminal.until(lambda t: t.output.count(PROMPT) > 0 and "❯" in t.row(), what="a prompt")
    terminal.send("input 'pw? ' --secret\r")
    terminal.until(lambda t: t.row().startswith("pw?"), what="the question")
    terminal.send("\x1a")
    terminal.until(lambda t: t.row().startswith("$"), what="the outer shell")
    return terminal


@case("shell-A4-the-outer-shell-has-echo")
def outer_echo(person):
    terminal = stopped(["sh", "-i"], person.folder, person.start_program)
    terminal.send("stty -a | tr ' ' '\\n' | grep -x -- '-*echo'\r")
    terminal.until(lambda t: "\necho\n" in t.text() + "\n" or "\n-echo\n" in t.text() + "\n", what="the mode")
    assert "\necho\n" in terminal.text() + "\n", terminal.text()


@case("shell-A4-no-echo-after-fg")
def no_echo_after_fg(person):
    terminal = stopped(["bash", "--norc", "-i"], person.folder, person.start_program)
    terminal.send("fg\r")
    terminal.until(lambda t: t.row().startswith("pw?"), 3, "the question again")
    terminal.send("defdef")
    while terminal.pump(0.2):
        pass
    assert "defdef" not in terminal.text(), terminal.text()


# A new key's secret is shown, or told to be lost


@cases(
    "shell-A5-secret-is-shown",
    [
        ("for", 'for u in ["bo"] { create_credentials $u }'),
        ("two-statements", "create_credentials bo; print 1"),
        ("pipe", "create_credentials bo | get secret_access_key"),
        ("each", '["bo"] | each { create_credentials $it }'),
        ("plain", "create_credentials bo"),
        ("if", "if true { create_credentials bo }"),
        ("step", 'step "s" { create_credentials bo }'),
        ("def", "def mk(u) { return create_credentials $u }; mk bo"),
    ],
)
def secret_shown(line, person):
    person.start(columns=120)
    person.enter("create_user bo")
    person.run(line)
    person.sees(SECRET)


@cases(
    "shell-A5-secret-is-told-lost",
    [
        ("print", "print (create_credentials bo)"),
        ("field", "let id = (create_credentials bo).access_key_id"),
        ("select", "create_credentials bo | select access_key_id"),
    ],
)
def secret_lost(line, person):
    person.start(columns=120)
    person.enter("create_user bo")
    screen = person.run(line)
    assert SECRET.search(screen) or (LOST.search(screen) and "AKIA" in screen), screen


@cases(
    "shell-A5-no-false-words",
    [("def", "def mk(u) { return create_credentials $u }"), ("file", 'create_credentials bo | write_json "k.json"')],
)
def no_false_words(line, person):
    person.start(columns=120)
    person.enter("create_user bo")
    person.run(line)
    person.sees_not("shown once")


# A recorded file that was edited


@cases(
    "shell-A6-record-keeps-edits",
    [("line", lambda t: t + "print 1\n"), ("comment", lambda t: t.replace("#", "# mine:", 1)), ("blank", lambda t: t + "\n")],
)
def record_keeps(edit, person):
    person.start()
    person.enter("create_user ana")
    person.enter("record save rec.lfs")
    edited = edit((person.folder / "rec.lfs").read_text())
    person.write("rec.lfs", edited)
    person.run("record save rec.lfs")
    assert (person.folder / "rec.lfs").read_text() == edited, person.screen()


@case("shell-A6-record-again")
def record_again(person):
    person.start()
    person.enter("create_user ana")
    person.enter("record save rec.lfs")
    person.enter("create_user bo")
    person.run("record save rec.lfs")
    assert "bo" in (person.folder / "rec.lfs").read_text(), person.screen()


# Keys go to the address that they came with

USER = json.dumps({"user": {"id": "ana", "creation_date": 1}})


@case("shell-A7-use-asks")
def use_asks(person):
    with Sandbox() as server, Answers() as other:
        person.start("--server", server.server, environment=server.environment)
        person.enter(f"use {other.environment['LAKECTL_SERVER_ENDPOINT_URL']}", "n")
        person.run("get_current_user")
        assert other.log == [], other.log


@case("shell-A7-use-after-yes")
def use_after_yes(person):
    with Sandbox() as server, Answers(("GET .*/user", 200, {}, USER)) as other:
        person.start("--server", server.server, environment=server.environment)
        person.enter(f"use {other.environment['LAKECTL_SERVER_ENDPOINT_URL']}", "y")
        person.run("get_current_user")
        assert any("/user" in row for row in other.log), other.log


@case("shell-A7-use-of-http")
def use_of_http(person):
    with Sandbox() as server:
        person.start("--server", server.server, environment=server.environment)
        person.run("use http://lake.example.invalid")
        person.sees("https")


# The shell's own commands end at the line, at `;` and `#`


@cases(
    "shell-B1-own-commands",
    [
        ("paste-cd", "cd lake/main\nlist_branches lake", ["lake/main ❯", r"\bmain\b.*[0-9a-f]{6}"]),
        ("paste-timing", "timing on\nlist_users", ["admin"]),
        ("paste-second", "list_users\ncd lake/main", ["admin", "lake/main ❯"]),
        ("paste-comment", "# go there\ncd lake/main", ["lake/main ❯"]),
        ("paste-three", "cd lake/main\nprint 41\ncd ..", ["^41", "lake ❯"]),
    ],
)
def own_commands(text, seen, person):
    person.start()
    person.enter(LAKE)
    person.keys(CLEAR)
    person.paste(text)
    person.sees(*seen)
    person.sees_not("unknown command", "on or off")


@cases(
    "shell-B1-own-commands-line",
    [
        ("semicolon", "cd lake/main; print (40 + 1)", ["^41$", "^[^;]*lake/main ❯"]),
        ("comment", "cd lake/main # hi", ["^[^#]*lake/main ❯"]),
        ("behind", "print (40 + 1); cd lake/main", ["^41$", "lake/main ❯"]),
    ],
)
def own_commands_line(text, seen, person):
    person.start()
    person.enter(LAKE)
    person.run(text)
    person.sees(*seen)
    assert person.before_cursor().rstrip().endswith("lake/main ❯"), person.screen()


@case("shell-B1-use-in-a-paste")
def use_in_a_paste(person):
    person.start()
    screen = person.paste("use http://127.0.0.1:1\nprint (40 + 1)")
    assert "list_users ·" not in screen and "\n41" in screen, screen


@case("shell-B1-own-command-in-a-block")
def own_command_in_a_block(person):
    person.start()
    person.run("if true { cd lake/main }")
    person.sees("shell")
