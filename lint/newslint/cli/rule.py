"""``newslint rule`` explains one rule, ``newslint rules`` lists all of them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import Any

import click

from newslint.cli.streams import write
from newslint.near import did_you_mean
from newslint.rules import RULES
from newslint.rules.page import page
from newslint.rules.rule import Rule


@click.command()
@click.argument("name", metavar="CODE|NAME", required=False)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rule(name: str | None, output_format: str) -> None:
    """Explain a rule: what it finds, why that is bad, an example, its options. Without a rule, list them."""
    if name is None:
        _write(_json([_members(rule) for rule in RULES]) if output_format == "json" else _table(RULES))
        return
    known = {key: rule for rule in RULES for key in (rule.code, rule.name)}
    found = known.get(name) or known.get(name.upper()) or known.get(name.lower())
    if found is None:
        raise click.UsageError(f'"{name}" is no rule{did_you_mean(name, known)}; newslint rules lists them')
    if output_format == "json":
        _write(_json(_members(found)))
    else:
        _show(page(found))


@click.command()
@click.option("--output-format", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
def rules(output_format: str) -> None:
    """List all rules: code, name, severity and what they find."""
    if output_format == "json":
        _write(_json([_members(rule) for rule in RULES]))
    else:
        _write(markdown_table(RULES) if output_format == "markdown" else _table(RULES))


def _show(text: str) -> None:
    """Write a text, page by page where it is longer than the terminal."""
    if sys.stdout is None or not sys.stdout.isatty() or text.count("\n") + 2 <= get_terminal_size().lines:
        _write(text)
        return
    # What is shown stays on the screen when the pager ends (less(1), -X), colours are colours (-R).
    os.environ.setdefault("LESS", "RX")
    click.echo_via_pager(f"{text}\n")


def _write(text: str) -> None:
    write(f"{text}\n", utf8=True)


def markdown_table(rules: Sequence[Rule]) -> str:
    """Return the rules as a table in Markdown, as the README shows it."""
    lines = ["| code | name | severity | fix | what it finds |", "| --- | --- | --- | --- | --- |"]
    for rule in rules:
        severity = rule.severity.value if rule.default else f"{rule.severity.value}, off"
        lines.append(f"| {rule.code} | `{rule.name}` | {severity} | {rule.fix or ''} | {_cell(rule.title)} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Return a text that a table of Markdown shows as it is."""
    return text.replace("|", r"\|").replace("<", "&lt;")


def _table(rules: Sequence[Rule]) -> str:
    width = max(len(rule.name) for rule in rules)
    lines = []
    for rule in rules:
        off = "" if rule.default else " (off by default)"
        lines.append(f"{rule.code}  {rule.name:<{width}}  {rule.severity.value:<7}  {rule.title}{off}")
    return "\n".join(lines)


def _members(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "default": rule.default,
        "mandatory": rule.mandatory,
        "fix": rule.fix,
        "title": rule.title,
        "page": rule.page,
        "options": {name: {"default": option.default, "help": option.help} for name, option in rule.options.items()},
    }


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)
