"""Wrong use: one clear line on standard error, with what was probably meant, and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Inside
from tests.conftest import BASE

SEE = " (see newslint check --help)"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["chek"], '"chek" is no command (did you mean "check"?) (see newslint --help)'),
        (["xyz"], '"xyz" is no command (see newslint --help)'),
        (["a.md"], '"a.md" is no command; newslint check a.md checks it (see newslint --help)'),
        (["--versio"], '"--versio" is no option of newslint (did you mean "--version"?) (see newslint --help)'),
        (["check", "--selct", "x"], f'"--selct" is no option of newslint check (did you mean "--select"?){SEE}'),
        (["check", "--xyz"], f'"--xyz" is no option of newslint check{SEE}'),
        (["check", "-x"], f'"-x" is no option of newslint check{SEE}'),
        (["check", "absent.md"], '"absent.md" is not there'),
        (["check", "a.md", "--", "--absent"], '"--absent" is not there'),
        (["check", "a\x1b[31m"], r'"a\x1b[31m" is not there'),
        (["check", "--select", "NL501x"], '"NL501x" is no rule (did you mean "NL501"?)'),
        (["check", "--ignore", "html-entiti"], '"html-entiti" is no rule (did you mean "html-entity"?)'),
        (["check", "--extend-select", "NL2,,xyz9"], '"xyz9" is no rule'),
        (["check", "--severity", "NL2"], f"Invalid value for '--severity': \"NL2\" is not RULE=LEVEL{SEE}"),
        (
            ["check", "--severity", "NL2=eror"],
            f'Invalid value for \'--severity\': "eror" is no severity (did you mean "error"?){SEE}',
        ),
        (
            ["check", "--severity", "NL2=high"],
            f"Invalid value for '--severity': \"high\" is no severity, which is error, warning or info{SEE}",
        ),
        (["check", "--severity", "NLx=info"], '"NLx" is no rule'),
        (
            ["check", "--fail-on", "fatal"],
            f"Invalid value for '--fail-on': 'fatal' is not one of 'error', 'warning', 'info'{SEE}",
        ),
        (
            ["check", "--now", "yesterday"],
            "Invalid value for '--now': \"yesterday\" is no valid timestamp:"
            f" it is not written YYYY-MM-DDTHH:MM:SSZ{SEE}",
        ),
        (["check", "-", "a.md"], f'"-" cannot be mixed with other paths{SEE}'),
        (["check", "--stdin-filename", "a.md", "a.md"], f'--stdin-filename goes with the path "-"{SEE}'),
        (["check", "--show-files", "-"], f'--show-files lists files, and "-" is none{SEE}'),
        (["check", "--isolated", "--config", "x"], f"--config and --isolated exclude each other{SEE}"),
        (["check", "--config", "absent.toml"], "absent.toml: the file cannot be read: No such file or directory"),
        (
            ["rule", "NL5033"],
            '"NL5033" is no rule (did you mean "NL503"?); newslint rules lists them (see newslint rule --help)',
        ),
        (["schema", "artcle"], None),
        (["check", "--config"], None),
        (["check", "--output-format", "yaml"], None),
    ],
)
def test_one_line_says_what_is_wrong_and_what_was_meant(inside: Inside, arguments: list[str], line: str | None) -> None:
    Path("a.md").write_text(BASE)
    said = inside(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("newslint: ")
    assert said.err.count("\n") == 1
    if line is not None:
        assert said.err == f"newslint: {line}\n"


def test_no_command_shows_the_help_and_is_wrong_use(inside: Inside) -> None:
    said = inside()
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Usage: newslint [OPTIONS]")
    assert "\n  check       Check articles" in said.err


def test_help_and_version_are_right_use(inside: Inside) -> None:
    assert inside("--version") == (0, "newslint 0.1.0\n", "")
    for arguments in (["-h"], ["check", "-h"], ["rule", "--help"], ["rules", "--help"], ["schema", "--help"]):
        said = inside(*arguments)
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith("Usage: newslint ")


def test_a_working_directory_that_is_gone(inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir("gone")
    (tmp_path / "gone").rmdir()
    assert inside("check") == (2, "", "newslint: there is no working directory: No such file or directory\n")
