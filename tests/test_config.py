"""The configuration: found upwards, checked to the last key; an error is one line with file, key and near miss."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from newslint.config import load_settings
from newslint.finding import Severity
from newslint.schema.files import packaged_schema, parse_schema
from newslint.schema.schema import Schema
from newslint.settings import ConfigError, Settings, find_config, relative_to_root
from tests.conftest import Command


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _load(content: str | bytes, name: str = "newslint.toml") -> Settings:
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    found = find_config(Path.cwd())
    assert found is not None
    return load_settings(found, Path.cwd())


def _error(content: str | bytes, name: str = "newslint.toml") -> str:
    with pytest.raises(ConfigError) as caught:
        _load(content, name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("exlude = []", '1: exlude: "exlude" is no setting (did you mean "exclude"?)'),
        ("\n# x\nx.y = 1", '3: x: "x" is no setting'),
        (
            "[tool.newslint]",
            '1: tool: "tool" is no setting (settings stand at the top level here, without [tool.newslint])',
        ),
        ('select = "NL2"', '1: select: "NL2" is text, where a list is expected'),
        ("include = [1]", '1: include[0]: 1 is a number, where text is expected (put it in quotes if it is text: "1")'),
        ('include = ["a",\n""]', "2: include[1]: the text is empty, where at least 1 character is expected"),
        ("max-findings = true", "1: max-findings: true is a yes-or-no value, where a whole number is expected"),
        ("max-findings = nan", "1: max-findings: nan is a number, where a whole number is expected"),
        (
            'max-findings = "10"',
            '1: max-findings: "10" is text, where a whole number is expected (take the quotes away: 10)',
        ),
        ("max-findings = 0", "1: max-findings: 0 is out of range, where at least 1 is expected"),
        (
            "max-file-size = 99999999999",
            "1: max-file-size: 99999999999 is out of range, where at most 1073741824 is expected",
        ),
        ("rules = 3", "1: rules: 3 is a number, where a table is expected"),
        (
            'fail-on = "eror"',
            '1: fail-on: "eror" is not allowed here, only "error", "warning" or "info" (did you mean "error"?)',
        ),
        (
            '[severity]\nNL2 = "high"',
            '2: severity.NL2: "high" is not allowed here, only "error", "warning" or "info"',
        ),
        ('select = ["NL2",\n"NL99x"]', '2: select[1]: "NL99x" is no rule (did you mean "NL999"?)'),
        (
            'ignore = ["publish-treshold"]',
            '1: ignore[0]: "publish-treshold" is no rule (did you mean "publish-threshold"?)',
        ),
        ('extend-select = ["all"]', '1: extend-select[0]: "all" is no rule (did you mean "ALL"?)'),
        ('extend-ignore = ["nl203"]', '1: extend-ignore[0]: "nl203" is no rule (did you mean "NL203"?)'),
        ('[severity]\nXY = "info"', '2: severity.XY: "XY" is no rule'),
        (
            '[per-file-ignores]\n"_news/2019-*" = [\n  "NL6",\n  "NL7x",\n]',
            '4: per-file-ignores["_news/2019-*"][1]: "NL7x" is no rule',
        ),
        (
            "[rules.publish-treshold]\nthreshold = 1",
            '1: rules.publish-treshold: "publish-treshold" is no rule (did you mean "publish-threshold"?)',
        ),
        ("[rules.NL503]\nthreshold = 1", '1: rules.NL503: "NL503" is no rule (did you mean "publish-threshold"?)'),
        (
            "[rules.publish-threshold]\nthreshhold = 1",
            '2: rules.publish-threshold.threshhold: "threshhold" is no option of publish-threshold'
            ' (did you mean "threshold"?)',
        ),
        (
            "[rules.publish-threshold]\nx = 1",
            '2: rules.publish-threshold.x: "x" is no option of publish-threshold; it has threshold',
        ),
        (
            "[rules.timestamp-style]\nx = 1",
            '2: rules.timestamp-style.x: "x" is no option of timestamp-style; it has none',
        ),
        (
            '[rules.publish-threshold]\nthreshold = "70"',
            '2: rules.publish-threshold.threshold: "70" is not allowed here, where a whole number is expected',
        ),
        (
            "[rules.publish-threshold]\nthreshold = true",
            "2: rules.publish-threshold.threshold: true is not allowed here, where a whole number is expected",
        ),
        (
            '[rules.implausible-timestamp]\nearliest = "1990-02-30"',
            '2: rules.implausible-timestamp.earliest: "1990-02-30" is not allowed here,'
            " where a day as YYYY-MM-DD is expected",
        ),
        (
            "[rules]\nquality-out-of-range = { quality-range = [200, 0] }",
            "2: rules.quality-out-of-range.quality-range: [200, 0] is not allowed here,"
            " where a pair of whole numbers, [lowest, highest], is expected",
        ),
        (
            "[rules.provider-domain-mismatch]\nvideo-hosts = [1]",
            "2: rules.provider-domain-mismatch.video-hosts: [1] is not allowed here, where a list of texts is expected",
        ),
        (
            'required-version = "9.0"\nunheard-of = 1',
            "1: required-version: newslint 9.0 or newer is needed, this is 0.1.0",
        ),
        ('required-version = ">=1"', '1: required-version: ">=1" is no version such as "0.1.0"'),
        (
            "required-version = 1",
            '1: required-version: 1 is a number, where text is expected (put it in quotes if it is text: "1")',
        ),
        ("select = [", " this is no valid TOML: Invalid value at the end of the file"),
        ("a = 1\nb = = 1", "2:5: this is no valid TOML: Invalid value"),
        (b"# \xff\n", "1: this is not UTF-8: the byte 0xff is wrong"),
        ("max-findings = 0x" + "f" * 20_000, "1: max-findings: this number has more than 20 digits"),
        ("a = " + "{a=" * 5000, " this is no valid TOML: it is nested too deeply"),
        ("#" * 1_048_577, " the file is larger than 1,048,576 bytes"),
    ],
)
def test_an_error_names_file_line_key_and_near_miss(content: str | bytes, message: str) -> None:
    assert _error(content) == f"newslint.toml:{message}"


def test_the_first_error_in_the_file_is_told() -> None:
    assert _error("fail-on = 1\nselekt = []\nmax-findings = 0\n").startswith("newslint.toml:1: fail-on: ")


def test_errors_in_pyproject_name_the_key_below_the_table() -> None:
    content = '[project]\nname = "x"\nselect = 1\n\n[tool.newslint]\nselect = ["NL2"]\n\n[tool.newslint.rules.x]\n'
    assert _error(content, "pyproject.toml") == 'pyproject.toml:8: rules.x: "x" is no rule'
    assert _error("[tool]\nnewslint = 3\n", "pyproject.toml") == "pyproject.toml:2: tool.newslint: 3 is no table"


def test_what_other_tools_write_into_pyproject_is_theirs() -> None:
    other = f"[tool.other]\nnumber = 0x{'f' * 50}\n"
    assert _load(f"{other}[tool.newslint]\nmax-findings = 7\n", "pyproject.toml").max_findings == 7


@pytest.mark.parametrize("inside", [".", "a", "a/b"])
def test_the_nearest_file_upwards_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, inside: str) -> None:
    (tmp_path / inside).mkdir(parents=True, exist_ok=True)
    (tmp_path / "pyproject.toml").write_text("[tool.newslint]\nmax-findings = 1\n")
    monkeypatch.chdir(inside)
    assert find_config(Path.cwd()) == tmp_path / "pyproject.toml"
    assert load_settings(find_config(Path.cwd()), Path.cwd()).root == tmp_path


def test_newslint_toml_beats_pyproject_beside_it_and_files_above() -> None:
    Path("in").mkdir()
    Path("newslint.toml").write_text("")
    Path("in/pyproject.toml").write_text("[tool.newslint]\n")
    assert find_config(Path.cwd() / "in") == Path.cwd() / "in/pyproject.toml"
    Path("in/newslint.toml").write_text("")
    assert find_config(Path.cwd() / "in") == Path.cwd() / "in/newslint.toml"


def test_a_pyproject_without_the_table_is_passed_over() -> None:
    Path("in").mkdir()
    Path("newslint.toml").write_text("")
    for content in ("[tool.other]\n", 'name = "newslint"\n', "[tool]\nx = 'newslint'\n", "broken = = \n"):
        Path("in/pyproject.toml").write_text(content)
        assert find_config(Path.cwd() / "in") == Path.cwd() / "newslint.toml", content
    Path("in/pyproject.toml").write_text("[tool.newslint\n")
    with pytest.raises(ConfigError, match=r"^in/pyproject\.toml:1:15: this is no valid TOML: Expected '\]'"):
        find_config(Path.cwd() / "in")


def test_a_folder_or_a_fifo_of_that_name_is_no_configuration() -> None:
    Path("newslint.toml").mkdir()
    os.mkfifo("pyproject.toml")
    assert find_config(Path.cwd()) is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.toml", "absent.toml: the file cannot be read: No such file or directory"),
        ("folder", "folder: this is no regular file"),
        ("fifo", "fifo: this is no regular file"),
        ("pyproject.toml", "pyproject.toml: there is no [tool.newslint] in it"),
        ("own.toml", 'own.toml:1: selekt: "selekt" is no setting (did you mean "select"?)'),
    ],
)
def test_a_file_that_is_named_must_be_one(name: str, message: str) -> None:
    Path("folder").mkdir()
    os.mkfifo("fifo")
    Path("pyproject.toml").write_text("[tool.other]\n")
    Path("own.toml").write_text("selekt = []\n")
    with pytest.raises(ConfigError) as caught:
        load_settings(Path(name), Path.cwd())
    assert str(caught.value) == message


def test_without_a_configuration_the_defaults_hold_where_the_run_starts() -> None:
    settings = load_settings(None, Path.cwd())
    assert (settings.root, settings.file, settings.fail_on) == (Path.cwd(), None, Severity.WARNING)
    assert list(settings.extensions) == ["md", "markdown", "txt"]


def test_every_setting_arrives() -> None:
    settings = _load(
        """
        required-version = "0.1"
        include = ["_news"]
        exclude = ["_news/drafts"]
        extensions = [".MD", "html"]
        select = ["ALL"]
        ignore = ["NL203"]
        extend-select = ["NL803"]
        extend-ignore = ["NL302"]
        severity = {ALL = "info", NL6 = "warning", NL602 = "error", html-entity = "error"}
        fail-on = "error"
        corpus = ["_news"]
        topics = ["AI"]
        max-file-size = 10
        max-findings = 20
        [rules.implausible-timestamp]
        earliest = 2000-01-01
        [rules.publish-threshold]
        threshold = 80
        [per-file-ignores]
        "_news/2019-*" = ["NL6"]
        """
    )
    assert settings.file == settings.root / "newslint.toml"
    assert settings.include == ["_news"]
    assert settings.exclude == ["_news/drafts"]
    assert settings.extensions == ["md", "html"]
    assert settings.selection.select == ["ALL"]
    assert settings.selection.ignore == ["NL203"]
    assert settings.selection.extend_select == ["NL803"]
    assert settings.selection.extend_ignore == ["NL302"]
    assert settings.fail_on is Severity.ERROR
    assert settings.corpus == ["_news"]
    assert settings.vocabulary is not None
    assert (settings.max_file_size, settings.max_findings) == (10, 20)
    assert settings.rules == {
        "implausible-timestamp": {"earliest": "2000-01-01"},
        "publish-threshold": {"threshold": 80},
    }
    assert settings.per_file_ignores == {"_news/2019-*": ["NL6"]}
    levels = settings.severities
    assert [levels[code].value for code in ("NL101", "NL601", "NL602", "NL604")] == [
        "info",
        "warning",
        "error",
        "error",
    ]


@pytest.mark.parametrize("wanted", ["0", "0.1", "0.1.0", "0.1.0.0", "0.0.9"])
def test_a_required_version_that_is_met(wanted: str) -> None:
    assert _load(f'required-version = "{wanted}"\nfail-on = "info"').fail_on is Severity.INFO


@pytest.mark.parametrize("wanted", ["1", "0.1.1", "0.2", "0.1.0.1", "10.0"])
def test_a_required_version_that_is_not(wanted: str) -> None:
    assert "is needed, this is 0.1.0" in _error(f'required-version = "{wanted}"')


def test_the_schema_of_the_configuration_knows_what_is_read_and_its_examples_are_valid() -> None:
    raw: dict[str, Any] = parse_schema(packaged_schema("config"), "config")
    Schema(raw, "config").check()
    for name, schema in raw["properties"].items():
        assert schema["description"].endswith("."), name
        for example in schema["examples"]:
            assert isinstance(_load_one(name, example), Settings), (name, example)


def _load_one(name: str, value: Any) -> Settings:
    Path("_data/topics").mkdir(parents=True, exist_ok=True)
    Path("_data/topics/ai.yml").write_text("name: AI\n")
    return _load(f"{name} = {_toml(value)}\n")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {_toml(inner)}' for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def test_paths_as_patterns_see_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site/_news").mkdir(parents=True)
    (tmp_path / "link").symlink_to("site")
    monkeypatch.chdir("site/_news")
    root = tmp_path / "site"
    assert relative_to_root("a.md", root) == "_news/a.md"
    assert relative_to_root("../b.md", root) == "b.md"
    assert relative_to_root(str(tmp_path / "link/_news/a.md"), root) == "_news/a.md"
    assert relative_to_root(str(tmp_path / "c.md"), root) == "../c.md"
    assert relative_to_root("/x", Path("/")) == "x"


def test_a_bad_configuration_is_one_line_and_exit_2(newslint: Command, tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('"exclu\\u001bde" = []\n')
    result = newslint("check")
    assert result.returncode == 2
    assert result.stdout == b""
    assert (
        result.stderr
        == rb"""newslint: newslint.toml:1: ["exclu\x1bde"]: "exclu\x1bde" is no setting (did you mean "exclude"?)
"""
    )
