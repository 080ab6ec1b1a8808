"""Random programs of the language, each with the value that Python computes for it."""

import base64
import csv
import datetime
import hashlib
import io
import json
import math
import re
import subprocess

# Characters of every plane, and those that formats and terminals treat in a way of their own.
ODD = "\0\x01\t\n\x0b\r\x1b \"#$%&'*,-./:;<=>?@[\\]^`{|}~\x7f\x85\xa0\xad\u0301\u200b\u200d\u2028\u2029\u202e\ufe0f\ufeff\ufffe\uffff"
PLAIN = "abcXYZ012 é\u0301ß漢"
PLANES = [(0xA1, 0xD7FF), (0xE000, 0xFFFD)] + [(plane << 16, (plane << 16) + 0xFFFF) for plane in range(1, 17)]
BLANKS = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
LIMIT = 1 << 63


class Mistake(Exception):
    """The program must end in an error."""


def whole(number):
    if not -LIMIT <= number < LIMIT:
        raise Mistake
    return number


def real(number):
    if not math.isfinite(number):
        raise Mistake
    return number


def number(value):
    return real(value) if isinstance(value, float) else whole(value)


def quotient(a, b):
    if b == 0:
        raise Mistake
    if isinstance(a, float) or isinstance(b, float):
        return real(a / b)
    return whole(abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1))


def remainder(a, b):
    if b == 0:
        raise Mistake
    if isinstance(a, float) or isinstance(b, float):
        return real(math.fmod(a, b))
    return whole(a - quotient(a, b) * b) if b != -1 else 0


def part(value, low, high):
    """`value[low..high]`: both ends are included, what is not there is left out."""
    count = len(value)
    first = min(max(0, low + count if low < 0 else low), count)
    return value[first : max(first, min(count - 1, high + count if high < 0 else high) + 1)]


def lines(text):
    rows = text.split("\n")
    ended = [row.removesuffix("\r") for row in rows[:-1]]
    return ended + rows[-1:] if rows[-1] else ended


def unique(items):
    kept = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept


def groups(items, key):
    made = {}
    for item in items:
        made.setdefault(str(key(item)), []).append(item)
    return made


def same(a, b):
    """Equal and of equal types, at every depth, keys in their order."""
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return a == b


