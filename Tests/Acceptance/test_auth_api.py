"""Every method of the Python client's AuthApi (lakefs-client 0.90.0), and the same call as a lakesh command.

A case calls the client on one sandbox and the command on another, both prepared alike. What they give must be equal
field by field, and so must what the servers hold afterwards.
"""

import dataclasses
import json
import typing

import lakefs_client
import pytest
import urllib3
from lakefs_client.api.auth_api import AuthApi
from lakefs_client.model.forgot_password_request import ForgotPasswordRequest
from lakefs_client.model.group_creation import GroupCreation
from lakefs_client.model.login_information import LoginInformation
from lakefs_client.model.policy import Policy
from lakefs_client.model.statement import Statement
from lakefs_client.model.update_password_by_token import UpdatePasswordByToken
from lakefs_client.model.user_creation import UserCreation

from sandbox import Sandbox, comparable

STATEMENT = '[{effect: "allow", action: ["fs:ReadObject"], resource: "*"}]'


def policy(name="read-lake"):
    return Policy(id=name, statement=[Statement(effect="allow", resource="*", action=["fs:ReadObject"])])


# The entities that a case needs, created by the client.


def nothing(api, known):
    pass


def user(api, known):
    api.create_user(user_creation=UserCreation(id="ana"))


def group(api, known):
    api.create_group(group_creation=GroupCreation(id="analysts"))


def a_policy(api, known):
    api.create_policy(policy())


def member(api, known):
    user(api, known)
    group(api, known)
    api.add_group_membership("analysts", "ana")


def user_with_policy(api, known):
    user(api, known)
    a_policy(api, known)
    api.attach_policy_to_user("ana", "read-lake")


def group_with_policy(api, known):
    member(api, known)
    a_policy(api, known)
    api.attach_policy_to_group("analysts", "read-lake")


def credentials(api, known):
    user(api, known)
    made = api.create_credentials("ana")
    known.update(key=made.access_key_id, secret=made.secret_access_key)


@dataclasses.dataclass
class Case:
    """A method: its call, the equivalent line, the entities it needs, and its expected failure, if any."""

    method: str
    call: typing.Callable
    line: str
    prepare: typing.Callable = nothing
    status: typing.Optional[int] = None


CASES = [
    Case("add_group_membership", lambda a, k: a.add_group_membership("analysts", "ana"), "add_group_membership analysts ana",
         lambda a, k: (user(a, k), group(a, k))),
    Case("attach_policy_to_group", lambda a, k: a.attach_policy_to_group("analysts", "read-lake"),
         "attach_policy_to_group analysts read-lake", lambda a, k: (group(a, k), a_policy(a, k))),
    Case("attach_policy_to_user", lambda a, k: a.attach_policy_to_user("ana", "read-lake"),
         "attach_policy_to_user ana read-lake", lambda a, k: (user(a, k), a_policy(a, k))),
    Case("create_credentials", lambda a, k: a.create_credentials("ana"), "create_credentials ana | reveal", user),
    Case("create_group", lambda a, k: a.create_group(group_creation=GroupCreation(id="analysts")), "create_group analysts"),
    Case("create_policy", lambda a, k: a.create_policy(policy()), f"create_policy read-lake {STATEMENT}"),
    Case("create_user", lambda a, k: a.create_user(user_creation=UserCreation(id="ana")), "create_user ana"),
    Case("delete_credentials", lambda a, k: a.delete_credentials("ana", k["key"]), "delete_credentials ana {key}", credentials),
    Case("delete_group", lambda a, k: a.delete_group("analysts"), "delete_group analysts", member),
    Case("delete_group_membership", lambda a, k: a.delete_group_membership("analysts", "ana"),
         "delete_group_membership analysts ana", member),
    Case("delete_policy", lambda a, k: a.delete_policy("read-lake"), "delete_policy read-lake", a_policy),
    Case("delete_user", lambda a, k: a.delete_user("ana"), "delete_user ana", user),
    Case("detach_policy_from_group", lambda a, k: a.detach_policy_from_group("analysts", "read-lake"),
         "detach_policy_from_group analysts read-lake", group_with_policy),
    Case("detach_policy_from_user", lambda a, k: a.detach_policy_from_user("ana", "read-lake"),
         "detach_policy_from_user ana read-lake", user_with_policy),
    Case("forgot_password", lambda a, k: a.forgot_password(ForgotPasswordRequest(email="ana@example.com")),
         'forgot_password "ana@example.com"'),
    Case("get_auth_capabilities", lambda a, k: a.get_auth_capabilities(), "get_auth_capabilities"),
    Case("get_credentials", lambda a, k: a.get_credentials("ana", k["key"]), "get_credentials ana {key}", credentials),
    Case("get_current_user", lambda a, k: a.get_current_user(), "get_current_user"),
    Case("get_group", lambda a, k: a.get_group("analysts"), "get_group analysts", group),
    Case("get_policy", lambda a, k: a.get_policy("read-lake"), "get_policy read-lake", a_policy),
    Case("get_user", lambda a, k: a.get_user("ana"), "get_user ana", user),
    Case("list_group_members", lambda a, k: a.list_group_members("analysts", prefix="a", after="", amount=100),
         'list_group_members analysts --prefix a --after "" --amount 100', member),
    Case("list_group_policies", lambda a, k: a.list_group_policies("analysts", prefix="read", after="", amount=100),
         'list_group_policies analysts --prefix read --after "" --amount 100', group_with_policy),
    Case("list_groups", lambda a, k: a.list_groups(prefix="", after="Admins", amount=2),
         'list_groups --prefix "" --after Admins --amount 2', group),
    Case("list_policies", lambda a, k: a.list_policies(prefix="FS", after="", amount=2),
         'list_policies --prefix FS --after "" --amount 2'),
    Case("list_user_credentials", lambda a, k: a.list_user_credentials("ana", prefix="", after="", amount=100),
         'list_user_credentials ana --prefix "" --after "" --amount 100', credentials),
    Case("list_user_groups", lambda a, k: a.list_user_groups("ana", prefix="", after="", amount=100),
         'list_user_groups ana --prefix "" --after "" --amount 100', member),
    Case("list_user_policies",
         lambda a, k: a.list_user_policies("ana", prefix="", after="", amount=100, effective=True),
         'list_user_policies ana --prefix "" --after "" --amount 100 --effective', group_with_policy),
    Case("list_users", lambda a, k: a.list_users(prefix="", after="", amount=100),
         'list_users --prefix "" --after "" --amount 100', user),
    Case("login",
         lambda a, k: a.login(login_information=LoginInformation(access_key_id=k["key"], secret_access_key=k["secret"])),
         'login "{key}" "{secret}"', credentials),
    Case("oauth_callback", lambda a, k: a.oauth_callback(), "oauth_callback", status=307),
    Case("update_password",
         lambda a, k: a.update_password(UpdatePasswordByToken(token="t", new_password="p", email="ana@example.com")),
         'update_password "t" "p" --email "ana@example.com"', status=401),
    Case("update_policy", lambda a, k: a.update_policy("read-lake", policy()),
         f"update_policy read-lake read-lake {STATEMENT}", a_policy),
]


