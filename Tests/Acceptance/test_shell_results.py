"""Results in the shell, and their continuation by `more`."""

import os


def test_results_have_names(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("create_user ana")
    terminal.enter("20 + 1")
    terminal.enter('print "last $_ before ${_1.id}"')
    terminal.see("last 21 before ana")


def test_the_last_error_is_a_value(shell):
    terminal = shell()
    terminal.ready()
    terminal.send("get_user nobody\r")
    terminal.see("nobody")
    terminal.ready()
    terminal.enter('print $_error.status $_error.kind')
    terminal.see("404 not_found")


def test_a_field_that_the_last_result_does_not_have_is_found_before_anything_is_sent(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("create_user ana")
    terminal.send("print $_.creaton_date\r")
    terminal.see("did you mean `creation_date`?")


def test_an_empty_listing_says_so(shell):
    terminal = shell()
    terminal.ready()
    for listing in ["list_repositories", 'list_users --all | where { $it.id == "nobody" }']:
        terminal.send("\x0c" + listing + "\r")
        terminal.see("none")
        terminal.ready()


def test_a_long_listing_stops_at_the_window_and_more_goes_on(shell):
    terminal = shell(rows=14)
    terminal.ready()
    terminal.enter("for n in 1..25 { create_user \"u${$n + 10}\" }")
    terminal.send("\x0c")
    terminal.send("list_users --all | where { $it.id =~ '^u' } | get id\r")
    terminal.see("more shows what follows")
    assert "u20" in terminal.text() and "u21" not in terminal.text()
    terminal.ready()
    terminal.enter("let u = 1")
    terminal.send("more\r")
    terminal.see("u30")
    terminal.see("more shows what follows")
    terminal.ready()
    terminal.send("\x0cmore\r")
    terminal.see("u35")
    terminal.until(lambda t: "more shows" not in t.text(), what="no more")
    terminal.ready()
    terminal.send("more\r")
    terminal.see("the last listing was shown whole")


def test_more_asks_for_the_next_page(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("for n in 1..5 { create_user \"u$n\" }")
    terminal.send("list_users --prefix u --amount 2\r")
    terminal.see("more shows what follows")
    assert "u3" not in terminal.text()
    terminal.ready()
    terminal.send("more\r")
    terminal.see("u4")
    terminal.until(lambda t: t.text().count("more shows what follows") == 2, what="more of it")
    terminal.ready()
    terminal.send("more\r")
    terminal.see("u5")


def test_a_filtered_listing_says_how_many_were_looked_at(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("for n in 1..5 { create_user \"u$n\" }")
    terminal.send("list_users --all | where { $it.id == \"u3\" } | select id creation_date\r")
    terminal.see("1 of 6")
    assert f"20{os.popen('date -u +%y-%m-%d').read().strip()}" in terminal.text()


def test_what_is_taller_than_the_window_goes_to_the_pager(shell):
    terminal = shell(rows=14, environment={"PAGER": "sed s/^/paged:/"})
    terminal.ready()
    terminal.send("[1, 2, 3]\r")
    terminal.see("3")
    terminal.ready()
    assert "paged:" not in terminal.text()
    terminal.send("split \"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\" \" \"\r")
    terminal.see("paged:15")
    terminal.ready()


def test_less_pages_and_gives_the_terminal_back(shell):
    terminal = shell(rows=14, environment={"PAGER": "less -RX"})
    terminal.ready()
    terminal.send("split \"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\" \" \"\r")
    terminal.see("\n:")
    terminal.send("q")
    terminal.ready()
    terminal.enter("40 + 2")
    terminal.see("42")


def test_results_become_json_yaml_and_csv(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("create_user ana")
    terminal.enter("[{id: $_.id, n: 1}] | to_json")
    terminal.see('[{"id":"ana","n":1}]')
    terminal.enter("[{id: \"bo\", n: 2}] | to_yaml")
    terminal.see("- id: bo")
    terminal.enter("[{id: \"chidi\", n: 3}] | to_csv")
    terminal.see("chidi,3")


def test_a_new_secret_is_on_the_screen_once(shell):
    terminal = shell()
    terminal.ready()
    terminal.enter("create_user ana")
    terminal.send("create_credentials ana\r")
    terminal.see("shown once")
    secret = next(line.split()[-1] for line in terminal.lines() if "secret_access_key" in line)
    assert len(secret) >= 30
    terminal.send("\x0c")
    terminal.enter("$_")
    terminal.see("••••")
    assert secret not in terminal.text()
