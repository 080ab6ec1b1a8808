"""Files of runbooks: what is written, where, and what of it stays."""

import re

from case import FAILS, line, script, shell

LAKE = 'create_repository lake "local://lake"\n'

# One writer: links are followed, devices and pipes written to, `-` is standard output

WRITERS = [  # name, the line that writes to the file F, what is then in it
    ("file", 'write_file "F" "new"', "new"),
    ("json", 'write_json "F" {a: 1}', '{\n  "a": 1\n}'),
    ("csv", '[{id: 1}] | write_csv "F"', "id\n1"),
    ("get", LAKE.replace("\n", "; ") + 'upload_object lake main a --content "new"; get_object lake main a --to "F"', "new"),
]


def writes(line, file):
    return f"lakesh -e '{line.replace('F', file)}' --sandbox"


FILES = [
    *[
        shell(
            f"authors-A1-link-followed-{name}",
            f"echo old > real; ln -s real link; {writes(text, 'link')}; readlink link; cat real",
            None,
            has=("real", new),
        )
        for name, text, new in WRITERS
    ],
    *[
        shell(
            f"authors-A1-fifo-{name}",
            f"mkfifo f; exec 3<>f; {writes(text, 'f')}; test -p f && timeout 1 head -c {len(new)} <&3",
            None,
            has=(new,),
        )
        for name, text, new in WRITERS
    ],
    *[
        shell(
            f"authors-A1-device-{name}",
            f"mknod null c 1 3; {writes(text, 'null')} && stat -c %F null",
            None,
            has=("character special file",),
        )
        for name, text, _ in WRITERS
    ],
    *[
        shell(
            f"authors-A1-standard-output-{name}",
            f"ln -s /proc/self/fd/1 out; {writes(text, 'out')}; test -L out && echo link",
            None,
            has=(new, "link"),
        )
        for name, text, new in WRITERS
    ],
    *[
        shell(f"authors-A1-mode-kept-{mode}-{name}", f"echo old > f; chmod {mode} f; {writes(text, 'f')}; stat -c %a f", None, has=(mode,))
        for name, text, _ in WRITERS
        for mode in ("600", "755", "444")
    ],
    *[
        shell(
            f"authors-A1-junit-{name}",
            f"{before}; printf 'test \"t\" {{ assert true }}\\n' > t.lfs; lakesh test t.lfs --junit {file} && {after}",
            None,
            has=tuple(has),
        )
        for name, before, file, after, has in [
            ("link", "echo old > real; ln -s real link", "link", "cat real; readlink link", ["<testsuite", "\nreal\n"]),
            ("device", "mknod null c 1 3", "null", "stat -c %F null", ["character special file"]),
            ("standard-output", "ln -s /proc/self/fd/1 out", "out", "test -L out && echo link", ["<testsuite", "\nlink\n"]),
        ]
    ],
    shell(
        "authors-A1-mode-kept-fmt",
        "printf 'print   1\\n' > f.lfs; chmod 755 f.lfs; lakesh fmt f.lfs; stat -c %a f.lfs; cat f.lfs",
        None,
        has=("755\nprint 1\n",),
    ),
    shell("authors-A1-new-file-mode", 'umask 022; lakesh -e \'write_file "f" "x"\' --sandbox; stat -c %a f', "644\n"),
    *[line(f"authors-C9-dash-writes-{name}", text.replace("F", "-"), None, has=(new,), after={"-": None}) for name, text, new in WRITERS],
    shell("authors-C9-dash-read-csv", "printf 'id\\n1\\n' | lakesh -e 'read_csv \"-\" | count' --sandbox", "1\n"),
    shell("authors-C9-dash-read-file", "printf 'a\\nb\\n' | lakesh -e 'read_lines \"-\" | count' --sandbox", "2\n"),
    shell("authors-C9-dash-run", "echo 'print 1' | lakesh run - --sandbox", "1\n"),
    shell("authors-C9-dash-check", "echo 'print $x' | lakesh check -", None, status=2, said=("`x`",)),
    line("authors-C9-home", 'write_file "~/a.txt" "x"; print (read_file "~/a.txt") (file_exists "~/a.txt")', "x true\n", after={"~": None}),
    line("authors-C9-home-read-csv", 'write_file "~/a.csv" "id\\n1\\n"; read_csv "~/a.csv" | count', "1\n", after={"~": None}),
    line("authors-C10-append", 'append_file "log" "a\\n"; append_file "log" "b\\n"; print (read_file "log")', "a\nb\n\n"),
    line("authors-C14-empty-csv", '[] | write_csv "e.csv"; read_csv "e.csv" | count', "0\n"),
    line("authors-E-delete-file", 'write_file "a" "x"; delete_file "a"; print (file_exists "a")', "false\n", after={"a": None}),
    script(
        "authors-E-temp-folder", 'let f = temp_folder\nwrite_file "$f/a" "x"\nwrite_file "where" $f\nprint (file_exists "$f/a")\n', "true\n"
    ),
    shell(
        "authors-E-temp-folder-is-gone",
        'lakesh -e \'let f = temp_folder; write_file "$f/a" "x"; print $f\' --sandbox > where; test -s where && test ! -e "$(cat where)" && echo gone',
        "gone\n",
    ),
    script(
        "authors-E-list-files-recursive",
        'print (list_files "." --recursive | sort | where { $it =~ "(b/x|c)$" } | count)\n',
        "2\n",
        files={"a/b/x": "", "a/c": ""},
    ),
]

