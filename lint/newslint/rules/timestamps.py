"""Timestamps (NL2): fields of format date-time name a real instant, in UTC, in one style, at a plausible time.

What a timestamp is says RFC 3339, section 5.6 (grammar) and section 5.7 (which days and hours exist).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from newslint.document.document import once
from newslint.finding import Pointer, Repair, Replace, Violation
from newslint.late import compiled_late
from newslint.quote import listed, quote
from newslint.record import Record
from newslint.rules.filename import dated_name
from newslint.rules.rule import EITHER, ERROR, SAFE, WARNING, Option, Options, rule

if TYPE_CHECKING:
    from newslint.document.document import Document

_DATE_TIME = compiled_late(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|([+-])(\d{2}):(\d{2}))", re.ASCII
)
_CANONICAL = compiled_late(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_WITHOUT_OFFSET = compiled_late(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?", re.ASCII)
_DATE_ALONE = compiled_late(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST_KEPT = 64
_SHAPE = "YYYY-MM-DDTHH:MM:SSZ"


class Timestamp(Record):
    """A valid RFC 3339 date-time: its instant in UTC, and what its writing holds beside it."""

    instant: datetime
    offset: str
    fraction: str


def parse_timestamp(text: str) -> Timestamp | str:
    """Return the timestamp that a text is, or why it is none (completing "... is no valid timestamp: ...").

    Leap seconds and the year 0000 are RFC 3339, but PyYAML does not take them: they are refused with a reason of their
    own.
    """
    # Five rules ask for each timestamp; a long text is none, and would only fill the memory.
    return _parsed(text) if len(text) <= _LONGEST_KEPT else _parsed.__wrapped__(text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Timestamp | str:
    if _CANONICAL.fullmatch(text):
        # What is wrong with one that Python refuses is told below.
        with suppress(ValueError):
            return Timestamp(datetime.fromisoformat(text), "Z", "")
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return _why_no_date_time(text)
    # Imported here because nearly all timestamps are canonical.
    from calendar import month_name, monthrange

    year, month, day, hour, minute, second = (int(part) for part in match.group(1, 2, 3, 4, 5, 6))
    if not 1 <= month <= 12:
        return f"there is no month {month:02}"
    days = monthrange(year, month)[1] if year else 31
    if not 1 <= day <= days:
        return f"{month_name[month]} {year} has {days} days"
    if hour > 23:
        return f"there is no hour {hour}"
    if minute > 59:
        return f"there is no minute {minute}"
    if second == 60:
        return "it is a leap second (:60), which PyYAML refuses"
    if second > 59:
        return f"there is no second {second}"
    offset = timedelta()
    if match.group(9):
        hours, minutes = int(match.group(10)), int(match.group(11))
        if hours > 23 or minutes > 59:
            return f"there is no offset {match.group(8)}"
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if match.group(9) == "-" else 1)
    try:
        instant = datetime(year, month, day, hour, minute, second, tzinfo=UTC) - offset
    except (ValueError, OverflowError):
        return "the year is outside 0001 to 9999"
    return Timestamp(instant, match.group(8), match.group(7) or "")


def _why_no_date_time(text: str) -> str:
    if text != text.strip():
        return "it has blanks at an edge"
    if _DATE_ALONE.fullmatch(text):
        return "the time is missing"
    if _WITHOUT_OFFSET.fullmatch(text):
        return "the time zone is missing (Z for UTC)"
    if not text:
        return "it is empty"
    return f"it is not written {_SHAPE}"


@lru_cache(maxsize=16)
def _start_of(day: str) -> datetime:
    """Return the first instant of a day in UTC."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def canonical(instant: datetime) -> str:
    """Return an instant in UTC as ``YYYY-MM-DDTHH:MM:SSZ``."""
    return f"{instant.year:04}-{instant:%m-%dT%H:%M:%S}Z"


@once
def _timestamps(document: Document) -> Sequence[tuple[Pointer, str, Timestamp]]:
    """Return the pointer, the text and the instant of each valid timestamp."""
    return [
        (pointer, value, stamp)
        for pointer, value in document.fields("date-time")
        if isinstance(value, str) and isinstance(stamp := parse_timestamp(value), Timestamp)
    ]


