"""The trend of a page: all findings and those of each rule over the recorded runs, as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint.output.html.charts import line
from newslint.output.html.markup import element, text
from newslint.output.trend import codes_by_number, course
from newslint.report import Report

if TYPE_CHECKING:
    from newslint.history import Entry

_ENTRIES = 60
"""Entries that are drawn, the last ones: more cannot be told apart in so small a chart."""

_RULES = 8


def trend(report: Report) -> str:
    """Return the section about the recorded runs; an empty text where there are none."""
    entries = report.page.history[-_ENTRIES:] if report.page is not None else ()
    if not entries:
        return ""
    names = {rule.code: rule.name for rule in report.rules}
    charts = [_chart("All rules", [entry.total for entry in entries])]
    charts += [
        _chart(f"{code} {names.get(code, '')}".strip(), course(entries, code))
        for code in codes_by_number(entries)[:_RULES]
    ]
    period = f"{_named(entries[0])} to {_named(entries[-1])}" if len(entries) > 1 else _named(entries[-1])
    return element(
        "section",
        element("h2", "Does it get better?"),
        element("p", text(_verdict(entries)), class_="lead"),
        element("div", *charts, class_="courses"),
        element("p", text(f"Recorded runs, {period}"), class_="quiet"),
        class_="trend",
        id="trend",
    )


def _verdict(entries: Sequence[Entry]) -> str:
    if len(entries) == 1:
        return f"One run is recorded, with {entries[0].total:,} findings: the next one will tell"
    first, last = entries[0], entries[-1]
    change = last.total - first.total
    if not change:
        return f"No change: {last.total:,} findings, as many as on {first.date[:10]}"
    word = "more" if change > 0 else "fewer"
    better = "No" if change > 0 else "Yes"
    return f"{better}: {abs(change):,} findings {word} than on {first.date[:10]}, {last.total:,} now"


def _chart(name: str, numbers: Sequence[int | None]) -> str:
    known = [number for number in numbers if number is not None]
    change = known[-1] - known[0] if known else 0
    kind = "worse" if change > 0 else "better" if change < 0 else "same"
    shown = f"{change:+,}".replace("-", "−") if change else "±0"
    last = f"{known[-1]:,}" if known else ""
    caption = element(
        "figcaption",
        element("span", text(name), class_="label"),
        element("b", last),
        element("span", shown, class_=f"change {kind}"),
    )
    return element("figure", caption, line(numbers, name), class_="course")


def _named(entry: Entry) -> str:
    return f"{entry.date[:10]} ({entry.revision})" if entry.revision else entry.date[:10]
