"""The archive on a page: what newslint stats prints, as charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.output.archive import between, headline
from newslint.output.html.charts import bar, columns
from newslint.output.html.markup import element, text
from newslint.report import Report

if TYPE_CHECKING:
    from newslint.stats.numbers import Completeness, Counts, Distribution, Stats

_SHOWN = 8
_MONTHS = 120
"""Months that are drawn, the last ones: ten years are as much as a small chart can show."""


def archive(report: Report) -> str:
    """Return the section about the archive; an empty text where its files were not read."""
    stats = report.page.stats if report.page is not None else None
    if report.page is None or stats is None or not stats.documents:
        return ""
    sentences = [element("li", text(sentence)) for sentence in report.page.sentences]
    return element(
        "section",
        element("h2", "The archive"),
        element("p", text(headline(stats)), class_="lead"),
        element("ul", *sentences, class_="sentences") if sentences else "",
        element("div", *_charts(stats), class_="charts"),
        id="archive",
    )


def _charts(stats: Stats) -> Iterator[str]:
    months = stats.months[-_MONTHS:]
    if len(months) > 1:
        most, number = max((count, name) for name, count in months)
        ends = element("p", element("span", months[0][0]), element("span", months[-1][0]), class_="ends")
        note = f"Most in {number}: {most:,}"
        yield _figure("By month", columns(months, "Articles by month") + ends, note, wide=True)
    yield from _named("By type", stats.types)
    yield from _named("By provider", stats.providers)
    yield from _named("By topic", stats.topics)
    yield from _spread("Heat", stats.heat, stats.threshold)
    yield from _spread("Quality", stats.quality)
    yield from _spread("Characters of the titles", stats.titles)
    yield from _spread("Characters of the excerpts", stats.excerpts)
    yield from _spread("Width of the images in pixels", stats.widths)
    yield from _fields(stats.fields)


def _named(title: str, counts: Counts) -> Iterator[str]:
    if not counts:
        return
    most = counts[0][1]
    rows = [_row(name, f"{count:,}", bar(count, most)) for name, count in counts[:_SHOWN]]
    rest = counts[_SHOWN:]
    note = f"and {len(rest):,} more, with {sum(count for _, count in rest):,}" if rest else ""
    yield _figure(title, element("ul", *rows, class_="bars"), note)


def _spread(title: str, found: Distribution | None, border: int | None = None) -> Iterator[str]:
    if found is None:
        return
    weak = [border is not None and step.end is not None and step.end <= border for step in found.steps]
    counts = [(between(step), step.values) for step in found.steps]
    first, last = counts[0][0], counts[-1][0]
    ends = element("p", element("span", text(first)), element("span", text(last)), class_="ends")
    note = f"Half are over {found.median:,}"
    if border is not None:
        note += f"; faint below the publish threshold of {border:,}"
    yield _figure(title, columns(counts, title, weak) + ends, note)


def _fields(fields: tuple[Completeness, ...]) -> Iterator[str]:
    kinds: dict[str, list[Completeness]] = {}
    for field in fields:
        kinds.setdefault(field.kind, []).append(field)
    for kind, found in kinds.items():
        rows = [
            _row(field.name, f"{100 * field.present // field.documents}%", bar(field.present, field.documents))
            for field in found
        ]
        title = "Optional fields" if len(kinds) == 1 else f"Optional fields: {kind}"
        yield _figure(title, element("ul", *rows, class_="bars"), f"of {found[0].documents:,} documents")


def _row(name: str, number: str, drawn: str) -> str:
    shown = (element("span", text(name), class_="label"), element("span", text(number), class_="number"), drawn)
    return element("li", element("div", *shown, class_="row-bar"))


def _figure(title: str, content: str, note: str = "", *, wide: bool = False) -> str:
    told = element("p", text(note), class_="quiet") if note else ""
    return element("section", element("h3", text(title)), content, told, class_="chart wide" if wide else "chart")