@rule("NL201", "invalid-timestamp", ERROR, replaces=("NL106", "NL107"))
def invalid_timestamp(document: Document, options: Options) -> Iterator[Violation]:
    """A timestamp is no RFC 3339 date-time, or names a day or an hour that does not exist.

    ## What it does
    Checks that every field of format `date-time` is a date, a time and a time zone as RFC 3339 (section 5.6) has them,
    and that this day and this hour exist.

    ## Why is this bad?
    Readers disagree about such a value. Of `2024-02-30T09:00:00Z` Jekyll makes the first of March, where
    python-frontmatter raises an exception; of `2024-01-24T25:00:00Z` Jekyll makes a text; `2024-01-24` is a day without
    a time to both. A leap second (`:60`) is RFC 3339, but python-frontmatter raises an exception, and Jekyll moves it
    to the next minute.

    ## Example
    ```yaml
    publishedDateTime: 2024-02-30T09:00:00Z
    ```

    Use instead:
    ```yaml
    publishedDateTime: 2024-02-29T09:00:00Z
    ```
    """
    for pointer, value in document.fields("date-time"):
        if isinstance(value, str) and isinstance(reason := parse_timestamp(value), str):
            hint = f"Write the time in UTC as {_SHAPE}"
            yield Violation(pointer, f"{quote(value)} is no valid timestamp: {reason}", hint=hint)


@rule("NL202", "timestamp-not-utc", WARNING, fix=SAFE, silent_after=("NL201",))
def timestamp_not_utc(document: Document, options: Options) -> Iterator[Violation]:
    """A timestamp is given in another time zone than UTC.

    ## What it does
    Checks that every timestamp ends in `Z`, not in an offset such as `+01:00`. The fix writes the same instant in UTC,
    in the style that NL203 asks for; a fraction of a second stays.

    ## Why is this bad?
    Timestamps of one archive are compared and sorted as text by scripts and by people; with mixed offsets the order is
    wrong and the day in the file name is easily one off.

    ## Example
    ```yaml
    publishedDateTime: 2024-01-24T16:00:00+01:00
    ```

    Use instead:
    ```yaml
    publishedDateTime: 2024-01-24T15:00:00Z
    ```
    """
    for pointer, value, stamp in _timestamps(document):
        if stamp.offset not in "Zz":
            start = len(value) - len(stamp.offset)
            message = f"{quote(value)} has the offset {stamp.offset}, where UTC (Z) is expected"
            fraction = stamp.fraction if stamp.fraction.strip(".0") else ""
            written = f"{canonical(stamp.instant)[:-1]}{fraction}Z"
            repair = Repair("Write the timestamp in UTC", (Replace(pointer, written, plain=True),))
            yield Violation(pointer, message, within=(start, len(value)), hint=f"Write {written}", repair=repair)


@rule("NL203", "timestamp-style", WARNING, fix=EITHER, silent_after=("NL202",))
def timestamp_style(document: Document, options: Options) -> Iterator[Violation]:
    """A timestamp is valid, but not written `YYYY-MM-DDTHH:MM:SSZ` without quotes.

    ## What it does
    Checks the writing of valid timestamps in UTC: a capital `T` and `Z`, whole seconds, no quotes.

    ## Why is this bad?
    A timestamp in quotes is text for YAML readers and one without is a time, and Python cannot compare the two: a
    script that sorts the articles ends with a TypeError. Fractions and a blank in place of the `T` give a wrong order
    wherever timestamps are compared as text.

    ## Example
    ```yaml
    publishedDateTime: "2024-01-24T15:00:00Z"
    ```

    Use instead:
    ```yaml
    publishedDateTime: 2024-01-24T15:00:00Z
    ```

    ## Fix safety
    The fix is unsafe where it drops a fraction of a second that is not zero, because that is another instant.
    """
    for pointer, value, stamp in _timestamps(document):
        style = document.style(pointer)
        if style is None or (style == "plain" and _CANONICAL.fullmatch(value)):
            continue
        odd = []
        if style in ("literal", "folded"):
            odd.append("as a block of text")
        elif style != "plain":
            odd.append("in quotes")
        if stamp.fraction:
            odd.append("with a fraction of a second")
        if value[10] != "T":
            odd.append("with a blank for the T" if value[10] == " " else "with a small t")
        if stamp.offset == "z":
            odd.append("with a small z")
        message = f"{quote(value)} is written {listed(odd, 'and')}, where {_SHAPE} without quotes is expected"
        written = canonical(stamp.instant)
        same_instant = not stamp.fraction.strip(".0")
        repair = Repair(f"Write the timestamp as {_SHAPE}", (Replace(pointer, written, plain=True),), safe=same_instant)
        yield Violation(pointer, message, hint=f"Write {written}", repair=repair)


