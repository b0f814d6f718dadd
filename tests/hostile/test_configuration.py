"""Configurations that a merge request brings: one line that names file and key, whatever is in them, in no time.

What is wrong in ordinary ways: tests/test_config.py and tests/test_toml_file.py; schemas: test_schemas.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint.config import load_settings
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import ConfigError
from tests.conftest import BASE, NOW
from tests.hostile.limited import NOW as NOW_TEXT
from tests.hostile.limited import newslint


def _numbered(count: int, line: str) -> str:
    return "".join(line.replace("%", str(number)) for number in range(count))


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "100,000 brackets": (f"include = {'[' * 100_000}", ": this is no valid TOML: it is nested too deeply"),
    "3,000 tables in each other": (f"x = {'{a=' * 3_000}1{'}' * 3_000}", ": this is no valid TOML: it is nested too"),
    "a key of 100,000 parts": (".".join(["a"] * 100_000) + " = 1", ":1: a key has more than 32 parts"),
    "a table of 100,000 parts": ("\n[" + " . ".join(['"a"'] * 100_000) + "]", ":2: a key has more than 32 parts"),
    "2,000 keys of 250 parts": (_numbered(2_000, f"a%{'.a' * 250} = 1\n"), ":1: a key has more than 32 parts"),
    "a number of 5,000 digits": (
        f"max-file-size = {'9' * 5_000}",
        ": this is no valid TOML: a number has more than 20",
    ),
    "a hexadecimal one": (f"max-file-size = 0x{'f' * 5_000}", ":1: max-file-size: this number has more than 20 digits"),
    "an endless number": ("max-findings = inf", ":1: max-findings: inf is a number, where a whole number is expected"),
    "no number": ("max-findings = nan", ":1: max-findings: nan is a number, where a whole number is expected"),
    "a day that does not exist": ("include = 2024-02-30", ":1:11: this is no valid TOML: Invalid date or datetime"),
    "20,000 unknown settings": (_numbered(20_000, "k% = 1\n"), ':1: k0: "k0" is no setting'),
    "10,000 unknown rules": (_numbered(10_000, "[rules.r%]\n"), ':1: rules.r0: "r0" is no rule'),
    "30,000 wrong selectors": ("select = [" + _numbered(30_000, '"N%",') + "]", ':1: select[0]: "N0" is no rule'),
    "1,000 kinds": (
        _numbered(1_000, '[[kinds]]\nname = "k%"\nfiles = ["k%"]\n'),
        ":1: kinds: the list has 1,000 entries, where at most 100 entries are expected",
    ),
    "a key that steers a terminal": (
        '"\\u001b[2J\\n::error::x" = 1',
        ':1: ["\x1b[2J\n::error::x"]: "\x1b[2J\n::error::x" is',
    ),
    "a key of 100,000 characters": (f"{'k' * 100_000} = 1", f":1: {'k' * 79}\u2026: "),
    "a pattern of 100,000 characters": (
        f'exclude = ["{"a" * 100_000}"]',
        ":1: exclude[0]: the text has 100,000 characters",
    ),
    "half of a character": (
        'include = ["\\ud800"]',
        ":1:19: this is no valid TOML: Escaped character is not a Unicode",
    ),
    "Latin-1": (b'include = ["\xe9"]', ":1: this is not UTF-8: the byte 0xe9 is wrong"),
    "UTF-16": ("max-findings = 5".encode("utf-16"), ":1: this is not UTF-8: the byte 0xff is wrong"),
    "two byte order marks": ("\ufeff\ufeffmax-findings = 5", ":1:1: this is no valid TOML: Invalid statement"),
    "a device of topics": ('topics = "/dev/zero"', ":1: topics: /dev/zero: this is neither a file nor a folder"),
    "a name that no file can have": ('include = ["\\u0000"]', ':1: include[0]: "\0" is not there'),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | bytes, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "newslint.toml"
    config.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ConfigError) as raised:
        list(Runner(load_settings(config, tmp_path), Choices(now=NOW)).candidates([]))
    said = str(raised.value)
    assert said.startswith(f"newslint.toml{message}")
    assert len(said) < 1_000


def test_dots_in_texts_and_numbers_are_no_parts_of_a_key(tmp_path: Path) -> None:
    config = tmp_path / "newslint.toml"
    texts = ", ".join(["'a.b'"] * 60)
    config.write_text('exclude = ["' + "a." * 60 + f'a", {texts}] # ' + "." * 60)
    assert len(load_settings(config, tmp_path).exclude) == 61


def test_all_of_them_in_real_processes_under_limits(tmp_path: Path) -> None:
    """The worst of them, and patterns that backtrack, each as the only thing that a run has to do."""
    (tmp_path / f"{'a' * 200}.md").write_text(BASE)
    stars = 'exclude = ["' + "*a" * 200 + 'b", "' + "**/" * 500 + 'x", "' + "[a-z]*" * 300 + 'b"]\n'
    for content, code in ((stars, 0), (REFUSED["2,000 keys of 250 parts"][0], 2)):
        assert isinstance(content, str)
        (tmp_path / "newslint.toml").write_text(content)
        done = newslint("check", "--now", NOW_TEXT, "--no-cache", cwd=tmp_path, seconds=10)
        assert (done.code, done.err.count(b"\n")) == (code, int(code == 2)), done
