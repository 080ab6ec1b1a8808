"""Odd files: each is read as it is, or refused with its name and its line."""

import json
import subprocess

import pytest

from terminal import binary

BOM = b"\xef\xbb\xbf"
DEEP = b"[" * 512 + b"]" * 512
LONG = b"x" * (30 << 20)

# name, content, the expression that reads it, and what it prints or, in a list, what the error says
FILES = [
    ("csv-bom", BOM + b"id,n\n1,2\n", "read_csv F", [{"id": "1", "n": "2"}]),
    ("csv-crlf", b"id,n\r\n1,2\r\n", "read_csv F", [{"id": "1", "n": "2"}]),
    ("csv-no-last-end", b"id\n1", "read_csv F", [{"id": "1"}]),
    ("csv-empty", b"", "read_csv F", []),
    ("csv-head-alone", b"id,n\n", "read_csv F", []),
    ("csv-sep", b"sep=;\nid;n\n1;2\n", "read_csv F", [{"id": "1", "n": "2"}]),
    ("csv-sep-crlf", b"sep=;\r\nid;n\r\n1;2\r\n", "read_csv F", [{"id": "1", "n": "2"}]),
    ("csv-sep-bar", b"sep=|\nid|n\n1|2\n", "read_csv F", [{"id": "1", "n": "2"}]),
    ("csv-bom-sep", BOM + b"sep=;\nid;n\n1;2\n", "read_csv F", [{"id": "1", "n": "2"}]),
    ("csv-tabs", b"id\tn\n1\t2\n", "read_csv F", [{"id": "1", "n": "2"}]),
    ("csv-cr-in-cell", b'id\n"a\rb"\n', "read_csv F", [{"id": "a\rb"}]),
    ("csv-vt-nel-ls", "id\na\x0bb\x85c\u2028d\n".encode(), "read_csv F", [{"id": "a\x0bb\x85c\u2028d"}]),
    ("csv-nul", b"id\na\0b\n", "read_csv F", [{"id": "a\0b"}]),
    ("csv-latin-1", b"id,n\n1,a\n2,caf\xe9\n", "read_csv F", ["F", "line 3", "0xE9"]),
    ("csv-utf-16", "id,n\n1,2\n".encode("utf-16"), "read_csv F", ["F", "UTF-16"]),
    ("csv-utf-16-be", "\ufeffid,n\n".encode("utf-16-be"), "read_csv F", ["F", "UTF-16"]),
    ("csv-utf-16-without-bom", "id,n\n1,2\n".encode("utf-16-le"), "read_csv F", ["F", "UTF-16"]),
    ("csv-utf-32", "id,n\n".encode("utf-32"), "read_csv F", ["F", "UTF-32"]),
    ("csv-cells-too-many", b"id\n1\n2,3\n", "read_csv F", ["F", "line 3"]),
    ("csv-open-quote", b'id\n1\n"2\n3\n', "read_csv F", ["F", "line 3"]),
    ("csv-behind-quote", b'id\n1\n"2"3\n', "read_csv F", ["F", "line 3"]),
    ("csv-column-twice", b"id,id\n1,2\n", "read_csv F", ["F", "`id`"]),
    ("csv-long-line", b"id\n" + LONG + b"\n", "read_csv F | each { length $it.id }", [30 << 20]),
    ("json-bom", BOM + b'{"a": 1}', "read_json F", {"a": 1}),
    ("json-utf-16", '{"a": 1}'.encode("utf-16"), "read_json F", ["F", "UTF-16"]),
    ("json-latin-1", b'{"a": 1,\n "b": "caf\xe9"}', "read_json F", ["F", "line 2", "0xE9"]),
    ("json-key-twice", b'{"a": 1,\n "a": 2}', "read_json F", ["F", "line 2, column 2", "`a`"]),
    ("json-big-int", b"[1,\n 18446744073709551616]", "read_json F", ["F", "line 2, column 2", "18446744073709551616"]),
    ("json-lone-surrogate", b'["a",\n "\\ud800"]', "read_json F", ["F", "line 2"]),
    ("json-control", b'["a\nb"]', "read_json F", ["F", "line 1"]),
    ("json-two-values", b"1\n2\n", "read_json F", ["F", "line 2"]),
    ("json-empty", b"", "read_json F", ["F", "line 1"]),
    ("json-512-levels", DEEP, "read_json F | to_json | length", 1024),
    ("json-513-levels", b"[" + DEEP + b"]", "read_json F", ["F", "line 1", "512"]),
    ("json-long-line", b'"' + LONG + b'"', "read_json F | length", 30 << 20),
    ("yaml-bom", BOM + b"a: 1\n", "read_yaml F", {"a": 1}),
    ("yaml-crlf", b"a: 1\r\nb: [x, y]\r\n", "read_yaml F", {"a": 1, "b": ["x", "y"]}),
    ("yaml-utf-16", "a: 1\n".encode("utf-16"), "read_yaml F", ["F", "UTF-16"]),
    ("yaml-latin-1", b"a: 1\nb: caf\xe9\n", "read_yaml F", ["F", "line 2", "0xE9"]),
    ("yaml-tab", b"a:\n\tb: 1\n", "read_yaml F", ["F", "line 2"]),
    ("yaml-key-twice", b"a: 1\na: 2\n", "read_yaml F", ["F", "line 2", "`a`"]),
    ("yaml-big-int", b"a: 1\nb: 9223372036854775808\n", "read_yaml F", ["F", "line 2", "9223372036854775808"]),
    ("yaml-two-documents", b"a: 1\n---\na: 2\n", "read_yaml F", ["F", "line 2", "--all_documents"]),
    ("yaml-512-levels", DEEP, "read_yaml F | to_json | length", 1024),
    ("yaml-513-levels", b"[" + DEEP + b"]", "read_yaml F", ["F", "512"]),
    ("lines-crlf-cr", b"a\r\nb\rc\n", "read_lines F", ["a", "b\rc"]),
    ("lines-vt-nel-ls", "a\x0bb\x0cc\x85d\u2028e\n".encode(), "read_lines F", ["a\x0bb\x0cc\x85d\u2028e"]),
    ("lines-nul", b"a\0\nb\n", "read_lines F", ["a\0", "b"]),
    ("lines-bom", BOM + b"a\nb\n", "read_lines F", ["a", "b"]),
    ("lines-latin-1", b"a\ncaf\xe9\n", "read_lines F", ["F", "line 2", "0xE9"]),
    ("lines-cut", "a\nb\u20ac".encode()[:-1], "read_lines F", ["F", "line 2", "0xE2"]),
    ("lines-long", LONG + b"\na\n", "read_lines F | each { length $it }", [30 << 20, 1]),
    ("file-latin-1", b"caf\xe9", "read_file F | type_of", "bytes"),
    ("file-nul", b"a\0b", "read_file F | length", 3),
]


@pytest.mark.parametrize("content, expression, wanted", [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_odd_file(tmp_path, content, expression, wanted):
    (tmp_path / "odd").write_bytes(content)
    line = expression.replace(" F", ' "odd"')
    done = subprocess.run([binary(), "-e", line, "--sandbox", "--json"], cwd=tmp_path, capture_output=True, timeout=60)
    said = done.stderr.decode()
    if isinstance(wanted, list) and wanted[:1] == ["F"]:
        assert done.returncode == 3, said
        assert [word for word in ["`odd`", *wanted[1:]] if word not in said] == [], said
    else:
        assert done.returncode == 0, said
        assert json.loads(done.stdout) == wanted
