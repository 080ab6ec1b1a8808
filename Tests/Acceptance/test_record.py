"""A recorded session becomes a runbook with the same effect on a fresh server."""

import stat
import subprocess

from sandbox import LAKESH, ROOT, Sandbox
from terminal import PROMPT


def ids(server, line):
    return sorted(item["id"] for item in server.line(line + " --all"))


def access(server):
    """Returns the users with their permissions and numbers of keys."""
    users, groups = ids(server, "list_users"), ids(server, "list_groups")
    return {
        "policies": ids(server, "list_policies"),
        "users": {
            user: {
                "groups": ids(server, f"list_user_groups {user}"),
                "policies": ids(server, f"list_user_policies {user}"),
                "keys": len(server.line(f"list_user_credentials {user} --all")),
            }
            for user in users
        },
        "groups": {group: ids(server, f"list_group_policies {group}") for group in groups},
    }


def data(server, repository):
    """Returns the branches with their contents and histories, without ids and times."""
    return {
        branch: {
            "log": [commit["message"] for commit in server.line(f"log_commits {repository} {branch} --all")],
            "objects": sorted(
                (item["path"], item["checksum"]) for item in server.line(f"list_objects {repository} {branch} --all")
            ),
            "staged": server.line(f"diff_branch {repository} {branch} --all"),
        }
        for branch in ids(server, f"list_branches {repository}")
    }


def check(folder, name):
    """Asserts that the file has no diagnostics and is formatted; returns its text."""
    for command in (["check", name], ["fmt", "--check", name]):
        done = subprocess.run([LAKESH, *command], cwd=folder, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout + done.stderr) == (0, ""), (folder / name).read_text()
    return (folder / name).read_text()


def record_shell(shell, server, folder):
    terminal = shell("--server", server.server, environment=server.environment, folder=str(folder), columns=120)
    terminal.ready()
    return terminal


