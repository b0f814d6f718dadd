"""A history as text: each rule with its findings then and now, and its course in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint.output.bars import heights
from newslint.output.escape import terminal
from newslint.output.style import Style
from newslint.output.totals import counted

if TYPE_CHECKING:
    from newslint.history import Entry

_SHOWN = 32
"""Entries of which the course is drawn, the last ones."""


def course(entries: Sequence[Entry], code: str) -> list[int | None]:
    """Return the findings of a rule in each entry, None where it did not run."""
    return [entry.findings.get(code) for entry in entries]


def codes_by_number(entries: Sequence[Entry]) -> list[str]:
    """Return the codes that had findings in any entry, those with the most in the last entry first."""
    found = {code for entry in entries for code, number in entry.findings.items() if number}
    return sorted(found, key=lambda code: (-entries[-1].findings.get(code, 0), code))


def render(entries: Sequence[Entry], style: Style | None = None, *, plain: bool = False) -> str:
    """Return one line a rule, as of the first and the last entry shown, and one for all of them."""
    style = style or Style(False)
    if not entries:
        return "no run is recorded yet\n"
    shown = entries[-_SHOWN:]
    first, last = shown[0], shown[-1]
    lines = [style.bold(f"{counted(len(entries), 'entry').replace('entrys', 'entries')}, the last of {_named(last)}")]
    rows = [("all", [entry.total for entry in shown])]
    rows += [(code, [number or 0 for number in course(shown, code)]) for code in codes_by_number(shown)]
    for name, numbers in rows:
        change = numbers[-1] - numbers[0]
        drawn = heights(numbers, max(*numbers, 1), plain=plain)
        lines.append(f"  {name:<5} {numbers[-1]:>7,}  {change:>+7,}  {drawn}".rstrip())
    if len(shown) > 1:
        lines.append(f"  the change is since {_named(first)}")
    return "\n".join(lines) + "\n"


def _named(entry: Entry) -> str:
    revision = f" ({terminal(entry.revision)})" if entry.revision else ""
    return f"{entry.date[:10]}{revision}"
