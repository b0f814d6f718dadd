"""How the tests of this folder fix: an article in, the outcome out, on the first of June 2024 and under default settings."""

from __future__ import annotations

from newslint.engine.plan import Plan
from newslint.fix.fixer import Fixed, fix_text
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import BASE, NOW, ROOT


def plan(**choices: object) -> Plan:
    """Return the plan of a run."""
    return Runner(Settings(ROOT), Choices(now=NOW, **choices)).plan  # type: ignore[arg-type]


def fix(
    text: str | bytes, name: str = "article.md", *, unsafe: bool = False, fixable: frozenset[str] | None = None
) -> Fixed:
    """Return what the fixer makes of an article; that it makes no more of the outcome is checked."""
    data = text.encode() if isinstance(text, str) else text
    fixed = fix_text(name, data, plan(), unsafe=unsafe, fixable=fixable)
    again = fix_text(name, fixed.data, plan(), unsafe=unsafe, fixable=fixable)
    assert again.data == fixed.data
    assert again.mended == ()
    return fixed


def codes(fixed: Fixed) -> list[str]:
    """Return the codes of what was mended, in order."""
    return sorted(finding.code for finding in fixed.mended)


def article(**lines: str) -> str:
    """Return the base article with the lines of some of its fields put in place of those that it has."""
    text = BASE
    for key, new in lines.items():
        old = next(line for line in BASE.splitlines() if line.strip().startswith(f"{key}:"))
        text = text.replace(f"{old}\n", f"{new}\n" if new else "")
    return text
