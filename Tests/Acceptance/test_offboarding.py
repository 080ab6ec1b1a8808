"""The example that takes a person away, on each kind of server: afterwards no key and no token of theirs works."""

import json

import pytest

from sandbox import ROOT, Sandbox

SCRIPT = str(ROOT / "examples" / "offboarding.lfs")
GROUPS = {"v0.90": ["Developers", "Viewers"], "v1.84-acl": ["Writers", "Readers"], "v1.84-rbac": ["Developers", "Viewers"]}


def someone(sandbox, groups):
    """A person in groups, with two pairs of keys and a login; gives what they could come back with."""
    sandbox.line("create_user lee")
    for group in groups:
        sandbox.line(f"add_group_membership {group} lee")
    keys = [sandbox.line("create_credentials lee | reveal") for _ in range(2)]
    login = sandbox.line(f"login {keys[0]['access_key_id']} '{keys[0]['secret_access_key']}' | reveal")
    return keys + [{"token": login["token"]}]


def works(sandbox, identity):
    done = sandbox.run("-e", f"as (from_json '{json.dumps(identity)}') {{ list_repositories }}")
    return done.returncode == 0


@pytest.mark.parametrize("like", GROUPS)
def test_nothing_of_a_person_is_left(like):
    with Sandbox("--like", like) as sandbox:
        ways = someone(sandbox, GROUPS[like])
        assert all(works(sandbox, way) for way in ways)
        done = sandbox.run("run", SCRIPT, "--user-id", "lee", "--settle", "0s", "--confirm", "lee")
        assert done.returncode == 0, done.stderr
        assert sandbox.line("get_user lee --or null") is None
        assert sandbox.line("list_user_credentials lee --all --or []") == []
        assert not any(works(sandbox, way) for way in ways)
        for group in GROUPS[like]:
            assert "lee" not in [user["id"] for user in sandbox.line(f"list_group_members {group} --all")]
        # Whoever gets the id next gets none of the old keys with it.
        sandbox.line("create_user lee")
        assert not any(works(sandbox, key) for key in ways[:2])


def test_it_asks_before_it_begins():
    with Sandbox("--like", "v1.84-acl") as sandbox:
        someone(sandbox, [])
        done = sandbox.run("run", SCRIPT, "--user-id", "lee")
        assert done.returncode != 0 and "--confirm lee" in done.stderr
        assert sandbox.line("get_user lee")["id"] == "lee"
