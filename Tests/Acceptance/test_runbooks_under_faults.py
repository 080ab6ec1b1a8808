"""Every example behind a proxy that makes one request fail, for each request: a 500, no answer, or a killed process.

Afterwards nothing may be lost or doubled: no key without a file unless a run tells so, no branch at a wrong commit, no
backup that misleads; a second run, or the way out that it names, leads to the end. No output holds a secret.

Each request meets one of the faults; with LAKESH_FAULTS=all (`scripts/soak faults`) it meets each of them.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from faults import EXAMPLES, FAULTS, Example, row

IN_DOUBT = 6
IS_WHOLE = os.environ.get("LAKESH_FAULTS") == "all"


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


# Offboarding


def leavers(case):
    case.line(
        'let groups = list_groups --all | get id | last 2; for person in ["ana", "bo"] { create_user $person; '
        "for group in $groups { add_group_membership $group $person }; create_credentials $person }"
    )
    return {}


LEFT = """
let people = ["ana", "bo"] | where { (get_user $it --or null) != null or (list_user_credentials $it --all --or []) != [] }
let members = list_groups --all | get id | each { list_group_members $it --all | get id } | flatten
let policies = try { list_policies --prefix offboarded --all } catch error { [] }
[$people, ($members | intersect ["ana", "bo"]), $policies]
"""


def check_offboarding(case, known, arguments, status, said):
    left = [person for person in case.line(LEFT)[0] if person in arguments]
    if status == 0:
        assert left == [], "the run says that it is done"
    elif status != -9:
        assert "ana" in said or "bo" in said, "the person is named"
    second, again = case.run("offboarding.lfs", *arguments)
    assert second == 0, again
    people, members, policies = case.line(LEFT)
    assert not {*people, *members} & set(arguments) and policies == []
    third, last = case.run("offboarding.lfs", *arguments)
    assert third == 0 and last.count("is gone already: nothing was changed") == arguments.count("--user-id"), last
    return "gone" if left == [] else f"{' and '.join(left)} by the second run"


# Access by a policy


def nothing(case):
    return {}


def check_access(case, known, arguments, status, said):
    assert case.keys_left("dana") == [], "the user's keys are theirs"
    second, again = case.run("access-by-policy.lfs", *arguments)
    assert second == 0, again
    assert [user["id"] for user in case.line("list_group_members Readers --all")] == ["dana"]
    assert [policy["id"] for policy in case.line("list_group_policies Readers --all")] == ["LakeReaders"]
    assert case.line("get_user Readers-probe --or null") is None
    assert case.keys_left("dana") == case.keys_left("Readers-probe") == []
    assert case.line("get_group not-allowed --or null") is None
    return "made"


# A cloud role


def check_role(case, known, arguments, status, said):
    is_there = case.line("get_user svc-etl --or null") is not None
    roles = case.line("list_user_external_principals svc-etl --all") if is_there else []
    if status not in (0, IN_DOUBT, -9):
        assert not is_there or "svc-etl" in said, "who is left is named"
        assert roles == [] or "role" in said, "what is left is named"
    second, again = case.run("external-principal.lfs", *arguments)
    assert second == 0 and "etl logs in as svc-etl" in again, again
    assert case.line("list_user_external_principals svc-etl --all") == []
    return "as before" if not is_there else "made"


# A repository to try things on


def check_lake(case, known, arguments, status, said):
    second, again = case.run("lake.lfs", *arguments)
    assert second == 0, again
    messages = [commit["message"] for commit in case.line("log_commits lake main --all")]
    assert messages[:3] == ["load payments", "load orders", "load customers"] and len(messages) == 4
    assert len(case.line("list_objects lake main --all")) == 3
    assert case.line("diff_branch lake main --all") == []
    head = case.branches()
    third, last = case.run("lake.lfs", *arguments)
    assert third == 0 and "nothing was changed" in last and case.branches() == head, last
    return "whole"


# An upload in parts


def parted(case):
    lake(case)
    (case.folder / "part").write_text("all of it")
    return {}


def check_multipart(case, known, arguments, status, said):
    second, again = case.run("multipart.lfs", *arguments)
    assert second == 0, again
    assert case.line("get_object lake main data/big.csv | to_string") == "all of it"
    before = case.line("stat_object lake main data/big.csv")
    third, last = case.run("multipart.lfs", *arguments)
    assert third == 0 and "nothing was changed" in last, last
    assert case.line("stat_object lake main data/big.csv") == before
    return "whole"


# An audit


def reviewed(case):
    status, said = case.run("audit-access.lfs", "--save", "access.json")
    assert status == 0, said
    return {}


def check_audit(case, known, arguments, status, said):
    assert status != 10, "what could not be read is no difference"
    second, again = case.run("audit-access.lfs", *arguments)
    assert second == 0 and "nothing to do" in again, again
    return "read"


GONE = ["--user-id", "ana", "--settle", "0s"]
RBAC = ["--like", "v1.84-rbac"]
ONE_USER = ["--like", "v1.84"]
EXAMPLES_TABLE = [
    Example("onboarding", RBAC, people, "onboarding.lfs", ["--people-file", "people.csv"], check_onboarding),
    Example("rotation", RBAC, someone, "rotate-credentials.lfs", ["--user-id", "ana"], check_rotation),
    Example("retirement", RBAC, rotated, "rotate-credentials.lfs", ["--user-id", "ana", "--retire"], check_retirement),
    Example(
        "hard-reset", ONE_USER, lake, "hard-reset.lfs", ["--repository", "lake", "--good-commit", "{target}"], check_hard_reset
    ),
    Example("undo-hard-reset", ONE_USER, reset, "undo-hard-reset.lfs", ["--repository", "lake"], check_undo),
    Example("offboarding-of-two", RBAC, leavers, "offboarding.lfs", ["--user-id", "bo", *GONE], check_offboarding),
    *[
        Example(f"offboarding-{like}", ["--like", like], leavers, "offboarding.lfs", GONE, check_offboarding)
        for like in ("v0.90", "v1.84-acl")
    ],
    Example("audit", RBAC, reviewed, "audit-access.lfs", ["--expected", "access.json"], check_audit),
    Example("access-by-policy", RBAC, nothing, "access-by-policy.lfs", [], check_access),
    Example("external-principal", RBAC, nothing, "external-principal.lfs", [], check_role),
    *[
        Example(f"lake-{like}", ["--like", like], nothing, "lake.lfs", [], check_lake)
        for like in ("v0.90", "v1.84")
    ],
    Example(
        "multipart", ["--like", "v1.84", "--storage", "s3"], parted, "multipart.lfs", ["--parts", "part"], check_multipart
    ),
]


@pytest.mark.parametrize("example", EXAMPLES_TABLE, ids=[example.name for example in EXAMPLES_TABLE])
def test_every_request(tmp_path, example):
    count = row(example, FAULTS[0], 0, tmp_path / "whole")
    assert count > 3, "the runbook sends requests"
    # Where the number of requests depends on time, those beyond the first run's are not counted.
    rows = [
        (fault, number)
        for number in range(1, count + 1)
        for place, fault in enumerate(FAULTS)
        if IS_WHOLE or (number + place) % len(FAULTS) == 0
    ]
    with ThreadPoolExecutor(2 * len(os.sched_getaffinity(0))) as pool:
        done = [pool.submit(row, example, *each, tmp_path / f"{each[1]}-{each[0]}") for each in rows]
    table = [future.result() for future in done]
    if report := os.environ.get("LAKESH_FAULT_TABLE"):
        with open(report, "a") as file:
            file.writelines(f"{line}\n" for line in table if isinstance(line, str))


def test_every_example_is_there():
    played = {example.script for example in EXAMPLES_TABLE}
    assert played == {file.name for file in EXAMPLES.glob("*.lfs")}
