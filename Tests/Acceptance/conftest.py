"""Fixtures that the tests share."""

import pytest

from terminal import Terminal, binary


@pytest.fixture
def shell(tmp_path):
    """Starts shells in one home, and ends them after the test."""
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
