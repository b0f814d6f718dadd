"""Every rule's page is run: its example gives that finding and no other, what to use instead is silent."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from newslint.config import load_settings
from newslint.finding import Finding
from newslint.rules import RULES
from newslint.rules.rule import Rule
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from tests.conftest import NOW, lint, with_fields

_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
SHOWN = [rule for rule in RULES if "## Example" in rule.page]
NOT_SHOWN = {"NL001", "NL014", "NL108", "NL110", "NL999"}


def _lint_block(block: re.Match[str], folder: Path) -> Sequence[Finding]:
    """Lint what an example shows.

    ``yaml`` is fields that replace those of a valid article, ``markdown`` a whole file, ``bytes`` a whole file in the
    escapes of a Python byte string, ``files`` several files, each begun by a line with its name (``newslint.toml`` is
    the configuration, a ``.yaml`` file one that it names, all others are fields of an article as in ``yaml``).
    """
    language, text = block.groups()
    if language == "files":
        return _lint_files(text, folder)
    if language == "bytes":
        decoded, _ = codecs.escape_decode(text.encode("ascii"))
        return lint(bytes(decoded))
    assert language in ("yaml", "markdown"), f"unknown language of an example: {language}"
    return lint(with_fields(text) if language == "yaml" else text)


def _lint_files(text: str, folder: Path) -> Sequence[Finding]:
    parts = re.split(r"^(\S+\.(?:md|toml|yaml))\n", text, flags=re.MULTILINE)
    assert not parts[0], "an example of several files begins with a file's name"
    for name, content in zip(parts[1::2], parts[2::2], strict=True):
        (folder / name).write_text(with_fields(content) if name.endswith(".md") else content, "utf-8")
    config = folder / "newslint.toml"
    settings = load_settings(config if config.exists() else None, folder)
    return Runner(settings, Choices(now=NOW)).run([str(folder)]).findings


def _blocks(rule: Rule) -> tuple[re.Match[str], re.Match[str] | None]:
    example = rule.page.split("## Example", 1)[1]
    before, _, after = example.partition("Use instead:")
    bad = _BLOCK.search(before)
    assert bad is not None, f"{rule.code} has a heading Example without a block"
    return bad, _BLOCK.search(after)


def _brief(findings: Sequence[Finding]) -> list[str]:
    return [f"{found.line}:{found.column} {found.code} {found.message}" for found in findings]


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.code)
def test_example_fires_its_rule_and_no_other(rule: Rule, tmp_path: Path) -> None:
    findings = _lint_block(_blocks(rule)[0], tmp_path)
    assert {found.code for found in findings} == {rule.code}, _brief(findings)


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.code)
def test_use_instead_is_silent(rule: Rule, tmp_path: Path) -> None:
    good = _blocks(rule)[1]
    assert good is not None, f"{rule.code} does not say what to use instead"
    assert _brief(_lint_block(good, tmp_path)) == []


def test_only_what_no_file_can_show_has_no_example() -> None:
    assert {rule.code for rule in RULES} - {rule.code for rule in SHOWN} == NOT_SHOWN


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page_has_its_sections_and_its_title(rule: Rule) -> None:
    for heading in ("## What it does", "## Why is this bad?"):
        assert heading in rule.page, f"{rule.code} lacks {heading}"
    assert 20 <= len(rule.title) <= 110, rule.title
    assert not any(line.endswith(" ") for line in rule.page.splitlines())


def test_rules_are_sorted_and_names_unique_and_well_formed() -> None:
    codes = [rule.code for rule in RULES]
    names = [rule.name for rule in RULES]
    assert codes == sorted(set(codes))
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name), name
        assert not name.startswith(("check-", "no-", "use-", "avoid-")), f'"allow {name}" must read well'


def test_every_code_that_a_rule_refers_to_exists() -> None:
    codes = {rule.code for rule in RULES}
    for rule in RULES:
        assert rule.silent_after | rule.replaces <= codes, rule.code
