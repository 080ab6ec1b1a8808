"""A person at the prompt, whose actions are the cases on a terminal."""

import functools
import re
import time

from terminal import PROMPT

CASES = {}
SECRET = re.compile(r"(?<![0-9A-Za-z+/])[0-9A-Za-z+/]{40}(?![0-9A-Za-z+/])")
LOST = re.compile(r"\b(lost|gone)\b")
QUESTION = re.compile(r"(\[y/N[^\]]*\]|to go on:|\?) *$")
UP, ESCAPE, TAB, CLEAR = "\x1b[A", "\x1b", "\t", "\x0c"


def case(name, *arguments):
    """Registers a case; several with the same actions are registered by calling it for each."""

    def register(play):
        assert name not in CASES, name
        CASES[name] = functools.partial(play, *arguments)
        return play

    return register


def cases(name, rows):
    """Registers a case for each row: its name, and what the actions get."""

    def register(play):
        for row, *arguments in rows:
            case(f"{name}-{row}", *arguments)(play)
        return play

    return register


class Person:
    """Types at a shell and looks at its screen; what does not come is told at once, without waiting for it."""

    def __init__(self, start, folder):
        self.start_terminal, self.folder = start, folder

    def start(self, *options, **settings):
        """Starts a shell in the folder, with a prompt to type at."""
        self.terminal = self.start_terminal(*options, folder=str(self.folder), **settings)
        self.wait(0)
        return self

    def wait(self, prompts, answers=()):
        """Waits for one prompt more than there were; answers the questions that come before."""
        answers, asked = list(answers), 0
        limit = time.monotonic() + 15
        while True:
            is_quiet = not self.terminal.pump(0.04)
            if is_quiet and self.terminal.output.count(PROMPT) > prompts and "❯" in self.row():
                break
            assert self.terminal.child.isalive(), "the shell has ended\n" + self.screen()
            assert time.monotonic() < limit, "no prompt came\n" + self.screen()
            # A question is what the cursor stands behind, where nothing more is written.
            if is_quiet and self.terminal.output.count(PROMPT) == prompts and QUESTION.search(self.before_cursor()):
                assert answers, f"asked once more than {asked} times\n{self.screen()}"
                written = len(self.terminal.output)
                self.terminal.send(answers.pop(0) + "\r")
                asked += 1
                # The next question may look the same: the end of the answered line tells them apart.
                self.until(lambda: b"\n" in self.terminal.output[written:])
        assert not answers, f"asked {asked} times, {len(answers)} answers are left\n{self.screen()}"

    def until(self, condition, seconds=5):
        limit = time.monotonic() + seconds
        while not condition() and time.monotonic() < limit:
            self.terminal.pump()

    def enter(self, text, *answers):
        """Types a statement and Enter; gives the screen when the next prompt is there."""
        prompts = self.terminal.output.count(PROMPT)
        self.terminal.send(text + "\r")
        self.wait(prompts, answers)
        return self.screen()

    def run(self, text, *answers):
        """Clears the screen and enters a statement."""
        self.keys(CLEAR)
        return self.enter(text, *answers)

    def paste(self, text):
        prompts = self.terminal.output.count(PROMPT)
        self.terminal.send(f"\x1b[200~{text}\x1b[201~")
        self.quiet()
        self.terminal.send("\r")
        self.wait(prompts)
        self.quiet()
        return self.screen()

    def keys(self, *keys):
        """Presses keys, each after the screen has answered the one before and become quiet; gives the screen."""
        for key in keys:
            written = len(self.terminal.output)
            self.terminal.send(key)
            self.until(lambda: len(self.terminal.output) > written, 1)
            self.quiet()
        return self.screen()

    def quiet(self):
        while self.terminal.pump(0.1):
            pass

    def screen(self):
        return "\n".join(self.terminal.lines()).rstrip()

    def row(self):
        return self.terminal.row()

    def before_cursor(self):
        cursor = self.terminal.screen.cursor
        return self.terminal.screen.display[cursor.y][: cursor.x]

    def sees(self, *parts):
        for part in parts:
            assert (
                re.search(part, self.screen(), re.M) if isinstance(part, str) else part.search(self.screen())
            ), f"not on the screen: {part}\n{self.screen()}"

    def sees_not(self, *parts):
        for part in parts:
            assert not re.search(part, self.screen(), re.M), f"on the screen: {part}\n{self.screen()}"

    def says(self, text, value):
        """A statement prints a value."""
        screen = self.run(f'print "<${{({text})}}>"')
        assert f"<{value}>" in screen, f"`{text}` is not {value}\n{screen}"

    def write(self, name, text):
        (self.folder / name).write_text(text)


LAKE = 'create_repository lake "local://lake"'
USERS = 'for n in 11..{last} {{ create_user "u$n" }}'


OBJECTS = [LAKE, 'for p in ["odd/#hash.csv", "tables/orders.csv"] { upload_object lake main $p --content "some text" }']


def lake(person, **settings):
    """Starts a shell that has a repository with two objects."""
    person.start(**settings)
    for line in OBJECTS:
        person.enter(line)
    return person


def play(name, start, start_program, folder):
    """Plays a case of this file, in a folder and a home of its own."""
    person = Person(start, folder / "work")
    person.home = folder
    person.start_program = start_program
    (folder / "work").mkdir()
    CASES[name](person)
