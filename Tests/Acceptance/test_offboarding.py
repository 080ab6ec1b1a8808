"""The offboarding example on each kind of server: afterwards no key and no token of the user is valid."""

import json

import pytest

from sandbox import ROOT, Sandbox

SCRIPT = str(ROOT / "examples" / "offboarding.lfs")
GROUPS = {"v0.90": ["Developers", "Viewers"], "v1.84-acl": ["Writers", "Readers"], "v1.84-rbac": ["Developers", "Viewers"]}


def someone(sandbox, groups):
    """Creates a user in groups, with two pairs of keys and a login; returns the keys and the token."""
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
        # A new user with the same id does not get the old keys.
        sandbox.line("create_user lee")
        assert not any(works(sandbox, key) for key in ways[:2])


def test_it_asks_before_it_begins():
    with Sandbox("--like", "v1.84-acl") as sandbox:
        someone(sandbox, [])
        done = sandbox.run("run", SCRIPT, "--user-id", "lee")
        assert done.returncode != 0 and "--confirm lee" in done.stderr
        assert sandbox.line("get_user lee")["id"] == "lee"


@pytest.mark.parametrize("like", GROUPS)
def test_nobody_takes_themselves_away(like):
    with Sandbox("--like", like) as sandbox:
        done = sandbox.run("run", SCRIPT, "--user-id", "admin", "--settle", "0s", "--confirm", "admin")
        assert done.returncode != 0 and "admin is you: another administrator must do this" in done.stderr
        assert [group["id"] for group in sandbox.line("list_user_groups admin --all")] == ["Admins"]
        assert len(sandbox.line("list_user_credentials admin --all")) == 1
        if like != "v1.84-acl":
            assert sandbox.line("list_user_policies admin --all") == []
            assert sandbox.line("get_policy offboarded --or null") is None


@pytest.mark.parametrize("like", ["v0.90", "v1.84-rbac"])
def test_a_deny_is_refused_before_it_is_attached(like):
    with Sandbox("--like", like) as sandbox:
        sandbox.line('create_policy lock --statement [{effect: "deny", action: ["auth:*"], resource: "*"}]')
        done = sandbox.run("-e", "attach_policy_to_user admin lock")
        assert done.returncode != 0
        assert "this would lock you out: `attach_policy_to_user` denies your right to give rights" in done.stderr
        assert "attach_policy_to_user … --lock-me-out" in done.stderr
        assert sandbox.line("list_user_policies admin --all") == []
        assert sandbox.run("-e", "attach_policy_to_user admin lock --lock-me-out").returncode == 0
        assert sandbox.run("-e", "list_user_policies admin").returncode != 0


def test_who_may_not_read_their_own_rights_is_asked_to_say_that_it_is_meant():
    with Sandbox("--like", "v0.90") as sandbox:
        sandbox.line("create_user lee")
        sandbox.line('create_policy few --statement [{effect: "allow", action: ["auth:RemoveGroupMember"], resource: "*"}]')
        sandbox.line("attach_policy_to_user lee few")
        sandbox.line("add_group_membership Viewers lee")
        key = sandbox.line("create_credentials lee | reveal")
        admin = (sandbox.access_key, sandbox.secret_key)
        sandbox.access_key, sandbox.secret_key = key["access_key_id"], key["secret_access_key"]
        done = sandbox.run("-e", "delete_group_membership Viewers lee")
        assert done.returncode != 0
        assert "what `delete_group_membership` would leave of your rights cannot be read" in done.stderr
        assert "may not auth:ReadUser on user/lee" in done.stderr
        assert sandbox.run("-e", "delete_group_membership Viewers lee --lock-me-out").returncode == 0
        sandbox.access_key, sandbox.secret_key = admin
        assert sandbox.line("list_user_groups lee --all") == []
