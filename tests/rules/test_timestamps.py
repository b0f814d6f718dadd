"""Timestamps: the repairs of their writing, and the day in a file's name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newslint.engine.linter import lint_bytes
from newslint.finding import Repair, Replace
from newslint.rules.timestamps import Timestamp, parse_timestamp
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import BASE, ROOT, lint, with_fields
from tests.rules.spoken import spoken

FIELD = ("publishedDateTime",)


def stamped(written: str) -> str:
    return with_fields(f"publishedDateTime: {written}\n")


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("2024-01-24T16:00:00+01:00", "2024-01-24T15:00:00Z"),
        ("2024-01-24T16:00:00.000+01:00", "2024-01-24T15:00:00Z"),
        ("2024-01-24T16:00:00.250+01:00", "2024-01-24T15:00:00.250Z"),
        ("'2024-01-24 16:00:00-00:00'", "2024-01-24T16:00:00Z"),
        ("2024-01-01t00:30:00+05:45", "2023-12-31T18:45:00Z"),
        ("0999-12-31T23:30:00-01:00", "1000-01-01T00:30:00Z"),
    ],
)
def test_another_time_zone_becomes_utc(written: str, mended: str) -> None:
    (violation,) = spoken("NL202", stamped(written))
    assert violation.repair == Repair("Write the timestamp in UTC", (Replace(FIELD, mended, plain=True),))
    assert violation.hint == f"Write {mended}"
    before, after = parse_timestamp(written.strip("'")), parse_timestamp(mended)
    assert isinstance(before, Timestamp)
    assert isinstance(after, Timestamp)
    assert before.instant == after.instant


@pytest.mark.parametrize(
    ("written", "mended", "safe"),
    [
        ('"2024-01-24T15:00:00Z"', "2024-01-24T15:00:00Z", True),
        ("2024-01-24 15:00:00z", "2024-01-24T15:00:00Z", True),
        ("2024-01-24T15:00:00.000Z", "2024-01-24T15:00:00Z", True),
        ("2024-01-24T15:00:00.001Z", "2024-01-24T15:00:00Z", False),
        ("|-\n  2024-01-24T15:00:00Z", "2024-01-24T15:00:00Z", True),
    ],
)
def test_the_writing_is_mended_and_only_a_lost_fraction_makes_it_unsafe(written: str, mended: str, safe: bool) -> None:
    (violation,) = spoken("NL203", stamped(written))
    title = "Write the timestamp as YYYY-MM-DDTHH:MM:SSZ"
    assert violation.repair == Repair(title, (Replace(FIELD, mended, plain=True),), safe=safe)


@pytest.mark.parametrize("fraction", ["", ".5"])
def test_each_repair_leaves_nothing_but_a_fraction(fraction: str) -> None:
    (violation,) = spoken("NL202", stamped(f"'2024-01-24 16:00:00{fraction}+01:00'"))
    assert violation.repair is not None
    (change,) = violation.repair.changes
    assert isinstance(change, Replace)
    assert [found.code for found in lint(stamped(str(change.value)))] == (["NL203"] if fraction else [])


@pytest.mark.parametrize(
    ("name", "written", "message"),
    [
        (
            "2024-01-26-x.md",
            "2024-01-24T23:59:59Z",
            '"2024-01-24T23:59:59Z" is on 2024-01-24 in UTC, but the file is named after 2024-01-26, 2 days later',
        ),
        (
            "2024-01-22-x.md",
            "2024-01-24T00:00:00Z",
            '"2024-01-24T00:00:00Z" is on 2024-01-24 in UTC, but the file is named after 2024-01-22, 2 days earlier',
        ),
        (
            "2024-01-25-x.md",
            "2024-01-24T01:00:00+02:00",
            '"2024-01-24T01:00:00+02:00" is on 2024-01-23 in UTC, but the file is named after 2024-01-25, 2 days later',
        ),
        (
            "2004-01-24-x.md",
            "2024-01-24T00:00:00Z",
            '"2024-01-24T00:00:00Z" is on 2024-01-24 in UTC, '
            "but the file is named after 2004-01-24, 7,305 days earlier",
        ),
    ],
)
def test_a_file_named_after_another_day(name: str, written: str, message: str) -> None:
    (violation,) = spoken("NL206", stamped(written), name=name)
    assert (violation.pointer, violation.within, violation.message) == (FIELD, None, message)
    assert violation.hint == "Rename the file, or correct publishedDateTime"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("2024-01-23-x.md", "2024-01-24T15:00:00Z"),
        ("2024-01-24-x.md", "2024-01-24T15:00:00Z"),
        ("2024-01-25-x.md", "2024-01-24T00:00:00Z"),
        ("2024-01-25-x.md", "2024-01-25T01:00:00+02:00"),
        ("2024-03-01-x.md", "2024-02-29T15:00:00Z"),
        ("2023-02-29-x.md", "2024-01-24T15:00:00Z"),
        ("2020-01-01.md", "2024-01-24T15:00:00Z"),
        ("article.md", "2024-01-24T15:00:00Z"),
        ("", "2024-01-24T15:00:00Z"),
        ("2020-01-01-x.md", "2024-01-24"),
        ("2020-01-01-x.md", "5"),
        ("2020-01-01-x.md", "[2024-01-24T15:00:00Z]"),
        ("2020-01-01-x.md", ""),
    ],
)
def test_a_day_more_or_less_or_no_day_at_all_is_fine(name: str, written: str) -> None:
    assert spoken("NL206", stamped(written), name=name) == []


@pytest.mark.parametrize(("written", "code"), [("2204-01-24T15:00:00Z", "NL204"), ("1970-01-01T00:00:00Z", "NL205")])
def test_a_timestamp_that_cannot_be_right_is_told_once(written: str, code: str) -> None:
    assert [found.code for found in lint(stamped(written), "2024-01-24-x.md")] == [code]


def test_a_related_article_is_not_the_file() -> None:
    text = with_fields("related:\n  - publishedDateTime: 2020-01-24T15:00:00Z\n")
    assert spoken("NL206", text, name="2024-01-24-x.md") == []
    assert lint(BASE, "2024-01-24-x.md") == ()


@pytest.mark.parametrize(
    ("now", "codes"), [(datetime.min, ["NL204"]), (datetime.max, []), (datetime(9999, 12, 31), [])], ids=str
)
def test_at_the_ends_of_the_calendar(now: datetime, codes: list[str]) -> None:
    plan = Runner(Settings(ROOT), Choices(now=now.replace(tzinfo=UTC))).plan
    assert [found.code for found in lint_bytes("a.md", BASE.encode(), plan).findings] == codes
