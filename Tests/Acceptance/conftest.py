"""What the shell's tests share."""

import pytest

from terminal import Terminal, binary


@pytest.fixture
def shell(tmp_path):
    """Starts shells in one home; ends those that a test has left."""
    terminals = []

    def start(*options, **settings):
        home = settings.pop("home", tmp_path)
        options = options or ("--sandbox",)
        terminal = Terminal([binary(), *options], home, **settings)
        terminals.append(terminal)
        return terminal

    yield start
    for terminal in terminals:
        terminal.child.close(force=True)
