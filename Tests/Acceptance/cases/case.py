"""A case: what lakesh is given, and what must come of it. The tables of the areas are made of these."""

import contextlib
import dataclasses
import json
import os
import pathlib
import re
import select
import signal
import subprocess
import tempfile
import time

from answers import Answers
from sandbox import Sandbox
from terminal import binary

# An end that is told: neither success nor a crash.
FAILS = (1, 2, 3)
ANY = tuple(range(128))
# A line of the script, as an error shows it: that a word stands there is nothing that is said.
EXCERPT = re.compile(r"^ *\d+ \| .*\n", re.M)


@dataclasses.dataclass(frozen=True)
class Case:
    """A command in an empty folder, and what it must print and leave. `said` is looked for in both outputs, beside lines of the script."""

    name: str
    command: object  # a list of arguments of lakesh, or a line for `sh` (there `lakesh` is on the PATH)
    files: dict = dataclasses.field(default_factory=dict)
    stdin: object = b""
    environment: dict = dataclasses.field(default_factory=dict)
    server: object = None  # the flags of a served sandbox, or `Answers`
    signal: tuple = None  # a text of standard output (or "asked " and one of the server's log), and the signals that are sent then
    busy: float = 0  # how long it must have computed since then before they are sent
    cpu: int = 20  # seconds of the processor: more is a failure, however busy the machine is
    memory: int = None  # bytes of address space
    status: object = 0
    out: object = None  # the whole of standard output
    err: object = None  # the whole of standard error
    has: tuple = ()
    lacks: tuple = ()
    said: tuple = ()
    unsaid: tuple = ()
    errors: int = None  # how many errors are told
    log: tuple = ()  # what the server must have been asked and have answered, in this order
    no_log: tuple = ()
    is_diagnosed: bool = False  # `said` is looked for in what `check --json` tells, not in the lines of source that it shows
    after: dict = dataclasses.field(default_factory=dict)  # files: their content, None where there is none, or a mode

    def play(self):
        """Runs it in a folder of its own; an assertion says what is otherwise than it must be."""
        with tempfile.TemporaryDirectory(prefix="lakesh-case-") as folder:
            self.play_in(pathlib.Path(folder))

    def play_in(self, folder):
        work, home = folder / "work", folder / "home"
        for made in (work, home, folder / "bin"):
            made.mkdir(mode=0o700)
        os.symlink(binary(), folder / "bin" / "lakesh")
        environment = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "SWIFT_BACKTRACE": "enable=no",
        }
        with contextlib.ExitStack() as stack:
            answers = None
            if isinstance(self.server, Answers):
                answers = stack.enter_context(self.server.copy())
                environment.update(answers.environment)
            elif self.server is not None:
                environment.update(stack.enter_context(Sandbox(*self.server)).environment)
            served = environment.get("LAKECTL_SERVER_ENDPOINT_URL", "")
            for name, content in self.files.items():
                path = work / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(encoded(content).replace(b"SERVER", served.encode()))
            replaced = {k: v.replace("SERVER", served).replace("WORK", str(work)) for k, v in self.environment.items()}
            environment.update(replaced)
            done = self.run(work, environment, answers)
            log = "\n".join(answers.log) if answers else ""
        self.judge(done, work)
        for pattern in self.log:
            assert re.search(pattern, log), f"the server's log lacks {pattern!r}:\n{log}"
        for pattern in self.no_log:
            assert not re.search(pattern, log), f"the server's log has {pattern!r}:\n{log}"

    def run(self, folder, environment, answers):
        """Runs the command within its limits, and sends the signals that it is to get."""
        limits = f"ulimit -c 0; ulimit -t {self.cpu}" + (f"; ulimit -v {self.memory >> 10}" if self.memory else "")
        if isinstance(self.command, str):
            command = ["sh", "-c", f"{limits}; {self.command}"]
        else:
            command = ["sh", "-c", f'{limits}; exec "$0" "$@"', binary(), *self.command]
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        begun = b""
        try:
            if self.signal:
                text, *numbers = self.signal
                if text.startswith("asked "):
                    until(lambda: any(text.removeprefix("asked ") in row for row in answers.log))
                while not text.startswith("asked ") and text.encode() not in begun and (data := os.read(process.stdout.fileno(), 4096)):
                    begun += data
                first = processor_seconds(process.pid)
                until(lambda: processor_seconds(process.pid) - first >= self.busy)
                for number in numbers:
                    process.send_signal(number)
                    until(lambda: not is_waiting(process.pid, number))
            out, err = process.communicate(encoded(self.stdin), timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return process.returncode, begun + out, err

    def judge(self, done, folder):
        status, out, err = done
        text = {"out": shown(out), "err": shown(err)}
        report = f"{self.command}\n-- exit {status}, standard output:\n{text['out'][:3000]}\n-- standard error:\n{text['err'][:3000]}"
        assert status >= 0 and status not in (132, 134, 135, 137, 139), f"killed by a signal, or by its limit\n{report}"
        wanted = self.status if isinstance(self.status, tuple) else (self.status,)
        assert status in wanted, f"exit {status} for {self.status}\n{report}"
        for whole, is_now in (("out", out), ("err", err)):
            expected = getattr(self, whole)
            if expected is not None:
                assert is_now == encoded(expected), f"standard {whole} is not {expected!r}\n{report}"
        everything = EXCERPT.sub("", text["out"] + "\n" + text["err"])
        if self.is_diagnosed and text["out"].startswith("["):
            everything = told(json.loads(text["out"]))
        for part in self.has:
            assert found(part, text["out"]), f"standard output lacks {part!r}\n{report}"
        for part in self.lacks:
            assert not found(part, text["out"]), f"standard output has {part!r}\n{report}"
        for part in self.said:
            assert found(part, everything), f"nothing says {part!r}\n{report}"
        for part in self.unsaid:
            assert not found(part, everything), f"{part!r} is said\n{report}"
        if self.errors is not None:
            count = len(re.findall(r"^error", everything, re.M))
            assert count == self.errors, f"{count} errors, {self.errors} wanted\n{report}"
        for name, left in self.after.items():
            path = folder / name
            if left is None:
                assert not os.path.lexists(path), f"{name} is there\n{report}"
            elif isinstance(left, int):
                assert path.exists(), f"{name} is not there\n{report}"
                assert path.stat().st_mode & 0o777 == left, f"{name} has the mode {path.stat().st_mode:o}\n{report}"
            else:
                assert path.exists(), f"{name} is not there\n{report}"
                assert path.read_bytes() == encoded(left), f"{name} holds {path.read_bytes()[:500]!r}\n{report}"


def encoded(content):
    return content if isinstance(content, bytes) else content.encode()


def shown(output):
    return output.decode("utf-8", "backslashreplace")


def told(diagnostics):
    """What the check tells, a line for each text."""
    rows = []
    for one in diagnostics:
        place = f"{one['file']}:{one['line']}:{one['column']}"
        rows += [f"{one['severity']}: {place}: {one['message']}", one["label"] or "", *map(str, one["notes"])]
    return "\n".join(rows)


def processor_seconds(pid):
    """The seconds that a process has computed; endless where it is gone."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("inf")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_waiting(pid, number):
    """True if a signal has been sent and not been taken yet."""
    try:
        rows = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return False
    return any(int(row.split()[1], 16) >> (number - 1) & 1 for row in rows if row.startswith(("SigPnd", "ShdPnd")))


def until(condition, seconds=20):
    """Waits until something is so."""
    limit = time.monotonic() + seconds
    while not condition() and time.monotonic() < limit:
        select.select([], [], [], 0.01)


def found(part, text):
    return part.search(text) if isinstance(part, re.Pattern) else part in text


def line(name, text, out=None, like=None, options=(), **wanted):
    """One line of script, on a sandbox of its own or on the case's server."""
    target = [] if "server" in wanted else ["--sandbox"] + (["--like", like] if like else [])
    return Case(name, ["-e", text, *target, *options], out=out, **wanted)


def script(name, text, out=None, like=None, options=(), files=None, **wanted):
    """A script in a file, on a sandbox of its own or on the case's server."""
    target = [] if "server" in wanted else ["--sandbox"] + (["--like", like] if like else [])
    return Case(name, ["run", "main.lfs", *target, *options], files={"main.lfs": text, **(files or {})}, out=out, **wanted)


def refused(name, text, *said, files=None, **wanted):
    """A script that the check finds wrong, with what its errors say."""
    wanted = {"status": 2, **wanted}
    return Case(name, ["check", "main.lfs", "--json"], files={"main.lfs": text, **(files or {})}, said=said, is_diagnosed=True, **wanted)


def warned(name, text, *said, files=None, **wanted):
    """A script that the check finds doubtful: a warning, or an error."""
    return refused(name, text, *said, re.compile(r"^(warning|error)", re.M), files=files, **{"status": (0, 2), **wanted})


def clean(name, text, files=None, **wanted):
    """A script that the check has nothing to say of."""
    wanted = {"out": "", "err": "", **wanted}
    return Case(name, ["check", "main.lfs"], files={"main.lfs": text, **(files or {})}, **wanted)


def printed(name, *rows):
    """Lines of the language that print one value each, with the text that each must print."""
    return [line(f"language-{name}-{row}", expression, value + "\n") for row, expression, value in rows]


def shell(name, command, out=None, **wanted):
    """A line for `sh`."""
    return Case(name, command, out=out, **wanted)


def pending():
    """The cases that do not pass yet, with the reason."""
    rows = (pathlib.Path(__file__).parent / "pending.txt").read_text().splitlines()
    pairs = [row.split(maxsplit=1) for row in rows if row and not row.startswith("#")]
    assert all(len(pair) == 2 for pair in pairs), "each has a reason"
    assert len(dict(pairs)) == len(pairs), "a case is listed twice"
    return dict(pairs)


def expect(name, play):
    """Plays a case: it passes, or it is pending and does not."""
    reason = pending().get(name)
    try:
        play()
    except AssertionError:
        if reason is None:
            raise
        return
    assert reason is None, f"{name} passes now: take it from pending.txt"
