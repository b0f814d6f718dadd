"""The top of a page: how the archive stands, what to mend first, and what this report does not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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


def headline(report: Report) -> str:
    """Return the sentence that the page begins with."""
    if not report.files:
        return "Nothing was checked" if not report.unchanged else "Nothing has changed"
    if not report.findings:
        return f"{counted(report.files, 'file')}, no {'new ' if report.baselined else ''}findings"
    files = len({finding.path for finding in report.findings})
    return f"{counted(len(report.findings), 'finding')} in {files:,} of {counted(report.files, 'file')}"


def figures(report: Report) -> str:
    """Return the totals by severity, what can be mended, and the change against the baseline, as large numbers."""
    told = [
        _figure(
            report.number(level), level.value + ("" if report.number(level) == 1 else "s"), f"severity {level.value}"
        )
        for level in Severity
    ]
    told.append(_figure(report.fixable, "can be mended by one command", "fixable"))
    if report.files:
        clean = report.files - len({finding.path for finding in report.findings})
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
    unread = sum(finding.code in ("NL001", "NL999") for finding in report.findings)
    if unread:
        yield f"{counted(unread, 'file')} could not be checked to the end (NL001, NL999)"
    if report.unchanged:
        yield f"{counted(report.unchanged, 'file')} that did not change are left out"
    if report.skipped:
        yield f"{counted(report.skipped, 'file')} skipped: newslint check --show-files tells why"
    if report.suppressed:
        yield f"{counted(report.suppressed, 'finding')} excused by comments are left out"
    if report.fixed:
        yield f"{counted(report.fixed, 'finding')} were mended in this run"


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
    counts = dict(groups["rule"].values)
    ordered = sorted(counts, key=lambda code: (-levels[code].rank, -counts[code], code))
    errors = [code for code in ordered if levels[code] is Severity.ERROR and counts[code] > safe[code]]
    steps = [_rule_step(code, counts[code] - safe[code], names[code], levels[code], rules.get(code)) for code in errors]
    steps = steps[: _FIRST - 2 if report.fixable else _FIRST - 1]
    if report.fixable:
        command = element("code", "newslint check --fix", class_="command")
        said = f"{counted(report.fixable, 'finding')} without a risk: their meaning is kept"
        steps.append(element("li", element("b", "Let newslint mend "), text(said), command))
    rest = [code for code in ordered if code not in errors and counts[code] > safe[code]]
    steps += [_rule_step(code, counts[code] - safe[code], names[code], levels[code], rules.get(code)) for code in rest]
    return element("ol", *steps[:_FIRST], class_="steps")


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
