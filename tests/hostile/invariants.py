"""What holds of every file, whatever is in it: of its findings, its fixes, its suppressions, and of every format."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newslint.document import events
from newslint.document.source import Fences, Source, decode, find_fences
from newslint.engine.add_suppressions import add_suppressions
from newslint.engine.linter import Linted, lint_bytes
from newslint.engine.plan import Plan
from newslint.finding import Finding
from newslint.fix.fixer import fix_text
from newslint.output import FORMATS, render
from newslint.report import Report
from newslint.run.choices import Choices
from newslint.run.rows import facts_text, found_text, read_facts, read_found
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import NOW, ROOT

NAME = "_news/2024-01-24-article.md"
PLAN: Plan = Runner(Settings(ROOT), Choices(now=NOW)).plan


def findings_hold(data: bytes) -> Linted:
    """Check what is found in a file: no fault of ours, in order, each inside the file, the same without accelerators."""
    linted = lint_bytes(NAME, data, PLAN)
    assert [found.message for found in linted.findings if found.code == "NL999"] == []
    assert list(linted.findings) == sorted(linted.findings, key=lambda found: found.sort_key)
    lines = _lines(data)
    for found in (*linted.findings, *linted.suppressed):
        _is_inside(found, lines)
    assert lint_bytes(NAME, data, PLAN._replace(exact=True)) == linted
    kept = read_found(NAME, found_text(linted), PLAN)
    assert kept == linted._replace(facts=())
    assert read_facts(NAME, facts_text(linted)) == linted.facts
    return linted


def _lines(data: bytes) -> list[str]:
    """Return the lines of a file as its findings count them; of what is no UTF-8, up to there."""
    source, _ = decode("a.md", data)
    return re.split(r"\r\n|\r|\n", source.text)


def _is_inside(found: Finding, lines: list[str]) -> None:
    assert 1 <= found.line <= found.end_line <= len(lines), found
    assert 1 <= found.column <= len(lines[found.line - 1]) + 1, found
    assert 1 <= found.end_column <= len(lines[found.end_line - 1]) + 1, found
    assert (found.line, found.column) <= (found.end_line, found.end_column), found
    assert len(found.message) <= 1_100
    assert len(found.source_line) <= 500
    for edit in found.fix.edits if found.fix is not None else ():
        assert 1 <= edit.line <= edit.end_line <= len(lines), found
        assert 1 <= edit.column <= len(lines[edit.line - 1]) + 1, found
        assert 1 <= edit.end_column <= len(lines[edit.end_line - 1]) + 1, found


def fixes_hold(data: bytes, *, unsafe: bool) -> None:
    """Check the fixer: what does not parse stays, what comes out parses, is no worse, and is mended no further."""
    before = lint_bytes(NAME, data, PLAN)
    fixed = fix_text(NAME, data, PLAN, unsafe=unsafe)
    assert [found.code for found in fixed.linted.findings if found.code == "NL999"] == []
    assert fixed.linted == lint_bytes(NAME, fixed.data, PLAN)
    assert bool(fixed.mended) == (fixed.data != data)
    if _read(data) is None:
        assert fixed.data == data
        return
    assert _read(fixed.data) is not None
    assert _body(fixed.data) == _body(data) or any(found.code == "NL011" for found in fixed.mended)
    assert _errors(fixed.linted) <= _errors(before) + len(fixed.mended)
    again = fix_text(NAME, fixed.data, PLAN, unsafe=unsafe)
    assert again.data == fixed.data
    assert again.mended == ()


def _errors(linted: Linted) -> int:
    return sum(found.severity.value == "error" for found in linted.findings)


def _source(data: bytes) -> tuple[Source, Fences] | None:
    source, problem = decode("a.md", data)
    fences = find_fences(source)
    return None if problem is not None or not isinstance(fences, Fences) else (source, fences)


def _read(data: bytes) -> Any:
    """Return the data of a file as JSON, which tells 1 from 1.0 and true, or None where it does not parse."""
    read = _source(data)
    if read is None:
        return None
    reading = events.read(read[0], read[1].yaml)
    return None if reading.data is None else json.dumps(reading.data)


def _body(data: bytes) -> str:
    read = _source(data)
    assert read is not None
    return read[0].text[read[1].yaml.end :]


def suppressions_hold(data: bytes, linted: Linted) -> None:
    """Check the comments that are written: they mean the same data, and what they excuse is no longer told."""
    source, problem = decode("a.md", data)
    if problem is not None or linted.truncated:
        return
    told = [found for found in linted.findings if found.code != "NL998"]
    added = add_suppressions(source, told, "as it is")
    text = ("\ufeff" if source.bom else "") + added.text
    after = lint_bytes(NAME, text.encode("utf-8", "surrogatepass"), PLAN)
    assert _read(text.encode("utf-8", "surrogatepass")) == _read(data)
    left = {(found.code, found.fingerprint) for found, _ in added.left}
    known = {(found.code, found.fingerprint) for found in linted.findings if found.code == "NL998"}
    assert {(found.code, found.fingerprint) for found in after.findings} <= left | known


def _json_lines(shown: str) -> list[Any]:
    return [json.loads(line) for line in shown.splitlines()]


COUNTS: dict[str, Callable[[str], int]] = {
    "concise": lambda shown: len(shown.splitlines()) - 1,
    "json": lambda shown: len(json.loads(shown)["findings"]),
    "json-lines": lambda shown: len(_json_lines(shown)),
    "sarif": lambda shown: sum("suppressions" not in one for one in json.loads(shown)["runs"][0]["results"]),
    "github": lambda shown: len(re.findall(r"^::(?:error|warning|notice) file=", shown, re.MULTILINE)),
    "gitlab": lambda shown: len(json.loads(shown)),
    "junit": lambda shown: len(ET.fromstring(shown.encode()).findall("*/testcase[@line]")),
    "rdjson": lambda shown: len(json.loads(shown)["diagnostics"]),
    "rdjsonl": lambda shown: len(_json_lines(shown)),
    "azure": lambda shown: len(re.findall(r"^##vso\[task\.logissue ", shown, re.MULTILINE)),
    "teamcity": lambda shown: len(re.findall(r"^##teamcity\[inspection ", shown, re.MULTILINE)),
    "checkstyle": lambda shown: len(ET.fromstring(shown.encode()).findall("file/error")),
}
"""How the findings are counted in each format that tells one a line, or that a program reads."""

_STEERS = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def formats_hold(linted: Linted, name: str = NAME) -> None:
    """Check that :func:`report_holds` of what was found in a file."""
    findings = tuple(found._replace(path=name) for found in linted.findings)
    report_holds(Report(findings, 1, suppressed_findings=linted.suppressed, checked=(name,)))


def report_holds(report: Report) -> None:
    """Check that every format can be read again, tells all findings, and steers neither a terminal nor a CI."""
    for each in FORMATS:
        shown = render(each, report)
        shown.encode("utf-8")
        assert re.findall(r"[\0-\x08\x0b-\x1f\x7f]", shown) == [], each
        if each in ("text", "concise"):
            assert _STEERS.findall(shown) == [], each
        # A CI that reads commands in lines ends them there (GitHub's runner: TextReader.ReadLine of .NET).
        for line in re.split(r"\r\n|\r|\n", shown):
            assert each == "github" or not line.lstrip().startswith("::"), each
            assert each in ("azure", "teamcity") or "##vso[" not in line, each
        if each in COUNTS:
            assert COUNTS[each](shown) == len(report.findings), each


def settings_hold(folder: Path, config: bytes, schema: bytes, data: bytes) -> None:
    """Check a configuration: a file can be checked with it, or one line says what is wrong with it, and where."""
    from newslint.config import load_settings
    from newslint.schema.files import SchemaError
    from newslint.settings import WrongUseError

    (folder / "newslint.toml").write_bytes(config)
    (folder / "a.json").write_bytes(schema)
    try:
        runner = Runner(load_settings(folder / "newslint.toml", folder), Choices(now=NOW))
        found = runner.lint_data(data, "a.md").findings
        said = "newslint.toml"
    except (WrongUseError, SchemaError) as error:
        found, said = (), str(error)
    assert any(file in said for file in ("newslint.toml", "a.json", "etc/passwd", "a.example")), said
    assert [one.message for one in found if one.code == "NL999"] == []
