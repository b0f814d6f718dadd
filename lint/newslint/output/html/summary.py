"""The top of a page: how the archive stands, what to mend first, and what this report does not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from newslint.finding import Severity
from newslint.output.html.groups import Group
from newslint.output.html.markup import element, text
from newslint.output.html.rows import Packed
from newslint.output.totals import counted, cuts
from newslint.report import Report, RuleSummary

_FIRST = 5
"""Steps of what to mend first: more is no longer first."""

_CUTS_TOLD = 5
_WORST = 3
_NOT_CHECKED = frozenset({"NL001", "NL999"})


def headline(report: Report) -> str:
    """Return the sentence that the page begins with."""
    if not report.files:
        return "Nothing was checked" if not report.unchanged else "Nothing has changed"
    if not report.findings:
        return f"{counted(report.files, 'file')}, no {'new ' if report.baselined else ''}findings"
    return f"{counted(len(report.findings), 'finding')} in {report.tally.files:,} of {counted(report.files, 'file')}"


def figures(report: Report) -> str:
    """Return the totals by severity, what can be mended, and the change against the baseline, as large numbers."""
    tally = report.tally
    told = [
        _figure(number, level.value + ("" if number == 1 else "s"), f"severity {level.value}")
        for level, number in tally.severities.items()
    ]
    told.append(_figure(tally.fixes["safe"], "can be mended by one command", "fixable"))
    if report.files:
        clean = report.files - tally.files
        told.append(_figure(f"{100 * clean // report.files}%", "of the files are clean", "clean"))
    if report.mended is not None:
        new = _figure(len(report.findings), "new since the baseline", "new")
        told += [
            new,
            _figure(report.baselined, "known and hidden", "known"),
            _figure(report.mended, "mended", "mended"),
        ]
    return element("ul", *told, class_="figures")


def _figure(number: int | str, words: str, kind: str) -> str:
    shown = f"{number:,}" if isinstance(number, int) else number
    empty = " zero" if number == 0 else ""
    return element("li", element("b", text(shown)), element("span", text(words)), class_=f"figure {kind}{empty}")


def notes(report: Report, packed: Packed) -> str:
    """Return what is left out of this report, and what is in it beside the findings; an empty text where nothing is."""
    told = list(_notes(report, packed))
    return element("ul", *(element("li", text(note)) for note in told), class_="notes") if told else ""


def _notes(report: Report, packed: Packed) -> Iterator[str]:
    if not report.files and not report.unchanged:
        yield "No file was linted, so that no findings are no good news: newslint check --show-files tells why"
    if len(report.findings) > packed.rows:
        yield f"The table lists the gravest {packed.rows:,} findings of {len(report.findings):,}; all counts are of all"
    if packed.is_cut:
        yield f"There are so many findings that source lines are cut to {packed.width} characters around the place"
    told = cuts(report)
    yield from told[:_CUTS_TOLD]
    if len(told) > _CUTS_TOLD:
        yield f"The same is true of {counted(len(told) - _CUTS_TOLD, 'other file')}"
    unread = {finding.path for finding in report.findings if finding.code in _NOT_CHECKED}
    if unread:
        yield f"{counted(len(unread), 'file')} could not be checked to the end (NL001, NL999)"
    if report.unchanged:
        yield f"Left out: {counted(report.unchanged, 'file')} without a change"
    if report.skipped:
        yield f"Skipped: {counted(report.skipped, 'file')}; newslint check --show-files tells why"
    if report.suppressed:
        yield f"Left out: {counted(report.suppressed, 'finding')} that comments excuse"
    if report.fixed:
        yield f"Mended in this run: {counted(report.fixed, 'finding')}"


def first_steps(report: Report, groups: dict[str, Group]) -> str:
    """Return what to mend first: the errors by rule, what one command mends, then what is most frequent."""
    if not report.findings:
        return ""
    rules = {rule.code: rule for rule in report.rules}
    names = {finding.code: finding.name for finding in report.findings}
    levels = {finding.code: finding.severity for finding in report.findings}
    safe = Counter(
        finding.code for finding in report.findings if finding.fix is not None and finding.fix.applicability == "safe"
    )
    counts = {code: number - safe[code] for code, number in groups["rule"].values if number > safe[code]}

    def steps(codes: Iterable[str]) -> list[str]:
        gravest_first = sorted(codes, key=lambda code: (-levels[code].rank, -counts[code], code))
        return [_rule_step(code, counts[code], names[code], levels[code], rules.get(code)) for code in gravest_first]

    first = steps(code for code in counts if levels[code] is Severity.ERROR)[: _FIRST - 2]
    if number := report.tally.fixes["safe"]:
        command = element("code", "newslint check --fix", class_="command")
        said = f"{counted(number, 'finding')} without a risk: their meaning is kept"
        first.append(element("li", element("b", "Let newslint mend "), text(said), command))
    first += steps(code for code in counts if levels[code] is not Severity.ERROR)
    return element("ol", *first[:_FIRST], class_="steps")


def _rule_step(code: str, number: int, name: str, level: Severity, rule: RuleSummary | None) -> str:
    address = f"#{urlencode({'rule': code})}"
    shown = element("a", text(f"{number:,} × {name}"), href=address, data_group="rule", data_value=code)
    title = f" {text(rule.title)}" if rule is not None else ""
    return element("li", element("i", "", class_=f"level {level.value}", title=level.value), element("b", shown), title)


def worst_files(report: Report) -> str:
    """Return the files with the most findings, each of which has several; an empty text where there is none."""
    counts = Counter(finding.path for finding in report.findings)
    worst = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_WORST]
    shown = [
        element(
            "li",
            element("a", text(path), href=f"#{urlencode({'q': path}, errors='replace')}", data_search=path),
            f" {number:,}",
        )
        for path, number in worst
        if number > 1
    ]
    return element("ul", *shown, class_="worst") if shown else ""
