"""The recorded runs: what a line holds, what is refused, what counts as worse."""

from __future__ import annotations

import json

import pytest

from newslint.history import (
    MAX_HISTORY_SIZE,
    Entry,
    HistoryError,
    Regression,
    make_entry,
    parse_history,
    regressions,
    render_entry,
)
from tests.output.making import made

DATE = "2024-06-01T00:00:00Z"
ENTRY = Entry(DATE, "abc", 3, {"NL602": 2, "NL603": 0})
LINE = '{"version": 1, "date": "2024-06-01T00:00:00Z", "revision": "abc", "files": 3, "findings": {"NL602": 2, "NL603": 0}}'


def test_an_entry_is_one_line_and_comes_back() -> None:
    assert render_entry(ENTRY) == f"{LINE}\n"
    hostile = ENTRY._replace(revision="\u202e\udc80\n")
    assert render_entry(hostile).isascii()
    assert render_entry(hostile).count("\n") == 1
    text = render_entry(ENTRY) + "\n" + render_entry(hostile)
    assert parse_history(text.encode(), "h") == (ENTRY, hostile)
    assert parse_history(b"", "h") == ()
    assert parse_history(f"{LINE}\r\n".encode(), "h") == (ENTRY,)


def test_a_rule_that_ran_and_found_nothing_is_a_zero() -> None:
    entry = make_entry([made(), made()], {"NL603", "NL602"}, 3, DATE, "abc")
    assert entry == ENTRY
    assert list(entry.findings) == ["NL602", "NL603"]
    assert entry.total == 2


def test_worse_is_more_than_before_of_a_rule_that_ran_both_times() -> None:
    now = Entry(DATE, None, 3, {"NL601": 7, "NL602": 3, "NL603": 1, "NL604": 0})
    assert regressions(Entry(DATE, None, 3, {"NL602": 2, "NL603": 1, "NL604": 5, "NL605": 1}), now) == [
        Regression("NL602", 2, 3)
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x", "h:2: this line is no JSON"),
        ("[" * 100_000, "h:2: this line is no JSON"),
        ("1" * 5000, "h:2: this line is no JSON"),
        ("[]", "h:2: this line is no object"),
        ("<<<<<<< HEAD", "h:2: a conflict of Git's is not resolved: keep the lines of both sides"),
        ("=======", "h:2: a conflict of Git's is not resolved: keep the lines of both sides"),
        ({"version": 2}, 'h:2: "version" is not 1, which is all that this newslint reads'),
        ({"date": "2024-06-01"}, 'h:2: "date" is not written YYYY-MM-DDTHH:MM:SSZ'),
        ({"date": 5}, 'h:2: "date" is not written YYYY-MM-DDTHH:MM:SSZ'),
        ({"revision": 5}, 'h:2: "revision" is neither null nor a text of at most 100 characters'),
        ({"revision": "x" * 101}, 'h:2: "revision" is neither null nor a text of at most 100 characters'),
        ({"files": -1}, 'h:2: "files" is no number of files'),
        ({"files": True}, 'h:2: "files" is no number of files'),
        ({"files": 10**13}, 'h:2: "files" is no number of files'),
        ({"findings": []}, 'h:2: "findings" is no object of codes like NL602'),
        ({"findings": {"602": 1}}, 'h:2: "findings" is no object of codes like NL602'),
        ({"findings": {"NL602": 1.5}}, 'h:2: "findings" holds something else than numbers of findings'),
    ],
)
def test_what_is_no_entry_is_refused_with_its_line(line: str | dict[str, object], message: str) -> None:
    text = line if isinstance(line, str) else json.dumps({**json.loads(LINE), **line})
    with pytest.raises(HistoryError) as refused:
        parse_history(f"{LINE}\n{text}\n".encode(), "h")
    assert str(refused.value) == message


def test_what_is_no_text_and_what_is_too_large_is_refused() -> None:
    with pytest.raises(HistoryError, match=r"^h: the history is not UTF-8$"):
        parse_history(b"\xff", "h")
    with pytest.raises(HistoryError, match=r"^h: the history is larger than 16,777,216 bytes$"):
        parse_history(b" " * (MAX_HISTORY_SIZE + 1), "h")
