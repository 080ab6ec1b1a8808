"""A person who must see each point of the prompt in windows of several widths."""

import re

from person import Person

POINTS = {}


def point(play):
    """Registers what a person does, and what the screen must show then."""
    POINTS[play.__name__.replace("_", "-")] = play
    return play


class Onlooker(Person):
    """A person in front of a window of some columns, who reads it also where it breaks lines."""

    def __init__(self, start, folder, columns):
        super().__init__(start, folder)
        self.home, self.columns = folder.parent, columns

    def start(self, *options, **settings):
        return super().start(*options, columns=self.columns, **settings)

    def serve(self, server, **settings):
        """Starts a shell for a server."""
        environment = {**server.environment, **settings.pop("environment", {})}
        return self.start("--server", environment["LAKECTL_SERVER_ENDPOINT_URL"], environment=environment, **settings)

    def text(self):
        """Returns the screen in one line; a word goes on where a row is full."""
        rows = self.terminal.lines()
        return " ".join("".join(row if len(row) == self.columns else row + "\n" for row in rows).split())

    def reads(self, *texts):
        for text in texts:
            assert text in self.text(), f"not on the screen: {text}\n{self.screen()}"

    def awaits(self, text, seconds=5):
        """Waits for a text that comes by itself."""
        self.until(lambda: text in self.text(), seconds)
        self.reads(text)

    def table(self, line, *answers):
        """Enters a line; returns the rows below it, none of which the window breaks."""
        rows = self.run(line, *answers).splitlines()
        rows = rows[(len(line) + 2) // self.columns + 1 : -1]
        assert rows and all(len(row) <= self.columns for row in rows), self.screen()
        return rows

    def counts(self, count, has_more=False):
        """A footer has a count; behind it may stand how long it took."""
        more = " · more shows what follows" if has_more else "(?! ·)"
        assert re.search(rf"(?<!of ){re.escape(count)}( · [\d.]+ m?s)?{more}", self.text()), f"no {count}\n{self.screen()}"

    def place(self):
        """Returns the prompt that stands left of the cursor."""
        return self.before_cursor().partition("❯")[0].rstrip()