@rule("NL204", "future-timestamp", ERROR, silent_after=("NL201",), timely=True)
def future_timestamp(document: Document, options: Options) -> Iterator[Violation]:
    """A timestamp is more than a day ahead of now.

    ## What it does
    Compares every timestamp with the present instant plus one day, which leaves room for time zones. `--now` sets
    another present, so that a run can be repeated.

    ## Why is this bad?
    An article from the future stays on top of every list until its day comes; mostly the year or the month is mistyped,
    or day and month have changed places.

    ## Example
    ```yaml
    publishedDateTime: 2999-01-24T15:00:00Z
    ```

    Use instead:
    ```yaml
    publishedDateTime: 2024-01-24T15:00:00Z
    ```
    """
    # The difference is always a duration, but a day after the last one there is no date.
    leeway = timedelta(days=1)
    for pointer, value, stamp in _timestamps(document):
        if stamp.instant - options.now > leeway:
            ahead = (stamp.instant - options.now).days
            days = "day" if ahead == 1 else "days"
            message = f"{quote(value)} is {ahead:,} {days} ahead of now ({canonical(options.now)})"
            yield Violation(pointer, message, hint="Correct the year, month or day")


@rule(
    "NL205",
    "implausible-timestamp",
    WARNING,
    options={"earliest": Option("1990-01-01", "the first day that an article can be from, as YYYY-MM-DD")},
    silent_after=("NL201",),
)
def implausible_timestamp(document: Document, options: Options) -> Iterator[Violation]:
    """A timestamp is older than any article can be.

    ## What it does
    Compares every timestamp with the day given by the option `earliest`.

    ## Why is this bad?
    Programs write 1970-01-01 or 0001-01-01 where they have no time at all, and the article disappears at the end of the
    archive.

    ## Example
    ```yaml
    publishedDateTime: 1970-01-01T00:00:00Z
    ```

    Use instead:
    ```yaml
    publishedDateTime: 2024-01-24T15:00:00Z
    ```
    """
    earliest = _start_of(options["earliest"])
    for pointer, value, stamp in _timestamps(document):
        if stamp.instant < earliest:
            first = options["earliest"]
            message = f"{quote(value)} is before {first}, the earliest day that is plausible for an article"
            yield Violation(pointer, message, hint="Write the time at which the article was published")


@rule("NL206", "filename-date-mismatch", WARNING, silent_after=("NL201", "NL204", "NL205"))
def filename_date_mismatch(document: Document, options: Options) -> Iterator[Violation]:
    """A file is named after another day than the one on which its article was published.

    ## What it does
    Compares the day at the start of a name such as `2024-01-24-live-facial-recognition.md` with the day of
    `publishedDateTime` in UTC. One day of difference is fine: the name has the day in the site's time zone. A name
    without a day, or with a day that does not exist, says nothing.

    ## Why is this bad?
    Jekyll makes the address of the page from the name, while lists and feeds show the timestamp: readers see two dates.
    Mostly one of the two was mistyped, or a file was copied and only half of it changed.

    ## Example
    ```files
    2024-02-24-live-facial-recognition.md
    publishedDateTime: 2024-01-24T15:00:00Z
    ```

    Use instead:
    ```files
    2024-01-24-live-facial-recognition.md
    publishedDateTime: 2024-01-24T15:00:00Z
    ```
    """
    named = dated_name(document.name)
    value = document.data.get("publishedDateTime")
    if named is None or not isinstance(value, str) or not isinstance(stamp := parse_timestamp(value), Timestamp):
        return
    day = stamp.instant.date()
    apart = (named.day - day).days
    if abs(apart) > 1:
        distance = f"{abs(apart):,} days {'later' if apart > 0 else 'earlier'}"
        message = f"{quote(value)} is on {day} in UTC, but the file is named after {named.day}, {distance}"
        yield Violation(("publishedDateTime",), message, hint="Rename the file, or correct publishedDateTime")
