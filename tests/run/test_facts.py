"""Of many facts those come back that are at odds, and with them everything that a judge could say."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from newslint.engine.archive import CodedFact, judge
from newslint.engine.linter import Linted
from newslint.finding import Finding
from newslint.rules.rule import FiledFact
from newslint.run.facts import FactStore
from newslint.run.rows import facts_text, sketch_facts
from newslint.settings import LostError
from tests.conftest import default_plan


def _fact(code: str, path: str, key: str, value: str) -> CodedFact:
    pointer = {"NL901": ("webUrl",), "NL902": ("title",), "NL903": ("provider", "name"), "NL904": ("secured",)}[code]
    return code, FiledFact(path, key, pointer, value)


def _file(*facts: CodedFact) -> tuple[CodedFact, ...]:
    """Return facts as those of one file."""
    return tuple((code, fact._replace(number=number)) for number, (code, fact) in enumerate(facts))


def _store(files: Mapping[str, tuple[CodedFact, ...]], *, as_text: bool) -> FactStore:
    store = FactStore()
    for path, facts in files.items():
        if as_text:
            store.add_sketch(path, sketch_facts(facts_text(Linted((), facts=facts))))
        else:
            store.add(path, facts)
    return store


def _shared(files: Mapping[str, tuple[CodedFact, ...]], *, as_text: bool) -> list[CodedFact]:
    return [fact for part in _store(files, as_text=as_text).shared() for fact in part]


def _judged(facts: list[CodedFact]) -> list[Finding]:
    paths = {fact.path for _, fact in facts}
    found = judge([facts], default_plan(), paths, lambda *_: {})
    return sorted(found, key=lambda finding: finding.sort_key)


@pytest.mark.parametrize("as_text", [False, True])
def test_what_stands_in_one_file_or_is_the_same_in_all_does_not_come_back(as_text: bool) -> None:
    files = {
        path: _file(
            _fact("NL901", path, f"address of {path}", "https://a.b/"),
            _fact("NL903", path, "police.uk", "Metropolitan Police"),
        )
        for path in ("a.md", "b.md", "c.md")
    }
    assert _shared(files, as_text=as_text) == []
    # One file that differs brings those back that it is at odds with, in their order, and nothing else.
    odd = _file(_fact("NL903", "d.md", "police.uk", "Police"), _fact("NL904", "d.md", "x", "y"))
    shared = _shared({**files, "d.md": odd}, as_text=as_text)
    assert shared == [*(files[path][1] for path in files), odd[0]]


@pytest.mark.parametrize("as_text", [False, True])
def test_an_address_is_shared_by_two_files_whichever_of_its_fields_has_it(as_text: bool) -> None:
    twice = _file(*(_fact("NL901", "a.md", "k", value) for value in ("one", "two")))
    assert _judged(_shared({"a.md": twice}, as_text=as_text)) == []
    other = (_fact("NL901", "b.md", "k", "one"),)
    assert _shared({"a.md": twice, "b.md": other}, as_text=as_text) == [*twice, *other]


@pytest.mark.parametrize("seed", range(20))
def test_a_judge_says_the_same_of_what_comes_back_as_of_everything(seed: int) -> None:
    chance = random.Random(seed)
    files: dict[str, tuple[CodedFact, ...]] = {}
    for number in range(30):
        path = f"{number}.md"
        files[path] = _file(
            *(
                _fact(
                    chance.choice(["NL901", "NL902", "NL903", "NL904"]),
                    path,
                    f"key {chance.randrange(40)}",
                    chance.choice(["one", "two", "one two"]),
                )
                for _ in range(chance.randrange(5))
            )
        )
    everything = [fact for facts in files.values() for fact in facts]
    expected = _judged(everything)
    assert expected
    for as_text in (False, True):
        shared = _shared(files, as_text=as_text)
        assert len(shared) < len(everything)
        assert _judged(shared) == expected


@pytest.mark.parametrize("as_text", [False, True])
@pytest.mark.parametrize("most", [0, 7, 60])
def test_facts_that_are_parted_on_disk_come_to_the_same(
    as_text: bool, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(most)
    files = {
        f"{number}\udcff\n.md": _file(
            *(
                _fact(
                    chance.choice(["NL901", "NL902", "NL903", "NL904"]),
                    f"{number}\udcff\n.md",
                    f"key\u2028 {chance.randrange(40)}",
                    chance.choice(["one", "two", "one\ntwo"]),
                )
                for _ in range(chance.randrange(5))
            )
        )
        for number in range(100)
    }
    whole = _store(files, as_text=as_text)
    monkeypatch.setattr("newslint.run.facts.MAX_FACTS", most)
    parts = [list(part) for part in _store(files, as_text=as_text).shared()]
    keys = [{(code, fact.key) for code, fact in part} for part in parts]
    assert sum(map(bool, keys)) > 20
    assert sum(map(len, keys)) == len(set().union(*keys))
    assert sorted(fact for part in parts for fact in part) == sorted(fact for part in whole.shared() for fact in part)
    paths = files.keys()
    expected = judge(whole.shared(), default_plan(), paths, lambda _: {})
    found = judge(_store(files, as_text=as_text).shared(), default_plan(), paths, lambda _: {})
    # Without places two facts of one file are told apart by nothing but their partners.
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert {finding.code for finding in found} >= {"NL901", "NL902"}


def test_no_room_for_the_facts_of_so_many_files_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("newslint.run.facts.MAX_FACTS", 3)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))
    store = FactStore()
    store.add("a.md", _file(*(_fact("NL901", "a.md", str(number), "v") for number in range(4))))
    with pytest.raises(
        LostError, match=r"^the facts of so many files need temporary files: No such file or directory$"
    ):
        list(store.shared())


def test_text_that_somebody_has_written_is_no_fact() -> None:
    store = FactStore()
    store.add_sketch("a.md", sketch_facts('[["NL901","k",["webUrl",true],"v"]]'))
    facts = (_fact("NL901", "b.md", "k", "v"),)
    store.add("b.md", facts)
    assert [fact for part in store.shared() for fact in part] == list(facts)
