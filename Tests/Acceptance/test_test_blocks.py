"""`lakesh test`: its output for people and for programs, and the isolation of tests."""

import json
import os
import re
import select
import signal
import subprocess
import xml.etree.ElementTree as ElementTree

import sandbox

# Tests run in folders of their own, so this path is absolute.
LAKESH = os.path.abspath(sandbox.LAKESH)


def run(folder, *words, **options):
    environment = dict(os.environ, TMPDIR=str(folder / "tmp"), TERM="dumb")
    (folder / "tmp").mkdir(exist_ok=True)
    return subprocess.run(
        [LAKESH, "test", *map(str, words)],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, **options,
    )


def seen(done):
    """Returns the output with its times replaced."""
    return re.sub(r"\d+ ms|\d+\.\d s", "N ms", done.stderr)


def script(folder, text, name="a.lfs"):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return name


GOOD = """\
let limit = 5
def double(n) { return $n * 2 }
test "a def of the file is there" { assert (double 2) == 4 }
test "a user can be made" {
  create_user ana
  assert (get_user ana).id == "ana"
}
print $limit
"""


def test_tests_that_pass(tmp_path):
    script(tmp_path, GOOD)
    done = run(tmp_path, "a.lfs")
    assert done.returncode == 0
    assert done.stdout == ""
    assert seen(done) == """\
a.lfs
  ✓ a def of the file is there  N ms
  ✓ a user can be made          N ms

2 tests in 1 file: 2 passed, in N ms.
"""
    assert list((tmp_path / "tmp").iterdir()) == []


FAILING = """\
test "groups" {
  print "looking"
  print_error "at groups"
  let found = list_groups --all | get id
  assert {ids: $found, note: "this text is long, so that the map is not shown whole"} == {ids: ["Admins", "Viewers"], note: "short"}
}
test "no error" { expect_error not_found { create_user bo } }
test "another error" { expect_error conflict { get_user bo } }
test "passes" { expect_error not_found { get_user bo } }
"""


def test_a_test_that_fails_shows_where_and_how_it_differs(tmp_path):
    script(tmp_path, FAILING)
    done = run(tmp_path, "a.lfs")
    assert done.returncode == 3
    carets = ["^" * len(part) for part in (
        '{ids: $found, note: "this text is long, so that the map is not shown whole"} == {ids: ["Admins", "Viewers"], note: "short"}',
        "expect_error not_found { create_user bo }", "expect_error conflict { get_user bo }",
    )]
    assert seen(done) == f"""\
a.lfs
  ✗ groups         N ms
error[R0121]: the assertion does not hold
 --> a.lfs:5:10
  |
5 |   assert {{ids: $found, note: "this text is long, so that the map is not shown whole"}} == {{ids: ["Admins", "Viewers"], note: "short"}}
  |          {carets[0]}
  |
  = ids[1]: only left has it, "Developers"
  = ids[2]: only left has it, "SuperUsers"
  = note: left "this text is long, so that the map is not shown whole", right "short"
it printed:
    looking
    at groups

  ✗ no error       N ms
error[R0122]: expected the error `not_found`, and no error came
 --> a.lfs:7:19
  |
7 | test "no error" {{ expect_error not_found {{ create_user bo }} }}
  |                   {carets[1]}

  ✗ another error  N ms
error[R0122]: expected the error `conflict`, got `not_found`: no user has the id `bo`
 --> a.lfs:8:24
  |
8 | test "another error" {{ expect_error conflict {{ get_user bo }} }}
  |                        {carets[2]}

  ✓ passes         N ms

4 tests in 1 file: 1 passed, 3 failed, in N ms.
Those again:  lakesh test a.lfs --filter groups --filter 'no error' --filter 'another error'
"""


