"""Editing at the prompt: the effect of keys on the line and the screen, in emacs and in vi mode."""

import pytest

LEFT, RIGHT, UP, DOWN = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B"
EMACS = {
    "characters go in where the cursor is": ("ac\x02b", "ab|c"),
    "arrows move by characters": ("abc" + LEFT + LEFT + "x" + RIGHT + "y", "axby|c"),
    "^A and ^E go to the ends": ("bc\x01a\x05d", "abcd|"),
    "Home and End go to the ends": ("bc\x1b[Ha\x1b[Fd", "abcd|"),
    "Delete takes the character at the cursor": ("abc\x01\x1b[3~", "|bc"),
    "^D takes it, too, while there is text": ("abc\x01\x04", "|bc"),
    "M-b goes back by words": ("one two\x1bbX", "one X|two"),
    "Ctrl-Left goes back by words": ("one two\x1b[1;5DX", "one X|two"),
    "M-f goes on by words": ("one two\x01\x1bfX", "oneX| two"),
    "^W kills back to a blank, ^Y yanks": ("x a-b\x17\x19\x19", "x a-ba-b|"),
    "kills in a row are yanked as one": ("one two\x17\x17\x01\x19", "one two|"),
    "M-Backspace kills a word": ("one a-b\x1b\x7f", "one a-|"),
    "M-d kills the word ahead": ("one two\x01\x1bd\x05\x19", " twoone|"),
    "^K kills to the end": ("one two\x1bb\x0b\x01\x19", "two|one"),
    "^U kills to the begin": ("one two\x1bb\x15\x05\x19", "twoone |"),
    "M-w copies from the mark": ("ab\x01\x00\x05\x1bw\x19", "abab|"),
    "^_ undoes a word": ("one two\x1f", "one|"),
    "^_ undoes a kill": ("one two\x15\x1f", "one two|"),
    "^T swaps two characters": ("ab\x14", "ba|"),
    "M-u makes capitals": ("abc\x1bb\x1bu", "ABC|"),
    "keys that nobody bound do nothing": ("a\x1b[15~\x1b[1;6Qb\x1bOS", "ab|"),
    "one Backspace takes a combined letter": ("ae\u0301\x7f", "a|"),
    "one Backspace takes a flag": ("a\U0001f1e9\U0001f1ea\x7f", "a|"),
    "one Backspace takes a family": ("a\U0001f468\u200d\U0001f469\u200d\U0001f467\x7f", "a|"),
    "a move goes over a wide character": ("文字\x02X", "文X|字"),
    "a control character is shown": ("a\x16\x01b", "a^Ab|"),
    "letters beyond ASCII": ("größe ñ", "größe ñ|"),
}
VI = {
    "text goes in": ("abc", "❯", "abc|"),
    "ESC goes to commands": ("abc\x1b", "❮", "ab|c"),
    "arrows stay in the text": ("abc" + LEFT + LEFT + "X", "❯", "aX|bc"),
    "0 and $": ("abc\x1b0iX\x1b$aY", "❯", "XabcY|"),
    "x and u": ("abc\x1bxxu", "❮", "a|b"),
    "dw and p": ("one two\x1b0dw$p", "❮", "two|one"),
    "cw": ("one two\x1b0cwsix", "❯", "six| two"),
    "dot repeats": ("abcdef\x1b0x..", "❮", "|def"),
    "counts": ("abcdef\x1b03x", "❮", "|def"),
    "r": ("abc\x1b0rX", "❮", "|Xbc"),
    "f and ;": ("a.b.c\x1b0f.;", "❮", "a.b|.c"),
    "A and I": ("b\x1bIa\x1bAc", "❯", "abc|"),
    "R writes over": ("abc\x1b0RXY", "❯", "XY|c"),
    "tilde turns the case": ("abc\x1b0~~", "❮", "AB|c"),
    "ESC twice is ESC": ("abc\x1b\x1b\x1bx", "❮", "a|b"),
    "^W goes into the buffer of p": ("one two\x17\x1bp", "❮", "one |two"),
    "End on an empty line": ("\x1b[Fabc", "❯", "abc|"),
}


