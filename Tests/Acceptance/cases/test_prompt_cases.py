"""The cases at the prompt, each on a pseudo-terminal of its own."""

import pytest

import prompt_keys  # noqa: F401
import prompt_output  # noqa: F401
import prompt_screen  # noqa: F401
import prompt_statements  # noqa: F401
from case import expect
from person import CASES, play
from terminal import Terminal


@pytest.fixture
def program():
    """Starts programs on terminals; ends those that a case has left."""
    terminals = []

    def start(command, folder, **settings):
        terminals.append(
            Terminal(
                command, folder.parent, folder=str(folder), **{**settings, "environment": {"PS1": "$ ", **settings.get("environment", {})}}
            )
        )
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.child.close(force=True)


@pytest.mark.parametrize("name", CASES)
def test_case_at_the_prompt(name, shell, program, tmp_path):
    expect(name, lambda: play(name, shell, program, tmp_path))