def test_json_and_junit_tell_the_same(tmp_path):
    script(tmp_path, FAILING)
    script(tmp_path, GOOD, "in/b.lfs")
    done = run(tmp_path, ".", "--json", "--junit", "out/results.xml")
    assert done.returncode == 3
    result = json.loads(done.stdout)
    assert (result["passed"], result["failed"], result["not_run"]) == (3, 3, 0)
    first = result["tests"][0]
    assert (first["file"], first["line"], first["status"]) == ("./a.lfs", 1, "failed")
    assert first["printed"] == "looking\nat groups\n"
    assert (first["error"]["kind"], first["error"]["place"]) == ("assert", "./a.lfs:5:10")
    assert first["error"]["text"].startswith("error[R0121]: the assertion does not hold\n --> ./a.lfs:5:10\n")

    suites = ElementTree.parse(tmp_path / "out" / "results.xml").getroot()
    assert suites.tag == "testsuites"
    assert (suites.get("tests"), suites.get("failures"), suites.get("skipped")) == ("6", "3", "0")
    assert [suite.get("name") for suite in suites] == ["./a.lfs", "./in/b.lfs"]
    cases = suites.findall("testsuite/testcase")
    for case, test in zip(cases, result["tests"], strict=True):
        assert (case.get("classname"), case.get("name")) == (test["file"], test["name"])
        assert float(case.get("time")) * 1000 == test["milliseconds"]
        failure = case.find("failure")
        assert (failure is None) == (test["status"] == "passed")
        if failure is not None:
            assert (failure.get("type"), failure.get("message"), failure.text) == (
                test["error"]["kind"], test["error"]["message"], test["error"]["text"],
            )
    assert cases[0].find("system-out").text == "looking\nat groups\n"


def test_each_test_has_a_sandbox_and_a_folder_of_its_own(tmp_path):
    alone = """
      assert (file_exists "mine.txt") == false
      assert (get_user ana --or null) == null
      write_file "mine.txt" "x"
      create_user ana
    """
    text = "".join(f'test "{number}" {{{alone}}}\n' for number in range(6))
    script(tmp_path, text + 'test "the script is found" { assert (read_file "$script_folder/data.txt") == "data" }\n', "in/a.lfs")
    (tmp_path / "in" / "data.txt").write_text("data")
    for jobs in (1, 3, 64):
        done = run(tmp_path, "in", "--jobs", jobs)
        assert done.returncode == 0, done.stderr
        assert "7 tests in 1 file: 7 passed" in done.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.lfs", "data.txt", "in", "tmp"]


def test_several_run_at_a_time_and_are_shown_in_order(tmp_path):
    # Each test waits for a file that the other one writes, so they end only if they run in parallel.
    def waits(mine, other):
        return f'write_file "{tmp_path}/{mine}" ""\n retry 600 every 50ms {{ assert (file_exists "{tmp_path}/{other}") }}'

    script(tmp_path, f'test "one" {{ {waits("1", "2")} }}\ntest "two" {{ {waits("2", "1")} }}\ntest "three" {{ assert true }}\n')
    done = run(tmp_path, "a.lfs", "--jobs", 2)
    assert done.returncode == 0, done.stderr
    assert re.findall("✓ (\\w+)", done.stderr) == ["one", "two", "three"]


def test_confirmations_are_given_and_questions_are_an_error(tmp_path):
    script(tmp_path, """\
test "confirms" { confirm "Really?" --type production }
test "asks" { print (input "Name?") }
""")
    done = run(tmp_path, "a.lfs")
    assert done.returncode == 3
    assert "✓ confirms" in done.stderr
    assert "error[R0335]: nobody can be asked `Name?`: there is no terminal" in done.stderr


def test_the_sandbox_can_be_another_one(tmp_path):
    script(tmp_path, 'test "no groups there" { expect_error operation { list_groups } }\n')
    assert run(tmp_path, "a.lfs").returncode == 3
    assert run(tmp_path, "a.lfs", "--like", "v1.84").returncode == 0


def test_a_secret_is_in_no_report(tmp_path):
    script(tmp_path, """\
test "keys" {
  let key = create_credentials admin
  write_file "$script_folder/key.txt" $key.secret_access_key
  print $key
  assert $key.secret_access_key == "guess"
}
""")
    done = run(tmp_path, "a.lfs", "--json", "--junit", "results.xml")
    secret = (tmp_path / "key.txt").read_text()
    assert done.returncode == 3 and len(secret) > 20
    assert "••••" in done.stderr
    assert secret not in done.stderr + done.stdout + (tmp_path / "results.xml").read_text()


def test_a_mistake_anywhere_and_nothing_runs(tmp_path):
    script(tmp_path, f'test "runs" {{ write_file "{tmp_path}/ran" "" }}\n')
    script(tmp_path, 'def inner() { creat_user ana }\ntest "mistaken" { inner }\n', "b.lfs")
    done = run(tmp_path, "a.lfs", "b.lfs")
    assert done.returncode == 2
    assert done.stderr == """\
error[E0301]: unknown command `creat_user`
 --> b.lfs:1:15
  |
1 | def inner() { creat_user ana }
  |               ^^^^^^^^^^ did you mean `create_user`?

1 error. Nothing was sent.                                         lakesh help E0301
"""
    assert not (tmp_path / "ran").exists()


