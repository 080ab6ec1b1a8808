"""lakesh on a pseudo-terminal without a screen, for `bench` and `soak`."""

import fcntl
import os
import pathlib
import re
import select
import shutil
import signal
import struct
import subprocess
import termios
import time

# Sequences that the shell writes when it begins to read a line, and at the end of each frame.
PROMPT = b"\x1b[?2004h"
FRAME_END = b"\x1b[?2026l"
# The monitor's exit status if a stopped shell has not restored the terminal.
NOT_GIVEN_BACK = 99


class Shell:
    """A shell in a home of its own, and what it has written.

    With `resumes` it is a job of a small shell, which continues it each time it is stopped, as a person types `fg`.
    """

    def __init__(self, command, home, environment=None, columns=100, rows=30, resumes=False):
        variables = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        variables.update(environment or {})
        # Kept open to read the terminal's modes after the shell has ended.
        self.terminal, self.held = os.openpty()
        self.modes = termios.tcgetattr(self.held)[:4]
        # Non-blocking: a write that waits for the shell, which waits for its output to be read, would never end.
        os.set_blocking(self.terminal, False)
        self.resize(columns, rows)
        reader, writer = os.pipe()
        self.started = time.perf_counter()
        self.leader = os.fork()
        if self.leader == 0:
            try:
                # Otherwise the monitor keeps the terminal open, and nobody notices when it is closed.
                os.close(self.terminal)
                os.setsid()
                fcntl.ioctl(self.held, termios.TIOCSCTTY, 0)
                for number in range(3):
                    os.dup2(self.held, number)
                os.chdir(home)
                signal.signal(signal.SIGPIPE, signal.SIG_DFL)
                if resumes:
                    monitor(command, variables, writer)
                os.execve(command[0], command, variables)
            finally:
                os._exit(127)
        os.close(writer)
        self.process = int(os.read(reader, 20)) if resumes else self.leader
        os.close(reader)
        self.output = b""
        # The length of the output when keys were sent last.
        self.sent = 0
        # The current screen modes, set by `ESC [ ? number h` and reset by `ESC [ ? number l`.
        self.screen = {}
        self.tail = b""
        self.status = None

    def resize(self, columns, rows):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """Reads the available output; empty after the timeout or when the shell has ended."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        try:
            part = os.read(self.terminal, 1 << 20)
        except OSError:
            part = b""
        self.output += part
        seen = self.tail + part
        for number, state in re.findall(rb"\x1b\[\?(\d+)([hl])", seen):
            self.screen[int(number)] = state == b"h"
        # A sequence may be cut at the end of the bytes; reading one twice does no harm.
        self.tail = seen[-8:]
        return part

    def send(self, keys, seconds=20):
        """Sends all bytes, reading meanwhile because a terminal's buffer is small. Fails if none is accepted in time."""
        rest = memoryview(keys)
        self.sent = len(self.output)
        limit = time.monotonic() + seconds
        while rest and not self.has_ended():
            readable, writable, _ = select.select([self.terminal], [self.terminal], [], 0.1)
            if readable and not self.read(0):
                return
            if writable:
                try:
                    rest = rest[os.write(self.terminal, rest[:1024]) :]
                    limit = time.monotonic() + seconds
                except BlockingIOError:
                    # The buffer has too little room; the shell must read first.
                    self.read(0.01)
                except OSError:
                    return
            if time.monotonic() > limit:
                raise TimeoutError("it takes no keys")

    def until(self, wanted, seconds, since=0):
        """Waits for bytes in the output after `since`; returns True if they came."""
        limit = time.monotonic() + seconds
        while self.output.find(wanted, since) < 0:
            left = limit - time.monotonic()
            if left <= 0 or (not self.read(left) and self.has_ended()):
                return self.output.find(wanted, since) >= 0
        return True

    def echo(self, key, wanted=FRAME_END, seconds=10):
        """Sends a key; returns the milliseconds until its effect is on the screen, or None."""
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
            ended, status = os.waitpid(self.leader, os.WNOHANG)
            self.status = status if ended else None
        return self.status is not None

    def is_restored(self):
        """Returns True if the terminal's modes are those from before the shell."""
        return termios.tcgetattr(self.held)[:4] == self.modes

    def ends(self, seconds):
        """Waits until the shell has ended; returns True if it has."""
        limit = time.monotonic() + seconds
        while not self.has_ended() and time.monotonic() < limit:
            self.read(0.01)
        # Its last output may arrive shortly after its end.
        while self.read(0.1):
            pass
        return self.has_ended()

    def end(self, seconds=5):
        """Ends the shell as a closing window does; returns its wait status."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if not self.has_ended():
                os.kill(self.process, number)
                self.ends(seconds)
        return self.status

    def close(self):
        self.end()
        os.close(self.held)
        os.close(self.terminal)

    def report(self):
        """Describes a shell that does not answer: its state, its stack, and the end of its output."""
        lines = []
        for name in ("wchan", "syscall", "stack"):
            try:
                lines.append(f"{name}: {pathlib.Path(f'/proc/{self.process}/{name}').read_text().strip()}")
            except OSError as error:
                lines.append(f"{name}: {error.strerror}")
        if shutil.which("gdb") and not self.has_ended():
            command = ["gdb", "-p", str(self.process), "-batch", "-nx", "-ex", "bt 40"]
            found = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
            lines += [line for line in found.stdout.splitlines() if line.startswith("#")]
        return "\n".join([*lines, repr(self.output[-1000:])])


def monitor(command, variables, writer):
    """Runs a job in this terminal's foreground, continues it when it is stopped, and exits with its status."""
    signals = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTOU)
    for number in signals:
        signal.signal(number, signal.SIG_IGN)
    modes = termios.tcgetattr(0)[:4]
    job = os.fork()
    if job == 0:
        try:
            os.setpgid(0, 0)
            os.tcsetpgrp(0, os.getpid())
            for number in signals:
                signal.signal(number, signal.SIG_DFL)
            os.execve(command[0], command, variables)
        finally:
            os._exit(127)
    os.write(writer, str(job).encode())
    os.close(writer)
    while True:
        status = os.waitpid(job, os.WUNTRACED)[1]
        if not os.WIFSTOPPED(status):
            # Ended by a signal: 128 and its number, as in shells.
            os._exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
        os.tcsetpgrp(0, os.getpgrp())
        if termios.tcgetattr(0)[:4] != modes:
            os.kill(job, signal.SIGKILL)
            os._exit(NOT_GIVEN_BACK)
        os.tcsetpgrp(0, job)
        os.kill(-job, signal.SIGCONT)
