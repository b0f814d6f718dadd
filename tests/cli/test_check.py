"""``newslint check``: its options, what it prints where, and its exit code."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Inside
from tests.conftest import BASE, Command, with_fields

WARNING = with_fields('publishedDateTime: "2024-01-24T15:00:00Z"\n')
INFO = with_fields('title: "Two  blanks in the title of it"\n')
ERROR = with_fields("published: true\n")
SHOWN = """\
a.md:11:12: error NL503 publish-threshold published
    published is true, but heat 39 is below 70
 11 | published: true
    |            ^^^^
    = help: Write "published: false", or correct heat

"""
PAGE = "# About\n"


@pytest.fixture
def files(inside: Inside) -> Inside:
    """The command in a folder with one article of each severity; the clock stands still."""
    for name, content in {"e": ERROR, "w": WARNING, "i": INFO, "good": BASE}.items():
        Path(f"{name}.md").write_text(content)

    def run(*arguments: str) -> object:
        return inside("check", "--now", "2024-06-01T00:00:00Z", "--ignore", "NL9", *arguments)

    return run  # type: ignore[return-value]


def _codes(out: str) -> list[str]:
    return [finding["code"] for finding in json.loads(out)["findings"]]


def test_a_clean_file(files: Inside) -> None:
    assert files("good.md") == (0, "1 file checked, no findings\n", "")
    assert files("good.md", "-q") == (0, "", "")


def test_a_finding_as_people_see_it(files: Inside) -> None:
    said = files("e.md")
    assert (said.code, said.err) == (1, "")
    assert re.sub(r"help: .*", "help: ...", said.out) == (
        "e.md:11:12: error NL503 publish-threshold published\n"
        f"    {said.out.splitlines()[1].strip()}\n"
        "  11 | published: true\n"
        "     |            ^^^^\n"
        "     = help: ...\n"
        "\n"
        f"{said.out.splitlines()[-1]}\n"
    )
    assert said.out.splitlines()[-1].startswith("1 file checked, 1 finding in 1 file (1 error)")


@pytest.mark.parametrize(
    ("name", "fail_on", "code"),
    [
        ("e.md", None, 1),
        ("w.md", None, 1),
        ("i.md", None, 0),
        ("e.md", "error", 1),
        ("w.md", "error", 0),
        ("i.md", "error", 0),
        ("e.md", "info", 1),
        ("i.md", "info", 1),
        ("good.md", "info", 0),
    ],
)
def test_the_least_severity_that_fails(files: Inside, name: str, fail_on: str | None, code: int) -> None:
    said = files(name, *(["--fail-on", fail_on] if fail_on else []))
    assert said.code == code
    assert "1 finding in" in said.out or name == "good.md"
    assert files(name, "--exit-zero", *(["--fail-on", fail_on] if fail_on else [])).code == 0


def test_fail_on_of_the_configuration_and_of_the_command_line(files: Inside) -> None:
    Path("newslint.toml").write_text('fail-on = "error"\n')
    assert files("w.md").code == 0
    assert files("w.md", "--fail-on", "warning").code == 1
    assert files("w.md", "--isolated").code == 1


def test_a_changed_severity_counts(files: Inside) -> None:
    assert files("e.md", "--severity", "NL5=info").code == 0
    assert files("i.md", "--severity", "ALL=warning").code == 1
    assert files("e.md", "--severity", "publish-threshold=warning", "--fail-on", "error").code == 0


def test_selectors_are_separated_by_commas_and_repeated(files: Inside) -> None:
    assert _codes(files("e.md", "w.md", "--select", "NL203, NL503", "--output-format", "json").out) == [
        "NL503",
        "NL203",
    ]
    assert _codes(files("e.md", "w.md", "--select", "NL2", "--select", "NL5", "--output-format", "json").out) == [
        "NL503",
        "NL203",
    ]
    assert _codes(files("e.md", "w.md", "--ignore", "publish-threshold", "--output-format", "json").out) == ["NL203"]
    os.rename("good.md", "2024-01-24-other-words.md")
    assert _codes(files("2024-01-24-other-words.md", "--extend-select", "NL803", "--output-format", "json").out) == [
        "NL803"
    ]


def test_nothing_found_says_so_and_is_no_failure(files: Inside) -> None:
    os.mkdir("empty")
    os.mkdir("pages")
    Path("pages/a.md").write_text(PAGE)
    Path("pages/b.png").touch()
    assert files("empty") == (0, "0 files checked: nothing was linted\n", "")
    told = "0 files checked, 2 skipped: nothing was linted (--show-files tells why)"
    assert files("pages") == (0, f"{told}\n", "")
    assert files("pages", "-q") == (0, "", "")
    assert files("pages", "--output-format", "concise") == (0, f"{told}\n", "")
    said = files("pages", "--output-format", "json")
    assert (said.code, said.err) == (0, f"newslint: {told}\n")
    assert json.loads(said.out)["summary"]["skipped"] == 2
    assert files("pages", "--output-format", "json", "-q").err == ""


def test_show_files_lists_and_checks_nothing(files: Inside) -> None:
    Path("page.md").write_text(PAGE)
    Path("a\x1bb.png").touch()
    assert files("--show-files", "e.md", ".") == (
        0,
        "check  e.md as article (named)\n"
        'skip   a\\x1bb.png (the extension ".png" is none of "extensions")\n'
        "check  good.md as article (looks like an article)\n"
        "check  i.md as article (looks like an article)\n"
        "skip   page.md (it does not look like an article: fewer than half of the required fields begin lines at"
        " its top)\n"
        "check  w.md as article (looks like an article)\n"
        "4 to check, 2 skipped\n",
        "",
    )


def test_as_found_and_no_exclude(files: Inside) -> None:
    Path("page.md").write_text(PAGE)
    Path("newslint.toml").write_text('exclude = ["e.md"]\n')
    assert files("page.md").code == 1
    assert files("page.md", "--as-found").code == 0
    assert files("e.md").out == "0 files checked, 1 skipped: nothing was linted (--show-files tells why)\n"
    assert files("e.md", "--no-exclude").code == 1
    assert files("--show-files", "e.md").out.startswith(
        'skip   e.md (excluded by the configuration; "--no-exclude" checks it)\n'
    )


def test_the_configuration_that_is_named_beats_the_one_that_is_found(files: Inside) -> None:
    Path("newslint.toml").write_text('ignore = ["NL5"]\n')
    Path("other.toml").write_text("")
    assert files("e.md").code == 0
    assert files("e.md", "--config", "other.toml").code == 1
    assert files("e.md", "--isolated").code == 1


def test_verbose_names_the_configuration(files: Inside, tmp_path: Path) -> None:
    took = r"newslint: 1 file checked in \d+\.\d\d s\n"
    assert re.fullmatch(rf"newslint: configuration: none\n{took}", files("good.md", "-v").err)
    Path("newslint.toml").write_text("")
    named = re.escape(f"newslint: configuration: {tmp_path}/newslint.toml\n")
    assert re.fullmatch(rf"{named}{took}", files("good.md", "-v").err)


def test_include_is_what_is_checked_without_paths(files: Inside) -> None:
    os.mkdir("_news")
    os.rename("e.md", "_news/e.md")
    assert "4 files checked" in files().out
    Path("newslint.toml").write_text('include = ["_news"]\n')
    assert "1 file checked" in files().out
    Path("newslint.toml").write_text('include = ["_nws"]\n')
    assert files() == (2, "", 'newslint: newslint.toml:1: include[0]: "_nws" is not there\n')


@pytest.mark.parametrize(
    ("arguments", "variables", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ([], {"FORCE_COLOR": ""}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "auto"], {"FORCE_COLOR": "1"}, True),
    ],
)
def test_colour(
    files: Inside, monkeypatch: pytest.MonkeyPatch, arguments: list[str], variables: dict[str, str], coloured: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for output_format in ("text", "concise"):
        assert ("\x1b[" in files("e.md", "--output-format", output_format, *arguments).out) == coloured
    assert "\x1b" not in files("e.md", "--output-format", "json", *arguments).out


def test_dashes_end_the_options(files: Inside) -> None:
    Path("--select").write_text(BASE)
    Path("-x.md").write_text(ERROR)
    said = files("--output-format", "concise", "--", "--select", "-x.md")
    assert said.out.splitlines()[-1].startswith("2 files checked, 1 finding in 1 file")
    assert said.out.startswith("-x.md:11:12: error NL503")


def test_names_that_are_not_utf8(newslint: Command, tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9 \xc3\xa9.md"), "wb") as file:
        file.write(ERROR.encode())
    for arguments in (["."], [os.fsdecode(b"caf\xe9 \xc3\xa9.md")]):
        result = newslint("check", "--isolated", "--output-format", "concise", *arguments)
        assert result.stdout.startswith(b"caf\\xe9 \xc3\xa9.md:11:12: error NL503")
        assert (result.returncode, result.stderr) == (1, b"")
    found = json.loads(newslint("check", "--isolated", "--output-format", "json").stdout)
    assert os.fsencode(found["findings"][0]["path"]) == b"caf\xe9 \xc3\xa9.md"


def test_names_that_would_steer_a_terminal(files: Inside) -> None:
    name = "\x1b[2J\n\u202e.md"
    os.rename("e.md", name)
    assert files(name).out.startswith("\\x1b[2J\\n\\u202e.md:11:12: error NL503")


def test_standard_input(newslint: Command, tmp_path: Path) -> None:
    result = newslint("check", "-", stdin=ERROR.encode())
    assert result.returncode == 1
    assert result.stdout.startswith(b"<stdin>:11:12: error NL503 publish-threshold published\n")
    (tmp_path / "newslint.toml").write_text('[per-file-ignores]\n"old" = ["NL5"]\n')
    arguments = ("check", "--now", "2024-06-01T00:00:00Z", "--output-format", "concise", "-", "--stdin-filename")
    assert newslint(*arguments, "old/a.md", stdin=ERROR.encode()).stdout == b"1 file checked, no findings\n"
    dated = newslint(*arguments, "2020-02-02-a.md", stdin=BASE.encode())
    assert dated.stdout.startswith(b"2020-02-02-a.md:5:20: warning NL206 ")


def test_a_file_twice_is_one_file(files: Inside, tmp_path: Path) -> None:
    said = files("good.md", "./good.md", str(tmp_path / "good.md"))
    assert said.out == "1 file checked, no findings\n"