def connect(sandbox):
    configuration = lakefs_client.Configuration(
        host=sandbox.host, username=sandbox.access_key, password=sandbox.secret_key
    )
    # A redirect is the answer and is not followed.
    configuration.retries = urllib3.Retry(0, redirect=0, raise_on_redirect=False)
    return lakefs_client.ApiClient(configuration)


def plain(client, result):
    """Returns the JSON of a model of the client."""
    return None if result is None else client.sanitize_for_serialization(result)


def state(client):
    """Returns the server's users, groups, policies and keys, read by the client."""
    api = AuthApi(client)

    def ids(page):
        return [item["id"] for item in plain(client, page)["results"]]

    return {
        "users": {
            name: [ids(api.list_user_groups(name)), ids(api.list_user_policies(name)),
                   len(api.list_user_credentials(name).results)]
            for name in ids(api.list_users())
        },
        "groups": {
            name: [ids(api.list_group_members(name)), ids(api.list_group_policies(name))] for name in ids(api.list_groups())
        },
        "policies": comparable(plain(client, api.list_policies())),
    }


def by_client(case):
    with Sandbox("--like", "v0.90") as sandbox, connect(sandbox) as client:
        api, known = AuthApi(client), {}
        case.prepare(api, known)
        try:
            result = comparable(plain(client, case.call(api, known)))
        except lakefs_client.ApiException as error:
            result = {"status": error.status}
        return result, state(client)


def by_command(case):
    with Sandbox("--like", "v0.90") as sandbox, connect(sandbox) as client:
        known = {}
        case.prepare(AuthApi(client), known)
        line = case.line
        for name, value in known.items():
            line = line.replace("{" + name + "}", value)
        if case.status:
            line = "try { " + line + " } catch error { {status: $error.status} }"
        return comparable(sandbox.line(line)), state(client)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.method)
def test_the_client_and_the_command_agree(case):
    result, after = by_client(case)
    if case.status:
        assert result == {"status": case.status}
    command_result, command_after = by_command(case)
    assert command_result == result
    assert json.dumps(command_after) == json.dumps(after)


def test_every_method_has_a_case():
    methods = [name for name, member in vars(AuthApi).items() if callable(member) and not name.startswith("_")]
    assert sorted(case.method for case in CASES) == sorted(methods)
    assert len(methods) == 33
