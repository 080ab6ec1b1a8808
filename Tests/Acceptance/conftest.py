"""Fixtures that the tests share."""

import signal

import pytest

from terminal import Terminal, binary

# lakesh leaves a signal ignored that was ignored at its start. `nohup` may have started these tests.
for number in (signal.SIGHUP, signal.SIGTERM):
    signal.signal(number, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)


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
