"""The cases without a terminal, each in a folder and against a server of its own."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

import authors_files
import authors_runs
import language_check
import language_machine
import language_values
import servers
import tools_client
import tools_data
from case import expect, pending
from test_prompt_cases import CASES as PROMPT_CASES

AREAS = (language_values, language_machine, language_check, authors_files, authors_runs, tools_client, tools_data, servers)
CASES = [case for area in AREAS for case in area.CASES]


@pytest.fixture(scope="session")
def plays(request):
    """Plays the chosen cases, some at once; gives what came of each."""
    chosen = [item.callspec.params["case"] for item in request.session.items if getattr(item, "originalname", "") == "test_case"]
    with ThreadPoolExecutor(max(2, len(os.sched_getaffinity(0)))) as pool:
        yield {case.name: pool.submit(case.play) for case in chosen}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case, plays):
    expect(case.name, plays[case.name].result)


def test_names():
    """What is pending names cases that there are, and no two have one name."""
    names = [case.name for case in CASES] + list(PROMPT_CASES)
    assert len(set(names)) == len(names), sorted(name for name in names if names.count(name) > 1)
    assert sorted(set(pending()) - set(names)) == []
