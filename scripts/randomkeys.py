"""Random keys and window sizes for a shell, and the conditions that must hold afterwards.

A run is a list of events: `["mode", "vi"]` first, then `["keys", TEXT]` (bytes as Latin-1), `["size", COLUMNS, ROWS]`,
`["pause"]` (a person waits for the next frame). As lines of JSON it is a seed that can be typed again.
"""

import json
import os
import pathlib
import shutil
import signal
import tempfile
import time

from ptyshell import FRAME_END, NOT_GIVEN_BACK, PROMPT, Shell

WORDS = [
    *("list_users ", "get_user ", "create_user ", "print ", "let a = ", "$a", "for n in 1..3 {", "}", "(", ")", "[", '"', "'"),
    *("| where { $it.id =~ \"a\" } ", "--all ", "lake", "main", "get_usr ", "explain ", "cd lake/main", "timing on", "history "),
    *("# ", "\\", ";", "é", "文字", "e\u0301", "\U0001f1e9\U0001f1ea", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u200b", "\u202e"),
    *("list_repositories\r", "create_user ana\r", "list_users --all\r", "print 1..50\r", "sleep 5s\r", "delete_user ana\r", "more\r", "edit\r"),
]
SEQUENCES = [
    *("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[3~", "\x1b[5~", "\x1b[6~", "\x1b[Z", "\x1b[1;5C", "\x1b[1;5D"),
    *("\x1b[15~", "\x1b[<0;10;10M", "\x1b[I", "\x1bOP", "\x1bOA", "\x1b\r", "\x1b", "\x1b\x1b", "\x1b[200~a\nb\x1b[201~", "\x1b[200~"),
    *("\x1bf", "\x1bb", "\x1bd", "\x1b\x7f", "\x1bp", "\x1bu", "\x1bt", "\x1b5", "\x1bw", "\x1by", "\x1b[201~", "\x1b[", "\x1b[1;"),
]
LETTERS = "abcdefghijklmnopqrstuvwxyz_-0123456789 .,:;/$|(){}[]\"'~^#@!?*+=<>%&ABCDEGIKNPRSTUVXY"


def key(chance):
    """Returns the bytes of a random key, sometimes of one that no keyboard has."""
    kind = chance.random()
    if kind < 0.35:
        return chance.choice(LETTERS).encode()
    if kind < 0.5:
        return chance.choice(WORDS).encode()
    if kind < 0.55:
        return b"\t"
    if kind < 0.59:
        return chance.choice([b"\x12", b"/", b"\x12a", b"\x12\x12"])
    if kind < 0.74:
        # ^D ends the shell on an empty line; it is rare, so that shells live long.
        number = chance.choice([*range(0, 32), 127])
        return bytes([number]) if number != 4 or chance.random() < 0.1 else b"\x05"
    if kind < 0.97:
        return chance.choice(SEQUENCES).encode()
    return bytes(chance.randrange(256) for _ in range(chance.randrange(1, 5)))


def size(chance):
    columns = chance.choice([1, 2, 3, 4, 5, 20, 80, chance.randrange(1, 250)])
    return ["size", columns, chance.choice([1, 2, chance.randrange(1, 60)])]


def events(chance, count):
    """Yields some keys, with resizes and pauses between them."""
    batch = bytearray()
    for _ in range(count):
        batch += key(chance)
        other = chance.random()
        if other < 0.03:
            yield ["keys", batch.decode("latin-1")]
            batch.clear()
            yield size(chance) if other < 0.01 else ["pause"]
    yield ["keys", batch.decode("latin-1")]


def start(binary, home, mode):
    """Starts a shell that cannot reach anything outside its home."""
    (home / ".editrc").write_text(f"bind -{mode[0]}\n")
    programs = home / "bin"
    programs.mkdir(exist_ok=True)
    for name in ("sh", "true", "cat"):
        if not (programs / name).exists():
            (programs / name).symlink_to(shutil.which(name))
    environment = {
        "PATH": str(programs), "EDITOR": "true", "VISUAL": "true", "PAGER": "cat >/dev/null", "TMPDIR": str(home),
        # The address sanitizer of `scripts/soak --sanitize` writes its report there.
        "ASAN_OPTIONS": f"detect_leaks=0:log_path={home}/asan",
    }
    return Shell([binary, "--sandbox"], home, environment, resumes=True)


def type_event(shell, event):
    match event:
        case ["keys", text]:
            shell.send(text.encode("latin-1"))
        case ["size", columns, rows]:
            shell.resize(columns, rows)
        case ["pause"]:
            shell.until(FRAME_END, 0.02, since=shell.sent)


def awaits_keys(shell, since, seconds):
    """Returns True when a prompt is painted; before that, the terminal handles keys."""
    return shell.until(PROMPT, seconds, since=since) and shell.until(
        FRAME_END, seconds, since=shell.output.rfind(PROMPT)
    )


def answers(shell, number):
    """Returns True if the shell comes back to an empty line and runs a statement there, or has ended."""
    shell.resize(80, 24)
    for attempt in range(12):
        # Each attempt has its own number, so that a late answer is not mistaken for the current one.
        wanted = f"{number * 100 + attempt + 1000}\r\n".encode()
        start = len(shell.output)
        # Ends an open paste and anything else in progress. A ^C while a command runs discards the keys after it, so
        # the statement is sent only to a prompt.
        shell.send(b"\x1b[201~\x07\x07\x03\x03")
        if awaits_keys(shell, start, 0.3 + attempt):
            shell.send(f"print (1000 + {number * 100 + attempt})\r".encode())
            if shell.until(wanted, 0.5 + attempt, since=shell.sent):
                if awaits_keys(shell, shell.output.rfind(wanted), 0.5 + attempt):
                    return True
        if shell.has_ended():
            return True
    return False


def failure_at_end(shell, allowed):
    """Describes what is wrong after the shell has ended, or returns nothing."""
    status = os.waitstatus_to_exitcode(shell.status)
    if status == NOT_GIVEN_BACK:
        return "stopped, it did not give the terminal back as it was"
    if status not in allowed:
        return f"it ended with {status}"
    if not shell.is_restored():
        return "the terminal's modes are not as they were"
    return ""


def screen_at_end(shell):
    """Describes screen modes that were not restored, or returns nothing."""
    if shell.screen.get(2004) or shell.screen.get(1049) or not shell.screen.get(25, True) or shell.screen.get(2026):
        return f"the screen's modes are {shell.screen}"
    return ""


def end(shell, politely):
    """Ends a shell by ^D at its prompt or by a signal, and checks what it leaves; returns what is wrong."""
    if shell.has_ended():
        # A ^D among the keys ended it. A ^C behind that makes the terminal discard unread output, including the
        # sequences that restore the screen, so the screen is not checked.
        return failure_at_end(shell, [0])
    if politely:
        shell.send(b"\x07\x03\x04")
        if not shell.ends(5):
            return "^D does not end it\n" + shell.report()
        return failure_at_end(shell, [0]) or screen_at_end(shell)
    os.kill(shell.process, signal.SIGTERM)
    if not shell.ends(5):
        return "SIGTERM does not end it\n" + shell.report()
    # 143 is SIGTERM.
    return failure_at_end(shell, [143]) or screen_at_end(shell)


class Failure(Exception):
    """A shell that failed a condition; `events` was typed into it."""

    def __init__(self, what, events):
        super().__init__(what)
        self.events = events


def type_rounds(shell, rounds, typed):
    """Types rounds of events, after each of which the shell must answer; returns what went wrong."""
    try:
        if not shell.until(PROMPT, 20):
            return "no prompt\n" + shell.report()
        for number, round_ in enumerate(rounds):
            for event in round_:
                typed.append(event)
                type_event(shell, event)
                if shell.has_ended():
                    return ""
            if not answers(shell, number):
                return "it does not come back to its prompt\n" + shell.report()
            shell.output, shell.sent = b"", 0
    except TimeoutError as error:
        return f"{error}\n{shell.report()}"
    return ""


def live(binary, home, mode, rounds, politely=True):
    """Runs one shell from its start to its end; raises `Failure`."""
    typed = [["mode", mode]]
    shell = start(binary, home, mode)
    try:
        failure = type_rounds(shell, rounds, typed) or end(shell, politely)
    finally:
        shell.close()
    for report in home.glob("asan*"):
        failure += report.read_text(errors="replace")
    if failure:
        raise Failure(failure, typed)


def read(path):
    """Returns the mode and the events of a seed file."""
    (_, mode), *events_ = [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]
    return mode, events_


def write(path, events_):
    pathlib.Path(path).write_text("".join(json.dumps(event) + "\n" for event in events_))


class Typist:
    """Types at random into one shell after the other, until a time or a number of keys is reached."""

    def __init__(self, binary, chance, seconds, limit=None):
        self.binary, self.chance, self.limit = binary, chance, limit
        self.until = time.monotonic() + seconds
        self.keys = self.shells = 0

    def is_done(self):
        return time.monotonic() > self.until or (self.limit is not None and self.keys >= self.limit)

    def rounds(self):
        """Yields rounds of some hundred keys."""
        for _ in range(self.chance.randrange(1, 100)):
            if self.is_done():
                return
            count = self.chance.randrange(1, 800)
            yield events(self.chance, count)
            self.keys += count

    def live(self):
        """Runs one shell in a home of its own."""
        with tempfile.TemporaryDirectory() as home:
            mode, politely = self.chance.choice(["vi", "emacs"]), self.chance.random() < 0.7
            live(self.binary, pathlib.Path(home), mode, self.rounds(), politely)
        self.shells += 1