def shows(terminal, expected, sign="❯"):
    """Waits for a line behind the prompt."""

    def is_so(t):
        return t.row().startswith(sign) and t.line() == expected

    terminal.until(is_so, what=f"{sign} {expected}")


@pytest.fixture
def vi(shell, tmp_path):
    """Starts a shell in vi mode by ~/.editrc."""
    (tmp_path / ".editrc").write_text("bind -v\n")
    terminal = shell()
    terminal.at_prompt()
    return terminal


@pytest.mark.parametrize("keys, expected", EMACS.values(), ids=EMACS)
def test_emacs_keys(shell, keys, expected):
    terminal = shell()
    terminal.at_prompt()
    terminal.send(keys)
    shows(terminal, expected)


@pytest.mark.parametrize("keys, sign, expected", VI.values(), ids=VI)
def test_vi_keys(vi, keys, sign, expected):
    for part in keys.split("\x1b"):
        # An ESC is the key itself if nothing follows it at once.
        if part != keys.split("\x1b")[0]:
            vi.send("\x1b")
            if part[:1] not in ("[", ""):
                vi.until(lambda t: t.row().startswith("❮"), what="vi's commands")
        vi.send(part)
    shows(vi, expected, sign)


def test_vi_shows_its_mode_by_the_cursor(vi):
    assert b"\x1b[6 q" in vi.output
    vi.send("abc\x1b")
    vi.until(lambda t: b"\x1b[2 q" in t.output, what="a block")
    vi.send("\x03")
    vi.at_prompt()
    vi.send("\x04")
    assert vi.end() == 0
    assert vi.output.rindex(b"\x1b[0 q") > vi.output.rindex(b"\x1b[6 q")


def test_vi_ends_and_repeats_statements(vi):
    vi.enter("print (40 + 2)")
    vi.send("\x1b")
    vi.until(lambda t: t.row().startswith("❮"), what="vi's commands")
    vi.send("k")
    shows(vi, "print (40 + 2|)", "❮")
    vi.send("\r")
    vi.until(lambda t: t.text().count("42") == 2, what="the second result")


def test_vi_looks_for_statements(vi):
    for text in ("print \"one\"", "print \"two\"", "print \"one more\""):
        vi.enter(text)
    vi.send("\x1b")
    vi.until(lambda t: t.row().startswith("❮"), what="vi's commands")
    vi.send("/one")
    vi.see("1 of 2")
    vi.send("\x1b")
    vi.until(lambda t: "search" not in t.text() and 'print "one more"' in t.row(), what="the newest hit")
    vi.send("n")
    vi.until(lambda t: t.row().rstrip().startswith('❮ print "one"'), what="the older hit")
    vi.send("N")
    vi.until(lambda t: 'print "one more"' in t.row(), what="the newer hit")


def test_editrc_may_bind_any_key(shell, tmp_path):
    (tmp_path / ".editrc").write_text('no_such_command\nbind -s ^[[15~ "print 7"\nbind ^O ed-move-to-beg\nlakesh:bind ^G ed-move-to-end\n')
    terminal = shell()
    terminal.at_prompt()
    terminal.send("\x1b[15~")
    shows(terminal, "print 7|")
    terminal.send("\x0fX\x07Y")
    shows(terminal, "Xprint 7Y|")


def test_editrc_may_go_back_to_emacs(shell, tmp_path):
    (tmp_path / ".editrc").write_text("bind -v\nother:bind ^A ed-move-to-end\nbind -e\n")
    terminal = shell()
    terminal.at_prompt()
    terminal.send("bc\x01a")
    shows(terminal, "a|bc")


def test_editrc_may_turn_editing_off(shell, tmp_path):
    (tmp_path / ".editrc").write_text("edit off\n")
    terminal = shell()
    terminal.see("❯")
    terminal.send("print (40 + 2)\r")
    terminal.see("42")
    assert b"\x1b[?2004h" not in terminal.output


def test_editrc_may_lie_elsewhere(shell, tmp_path):
    (tmp_path / "keys").write_text("bind ^O ed-move-to-beg\n")
    terminal = shell(environment={"EDITRC": str(tmp_path / "keys")})
    terminal.at_prompt()
    terminal.send("abc\x0f")
    shows(terminal, "|abc")


