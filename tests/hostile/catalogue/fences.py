"""Fences that are not there, not closed, not first, not alone, or there by the hundred thousand."""

from __future__ import annotations

from tests.conftest import BASE
from tests.hostile.catalogue.making import Group, raw, title

CASES: Group = {
    "a line feed": raw("\n"),
    "a fence and no more": raw("---"),
    "two fences": raw("---\n---\n"),
    "two fences without a line end": raw("---\n---"),
    "a closing fence of four dashes": raw(BASE.replace("\n---\n", "\n----\n")),
    "a closing fence of dots": raw(BASE.replace("\n---\n", "\n...\n")),
    "a closing fence with a comment": raw(BASE.replace("\n---\n", "\n--- # end\n")),
    "a closing fence with blanks": raw(BASE.replace("\n---\n", "\n---  \t\n")),
    "a closing fence that is indented": raw(BASE.replace("\n---\n", "\n ---\n")),
    "a closing fence with a byte order mark": raw(BASE.replace("\n---\n", "\n\ufeff---\n")),
    "an opening fence that is indented": raw(" " + BASE),
    "an opening fence behind a blank line": raw("\n" + BASE),
    "an opening fence behind a comment": raw("# x\n" + BASE),
    "an opening fence of plus signs": raw(BASE.replace("---\n", "+++\n")),
    "an opening fence of JSON": raw('{"title": "x"}\n'),
    "a fence inside a quoted text": title('"Live\n---\nfacial"'),
    "a fence inside a block": title("|\n  Live\n---\n"),
    "a fence behind CR alone": raw("---\rtitle: x\r---\r"),
    "a fence behind NEL": raw("---\x85title: x\x85---\n"),
    "a body of fences": raw(BASE + "---\n" * 1_000),
    "no body and no line end": raw(BASE.rstrip("\n")),
}
