"""The runbooks behind a proxy that makes one request fail, for each request: a 500, no answer, or a killed process.

Afterwards nothing may be lost or doubled: no key without a file unless a run tells so, no branch at a wrong commit, no
backup that misleads; and the way out that the second run names leads to the end.
"""

import json
import os
import pathlib
import subprocess

import pytest

from faults import FAULTS, FaultyProxy
from sandbox import LAKESH, ROOT, Sandbox

EXAMPLES = ROOT / "examples"
IN_DOUBT = 6


class Case:
    """A server, a folder, and runbooks that use the server directly or through a proxy."""

    def __init__(self, sandbox, proxy, folder):
        self.sandbox, self.proxy, self.folder = sandbox, proxy, folder
        self.environment = dict(os.environ, **sandbox.environment, HOME=str(folder))

    def run(self, script, *arguments, fault=None, number=0):
        """Returns the exit status (negative: the signal) and the output."""
        self.proxy.arm(fault, number)
        server = self.proxy.address if fault else self.sandbox.server
        with self.proxy.lock:
            process = subprocess.Popen(
                [LAKESH, "run", str(EXAMPLES / script), *arguments, "--server", server, "--yes"],
                env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True,
            )
            self.proxy.process = process
        said, _ = process.communicate(timeout=60)
        return process.returncode, said

    def line(self, line):
        return self.sandbox.line(line)

    def keys(self, user):
        if self.line(f"get_user {user} --or null") is None:
            return []
        return [key["access_key_id"] for key in self.line(f"list_user_credentials {user} --all")]

    def pair(self, file):
        """Returns the pair in a file; None if it is missing or empty."""
        path = self.folder / file
        text = path.read_text() if path.exists() else ""
        return json.loads(text) if text else None

    def works(self, pair):
        identity = json.dumps({k: pair[k] for k in ("access_key_id", "secret_access_key")})
        return self.sandbox.run("-e", f"as (from_json '{identity}') {{ get_current_user }}").returncode == 0

    def branches(self, repository="lake"):
        return {b["id"]: b["commit_id"] for b in self.line(f"list_branches {repository} --all")}


def every_request(like, prepare, script, arguments, check, tmp_path, fault):
    """Runs the script once for each of its requests, with that one failing, and checks the state and the output."""
    table = []
    for number in range(1, 200):
        folder = tmp_path / str(number)
        folder.mkdir(mode=0o700)
        with Sandbox("--like", like) as sandbox, FaultyProxy(sandbox.server) as proxy:
            case = Case(sandbox, proxy, folder)
            known = prepare(case)
            arguments_now = [a.format(**known) for a in arguments]
            status, said = case.run(script, *arguments_now, fault=fault, number=number)
            if proxy.sent is None:
                assert status == 0, said
                break
            row = f"{fault}, {number}: {proxy.sent}"
            try:
                end = check(case, known, arguments_now, status, said)
            except AssertionError as error:
                raise AssertionError(f"{row}, exit {status}\n{said}\n{error}") from error
            table.append(f"{row}: exit {status}, then {end}")
            leftovers = [str(p) for p in folder.rglob("*.new")]
            assert leftovers == [], row
    assert number > 3, "the runbook sends requests"
    report = os.environ.get("LAKESH_FAULT_TABLE")
    if report:
        with open(report, "a") as file:
            file.writelines(f"{script}: {row}\n" for row in table)


# Onboarding


def people(case):
    (case.folder / "people.csv").write_text("id,groups\nana,Developers\nbo,Viewers\n")
    return {}


def check_onboarding(case, known, arguments, status, said):
    for person in ("ana", "bo"):
        pair = case.pair(f"keys/{person}.json")
        for key in case.keys(person):
            # A key is in its file, or was reported, or left an empty file, which the next run detects.
            in_file = pair is not None and pair["access_key_id"] == key
            assert in_file or key in said or (case.folder / f"keys/{person}.json").exists(), f"{key} of {person} is lost"
    second, again = case.run("onboarding.lfs", *arguments)
    end = "all there"
    if second != 0:
        assert "--reissue" in again, again
        second, again = case.run("onboarding.lfs", *arguments, "--reissue")
        end = "told, --reissue"
    assert second == 0, again
    for person in ("ana", "bo"):
        pair = case.pair(f"keys/{person}.json")
        assert case.keys(person) == [pair["access_key_id"]], person
        assert case.works(pair)
        assert (case.folder / f"keys/{person}.json").stat().st_mode & 0o777 == 0o600
    return end


@pytest.mark.parametrize("fault", FAULTS)
def test_onboarding(tmp_path, fault):
    arguments = ["--people-file", "people.csv"]
    every_request("v1.84-rbac", people, "onboarding.lfs", arguments, check_onboarding, tmp_path, fault)


# Rotation


