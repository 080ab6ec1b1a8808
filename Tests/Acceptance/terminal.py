"""A program on a pseudo-terminal, and its screen."""

import os
import pathlib
import termios
import time

import pexpect
import pyte
import pytest

# The sequence that the shell writes when it begins to read a line.
PROMPT = b"\x1b[?2004h"
ROOT = pathlib.Path(__file__).resolve().parents[2]


def binary():
    """Returns the release build if it exists, otherwise the debug build; LAKESH names another."""
    candidates = [os.environ.get("LAKESH"), ROOT / ".build/release/lakesh", ROOT / ".build/debug/lakesh"]
    for candidate in candidates:
        if candidate and os.access(candidate, os.X_OK):
            return os.path.abspath(candidate)
    pytest.skip("lakesh is not built")


def modes(terminal):
    """Returns the modes of the terminal's line discipline: canonical input, echo, signals."""
    flags = termios.tcgetattr(terminal.child.child_fd)[3]
    return {name for name in ("ICANON", "ECHO", "ISIG") if flags & getattr(termios, name)}


class Terminal:
    """Runs a program and feeds its output to a screen; every wait has a timeout and none is a sleep."""

    def __init__(self, command, home, columns=80, rows=24, environment=None, folder=None):
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        variables = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
        }
        variables.update(environment or {})
        self.child = pexpect.spawn(
            command[0], command[1:], env=variables, dimensions=(rows, columns), cwd=folder, timeout=10
        )
        self.child.delaybeforesend = None
        self.output = b""

    def pump(self, seconds=0.02):
        """Reads the program's output; returns True if there was any."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self.output += data
        self.stream.feed(data)
        return True

    def until(self, predicate, seconds=10, what=""):
        """Waits until a condition holds for the screen."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if predicate(self):
                return
            if not self.pump() and not self.child.isalive():
                break
        if predicate(self):
            return
        raise AssertionError(f"never came: {what}\n" + "\n".join(self.lines()))

    def stays(self, predicate, seconds, what=""):
        """Checks that a condition holds for the screen for some time."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            self.pump()
            assert predicate(self), f"did not stay: {what}\n" + "\n".join(self.lines())

    def see(self, text, seconds=10):
        """Waits until a text is on the screen."""
        self.until(lambda t: text in t.text(), seconds, text)

    def ready(self, prompt="❯ ", seconds=10):
        """Waits for an empty prompt with the cursor behind it."""

        def is_ready(terminal):
            line = terminal.screen.display[terminal.screen.cursor.y]
            return line[: terminal.screen.cursor.x].endswith(prompt) or line.startswith(prompt)

        self.until(is_ready, seconds, "a prompt")

    def at_prompt(self, sign="❯"):
        """Waits for an empty prompt, after the last statement has ended."""
        self.until(lambda t: t.screen.display[t.screen.cursor.y][: t.screen.cursor.x].endswith(sign + " "), what="an empty prompt")

    def enter(self, text):
        """Types a statement, waits for its result and for the next prompt."""
        prompts = self.output.count(PROMPT)
        self.send(text + "\r")
        self.until(lambda t: t.output.count(PROMPT) > prompts, what="the next prompt")
        self.at_prompt()

    def complete(self, *parts):
        """Types each beginning and TAB, and waits for its completion."""
        for keys, line in parts:
            self.send(keys + "\t")
            self.until(lambda t: t.line().startswith(line + "|"), what=line)

    def accept(self):
        """Presses Enter; waits for the result and the next prompt."""
        prompts = self.output.count(PROMPT)
        self.send("\r")
        self.until(lambda t: t.output.count(PROMPT) > prompts, what="the next prompt")
        self.ready()

    def line(self, columns=80):
        """Returns the text behind the prompt with the cursor as `|`, if it is all in the cursor's row."""
        cells = self.screen.buffer[self.screen.cursor.y]
        texts = [cells[x].data for x in range(columns)]
        start = texts.index("❯") + 2 if "❯" in texts else 2
        before, after = "".join(texts[start : self.screen.cursor.x]), "".join(texts[self.screen.cursor.x :])
        return before + "|" + after.split("  ")[0].rstrip()

    def send(self, keys):
        self.child.send(keys)

    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    def text(self):
        return "\n".join(self.lines())

    def row(self):
        """Returns the cursor's row."""
        return self.screen.display[self.screen.cursor.y].rstrip()

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def end(self, seconds=10):
        """Waits until the program has ended; returns its exit status."""
        limit = time.monotonic() + seconds
        while self.child.isalive() and time.monotonic() < limit:
            self.pump()
        while self.pump(0.01):
            pass
        self.child.close()
        return self.child.exitstatus
