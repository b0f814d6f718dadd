"""Input that breaks the libraries underneath: depth, numbers of nodes, long keys; each ends with a finding."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newslint.limits import MAX_DEPTH, MAX_KEY_LENGTH, MAX_NODES
from tests.document.reading import only, read, read_file, said

_DEPTH_HINT = "Make the structure flatter"
_TOO_DEEP = "values are nested deeper than 32 levels, so the file is not read"


class TestDepth:
    @pytest.mark.parametrize(
        ("yaml_text", "field"),
        [
            (f"a: {'[' * 31}{']' * 31}\n", None),
            (f"a: {'[' * 32}{']' * 32}\n", "/a" + "/0" * 31),
            (f"a: {'{a: ' * 31}b{'}' * 31}\n", None),
            (f"a: {'{a: ' * 32}b{'}' * 32}\n", "/a" + "/a" * 31),
            ("".join(f"{'  ' * depth}a:\n" for depth in range(31)) + "  " * 31 + "b: c\n", None),
            ("".join(f"{'  ' * depth}a:\n" for depth in range(32)) + "  " * 32 + "b: c\n", "/a" * 32),
            (f"a:\n  {'- ' * 31}b\n", None),
            (f"a:\n  {'- ' * 32}b\n", "/a" + "/0" * 31),
            (f"yes: {'[' * 32}{']' * 32}\n", "/yes" + "/0" * 31),
        ],
    )
    def test_thirty_two_levels_are_fine_and_no_more(self, yaml_text: str, field: str | None) -> None:
        found, data = read_file(f"---\n{yaml_text}---\n")
        too_deep = [one for one in found if one.code == "NL013"]
        if field is None:
            assert too_deep == []
            assert data is not None
        else:
            assert [(one.field, one.message, one.hint) for one in too_deep] == [(field, _TOO_DEEP, _DEPTH_HINT)]
            assert data is None

    def test_the_place_is_the_first_bracket_that_is_too_deep(self) -> None:
        assert only(f"a: {'[' * 40}{']' * 40}\n").place == "2:35-2:36"

    @pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", "[{", "!t [", "&a [", "[[]: "])
    def test_a_hundred_kilobytes_of_it_do_no_harm(self, opening: str) -> None:
        # In a process of its own: where the protection fails, the process dies of a signal.
        program = (
            "import sys\n"
            "from tests.document.reading import read_file\n"
            "found, data = read_file('---\\n' + sys.argv[1] * (100_000 // len(sys.argv[1])) + '\\n---\\n')\n"
            "found2, _ = read_file('---\\na: ' + sys.argv[1] * (100_000 // len(sys.argv[1])) + '\\n---\\n')\n"
            "print(found[-1].code, found2[-1].code, data)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, opening], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        first, second, data = done.stdout.split()
        assert data == "None"
        # What begins with a list is no mapping, and libyaml finds out at once what is never closed.
        assert {first, second} <= {"NL005", "NL008", "NL013"}

    @pytest.mark.parametrize("count", [32, 33, 500, 100_000])
    def test_of_a_front_matter_that_is_a_list(self, count: int) -> None:
        found = only(f"{'[' * count}{']' * count}\n")
        if count == 32:
            assert (found.code, found.place) == ("NL008", "2:1-2:2")
        else:
            assert (found.code, found.message) == ("NL013", _TOO_DEEP)
            assert count > 500 or found.place == "2:33-2:34"

    def test_a_thousand_levels_that_are_closed(self) -> None:
        assert [one.code for one in said(f"a: {'[' * 5000}{']' * 5000}\n")] == ["NL013"]


class TestNodes:
    def test_fifty_thousand_are_fine(self) -> None:
        # The root, the key and the list are nodes too.
        found, data = read_file("---\na:\n" + "- b\n" * (MAX_NODES - 3) + "---\n")
        assert found == []
        assert data == {"a": ["b"] * (MAX_NODES - 3)}

    def test_one_more_ends_the_file_at_its_place(self) -> None:
        found, data = read_file("---\na:\n" + "- b\n" * (MAX_NODES - 2) + "---\n")
        message = "the front matter has more than 50,000 values, so the rest is not read"
        line = MAX_NODES
        field = f"/a/{MAX_NODES - 3}"
        assert found == [(f"{line}:3-{line}:4", "NL014", field, message, "Split the file")]
        assert data is None

    @pytest.mark.parametrize("item", ["a,", "{},", "[],", "*x,", "'',", "? a,"])
    def test_every_kind_of_node_counts(self, item: str) -> None:
        codes = {one.code for one in said(f"a: [{item * 50_001}]\n")}
        assert "NL014" in codes

    def test_keys_count(self) -> None:
        yaml_text = "".join(f"k{number}: v\n" for number in range(25_000))
        found = only(yaml_text)
        assert (found.code, found.field) == ("NL014", "/k24999")


class TestKeys:
    @pytest.mark.parametrize("quote", ["", "'", '"'])
    def test_one_of_1024_characters_is_fine(self, quote: str) -> None:
        key = "k" * (MAX_KEY_LENGTH - 2 * len(quote))
        assert read_file(f"---\n{quote}{key}{quote}: v\n---\n") == ([], {key: "v"})

    @pytest.mark.parametrize("quote", ["", "'", '"'])
    def test_a_longer_one_is_refused(self, quote: str) -> None:
        found = only(f"a: b\n{quote}{'k' * (MAX_KEY_LENGTH + 1)}{quote}: v\n")
        assert (found.code, found.message) == ("NL005", "a key has more than 1,024 characters")
        assert found.hint == "Shorten the key"
        assert found.place.startswith("3:")

    def test_so_is_one_that_is_written_with_a_question_mark(self) -> None:
        found = only(f"? {'k' * 2000}\n: v\n")
        message = "a key has 2,000 characters, more than 1,024"
        assert found == ("2:3-2:2003", "NL005", "", message, "Shorten the key")


def test_thousands_of_repeated_keys_with_thousands_of_marks_are_no_quadratic_work() -> None:
    # What is known of each value is looked at once, however many of them are replaced: squared it would take minutes.
    yaml_text = "".join(f"k{number}: &a x\n" for number in range(8000)) + "r: &a {s: &a 1}\n" * 4000
    document, violations = read(yaml_text + "r: 1\n")
    assert len(violations) == 8000 + 2 * 4000 + 4000
    assert len(document.unjudged) == 8000


def test_depth_is_what_the_design_says() -> None:
    assert (MAX_DEPTH, MAX_NODES, MAX_KEY_LENGTH) == (32, 50_000, 1_024)
