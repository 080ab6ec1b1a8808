"""lakesh on a pseudo-terminal, byte by byte: for `bench` and `soak`, which need no screen."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

# What the shell writes when it begins to read a line, and at the end of each frame.
PROMPT = b"\x1b[?2004h"
FRAME_END = b"\x1b[?2026l"
TIOCGPTN = 0x80045430


class Shell:
    """A shell in a home of its own, and what it has written."""

    def __init__(self, command, home, environment=None, columns=100, rows=30):
        variables = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        variables.update(environment or {})
        self.started = time.perf_counter()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(home)
            os.execve(command[0], command, variables)
        self.resize(columns, rows)
        # Held open, so that the terminal's modes can be read after the shell has ended.
        self.held = os.open(self.name(), os.O_RDWR | os.O_NOCTTY)
        self.modes = termios.tcgetattr(self.held)[:4]
        self.output = b""
        self.status = None

    def name(self):
        """The terminal's path; `os.ptsname` is younger than the Python of Debian 12."""
        number = fcntl.ioctl(self.terminal, TIOCGPTN, b"\0" * 4)
        return f"/dev/pts/{struct.unpack('I', number)[0]}"

    def resize(self, columns, rows):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """Takes what is there; empty when nothing comes in that time or the shell has ended."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        try:
            part = os.read(self.terminal, 1 << 20)
        except OSError:
            part = b""
        self.output += part
        return part

    def send(self, keys):
        """Sends all bytes, reading meanwhile: a terminal's buffer is small."""
        rest = memoryview(keys)
        while rest:
            readable, writable, _ = select.select([self.terminal], [self.terminal], [], 10)
            if readable and not self.read(0):
                return
            if writable:
                try:
                    rest = rest[os.write(self.terminal, rest[:1024]) :]
                except OSError:
                    return
            if not readable and not writable:
                raise TimeoutError("the shell takes no keys")

    def until(self, wanted, seconds, since=0):
        """Waits for bytes in the output after `since`; gives whether they came."""
        limit = time.monotonic() + seconds
        while wanted not in self.output[since:]:
            left = limit - time.monotonic()
            if left <= 0 or (not self.read(left) and self.has_ended()):
                return wanted in self.output[since:]
        return True

    def echo(self, key, wanted=FRAME_END, seconds=10):
        """Sends a key; gives the milliseconds until what it does is on the screen, or None."""
        while self.read(0):
            pass
        self.output = b""
        started = time.perf_counter()
        os.write(self.terminal, key)
        if not self.until(wanted, seconds):
            return None
        return (time.perf_counter() - started) * 1000

    def has_ended(self):
        if self.status is None:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            self.status = status if ended else None
        return self.status is not None

    def is_restored(self):
        """Whether the terminal's modes are those that the shell found."""
        return termios.tcgetattr(self.held)[:4] == self.modes

    def end(self, seconds=5):
        """Ends the shell as a closing window does; gives its wait status."""
        limit = time.monotonic() + seconds
        if not self.has_ended():
            os.kill(self.process, signal.SIGTERM)
        while not self.has_ended():
            self.read(0.01)
            if time.monotonic() > limit:
                os.kill(self.process, signal.SIGKILL)
                limit += seconds
        return self.status

    def close(self):
        self.end()
        os.close(self.held)
        os.close(self.terminal)
