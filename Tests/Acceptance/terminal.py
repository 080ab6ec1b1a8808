"""A program on a pseudo-terminal, and the screen that a person would see."""

import os
import time

import pexpect
import pyte


class Terminal:
    """Runs a program and feeds what it writes to a screen; every wait has a limit and none is a sleep."""

    def __init__(self, command, home, columns=80, rows=24, environment=None):
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
            command[0], command[1:], env=variables, dimensions=(rows, columns), timeout=10
        )
        self.child.delaybeforesend = None
        self.output = b""

    def pump(self, seconds=0.02):
        """Takes what the program has written; gives whether there was something."""
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
        """Waits until the screen is as wanted."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if predicate(self):
                return
            if not self.pump() and not self.child.isalive():
                break
        if predicate(self):
            return
        raise AssertionError(f"never came: {what}\n" + "\n".join(self.lines()))

    def see(self, text, seconds=10):
        """Waits until a text is on the screen."""
        self.until(lambda t: text in t.text(), seconds, text)

    def ready(self, prompt="❯ ", seconds=10):
        """Waits for an empty prompt with the cursor behind it."""

        def is_ready(terminal):
            line = terminal.screen.display[terminal.screen.cursor.y]
            return line[: terminal.screen.cursor.x].endswith(prompt) or line.startswith(prompt)

        self.until(is_ready, seconds, "a prompt")

    def send(self, keys):
        self.child.send(keys)

    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    def text(self):
        return "\n".join(self.lines())

    def row(self):
        """The row that the cursor stands in."""
        return self.screen.display[self.screen.cursor.y].rstrip()

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def end(self, seconds=10):
        """Waits until the program has ended; gives its exit status."""
        limit = time.monotonic() + seconds
        while self.child.isalive() and time.monotonic() < limit:
            self.pump()
        while self.pump(0.01):
            pass
        self.child.close()
        return self.child.exitstatus
