"""Two concurrent runs of a runbook: nobody gets two keys, no secret is lost, and the failed run is named."""

import json
import os
import subprocess

import pytest

from sandbox import LAKESH, ROOT, Sandbox

EXAMPLES = ROOT / "examples"
ROUNDS = int(os.environ.get("LAKESH_ROUNDS", 25))
PEOPLE = [f"p{n}" for n in range(6)]


def both(sandbox, folder, script, *arguments):
    """Runs a runbook twice at the same time, with separate arguments; returns both exit statuses and outputs."""
    processes = [
        subprocess.Popen(
            [LAKESH, "run", str(EXAMPLES / script), *own, "--server", sandbox.server, "--yes"],
            env=dict(os.environ, **sandbox.environment), cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for own in arguments
    ]
    said = [process.communicate(timeout=60)[0] for process in processes]
    return [(process.returncode, text) for process, text in zip(processes, said)]


def pair(path):
    text = path.read_text() if path.exists() else ""
    return json.loads(text) if text else None


def keys(sandbox, user):
    return [key["access_key_id"] for key in sandbox.line(f"list_user_credentials {user} --all")]


def works(sandbox, identity):
    pair = json.dumps({k: identity[k] for k in ("access_key_id", "secret_access_key")})
    return sandbox.run("-e", f"as (from_json '{pair}') {{ get_current_user }}").returncode == 0


@pytest.mark.parametrize("folders", [("keys", "keys"), ("one", "two")], ids=["one folder", "two folders"])
def test_onboarding(tmp_path, folders):
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir(mode=0o700)
        (folder / "people.csv").write_text("id,groups\n" + "".join(f"{p},Developers\n" for p in PEOPLE))
        own = [("--people-file", "people.csv", "--deliver-to", name) for name in folders]
        with Sandbox("--like", "v1.84-rbac") as sandbox:
            ends = both(sandbox, folder, "onboarding.lfs", *own)
            for person in PEOPLE:
                files = [pair(folder / name / f"{person}.json") for name in dict.fromkeys(folders)]
                held = [file["access_key_id"] for file in files if file]
                assert keys(sandbox, person) == held, f"round {number}, {person}: {ends}"
                assert len(held) <= 1
                if not held:
                    assert all(person in said for _, said in ends), f"round {number}: {person} failed and is not named"
            # A user without keys gets them from a later run.
            status, said = both(sandbox, folder, "onboarding.lfs", (*own[0], "--handed-over"))[0]
            assert status == 0, said
            assert all(len(keys(sandbox, person)) == 1 for person in PEOPLE)


@pytest.mark.parametrize("folders", [("keys", "keys"), ("one", "two")], ids=["one folder", "two folders"])
def test_rotation(tmp_path, folders):
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir(mode=0o700)
        with Sandbox("--like", "v1.84-rbac") as sandbox:
            sandbox.line("create_user ana")
            first = sandbox.line("create_credentials ana | reveal")
            own = [("--user-id", "ana", "--deliver-to", name) for name in folders]
            ends = both(sandbox, folder, "rotate-credentials.lfs", *own)
            files = [pair(folder / name / "ana-new.json") for name in dict.fromkeys(folders)]
            held = [file["access_key_id"] for file in files if file]
            assert sorted(keys(sandbox, "ana")) == sorted([first["access_key_id"], *held]), f"round {number}: {ends}"
            assert sum(status == 0 for status, _ in ends) == len(held), f"round {number}: {ends}"


def test_two_who_retire(tmp_path):
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir(mode=0o700)
        with Sandbox("--like", "v1.84-rbac") as sandbox:
            sandbox.line("create_user ana")
            first = sandbox.line("create_credentials ana | reveal")
            own = [("--user-id", "ana", "--deliver-to", name) for name in ("one", "two")]
            for arguments in own:
                done = sandbox.run("run", str(EXAMPLES / "rotate-credentials.lfs"), *arguments, cwd=folder)
                assert done.returncode == 0, done.stderr
            pairs = [pair(folder / name / "ana-new.json") for name in ("one", "two")]
            ends = both(sandbox, folder, "rotate-credentials.lfs", *[(*a, "--retire") for a in own])
            left = keys(sandbox, "ana")
            assert first["access_key_id"] not in left
            assert left and works(sandbox, pairs[1]), f"round {number}: {ends}"
            for (status, said), mine, other in zip(ends, pairs, reversed(pairs)):
                # A run whose pair was deleted reports that it is not valid any more, or that another pair will retire it.
                assert mine["access_key_id"] in left or status != 0 or other["access_key_id"] in said, f"{number}: {ends}"
