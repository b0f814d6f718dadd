"""What is sorted on disk comes back as from memory, whatever its order was, and a disk that is full loses none."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from newslint.finding import Edit, Fix, Related, Severity
from newslint.report import Report, count
from newslint.run import ledger, roll
from newslint.run.ledger import Ledger
from newslint.run.roll import Roll
from newslint.run.scratch import Scratch
from newslint.run.sorter import Form, Sorter
from newslint.settings import LostError
from tests.output.making import HOSTILE, HOSTILE_FINDING, made, many

Pair = tuple[int, str]
PAIRS = Form[Pair](key=lambda pair: pair[0], plain=list, item=tuple)


def _pairs(seed: int) -> list[Pair]:
    chance = random.Random(seed)
    # Few keys, so that many are equal; some are long.
    return [(chance.randrange(50), f"{number}{'x' * chance.choice([0, 5, 40_000])}") for number in range(301)]


def _sorted(pairs: list[Pair], most: int) -> Sorter[Pair]:
    sorter = Sorter(PAIRS, most)
    for pair in pairs:
        sorter.add(pair)
    return sorter


@pytest.mark.parametrize("most", [1, 7, 100, 1_000])
def test_items_come_back_in_order_and_equal_ones_as_they_came(most: int) -> None:
    pairs = _pairs(most)
    sorter = _sorted(pairs, most)
    expected = sorted(pairs, key=lambda pair: pair[0])
    assert (len(sorter), list(sorter)) == (301, expected)
    # Two at once, each on its own way.
    assert list(zip(sorter, sorter, strict=True)) == list(zip(expected, expected, strict=True))


def test_what_comes_in_order_is_one_stretch() -> None:
    pairs = sorted(_pairs(1))
    sorter = _sorted(pairs, 10)
    assert list(sorter) == pairs
    assert len(sorter._older) == 1
    assert len(_sorted(pairs[::-1], 10)._older) == 30


def test_no_place_for_temporary_files_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))
    pairs = _pairs(2)
    assert list(_sorted(pairs, 10)) == sorted(pairs, key=lambda pair: pair[0])


def test_a_disk_that_fills_up_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Scratch.append

    def append(scratch: Scratch, data: bytes) -> int:
        if scratch.size > 200_000:
            raise OSError("no room")
        return whole(scratch, data)

    monkeypatch.setattr(Scratch, "append", append)
    pairs = _pairs(3)
    sorter = _sorted(pairs, 10)
    assert {type(one).__name__ for one in sorter._older} == {"_Stretch", "list"}
    assert list(sorter) == sorted(pairs, key=lambda pair: pair[0])


@pytest.mark.parametrize("where", ["before", "behind"])
def test_an_interrupt_while_items_are_put_away_loses_none(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    pairs = _pairs(2)
    append, calls = Scratch.append, iter(range(9))

    def interrupted(scratch: Scratch, data: bytes) -> int:
        interrupts = next(calls) == 2
        if interrupts and where == "before":
            raise KeyboardInterrupt
        place = append(scratch, data)
        if interrupts:
            raise KeyboardInterrupt
        return place

    monkeypatch.setattr(Scratch, "append", interrupted)
    sorter = Sorter(PAIRS, 50)
    for pair in pairs[:149]:
        sorter.add(pair)
    with pytest.raises(KeyboardInterrupt):
        sorter.add(pairs[149])
    assert len(sorter) == 150
    assert list(sorter) == sorted(pairs[:150], key=lambda pair: pair[0])
    for pair in pairs[150:]:
        sorter.add(pair)
    assert list(sorter) == sorted(pairs, key=lambda pair: pair[0])


def test_a_disk_that_loses_something_is_told() -> None:
    sorter = _sorted(_pairs(4), 10)
    sorter._scratch._file.truncate(1_000)
    said = r"^a temporary file cannot be read: a temporary file has lost what was written to it$"
    with pytest.raises(LostError, match=said):
        list(sorter)


def test_names_are_there_once_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll, "MAX_HELD_NAMES", 8)
    names = [f"a.zip!/{random.Random(number).randrange(60)}\udcff\n\u2028{HOSTILE}.md" for number in range(200)]
    kept = Roll(names[:20])
    for number, name in enumerate(names[20:], 21):
        kept.add(name)
        if number in (30, 100):
            assert (len(kept), "b.md" in kept, name in kept) == (len(set(names[:number])), False, True)
    assert (list(kept), len(kept), bool(kept)) == (sorted(set(names)), len(set(names)), True)
    assert all(name in kept for name in names)
    assert not Roll()


def test_findings_are_the_same_from_the_disk_and_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MAX_HELD_FINDINGS", 7)
    fix = Fix("unsafe", "Do it", (Edit(1, 2, 3, 4, "x\n"), Edit(5, 6, 7, 8, "")))
    found = [
        *many(60),
        HOSTILE_FINDING,
        made(path="c.md", fix=fix, code="NL999", severity=Severity.INFO, hint=None),
        made(path="d.md", related=(Related("e.md", 1, 2, "", "there"), Related("f.md", 3, 4, "/a", "and there"))),
    ]
    expected = sorted(found, key=lambda finding: finding.sort_key)
    random.Random(5).shuffle(found)
    kept = Ledger(found)
    assert (len(kept), list(kept), kept[3], kept[-2:]) == (63, expected, expected[3], tuple(expected[-2:]))
    report = Report(kept, 5)
    assert report.tally is kept.tally
    assert kept.tally == count(expected) == Report(tuple(expected), 5).tally
    assert (kept.tally.files, kept.tally.fixes) == (5, {"safe": 1, "unsafe": 1})
    assert (report.number(Severity.INFO), report.fixable, report.unsafely_fixable) == (21, 1, 1)
