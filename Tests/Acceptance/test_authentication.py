"""Every way to authenticate in the specification: by `as` in a script, and by the environment for a whole run."""

import json
import os
import subprocess
import urllib.request

import pytest

from sandbox import LAKESH, Sandbox

WHO = "(get_current_user).user.id"
COOKIES = ["internal_auth_session", "oidc_auth_session", "saml_auth_session"]


@pytest.fixture(scope="module", params=["v0.90", "v1.84-rbac"])
def sandbox(request):
    with Sandbox("--like", request.param) as sandbox:
        sandbox.line("create_user ana")
        yield sandbox


@pytest.fixture(scope="module")
def key(sandbox):
    return sandbox.line("create_credentials ana | reveal")


@pytest.fixture(scope="module")
def login(sandbox, key):
    """Logs in as ana; returns her token and her session cookie."""
    body = json.dumps({name: key[name] for name in ("access_key_id", "secret_access_key")}).encode()
    request = urllib.request.Request(
        sandbox.host + "/auth/login", body, {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request) as answer:
        cookies = answer.headers.get_all("Set-Cookie")
        session = next(c for c in cookies if c.startswith("internal_auth_session=")).split(";")[0].split("=", 1)[1]
        return json.load(answer)["token"], session


def bare(sandbox, **variables):
    """Runs lakesh with these variables and without keys."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LAKECTL_", "LAKESH_"))}
    environment.update(LAKECTL_SERVER_ENDPOINT_URL=sandbox.server, HOME="/nonexistent", **variables)
    return subprocess.run(
        [LAKESH, "-e", WHO], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )


def line_as(sandbox, identity):
    return sandbox.line(f"as (from_json '{json.dumps(identity)}') {{ {WHO} }}")


def test_as_a_pair_of_keys(sandbox, key):
    assert line_as(sandbox, key) == "ana"


def test_as_a_token(sandbox, login):
    assert line_as(sandbox, {"token": login[0]}) == "ana"


def test_as_what_login_gives(sandbox, key):
    line = f"let t = login {key['access_key_id']} '{key['secret_access_key']}'; as $t {{ {WHO} }}"
    assert sandbox.line(line) == "ana"


def test_as_the_session_cookie(sandbox, login):
    assert line_as(sandbox, {"internal_auth_session": login[1]}) == "ana"


@pytest.mark.parametrize("name", COOKIES[1:])
def test_a_session_of_an_identity_provider_is_sent_and_refused_where_there_is_none(sandbox, login, name):
    line = f"as (from_json '{json.dumps({name: login[1]})}') {{ list_users }}"
    done = sandbox.run("-e", line)
    assert done.returncode != 0 and done.stdout == ""
    assert f"the server does not take the session {name}" in done.stderr
    assert login[1] not in done.stderr.replace(line, "")


def test_the_environment_gives_a_token(sandbox, login):
    done = bare(sandbox, LAKESH_TOKEN=login[0])
    assert (done.returncode, done.stdout) == (0, "ana\n")


@pytest.mark.parametrize("form", ["internal_auth_session={}", "{}"])
def test_the_environment_gives_a_session_cookie(sandbox, login, form):
    done = bare(sandbox, LAKESH_COOKIE=form.format(login[1]))
    assert (done.returncode, done.stdout) == (0, "ana\n")


@pytest.mark.parametrize("name", COOKIES[1:])
def test_the_environment_gives_a_session_of_an_identity_provider(sandbox, login, name):
    # The sandbox answers like a server without an identity provider.
    done = bare(sandbox, LAKESH_COOKIE=f"{name}={login[1]}")
    assert done.stdout.strip() != "ana" and login[1] not in done.stdout + done.stderr


def test_a_token_goes_before_the_keys_of_the_environment(sandbox, key, login):
    keys = {"LAKECTL_CREDENTIALS_ACCESS_KEY_ID": "AKIAJNONE", "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": "none"}
    assert bare(sandbox, **keys).returncode != 0
    assert bare(sandbox, LAKESH_TOKEN=login[0], **keys).stdout == "ana\n"


@pytest.mark.parametrize("option", ["--token", "--cookie", "--secret-key"])
def test_no_argument_takes_a_secret(sandbox, option):
    done = sandbox.run("-e", WHO, option, "x")
    assert done.returncode == 2 and done.stdout == ""


def test_external_logins_give_what_as_takes():
    with Sandbox("--like", "v1.84-rbac") as sandbox:
        sandbox.line("create_user ana")
        sandbox.line('create_user_external_principal ana "arn:aws:sts::123456789012:assumed-role/etl"')
        role = '{access_key_id: "etl", signature: "signed:etl", date: "2026-11-22"}'
        assert sandbox.line(f"as (external_principal_login {role}) {{ {WHO} }}") == "ana"
        sts = '(sts_login "code-ana" "state-ana" "https://lake.example.com")'
        assert sandbox.line(f"as {sts} {{ {WHO} }}") == "ana"


def test_the_session_in_a_login_s_headers_is_a_secret(sandbox, key, login):
    line = f"login {key['access_key_id']} '{key['secret_access_key']}' --with_headers"
    done = sandbox.run("-e", line)
    assert done.returncode == 0 and "internal_auth_session" not in done.stdout