class Writer:
    """Writes expressions. Their leaves are values of a file, so that nothing is known before the run."""

    def __init__(self, chance):
        self.chance = chance
        self.data = []

    def leaf(self, value):
        self.data.append(value)
        return f"$d[{len(self.data) - 1}]", value

    def integer(self):
        edges = [0, 1, -1, 2, 7, 10, -3, LIMIT - 1, -LIMIT, 1 << 32, (1 << 53) + 1]
        return self.chance.choice(edges) if self.chance.random() < 0.5 else self.chance.randrange(-1000, 1000)

    def float(self):
        edges = [0.0, -0.0, 0.1, 1e16, 1.5, -2.5, 1e308, 5e-324, 9007199254740992.0, 1e21, 123456789.125]
        return self.chance.choice(edges) if self.chance.random() < 0.5 else self.chance.uniform(-1000, 1000)

    def text(self, longest=8):
        def character():
            kind = self.chance.random()
            if kind < 0.5:
                return self.chance.choice(PLAIN)
            return self.chance.choice(ODD) if kind < 0.8 else chr(self.chance.randint(*self.chance.choice(PLANES)))

        return "".join(character() for _ in range(self.chance.randrange(longest)))

    def number(self):
        return self.integer() if self.chance.random() < 0.7 else self.float()

    def small(self):
        return self.chance.randrange(-9, 9)

    def some(self, make, longest=6):
        return [make() for _ in range(self.chance.randrange(longest))]

    def value(self, depth=3):
        kinds = [self.integer, self.float, self.text, lambda: None, lambda: self.chance.random() < 0.5]
        if depth and self.chance.random() < 0.5:
            if self.chance.random() < 0.5:
                return self.some(lambda: self.value(depth - 1), 4)
            return {self.text(): self.value(depth - 1) for _ in range(self.chance.randrange(4))}
        return self.chance.choice(kinds)()

    def pattern(self, depth=2):
        """A regular expression that Python and PCRE2 read alike."""
        kind = self.chance.randrange(7) if depth else self.chance.randrange(3)
        inner = (lambda: self.pattern(depth - 1)) if depth else None
        if kind < 3:
            return ["a", "[ab]", "[^b]"][kind]
        if kind == 3:
            return inner() + inner()
        if kind == 4:
            return f"(?:{inner()}|{inner()})"
        return f"(?:{self.chance.choice('ab.')}){self.chance.choice('*+?')}"

    def program(self):
        """An expression, and its value or None for a mistake; or a function that judges what comes."""
        family = self.chance.choice([self.arithmetic, self.texts, self.lists, self.maps, self.formats, self.patterns, self.times])
        text, compute = family()
        try:
            return text, compute()
        except Mistake:
            return text, Mistake

    def arithmetic(self):
        (one, a), (two, b), (three, c) = (self.leaf(self.number()) for _ in range(3))
        signs = {"+": lambda a, b: number(a + b), "-": lambda a, b: number(a - b), "*": lambda a, b: number(a * b)}
        signs |= {"/": quotient, "%": remainder}
        tests = {"<": lambda a, b: a < b, "==": lambda a, b: a == b, ">=": lambda a, b: a >= b, "!=": lambda a, b: a != b}
        first, second, test = self.chance.choice(list(signs)), self.chance.choice(list(signs)), self.chance.choice(list(tests))
        return self.chance.choice(
            [
                (f"({one} {first} {two}) {second} {three}", lambda: signs[second](signs[first](a, b), c)),
                (f"{one} {test} {two}", lambda: tests[test](a, b)),
                (f"-({one})", lambda: number(-a)),
                (f"({one} {first} {two}) {test} {three}", lambda: tests[test](signs[first](a, b), c)),
            ]
        )

    def texts(self):
        (one, a), (two, b) = self.leaf(self.text()), self.leaf(self.text(3))
        (low, i), (high, j), (many, items) = self.leaf(self.small()), self.leaf(self.small()), self.leaf(self.some(self.text))
        return self.chance.choice(
            [
                (f"{one} + {two}", lambda: a + b),
                (f"[{one} == {two}, {one} < {two}, {two} in {one}]", lambda: [a == b, a < b, b in a]),
                (f"length {one}", lambda: len(a)),
                (f"reverse {one}", lambda: a[::-1]),
                (f"{one}[{low}..{high}]", lambda: part(a, i, j)),
                (f"split {one} {two}", lambda: a.split(b) if a and b else list(a)),
                (f"split ({one} + {two} + {one}) {two}", lambda: (a + b + a).split(b) if a + b + a and b else list(a + b + a)),
                (f"join {many} {two}", lambda: b.join(items)),
                (f"trim {one}", lambda: a.strip(BLANKS)),
                (f"lines {one}", lambda: lines(a)),
                (f"[starts_with {one} {two}, ends_with {one} {two}]".replace("[s", "[(s").replace(", e", "), (e")[:-1] + ")]",
                 lambda: [a.startswith(b), a.endswith(b)]),
                (f'"<${{{one}}}>"', lambda: f"<{a}>"),
                (f"base64 (base64 {one}) --decode", lambda: a),
                (f"base64 {one}", lambda: base64.b64encode(a.encode()).decode()),
                (f"sha256 {one}", lambda: hashlib.sha256(a.encode()).hexdigest()),
                (f"md5 {one}", lambda: hashlib.md5(a.encode()).hexdigest()),
            ]
        )

    def lists(self):
        make = self.chance.choice([self.number, self.integer, self.text])
        (one, a), (two, b), (size, n) = self.leaf(self.some(make, 9)), self.leaf(self.some(make)), self.leaf(self.small())
        (numbers, c), (high, m) = self.leaf(self.some(self.integer, 7)), self.leaf(self.small())

        def total():
            result = 0
            for item in c:
                result = whole(result + item)
            return result

        def sized(take):
            if n < 0:
                raise Mistake
            return take()

        def chunks():
            if n < 1:
                raise Mistake
            return [a[i : i + n] for i in range(0, len(a), n)]

        return self.chance.choice(
            [
                (f"sort {one}", lambda: sorted(a)),
                (f"sort {one} --descending", lambda: sorted(a, reverse=True)),
                (f"unique {one}", lambda: unique(a)),
                (f"[({one} | min), ({one} | max)]", lambda: [min(a, default=None), max(a, default=None)]),
                (f"sum {numbers}", total),
                (f"first {one} {size}", lambda: sized(lambda: a[:n])),
                (f"last {one} {size}", lambda: sized(lambda: a[len(a) - min(n, len(a)) :])),
                (f"skip {one} {size}", lambda: sized(lambda: a[n:])),
                (f"chunk {one} {size}", chunks),
                (f"{one}[{size}..{high}]", lambda: part(a, n, m)),
                (f"{one} | reverse | append {two}[0] | flatten" if b else f"{one} | reverse", lambda: a[::-1] + b[:1]),
                (f"union {one} {two}", lambda: unique(a + b)),
                (f"intersect {one} {two}", lambda: unique([item for item in a if item in b])),
                (f"without {one} {two}", lambda: [item for item in a if item not in b]),
                (f"{numbers} | where {{ $it % 2 == 0 }} | each {{ $it / 3 }}", lambda: [quotient(x, 3) for x in c if x % 2 == 0]),
                (f"{numbers} | group_by {{ $it % 3 }}", lambda: groups(c, lambda x: remainder(x, 3))),
                (f"{numbers} | sort_by {{ $it % 5 }}", lambda: sorted(c, key=lambda x: remainder(x, 5))),
                (f"[({numbers} | any {{ $it > 0 }}), ({numbers} | all {{ $it > 0 }})]", lambda: [any(x > 0 for x in c), all(x > 0 for x in c)]),
                (f"{one} + {two}", lambda: a + b),
                (f"[({one} == {two}), ({one} | count), ({one} == ({one} | sort | reverse | sort))]", lambda: [a == b, len(a), a == sorted(a)]),
            ]
        )

    def maps(self):
        (one, a), (two, b), (key, k) = self.leaf(self.map()), self.leaf(self.map()), self.leaf(self.text(2))
        return self.chance.choice(
            [
                (f"keys {one}", lambda: list(a)),
                (f"values {one}", lambda: list(a.values())),
                (f"merge {one} {two}", lambda: a | b),
                (f"[({key} in {one}), ({one} == {two}), ({one} == (merge {two} {one}))]", lambda: [k in a, a == b, a == (b | a)]),
                (f"(merge {one} {two}) | keys | sort | unique", lambda: sorted(a | b)),
            ]
        )

    def map(self):
        return {self.text(3): self.integer() for _ in range(self.chance.randrange(12))}

    def formats(self):
        one, a = self.leaf(self.value())
        names = unique(["k", *self.some(self.text, 4)])
        rows, table = self.leaf(self.some(lambda: {name: self.text() for name in names}))

        def is_table():
            head = [names, *[[row[name] for name in names] for row in table]] if table else []
            return lambda text: list(csv.reader(io.StringIO(text, newline=""))) == head

        return self.chance.choice(
            [
                (f"from_json (to_json {one})", lambda: a),
                (f"from_yaml (to_yaml {one})", lambda: a),
                (f"(from_yaml (to_json [{one}]))[0]", lambda: a),
                (f"(from_yaml (to_yaml [{one}]))[0]", lambda: a),
                (f"from_csv (to_csv {rows})", lambda: table),
                (f"to_csv {rows}", is_table),
                (f"to_json {one}", lambda: lambda text: same(json.loads(text), a)),
                (f"(to_json {one} --canonical) == (to_json (from_json (to_json {one})) --canonical)", lambda: True),
            ]
        )

    def patterns(self):
        pattern = self.pattern()
        (one, a), (two, _) = self.leaf("".join(self.chance.choices("abc\n\u00e9\U0001f600", k=self.chance.randrange(9)))), self.leaf(pattern)
        (plain, old), (new, by) = self.leaf(self.text(3) or "a"), self.leaf(self.text(3))
        return self.chance.choice(
            [
                (f"{one} =~ {two}", lambda: re.search(pattern, a) is not None),
                (f'replace {one} {two} "-"', lambda: re.sub(pattern, "-", a)),
                (f"replace ({one} + {plain}) {plain} {new} --literal", lambda: (a + old).replace(old, by)),
            ]
        )

    def times(self):
        form = "".join(self.chance.choices(["%Y", "%m", "%d", "%H:%M:%S", "%F", "%j", "%a", "%b", "%A %B", "%p", "%I", "%y", "%U", "%W", "%V", "%G", "%u", "%w", "%e", "%D", "%%", "é "], k=4))
        (one, a), (two, _) = self.leaf(self.chance.randrange(-2208988800, 7258118400)), self.leaf(form)
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=a)
        return self.chance.choice(
            [
                (f"format_time {one} {two}", lambda: moment.strftime(form)),
                (f"parse_time (format_time {one})", lambda: a),
                (f'parse_time (format_time {one} "%d %b %Y %T") "%d %B %Y %H:%M:%S"', lambda: a),
                (f'parse_time (format_time {one} "%s") "%s"' if a >= 0 else f"format_time {one}", lambda: a if a >= 0 else f"{moment:%Y-%m-%dT%H:%M:%SZ}"),
            ]
        )


