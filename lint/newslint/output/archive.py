"""The archive in numbers, as text with small bars and as JSON: what ``newslint stats`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from newslint.output.bars import bar, heights
from newslint.output.dump import dump
from newslint.output.escape import terminal, width
from newslint.output.style import Style
from newslint.output.totals import counted

if TYPE_CHECKING:
    from newslint.stats.numbers import Completeness, Counts, Distribution, Stats, Step

STATS_VERSION = 1

WIDEST = 80
"""Columns of the text: a wider terminal gets no wider bars."""

_NAMES_SHOWN = 8
_TOLD = 4
"""Sentences that the text begins with."""


def render(stats: Stats, sentences: Sequence[str], style: Style | None = None, *, plain: bool = False) -> str:
    """Return the numbers as text of at most 80 columns; ``sentences`` are what is worth knowing of them.

    ``plain`` does without signs that are not ASCII.
    """
    style = style or Style(False)
    parts = [style.bold(_fitting(headline(stats))), *map(_fitting, _told(sentences[:_TOLD]))]
    tables = (
        ("By year, and by month from January to December", _years(stats.months, plain=plain)),
        ("By type", _names(stats.types, plain=plain)),
        ("By provider", _names(stats.providers, plain=plain)),
        ("By topic (an article can have several)", _names(stats.topics, plain=plain)),
        ("Quality", _steps(stats.quality, None, plain=plain)),
        (f"Heat (published from {stats.threshold})", _steps(stats.heat, stats.threshold, plain=plain)),
        ("Characters of the titles", _steps(stats.titles, None, plain=plain)),
        ("Characters of the excerpts", _steps(stats.excerpts, None, plain=plain)),
        ("Width of the images in pixels", _steps(stats.widths, None, plain=plain)),
        *_fields(stats.fields, plain=plain),
    )
    for title, lines in tables:
        shown = list(lines)
        if shown:
            parts += ["", style.bold(_fitting(title)), *map(_fitting, shown)]
    return "\n".join(parts) + "\n"


def render_json(stats: Stats, sentences: Sequence[str]) -> str:
    """Return the same as one JSON object; months are in order, all other names begin with the greatest."""
    content: dict[str, Any] = {
        "version": STATS_VERSION,
        "summary": {
            name: getattr(stats, name)
            for name in (
                *("documents", "unreadable", "undated", "threshold", "published", "held_back", "below", "close"),
                *("without_image", "cut_off", "narrow"),
            )
        },
        "worth_knowing": list(sentences),
    }
    for name in ("months", "kinds", "types", "providers", "topics"):
        content[name] = [{"name": label, "documents": count} for label, count in getattr(stats, name)]
    for name in ("quality", "heat", "titles", "excerpts", "widths"):
        content[name] = _distribution(getattr(stats, name))
    content["fields"] = [field._asdict() for field in stats.fields]
    return dump(content) + "\n"


def _distribution(found: Distribution | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {**found._asdict(), "tenths": list(found.tenths), "steps": [step._asdict() for step in found.steps]}


def headline(stats: Stats) -> str:
    """Return how much there is: ``674 articles from 2019-08 to 2024-04, by 85 providers``."""
    parts = [counted(stats.documents, "article" if _all_articles(stats) else "document")]
    if stats.months:
        first, last = stats.months[0][0], stats.months[-1][0]
        parts.append(f"from {first} to {last}" if first != last else f"of {first}")
    if stats.providers:
        parts.append(f"by {counted(len(stats.providers), 'provider')}")
    said = " ".join(parts)
    return f"{said}; {counted(stats.unreadable, 'other')} cannot be read" if stats.unreadable else said


def _all_articles(stats: Stats) -> bool:
    return all(kind == "article" for kind, _ in stats.kinds)


def _told(sentences: Sequence[str]) -> Iterator[str]:
    # Imported here because no other format breaks lines.
    from textwrap import wrap

    if sentences:
        yield ""
        for sentence in sentences:
            yield from wrap(terminal(sentence), WIDEST - 1, initial_indent="  * ", subsequent_indent="    ")


def _years(months: Counts, *, plain: bool) -> Iterator[str]:
    years: dict[str, list[int]] = {}
    for month, count in months:
        years.setdefault(month[:4], [0] * 12)[int(month[5:]) - 1] = count
    most = max((count for _, count in months), default=0)
    most_of_a_year = max(map(sum, years.values()), default=0)
    for year, counts in years.items():
        shape = heights(counts, most, plain=plain)
        yield f"  {year} {sum(counts):>7,}  {shape}  {bar(sum(counts), most_of_a_year, 48, plain=plain)}".rstrip()


def _names(counts: Counts, *, plain: bool) -> Iterator[str]:
    shown, rest = counts[:_NAMES_SHOWN], counts[_NAMES_SHOWN:]
    rows = [(terminal(name), count) for name, count in shown]
    yield from _rows(rows, plain=plain)
    if rest:
        yield f"  {'':>7}  and {len(rest):,} more, with {sum(count for _, count in rest):,}"


def _steps(found: Distribution | None, border: int | None, *, plain: bool) -> Iterator[str]:
    if found is None:
        return
    rows = []
    for step in found.steps:
        mark = "> " if border is not None and step.start == border else "  "
        rows.append((f"{mark}{between(step)}", step.values))
    yield from _rows(rows, plain=plain, numbers=True)
    yield f"  {'':>7}  half are over {found.median:,}; all are from {found.least:,} to {found.greatest:,}"


def between(step: Step) -> str:
    """Return the bounds of a step in words: ``70-79``, ``under 10``, ``130 and more``."""
    if step.start is None:
        return f"under {step.end:,}"
    if step.end is None:
        return f"{step.start:,} and more"
    if step.end == step.start + 1:
        return f"{step.start:,}"
    return f"{step.start:,} to {step.end - 1:,}" if step.start < 0 else f"{step.start:,}-{step.end - 1:,}"


def _fields(fields: Iterable[Completeness], *, plain: bool) -> Iterator[tuple[str, list[str]]]:
    kinds: dict[str, list[Completeness]] = {}
    for field in fields:
        kinds.setdefault(field.kind, []).append(field)
    for kind, found in kinds.items():
        whole = found[0].documents
        rows = [(f"{100 * field.present // whole:>3}%  {terminal(field.name)}", field.present) for field in found]
        title = f"Optional fields of the {counted(whole, 'document')} of the kind {terminal(kind)}"
        yield title, list(_rows(rows, whole, plain=plain))


def _rows(
    rows: Sequence[tuple[str, int]], whole: int | None = None, *, plain: bool, numbers: bool = False
) -> Iterator[str]:
    """Yield a count, a name and a bar for each row; names are cut where they leave no room for the bar."""
    most = whole or max((count for _, count in rows), default=0)
    longest = min(max((width(name) for name, _ in rows), default=0), 40)
    room = WIDEST - 1 - len(f"  {0:>7}  ") - longest - 2
    for name, count in rows:
        shown = name if width(name) <= longest else f"{_cut(name, longest - 1)}…"
        blanks = " " * (longest - width(shown))
        label = f"{blanks}{shown}" if numbers else f"{shown}{blanks}"
        yield f"  {count:>7,}  {label}  {bar(count, most, room, plain=plain)}".rstrip()


def _fitting(line: str) -> str:
    """Return a line that fits: a number of twenty digits or a name in wide characters may not."""
    return line if width(line) <= WIDEST else f"{_cut(line, WIDEST - 1)}…"


def _cut(text: str, cells: int) -> str:
    while width(text) > cells:
        text = text[:-1]
    return text