def test_an_onboarding_typed_by_completion_does_the_same_on_a_fresh_server(shell, tmp_path):
    with Sandbox() as server, Sandbox() as fresh:
        terminal = record_shell(shell, server, tmp_path)
        terminal.complete(("list_us", "list_user"), ("s", "list_users "))
        terminal.accept()
        terminal.complete(("create_us", "create_user"))
        terminal.send(" ana")
        terminal.accept()
        terminal.complete(
            ("add_group_m", "add_group_membership "),
            ("Dev", "add_group_membership Developers "),
            ("an", "add_group_membership Developers ana "),
        )
        terminal.accept()
        terminal.complete(
            ("attach_policy_to_u", "attach_policy_to_user "),
            ("an", "attach_policy_to_user ana "),
            ("FSReadA", "attach_policy_to_user ana FSReadAll "),
        )
        terminal.accept()
        terminal.complete(("list_user_g", "list_user_groups "), ("an", "list_user_groups ana "))
        terminal.accept()
        terminal.complete(("create_cr", "create_credentials "), ("an", "create_credentials ana "))
        terminal.accept()
        terminal.see("shown once")
        secret = next(line.split()[-1] for line in terminal.lines() if "secret_access_key" in line)
        terminal.send("\x0c")
        terminal.complete(("rec", "record "), ("sa", "record save "))
        terminal.send("onboard.lfs")
        terminal.accept()
        terminal.see("Kept 4 of 6 statements, 1 look at what they changed (as a comment, offered as an assert);")
        terminal.see("`ana` became the parameter user_id.")
        terminal.see("New keys go to keys/$user_id.json (mode 0600).")
        terminal.see("lakesh run onboard.lfs --user-id ana")

        text = check(tmp_path, "onboard.lfs")
        assert secret not in text and "param user_id\n" in text
        done = fresh.run("run", "onboard.lfs", "--user-id", "ana", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert access(fresh) == access(server)
        assert access(fresh)["users"]["ana"] == {"groups": ["Developers"], "policies": ["FSReadAll"], "keys": 1}
        assert stat.S_IMODE((tmp_path / "keys/ana.json").stat().st_mode) == 0o600


def test_a_branch_is_made_filled_and_set_back_again_by_what_was_recorded(shell, tmp_path):
    with Sandbox() as server, Sandbox() as fresh:
        for each in (server, fresh):
            assert each.run("run", str(ROOT / "examples" / "lake.lfs")).returncode == 0
        terminal = record_shell(shell, server, tmp_path)
        terminal.enter = lambda text: (terminal.send(text), terminal.accept())
        terminal.enter("cd lake/main")
        terminal.enter("create_branch $repository fix $branch")
        terminal.enter("upload_object lake fix tables/more.csv --content \"id\\n\"")
        terminal.enter("commit lake fix \"one more\"")
        terminal.enter("get_branch lake main")
        terminal.enter("log_commits lake main --amount 2")
        prompts = terminal.output.count(PROMPT)
        terminal.send("hard_reset_branch lake main $_.results[1].id\r")
        terminal.see("To take it back: hard_reset_branch to")
        terminal.send("y\r")
        terminal.until(lambda t: t.output.count(PROMPT) > prompts, what="the next prompt")
        terminal.ready()
        terminal.send("\x0crecord save back.lfs")
        terminal.accept()
        terminal.see("1 look at what they changed (as a comment, offered as an assert)")

        text = check(tmp_path, "back.lfs")
        assert "\nconfirm \"hard_reset_branch $repository $branch" in text
        assert "# get_branch $repository $branch\n# assert" in text
        options = ("--repository", "lake", "--branch", "main", "--new-branch", "fix")
        done = fresh.run("run", "back.lfs", *options, cwd=tmp_path)
        assert done.returncode == 5 and "--yes" in done.stderr, "it asks before it destroys"


def test_what_was_recorded_on_a_branch_has_the_same_effects(shell, tmp_path):
    with Sandbox() as server, Sandbox() as fresh:
        for each in (server, fresh):
            assert each.run("run", str(ROOT / "examples" / "lake.lfs")).returncode == 0
        terminal = record_shell(shell, server, tmp_path)
        for line in (
            "create_branch lake fix main",
            "upload_object lake fix tables/more.csv --content \"id\\n\"",
            "commit lake fix \"one more\"",
            "let log = log_commits lake main --all",
            "create_tag lake before main",
        ):
            terminal.send(line)
            terminal.accept()
        prompts = terminal.output.count(PROMPT)
        terminal.send("hard_reset_branch lake main $log[1].id\r")
        terminal.see("[y/N]")
        terminal.send("y\r")
        terminal.until(lambda t: t.output.count(PROMPT) > prompts, what="the next prompt")
        terminal.ready()
        terminal.send("record save back.lfs")
        terminal.accept()
        check(tmp_path, "back.lfs")
        options = ("--repository", "lake", "--branch", "fix", "--source", "main")
        done = fresh.run("run", "back.lfs", *options, "--yes", cwd=tmp_path)
        assert done.returncode == 0, done.stderr + (tmp_path / "back.lfs").read_text()
        assert data(fresh, "lake") == data(server, "lake")
        assert len(data(fresh, "lake")["main"]["log"]) == 3


def test_a_pause_a_failure_and_somebody_elses_file_are_kept_out(shell, tmp_path):
    (tmp_path / "mine.lfs").write_text("print 1\n")
    terminal = shell(folder=str(tmp_path))
    terminal.ready()
    terminal.send("record save x.lfs\r")
    terminal.see("nothing was recorded")
    terminal.ready()
    for line in ("create_user ana", "get_usr ana", "record off", "create_user bo", "record on", "create_user chidi"):
        terminal.send(line)
        terminal.accept()
    terminal.send("\x0crecord save mine.lfs\r")
    terminal.see("is there already, and was not recorded")
    terminal.ready()
    terminal.send("\x0crecord save other.lfs\r")
    terminal.see("Kept 2 of 3 statements; 1 failed.")
    assert (tmp_path / "mine.lfs").read_text() == "print 1\n"
    assert check(tmp_path, "other.lfs").endswith("\n\ncreate_user ana\ncreate_user chidi\n")
