"""Findings and reports made by hand, for the tests of the formats."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import Any

from newslint.finding import Edit, Finding, Fix, Related, Severity
from newslint.report import Report

FINDING = Finding(
    path="_news/a.md",
    line=3,
    column=8,
    end_line=3,
    end_column=13,
    field="/title",
    readable_field="title",
    code="NL602",
    name="edge-whitespace",
    severity=Severity.WARNING,
    message="white space at the start",
    hint="Delete it",
    fingerprint="0" * 32,
    source_line='title: "A title of an article"',
)


def made(**changes: Any) -> Finding:
    """Return the finding with some of its members changed."""
    return FINDING._replace(**changes)


def under(line: str, start: int, end: int, **changes: Any) -> Finding:
    """Return a finding at the characters ``start`` to ``end`` (exclusive, from 0) of a source line."""
    return made(source_line=line, column=start + 1, end_column=end + 1, **changes)


HOSTILE = "a\x1b[31m\n\r\t\x00\x7f\x9b\u202e\u2028\ud800 \udc80%::]'|<&>\"{}`\ufeff\ufdd0\U0010ffff"

HOSTILE_FINDING = made(
    path=f"{HOSTILE}.md",
    field=f"/{HOSTILE}",
    readable_field=f'["{HOSTILE}"]',
    message=HOSTILE,
    hint=HOSTILE,
    source_line=HOSTILE,
    column=1,
    end_column=3,
    related=(Related(HOSTILE, 1, 2, f"/{HOSTILE}", HOSTILE),),
    fix=Fix("safe", HOSTILE, (Edit(1, 1, 1, 2, HOSTILE),)),
)


HOSTILE_TEXTS = [
    *[
        "\n",
        "\r\n::error::x",
        "a\rb",
        "::error::x",
        "::",
        " ::stop-commands::x",
        "%0A::error::x",
        "%25",
        "%AZP25",
        "100%",
        "%",
    ],
    *[
        "]",
        "[",
        "x](1)",
        "[x](https://example.com)",
        "|",
        "|'",
        "'",
        '"',
        "\\",
        "`",
        "``|`",
        "*_~$@#1",
        ",",
        ";",
        "a=b;c=d,e:f",
    ],
    *[
        "<",
        "&amp;",
        "]]>",
        "<!--",
        "</failure>",
        "<script>",
        "{0}",
        "{{0}}",
        "{",
        "##[error]x",
        "##vso[task.complete]x",
    ],
    *[
        "##teamcity[message text='x']",
        "###[x]",
        "\0",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\ufffe",
        "\uffff",
    ],
    *[
        "\ud800",
        "\udcff",
        " ",
        " a  b ",
        "\t",
        "#",
        "?",
        "#?&=+",
        "caf\u00e9",
        "e\u0301",
        "\u65e5\u672c",
        "\U0001f600",
        "C:/x",
        "..",
        "-",
    ],
]
"""What means something to one of the formats, or is refused by a reader of one, each alone."""


def hostile(text: str) -> Finding:
    """Return a finding that has a text in each of its members that hold a text from a file or a name."""
    return made(
        path=f"{text}.md",
        field=f"/{text}",
        readable_field=f'["{text}"]',
        message=text,
        hint=text,
        source_line=f"{text}: x",
        column=1,
        end_column=len(text) + 1,
        related=(Related(f"{text}.md", 1, 2, f"/{text}", text),),
        fix=Fix("safe", text, (Edit(3, 1, 3, 2, text),)),
    )


def many(count: int) -> list[Finding]:
    """Return findings of all severities in two files, sorted as a run sorts them, with a fingerprint each."""
    return [
        made(
            path="_news/a.md" if number <= count // 2 else "_news/b.md",
            line=number,
            end_line=number,
            severity=list(Severity)[number % 3],
            fingerprint=f"{number:032x}",
        )
        for number in range(1, count + 1)
    ]


def report(*findings: Finding, **members: Any) -> Report:
    """Return a report over one file with some findings."""
    return Report(findings, **{"files": 1, **members})


def page_data(page: str) -> dict[str, Any]:
    """Return what the script of a page reads."""
    found = re.search(r'<script type="application/octet-stream" id="data">([A-Za-z0-9+/=]*)</script>', page)
    assert found is not None
    data: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    return data