def test_libedits_own_newline_ends_a_statement(shell, tmp_path):
    (tmp_path / ".editrc").write_text("bind ^O ed-newline\n")
    terminal = shell()
    terminal.at_prompt()
    terminal.send("print (40 + 2)\x0f")
    terminal.see("42")


# Statements of several lines.


def test_a_block_is_edited_as_a_whole(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("for n in 1..2 {\rprint (30 + $n)\r")
    terminal.see("·   print")
    terminal.send(UP + UP + "\x05" + "\x7f\x7f\x7f3 {" + DOWN + DOWN + "}\r")
    terminal.see("33")
    terminal.at_prompt()
    terminal.send(UP)
    terminal.until(lambda t: t.text().count("for n in 1..3 {") == 2, what="the statement again, whole")
    assert terminal.row() == "· }"


def test_a_row_that_closes_a_block_stands_where_the_block_began(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("if true {\rif false {\rprint 1\r} else {\rprint (40 + 2)\r}\r}\r")
    terminal.see("\n42\n")
    rows = [line for line in terminal.lines() if line.startswith(("❯ if", "·"))]
    assert rows == [
        "❯ if true {", "·   if false {", "·     print 1", "·   } else {", "·     print (40 + 2)", "·   }", "· }",
    ]


def test_alt_enter_goes_on_in_a_new_line(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("print 1\x1b\rprint (40 + 2)")
    terminal.see("· print (40 + 2)")
    terminal.send("\r")
    terminal.see("42")


def test_kills_stay_within_a_row(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("print 1\x1b\rprint 2\x15x\x01\x0by")
    terminal.see("· y")
    terminal.see("❯ print 1")


def test_rows_keep_the_column_under_wide_characters(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("文文文\x1b\rabcdef" + UP + "X")
    terminal.see("文文文X")
    terminal.send(DOWN + LEFT + LEFT + "Y")
    terminal.see("· abcdYef")


def test_an_empty_row_ends_what_was_not_meant(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("print (\r")
    terminal.until(lambda t: t.row().startswith("·"), what="a further line")
    terminal.send("\r\r")
    terminal.see("error")
    terminal.at_prompt()


def test_a_block_taller_than_the_window_scrolls(shell):
    terminal = shell(columns=30, rows=6)
    terminal.at_prompt()
    terminal.send("\x1b\r".join(f"print {n}" for n in range(22)))
    terminal.until(lambda t: t.row() == "· print 21", what="the last row")
    terminal.send(UP * 21)
    terminal.until(lambda t: t.row() == "❯ print 0", what="the first row")
    terminal.send("\r")
    terminal.until(lambda t: "21" in t.lines() and t.row().startswith("❯"), what="the results")


# Pastes.


def paste(text):
    return "\x1b[200~" + text + "\x1b[201~"


def test_a_paste_is_one_unit(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("x" + paste("a\tb\x03\x04\x1b[A\r\nprint (40 + 2)\n") + "y")
    terminal.see("· print (40 + 2)y")
    assert "42" not in terminal.text()
    terminal.send("\x1f\x1f")
    shows(terminal, "x|")


def test_a_paste_without_its_end_does_not_hold_the_shell(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("\x1b[200~abc")
    shows(terminal, "abc|")


def test_a_paste_in_vi_commands_goes_in(vi):
    vi.send("ab\x1b")
    vi.until(lambda t: t.row().startswith("❮"), what="vi's commands")
    vi.send(paste("XY"))
    vi.until(lambda t: "aXYb" in t.row(), what="the paste")


# History.


def test_up_finds_what_begins_so(shell):
    terminal = shell()
    terminal.at_prompt()
    for text in ("print 1", "let a = 1", "print 2"):
        terminal.enter(text)
    terminal.send("pr" + UP)
    shows(terminal, "print 2|")
    terminal.send(UP)
    shows(terminal, "print 1|")
    terminal.send(DOWN + DOWN)
    terminal.until(lambda t: t.line().startswith("pr|"), what="what was typed")


def test_a_search_narrows_and_takes_the_hit(shell):
    terminal = shell()
    terminal.at_prompt()
    for text in ("print \"alpha\"", "print \"beta 文\"", "print \"alphabet\""):
        terminal.enter(text)
    terminal.send("draft\x12ALPH")
    terminal.see("1 of 2")
    terminal.see('❯ print "alphabet"')
    terminal.send("\x12")
    terminal.see("2 of 2")
    terminal.send("\x13")
    terminal.see("1 of 2")
    terminal.send("\x07")
    shows(terminal, "draft|")
    terminal.send("\x12文")
    terminal.see("1 of 1")
    terminal.send("x")
    terminal.see("nothing found")
    terminal.send("\x7f\r")
    terminal.until(lambda t: t.text().count("beta 文") >= 3, what="the hit's result")


def test_the_suggestion_is_grey_and_taken_in_parts(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.enter("print \"one two\"")
    terminal.send("pri")
    # pyte has no dim text, so this looks at the control sequence.
    terminal.until(lambda t: b'\x1b[0;2mnt "one two"' in t.output, what="the rest, dim")
    terminal.send("\x1bf")
    terminal.until(lambda t: t.screen.cursor.x == 7, what="a word of it")
    terminal.send(RIGHT)
    shows(terminal, 'print "one two"|')


# The screen.


def test_clearing_keeps_the_line(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.enter("print 1")
    terminal.send("abc\x0c")
    terminal.until(lambda t: t.screen.cursor.y == 0 and t.line() == "abc|", what="the line at the top")
    assert terminal.text().count("❯") == 1


def test_no_colour_when_it_is_not_wanted(shell):
    terminal = shell(environment={"NO_COLOR": "1"})
    terminal.at_prompt()
    terminal.enter("print \"one\"")
    terminal.send("get_usr \"x\" $y")
    terminal.see("get_usr")
    assert b"m" not in [part[-1:] for part in sequences(terminal.output)]


def sequences(output):
    """Returns the control sequences in the output."""
    for part in output.split(b"\x1b[")[1:]:
        end = next((i for i, byte in enumerate(part) if 0x40 <= byte <= 0x7E), None)
        if end is not None:
            yield part[: end + 1]


def test_the_error_under_the_cursor_is_said(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("get_usr x\x01")
    terminal.see("did you mean `get_user`?")
    terminal.send("\x05")
    terminal.until(lambda t: "did you mean" not in t.text(), what="no remark")


def test_a_narrow_window_holds_everything(shell):
    terminal = shell(columns=20, rows=5)
    terminal.until(lambda t: "❯" in t.row(), what="a prompt")
    terminal.send("print \"" + "abc " * 12 + "\"")
    terminal.until(lambda t: t.row().rstrip().endswith('"'), what="the end of the line")
    terminal.send("\x01")
    terminal.until(lambda t: t.row().startswith("❯ print"), what="its begin")
    terminal.send("\x03")
    terminal.at_prompt()
    terminal.send("list_\t\t\t")
    terminal.see(" of ")
    terminal.send("\r")
    terminal.until(lambda t: t.row().startswith("❯ list_"), what="the chosen command")


def test_a_long_prompt_leaves_room(shell):
    terminal = shell(columns=20, rows=8)
    terminal.until(lambda t: "❯" in t.row(), what="a prompt")
    terminal.send("let made = (create_repository a-repository-with-a-long-name local://a)\r")
    terminal.until(lambda t: "❯" in t.row() and "local" not in t.row(), what="a prompt after the command")
    terminal.send("cd a-repository-with-a-long-name/main\r")
    terminal.see("…e/main ❯")
    terminal.send("print (40\r")
    terminal.until(lambda t: t.row().strip() == "·", what="a further line")
    terminal.send("+ 2)\r")
    terminal.see("42")


def test_what_is_typed_meanwhile_is_not_lost(shell):
    terminal = shell()
    terminal.at_prompt()
    terminal.send("sleep 1s\r")
    terminal.until(lambda t: t.screen.cursor.x == 0, what="the statement running")
    terminal.send("print (40 + 2)\r")
    terminal.see("\n42")
    terminal.at_prompt()
