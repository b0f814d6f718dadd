"""The bars of a page: how many findings each rule, folder, provider and so on has; a click on one filters the table."""

from __future__ import annotations

from urllib.parse import urlencode

from newslint.output.html.charts import bar
from newslint.output.html.groups import FIXES, NAMES, Group, is_telling
from newslint.output.html.markup import element, text
from newslint.report import Report

_SHOWN = 8
_MOST = 60
"""Bars of one group that a page holds: of a value beyond them the search finds the findings, too."""


def bars(report: Report, groups: dict[str, Group]) -> str:
    """Return the bars of all groups that tell anything."""
    names = {finding.code: finding.name for finding in report.findings}
    return "".join(_group(group, names) for group in groups.values() if group.values and is_telling(group))


def _group(group: Group, names: dict[str, str]) -> str:
    most = max(count for _, count in group.values)
    rows = [
        _bar(group.name, number, value, count, most, names)
        for number, (value, count) in enumerate(group.values[:_MOST])
    ]
    parts = [element("h3", text(NAMES[group.name])), element("ul", *rows[:_SHOWN], class_="bars")]
    if len(rows) > _SHOWN:
        hidden = len(group.values) - len(rows)
        note = element("p", f"and {hidden:,} more: search for them", class_="quiet") if hidden else ""
        more = element("summary", f"{len(group.values) - _SHOWN:,} more")
        parts.append(element("details", more, element("ul", *rows[_SHOWN:], class_="bars"), note))
    return element("section", *parts, class_="group", data_group=group.name)


def _bar(group: str, number: int, value: str, count: int, most: int, names: dict[str, str]) -> str:
    label = text(named(group, value, names))
    if group == "severity":
        label = element("i", "", class_=f"level {value}") + label
    address = f"#{urlencode({group: value}, errors='replace')}"
    shown = (element("span", label, class_="label"), element("span", f"{count:,}", class_="number"), bar(count, most))
    return element("li", element("a", *shown, href=address, data_group=group, data_number=number))


def named(group: str, value: str, names: dict[str, str]) -> str:
    """Return how a value is called on the page: a rule by code and name, a way to mend in words."""
    if group == "rule":
        return f"{value} {names[value]}"
    return FIXES[value] if group == "fix" else value