def test_where_there_is_no_test_that_is_said(tmp_path):
    script(tmp_path, "print 1\n")
    done = run(tmp_path, "a.lfs")
    assert (done.returncode, done.stderr) == (
        2, 'error[R0423]: there is no test in 1 script\n   = write one: test "a user can be made" { create_user ana }\n',
    )
    script(tmp_path, GOOD)
    done = run(tmp_path, "a.lfs", "--filter", "nowhere")
    assert (done.returncode, done.stderr) == (
        2,
        "error[R0423]: none of the 2 tests has that in its name\n   = --filter takes a part of a name, in small or capital letters\n",
    )
    assert "1 test in 1 file: 1 passed" in run(tmp_path, "a.lfs", "--filter", "USER").stderr


def test_wrong_options_are_said(tmp_path):
    script(tmp_path, GOOD)
    for jobs in ("0", "-1", "1000"):
        assert "--jobs is how many tests run at a time" in run(tmp_path, "a.lfs", f"--jobs={jobs}").stderr
    assert "--timeout is how long a test may take" in run(tmp_path, "a.lfs", "--timeout=0s").stderr
    assert run(tmp_path, "a.lfs", "--jbs", "2").returncode == 2
    assert run(tmp_path, "nowhere.lfs").returncode == 2
    assert run(tmp_path).returncode == 2


def test_a_process_that_is_killed_fails_its_test_alone(tmp_path):
    script(tmp_path, """\
test "dies" { exec "sh" ["-c", 'kill -9 $PPID'] }
test "lives" { assert true }
""")
    done = run(tmp_path, "a.lfs")
    assert done.returncode == 3
    assert "✗ dies" in done.stderr and "the test's process gave no result" in done.stderr
    assert "ended by signal 9" in done.stderr
    assert "✓ lives" in done.stderr


def test_one_that_never_ends_fails_alone(tmp_path):
    script(tmp_path, f"""\
test "turns" {{
  on_exit {{ write_file "{tmp_path}/ended" "" }}
  while true {{ }}
}}
test "is deaf" {{ exec "sh" ["-c", 'trap "" TERM; kill -STOP $PPID; kill -STOP $$'] }}
test "lives" {{ assert true }}
""")
    done = run(tmp_path, "a.lfs", "--timeout", "300ms", "--jobs", "3", "--junit", "results.xml")
    assert done.returncode == 3
    assert "✗ turns" in done.stderr and "✗ is deaf" in done.stderr and "✓ lives" in done.stderr
    assert done.stderr.count("the test took longer than 300ms") == 2
    assert (tmp_path / "ended").exists()
    suites = ElementTree.parse(tmp_path / "results.xml").getroot()
    assert [len(case.findall("failure")) for case in suites.iter("testcase")] == [1, 1, 0]


def test_interrupted_it_ends_what_runs_and_says_what_was_left(tmp_path):
    script(tmp_path, f"""\
test "done" {{ assert true }}
test "waits" {{
  on_exit {{ write_file "{tmp_path}/ended" "" }}
  exec "sh" ["-c", 'echo > "{tmp_path}/began"']
  sleep 600s
}}
test "not begun" {{ assert true }}
""")
    (tmp_path / "tmp").mkdir()
    os.mkfifo(tmp_path / "began")
    began = os.open(tmp_path / "began", os.O_RDONLY | os.O_NONBLOCK)
    process = subprocess.Popen(
        [LAKESH, "test", "a.lfs", "--jobs", "1", "--junit", "results.xml"],
        cwd=tmp_path, env=dict(os.environ, TMPDIR=str(tmp_path / "tmp")), stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )
    assert select.select([began], [], [], 30)[0], "the test has not begun"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (tmp_path / "ended").exists()
    assert re.sub(r"\d+ ms|\d+\.\d s", "N ms", said) == """\
a.lfs
  ✓ done       N ms
  - waits      not run
  - not begun  not run

Interrupted. 3 tests in 1 file: 1 passed, 2 not run, in N ms.
"""
    suites = ElementTree.parse(tmp_path / "results.xml").getroot()
    assert [len(case.findall("skipped")) for case in suites.iter("testcase")] == [0, 1, 1]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_help_shows_its_options(tmp_path):
    done = subprocess.run([LAKESH, "test", "--help"], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("lakesh test PATHS… [--filter FILTER] [--jobs JOBS] [--timeout TIMEOUT] [--junit JUNIT] [--json]")
    assert done.stdout == subprocess.run([LAKESH, "help", "test"], capture_output=True, text=True, timeout=60).stdout
    for option in ("--filter", "--jobs", "--junit", "--json", "--like", "--storage"):
        assert f"  {option} " in done.stdout
