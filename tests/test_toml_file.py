"""A TOML file is read within limits, and each of its keys is found again at its line."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from newslint.finding import Pointer
from newslint.toml_file import TomlError, TomlFile

TEXT = '''\
# select = [ "commented" ]
select = [ # ] [not = "a header"]
  "NL2",  """a
  # [b]
  """, 'x # y',

  ["y"],
]
"a b".'c.d'.e = 3.14
odd = { one = 1, "t]wo" = [1,
  2] }
multi = \'\'\'
[fake]
fake = 1
\'\'\'
day = 1990-01-01

[rules.publish-threshold] # a comment
threshold = 70

[[kinds]]
name = "a"
[kinds.rules."x\\u0041"]
on = true
[[kinds]]
name = "b"
quotes = """a""b"""""
last = 1
'''


def _file(tmp_path: Path, content: str | bytes) -> TomlFile:
    path = tmp_path / "newslint.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return TomlFile(str(path))


def _pointers(value: Any, pointer: Pointer = ()) -> list[Pointer]:
    if isinstance(value, dict):
        return [
            found for key, inner in value.items() for found in [(*pointer, key), *_pointers(inner, (*pointer, key))]
        ]
    if isinstance(value, list):
        return [
            found for key, inner in enumerate(value) for found in [(*pointer, key), *_pointers(inner, (*pointer, key))]
        ]
    return []


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        (("select",), 2),
        (("select", 0), 3),
        (("select", 1), 3),
        (("select", 2), 5),
        (("select", 3), 7),
        (("select", 3, 0), 7),
        (("a b", "c.d", "e"), 9),
        (("odd", "t]wo", 0), 10),
        (("odd", "t]wo", 1), 11),
        (("multi",), 12),
        (("day",), 16),
        (("rules", "publish-threshold"), 18),
        (("rules", "publish-threshold", "threshold"), 19),
        (("kinds", 0), 21),
        (("kinds", 0, "rules", "xA", "on"), 24),
        (("kinds", 1, "name"), 26),
        (("kinds", 1, "last"), 28),
    ],
)
def test_each_key_is_found_at_its_line(tmp_path: Path, pointer: Pointer, line: int) -> None:
    assert _file(tmp_path, TEXT).line(pointer) == line


def test_no_key_that_tomllib_reads_is_lost(tmp_path: Path) -> None:
    file = _file(tmp_path, TEXT)
    places = _pointers(tomllib.loads(TEXT))
    lines = TEXT.split("\n")
    for pointer in places:
        line = file.line(pointer)
        assert line is not None, pointer
        if isinstance(pointer[-1], str) and "\\" not in lines[line - 1]:
            assert pointer[-1] in lines[line - 1], pointer


def test_an_absent_key_is_placed_at_the_table_around_it(tmp_path: Path) -> None:
    file = _file(tmp_path, TEXT)
    assert file.line(("rules", "publish-threshold", "absent")) == 18
    assert file.line(("absent",)) is None
    assert file.line(()) is None


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    file = _file(tmp_path, b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert file.table()["rules"] == {"publish-threshold": {"threshold": 70}}
    assert file.line(("kinds", 1, "name")) == 26


def test_a_table_is_taken_by_its_keys_and_its_dates_are_text(tmp_path: Path) -> None:
    file = _file(tmp_path, "[tool.x]\na = 1990-01-01\nb = [07:32:00]\nc = 1979-05-27T07:32:00Z\n[tool.y]\nz = 1\n")
    assert file.table("tool", "x") == {"a": "1990-01-01", "b": ["07:32:00"], "c": "1979-05-27T07:32:00+00:00"}
    assert file.table("tool", "nothing") is None
    assert file.table("tool", "y", "z", "deeper") is None


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        (b"a = \n", "this is no valid TOML: Invalid value", ":1:5"),
        (b"a = 1\nb ==2", "this is no valid TOML: Invalid value", ":2:4"),
        (b"a = [1,", "this is no valid TOML: Invalid value at the end of the file", ""),
        (b"a = 1\na = 2\n", "this is no valid TOML: Cannot overwrite a value", ":2:6"),
        (b"a = " + b"[" * 5000, "this is no valid TOML: it is nested too deeply", ""),
        (b"a = " + b"9" * 5000, "this is no valid TOML: a number has more than 20 digits", ""),
        (b"a = 1\nb = [\n0x" + b"f" * 20000 + b"]", "b[0]: this number has more than 20 digits", ":3"),
        (b"a = 1\nb = '\xff'", "this is not UTF-8: the byte 0xff is wrong", ":2"),
        (b"#" * 1_048_577, "the file is larger than 1,048,576 bytes", ""),
    ],
    ids=["no value", "wrong value", "unclosed", "twice", "deep", "digits", "hexadecimal", "not UTF-8", "large"],
)
def test_what_cannot_be_used_says_why_and_where(tmp_path: Path, content: bytes, message: str, place: str) -> None:
    with pytest.raises(TomlError) as caught:
        _file(tmp_path, content).table()
    assert str(caught.value) == message
    assert caught.value.place == place


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.toml")
    for path in (tmp_path / "fifo.toml", Path("/dev/zero"), tmp_path):
        with pytest.raises(TomlError, match=r"^this is no regular file$"):
            TomlFile(str(path))
    with pytest.raises(TomlError, match=r"^the file cannot be read: No such file or directory$"):
        TomlFile(str(tmp_path / "absent.toml"))


def test_a_hostile_text_takes_no_time(tmp_path: Path) -> None:
    blanks = " " * 200_000
    file = _file(tmp_path, f"a{blanks}={blanks}1\n[b{blanks}]\nc = [{'1,' * 50_000}]\n")
    assert file.line(("b", "c", 49_999)) == 3
    assert _file(tmp_path, "a = " + "[" * 150 + "]" * 150 + "\nb = 1\n").line(("b",)) == 2