def someone(case):
    case.line("create_user ana")
    first = case.line("create_credentials ana | reveal")
    return {"first": first["access_key_id"]}


def check_rotation(case, known, arguments, status, said):
    file = case.folder / "keys/ana-new.json"
    pair = case.pair("keys/ana-new.json")
    for key in case.keys("ana"):
        in_file = pair is not None and pair["access_key_id"] == key
        assert key == known["first"] or in_file or key in said or file.exists(), f"{key} is lost"
    assert known["first"] in case.keys("ana"), "the old pair works until it is retired"
    end = "all there"
    if pair is None:
        second, again = case.run("rotate-credentials.lfs", *arguments)
        end = "made"
        if second != 0:
            assert "--reissue" in again, again
            second, again = case.run("rotate-credentials.lfs", *arguments, "--reissue")
            end = "told, --reissue"
        assert second == 0, again
    third, last = case.run("rotate-credentials.lfs", *arguments, "--retire")
    assert third == 0, last
    pair = case.pair("keys/ana-new.json")
    assert case.keys("ana") == [pair["access_key_id"]] and case.works(pair)
    return end


@pytest.mark.parametrize("fault", FAULTS)
def test_rotation(tmp_path, fault):
    every_request(
        "v1.84-rbac", someone, "rotate-credentials.lfs", ["--user-id", "ana"], check_rotation, tmp_path, fault)


def rotated(case):
    known = someone(case)
    status, said = case.run("rotate-credentials.lfs", "--user-id", "ana")
    assert status == 0, said
    return known


def check_retirement(case, known, arguments, status, said):
    pair = case.pair("keys/ana-new.json")
    assert pair["access_key_id"] in case.keys("ana") and case.works(pair)
    second, again = case.run("rotate-credentials.lfs", *arguments)
    assert second == 0, again
    assert case.keys("ana") == [pair["access_key_id"]]
    return "retired"


@pytest.mark.parametrize("fault", FAULTS)
def test_retirement(tmp_path, fault):
    arguments = ["--user-id", "ana", "--retire"]
    every_request("v1.84-rbac", rotated, "rotate-credentials.lfs", arguments, check_retirement, tmp_path, fault)


# Hard reset


def lake(case):
    status, said = case.run("lake.lfs")
    assert status == 0, said
    log = [commit["id"] for commit in case.line("log_commits lake main --all")]
    return {"old": log[0], "target": log[2]}


def check_hard_reset(case, known, arguments, status, said):
    branches = case.branches()
    backups = {name: commit for name, commit in branches.items() if name.startswith("before-reset-main-")}
    assert branches["main"] in (known["old"], known["target"])
    assert set(backups.values()) <= {known["old"]}, "a backup holds the old head, nothing else"
    if branches["main"] == known["target"]:
        assert backups, "the old head is kept"
    elif status not in (IN_DOUBT, -9) and "backup" not in said:
        assert not backups, "a reset that failed leaves no backup"
    if branches["main"] == known["old"]:
        undone, words = case.run("undo-hard-reset.lfs", "--repository", "lake")
        assert undone != 0 and case.branches()["main"] == known["old"], words
    second, again = case.run("hard-reset.lfs", *arguments)
    assert second == 0 and case.branches()["main"] == known["target"], again
    undone, words = case.run("undo-hard-reset.lfs", "--repository", "lake")
    assert undone == 0 and case.branches()["main"] == known["old"], words
    return "moved" if branches["main"] == known["target"] else "not moved"


@pytest.mark.parametrize("fault", FAULTS)
def test_hard_reset(tmp_path, fault):
    arguments = ["--repository", "lake", "--good-commit", "{target}"]
    every_request("v1.84", lake, "hard-reset.lfs", arguments, check_hard_reset, tmp_path, fault)


def reset(case):
    known = lake(case)
    status, said = case.run("hard-reset.lfs", "--repository", "lake", "--good-commit", known["target"])
    assert status == 0, said
    return known


def check_undo(case, known, arguments, status, said):
    branches = case.branches()
    assert branches["main"] in (known["old"], known["target"])
    kept = [commit for name, commit in branches.items() if name.startswith("before-undo-main-")]
    assert set(kept) <= {known["target"]}
    was_moved = branches["main"] == known["old"]
    assert not was_moved or kept, "the head that it left is kept"
    second, again = case.run("undo-hard-reset.lfs", *arguments)
    assert case.branches()["main"] == known["old"], again
    if was_moved:
        assert second != 0 and "nothing to undo" in again, again
    else:
        assert second == 0, again
    return "moved" if was_moved else "not moved"


@pytest.mark.parametrize("fault", FAULTS)
def test_undo(tmp_path, fault):
    every_request("v1.84", reset, "undo-hard-reset.lfs", ["--repository", "lake"], check_undo, tmp_path, fault)
