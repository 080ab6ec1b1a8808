"""Deliveries of a rotated pair to the programs that people have, with stand-ins for these on the PATH."""

import json
import os
import subprocess

import pytest

from sandbox import LAKESH, ROOT, Sandbox

ROTATE = str(ROOT / "examples" / "rotate-credentials.lfs")

# A stand-in notes its command line and its standard input, and fails while a file says so.
STAND_IN = """#!/bin/sh
name=${0##*/}
printf '%s\\n' "$name $*" >> "$NOTES/commands"
cat >> "$NOTES/$name.input"
if [ -e "$NOTES/$name.fails" ]; then echo "$name: permission denied" >&2; exit 1; fi
"""

TARGETS = {
    "vault:secret/lake/ana": ["vault kv put secret/lake/ana -"],
    "kubernetes:data/lakefs": ["kubectl apply --server-side --force-conflicts --filename -"],
    "github:acme/pipelines": [
        "gh secret set LAKECTL_CREDENTIALS_ACCESS_KEY_ID --repo acme/pipelines",
        "gh secret set LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY --repo acme/pipelines",
    ],
    "age:age1recipient=ana.age": ["age --encrypt --armor --recipient age1recipient --output ana.age"],
}


@pytest.fixture
def desk(tmp_path):
    """A sandbox with the user ana, and a folder with the stand-ins."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("vault", "kubectl", "gh", "age"):
        (programs / name).write_text(STAND_IN)
        (programs / name).chmod(0o755)
    (tmp_path / "notes").mkdir()
    (tmp_path / "work").mkdir(mode=0o700)
    with Sandbox("--like", "v1.84-rbac") as sandbox:
        sandbox.line("create_user ana")
        yield Desk(sandbox, tmp_path)


class Desk:
    def __init__(self, sandbox, folder):
        self.sandbox = sandbox
        self.notes = folder / "notes"
        self.work = folder / "work"
        self.environment = dict(
            os.environ, **sandbox.environment, NOTES=str(self.notes), PATH=f"{folder / 'programs'}:{os.environ['PATH']}")

    def rotate(self, *arguments):
        return subprocess.run(
            [LAKESH, "run", ROTATE, "--user-id", "ana", *arguments, "--server", self.sandbox.server],
            env=self.environment, cwd=self.work, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)

    def pair(self):
        return json.loads((self.work / "keys" / "ana-new.json").read_text())

    def commands(self):
        path = self.notes / "commands"
        return path.read_text().splitlines() if path.exists() else []


@pytest.mark.parametrize("target", TARGETS)
def test_the_secret_goes_through_standard_input_alone(desk, target):
    done = desk.rotate("--to", target)
    assert done.returncode == 0, done.stdout + done.stderr
    assert desk.commands() == TARGETS[target]
    pair = desk.pair()
    given = "".join(path.read_text() for path in desk.notes.glob("*.input"))
    assert pair["access_key_id"] in given and pair["secret_access_key"] in given
    assert pair["secret_access_key"] not in done.stdout + done.stderr + "".join(desk.commands())


def test_a_delivery_that_failed_is_repeated_with_the_same_pair(desk):
    fails = desk.notes / "vault.fails"
    fails.touch()
    targets = ("--to", "github:acme/pipelines", "--to", "vault:secret/lake/ana")
    failed = desk.rotate(*targets)
    assert failed.returncode == 1
    assert "vault: permission denied" in failed.stdout + failed.stderr
    pair = desk.pair()
    assert pair["secret_access_key"] not in failed.stdout + failed.stderr
    fails.unlink()
    again = desk.rotate(*targets)
    assert again.returncode == 0, again.stdout + again.stderr
    assert desk.pair() == pair
    assert [key["access_key_id"] for key in desk.sandbox.line("list_user_credentials ana --all")] == [pair["access_key_id"]]


@pytest.mark.parametrize("target", ["vaul:secret/x", "vault:", "kubernetes:data", "github:acme", "age:recipient"])
def test_a_mistake_in_a_target_is_found_before_a_pair_is_made(desk, target):
    done = desk.rotate("--to", "vault:secret/lake/ana", "--to", target)
    assert done.returncode == 3
    assert f"{target} is no delivery" in done.stdout + done.stderr
    assert desk.sandbox.line("list_user_credentials ana --all") == []
    assert desk.commands() == []
