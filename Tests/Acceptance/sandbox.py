"""`lakesh sandbox` as a process, and lakesh commands against it."""

import json
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAKESH = os.path.abspath(os.environ.get("LAKESH", ROOT / "scripts" / "lakesh"))

TIMES = {"creation_date", "mtime", "token_expiration"}
SECRETS = {"access_key_id", "secret_access_key", "token", "upload_id", "physical_address", "presigned_urls", "metarange_id"}


class Sandbox:
    """A server on a free port, which ends with the `with` block."""

    def __init__(self, *flags):
        self.flags = flags

    def __enter__(self):
        command = [LAKESH, "sandbox", *self.flags, "--listen", "127.0.0.1:0", "--ready-json"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        ready = json.loads(self.process.stdout.readline())
        self.server = ready["server"]
        self.access_key = ready["access_key"]
        self.secret_key = ready["secret_key"]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.stdout.close()
        assert self.process.wait(timeout=10) == 0, "the sandbox ends in order"

    @property
    def host(self):
        """The address of the API."""
        return self.server + "/api/v1"

    @property
    def environment(self):
        """The environment variables that select this server and its first user."""
        return {
            "LAKECTL_SERVER_ENDPOINT_URL": self.server,
            "LAKECTL_CREDENTIALS_ACCESS_KEY_ID": self.access_key,
            "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY": self.secret_key,
        }

    def run(self, *arguments, **options):
        """Runs lakesh against this server, as its first user."""
        return subprocess.run(
            [LAKESH, *arguments], env=dict(os.environ, **self.environment), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, **options
        )

    def line(self, line):
        """Returns the result of a line as JSON; None if it has none."""
        done = self.run("-e", line, "--json", "--server", self.server)
        assert done.returncode == 0, f"{line}\nexit {done.returncode}\n{done.stdout}{done.stderr}"
        return json.loads(done.stdout) if done.stdout.strip() else None


def comparable(value, key=""):
    """Replaces the parts of a result that differ from run to run: times, keys, ids of commits, addresses."""
    if isinstance(value, dict):
        return {k: comparable(v, k) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [comparable(v, key) for v in value]
    if key in TIMES:
        assert isinstance(value, (int, float)) and value > 1_500_000_000, f"{key} is a time: {value}"
        return "<time>"
    if key in SECRETS:
        assert isinstance(value, str) and value, f"{key} is a text: {value}"
        return "<secret>"
    if isinstance(value, str):
        value = re.sub(r"\b[0-9a-f]{64}\b", "<id>", value)
        value = re.sub(r"http://127\.0\.0\.1:\d+/\S*", "<address>", value)
    return value
