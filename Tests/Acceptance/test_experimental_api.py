"""The ten methods of the Python client's ExperimentalApi (lakefs-sdk), and the same calls as lakesh commands.

As in test_auth_api: the client on one sandbox, the command on another, prepared alike; equal results, equal servers.
"""

import dataclasses
import typing
import urllib.request

import lakefs_sdk
import pytest

from sandbox import ROOT, Sandbox, comparable

RBAC = ("--like", "v1.84-rbac")
S3 = ("--like", "v1.84", "--storage", "s3")
LOCAL = ("--like", "v1.84", "--storage", "local")

ROLE = "arn:aws:sts::123456789012:assumed-role/etl"
BIG = "data/big.bin"


# The entities that a case needs, created by the client.


def nothing(client, known):
    pass


def user(client, known):
    lakefs_sdk.AuthApi(client).create_user(user_creation=lakefs_sdk.UserCreation(id="ana"))


def principal(client, known):
    user(client, known)
    lakefs_sdk.ExperimentalApi(client).create_user_external_principal("ana", ROLE)


def repository(scheme):
    creation = lakefs_sdk.RepositoryCreation(name="lake", storage_namespace=f"{scheme}://bucket/lake")
    return lambda client, known: lakefs_sdk.RepositoriesApi(client).create_repository(creation)


def upload(client, known):
    repository("s3")(client, known)
    made = lakefs_sdk.ExperimentalApi(client).create_presign_multipart_upload("lake", "main", BIG, parts=1)
    known.update(upload=made.upload_id, address=made.physical_address)
    request = urllib.request.Request(made.presigned_urls[0], data=b"all of it", method="PUT")
    with urllib.request.urlopen(request) as answer:
        known["etag"] = answer.headers["ETag"]


def two_commits(client, known):
    repository("local")(client, known)
    for name in ["a.csv", "b.csv"]:
        lakefs_sdk.ObjectsApi(client).upload_object("lake", "main", name, content=str(ROOT / "examples" / "people.csv"))
        lakefs_sdk.CommitsApi(client).commit("lake", "main", lakefs_sdk.CommitCreation(message=f"add {name}"))


# The state of a server afterwards, read by the client.


def people(client):
    api = lakefs_sdk.ExperimentalApi(client)
    users = [item.id for item in lakefs_sdk.AuthApi(client).list_users().results]
    return {name: comparable(api.list_user_external_principals(name).to_dict()) for name in users}


def objects(client):
    names = [item.id for item in lakefs_sdk.RepositoriesApi(client).list_repositories().results]
    if not names:
        return []
    commits = lakefs_sdk.RefsApi(client).log_commits("lake", "main").results
    there = lakefs_sdk.ObjectsApi(client).list_objects("lake", "main").results
    return [commit.message for commit in commits], [(item.path, item.size_bytes, item.checksum) for item in there]


@dataclasses.dataclass
class Case:
    """A method: its server, its call, the equivalent line, and the entities it needs."""

    method: str
    flags: tuple
    call: typing.Callable
    line: str
    prepare: typing.Callable = nothing
    state: typing.Callable = people


def external_login(api, known):
    information = lakefs_sdk.ExternalLoginInformation(
        token_expiration_duration=600,
        identity_request={"access_key_id": "etl", "signature": "signed:etl", "date": "2026-01-01"},
    )
    return api.external_principal_login(external_login_information=information)


def complete(api, known):
    return api.complete_presign_multipart_upload(
        "lake", "main", known["upload"], BIG,
        complete_presign_multipart_upload=lakefs_sdk.CompletePresignMultipartUpload(
            physical_address=known["address"], parts=[lakefs_sdk.UploadPart(part_number=1, etag=known["etag"])]
        ),
    )


def abort(api, known):
    return api.abort_presign_multipart_upload(
        "lake", "main", known["upload"], BIG,
        abort_presign_multipart_upload=lakefs_sdk.AbortPresignMultipartUpload(physical_address=known["address"]),
    )


def sts_login(api, known):
    return api.sts_login(
        lakefs_sdk.StsAuthRequest(
            code="code-ana", state="state-ana", redirect_uri="https://lake.example.com/callback", ttl_seconds=600
        )
    )


CASES = [
    Case("abort_presign_multipart_upload", S3, abort,
         'abort_presign_multipart_upload lake main "{upload}" ' + BIG + ' --physical_address "{address}"', upload, objects),
    Case("complete_presign_multipart_upload", S3, complete,
         'complete_presign_multipart_upload lake main "{upload}" ' + BIG
         + " --physical_address \"{address}\" --parts [{part_number: 1, etag: '{etag}'}]", upload, objects),
    Case("create_presign_multipart_upload", S3,
         lambda a, k: a.create_presign_multipart_upload("lake", "main", BIG, parts=2),
         f"create_presign_multipart_upload lake main {BIG} --parts 2", repository("s3"), objects),
    Case("create_user_external_principal", RBAC, lambda a, k: a.create_user_external_principal("ana", ROLE),
         f'create_user_external_principal ana "{ROLE}"', user),
    Case("delete_user_external_principal", RBAC, lambda a, k: a.delete_user_external_principal("ana", ROLE),
         f'delete_user_external_principal ana "{ROLE}"', principal),
    Case("external_principal_login", RBAC, external_login,
         'external_principal_login {access_key_id: "etl", signature: "signed:etl", date: "2026-01-01"}'
         " --token_expiration_duration 600", principal),
    Case("get_external_principal", RBAC, lambda a, k: a.get_external_principal(ROLE), f'get_external_principal "{ROLE}"',
         principal),
    Case("hard_reset_branch", LOCAL, lambda a, k: a.hard_reset_branch("lake", "main", "main~1", force=True),
         "hard_reset_branch lake main main~1 --force", two_commits, objects),
    Case("list_user_external_principals", RBAC,
         lambda a, k: a.list_user_external_principals("ana", prefix="arn", after="", amount=100),
         'list_user_external_principals ana --prefix arn --after "" --amount 100', principal),
    Case("sts_login", RBAC, sts_login,
         'sts_login code-ana state-ana "https://lake.example.com/callback" --ttl_seconds 600', user),
]


def connect(sandbox):
    return lakefs_sdk.ApiClient(
        lakefs_sdk.Configuration(host=sandbox.host, username=sandbox.access_key, password=sandbox.secret_key)
    )


def by_client(case):
    with Sandbox(*case.flags) as sandbox, connect(sandbox) as client:
        known = {}
        case.prepare(client, known)
        result = case.call(lakefs_sdk.ExperimentalApi(client), known)
        return comparable(result.to_dict()) if result is not None else None, case.state(client)


def by_command(case):
    with Sandbox(*case.flags) as sandbox, connect(sandbox) as client:
        known = {}
        case.prepare(client, known)
        line = case.line
        for name, value in known.items():
            line = line.replace("{" + name + "}", value)
        return comparable(sandbox.line(line)), case.state(client)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.method)
def test_the_client_and_the_command_agree(case):
    assert by_command(case) == by_client(case)


def test_every_method_has_a_case():
    assert len({case.method for case in CASES}) == 10
    assert all(hasattr(lakefs_sdk.ExperimentalApi, case.method) for case in CASES)