def play(lakesh, folder, chance, count):
    """Runs some programs; returns the differences from Python: the program, its data, what was due and what came."""
    writer = Writer(chance)
    programs = [writer.program() for _ in range(count)]
    (folder / "data.json").write_text(json.dumps(writer.data, ensure_ascii=False))
    rows = [f"made = $made + [(try {{ to_json ({text}) }} catch error {{ \"error: ${{error.message}}\" }})]" for text, _ in programs]
    script = ['let d = read_json "data.json"', "var made = []", *rows, 'write_json "made.json" $made', ""]
    (folder / "programs.lfs").write_text("\n".join(script))
    done = subprocess.run([lakesh, "run", "programs.lfs", "--sandbox"], cwd=folder, capture_output=True, timeout=300)
    if done.returncode:
        return [("all", "", f"exit {done.returncode}", done.stderr.decode()[-2000:])]
    found = json.loads((folder / "made.json").read_text())
    wrong = []
    for (text, due), came in zip(programs, found):
        if due is Mistake:
            is_right = came.startswith("error: ")
        elif came.startswith("error: "):
            is_right = False
        else:
            is_right = due(json.loads(came)) if callable(due) else same(json.loads(came), due)
        if not is_right:
            places = [int(place) for place in re.findall(r"\$d\[(\d+)\]", text)]
            wrong.append((text, [writer.data[place] for place in places], due, came))
    return wrong