# Downloads stay in their folder

OUT = LAKE + 'upload_object lake main "PATH" --content "x"\nget_object lake main "PATH" --to_folder "out"\n'
DOWNLOADS = [
    script("authors-B5-folders-are-made", OUT.replace("PATH", "a/b/c.txt"), None, after={"out/a/b/c.txt": "x"}),
    script(
        "authors-B5-outside-dots",
        OUT.replace("PATH", "../evil.txt"),
        None,
        status=FAILS,
        said=("../evil.txt",),
        unsaid=("no option",),
        after={"evil.txt": None},
    ),
    script(
        "authors-B5-outside-inner-dots",
        OUT.replace("PATH", "a/../../evil.txt"),
        None,
        status=FAILS,
        said=("evil.txt",),
        unsaid=("no option",),
        after={"evil.txt": None},
    ),
    script(
        "authors-B5-outside-absolute",
        OUT.replace("PATH", "/tmp/lakesh-evil.txt"),
        None,
        status=FAILS,
        said=("/tmp/lakesh-evil.txt",),
        unsaid=("no option",),
        after={"out/tmp/lakesh-evil.txt": None},
    ),
    shell(
        "authors-B5-outside-link",
        "mkdir out elsewhere; ln -s ../elsewhere out/link; lakesh -e 'create_repository lake \"local://lake\"; upload_object lake main link/evil --content \"x\"; get_object lake main link/evil --to_folder out' --sandbox; status=$?; ls elsewhere; exit $status",
        "",
        status=FAILS,
        said=("link/evil",),
    ),
    script(
        "authors-B5-each-of-a-listing",
        LAKE
        + 'for path in ["d/a", "d/e/b"] { upload_object lake main $path --content $path }\n'
        + "list_objects lake main --prefix d/ --all | get path | each { get_object lake main $it --to_folder out }\n",
        None,
        after={"out/d/a": "d/a", "out/d/e/b": "d/e/b"},
    ),
    script("authors-B5-dots-in-a-name", OUT.replace("PATH", "a..b/..c"), None, after={"out/a..b/..c": "x"}),
    script(
        "authors-B5-to-makes-folders",
        LAKE + 'upload_object lake main a --content "x"\nget_object lake main a --to "n/m/a.txt"\n',
        None,
        after={"n/m/a.txt": "x"},
    ),
    shell(
        "authors-B5-own-errors-are-not-repeated",
        'touch f; timeout 3 lakesh -e \'create_repository lake "local://lake"; upload_object lake main a --content "x"; get_object lake main a --to "f/a.txt"\' --sandbox',
        None,
        status=FAILS,
        said=("f/a.txt",),
        unsaid=("again in",),
    ),
    shell("authors-B5-help-lakectl", "lakesh help lakectl", None, has=(re.compile("--to[-_]folder"),)),
]


CASES = [*FILES, *DOWNLOADS]
