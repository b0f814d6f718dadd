"""What YAML can do and an article must not: every finding of NL006 to NL009, and what is read beside it."""

from __future__ import annotations

import gc

import pytest
import yaml
from yaml._yaml import CParser, Mark

from newslint.document import events
from newslint.document.source import Fences, Source, find_fences
from newslint.document.tree import EventPlaces
from newslint.finding import Pointer
from tests.document.reading import only, read, read_file, said, text_at


def _second(key: str, line: int) -> str:
    return f'"{key}" stands here a second time, first in line {line}; YAML readers keep only one of them, in silence'


def _feature(what: str) -> str:
    return f"{what} is used here, but an article is plain data"


def test_the_parser_in_use_is_libyaml() -> None:
    document, _ = read("a: b\n")
    assert isinstance(document.places, EventPlaces)
    assert isinstance(document.places.root.start.start_mark, Mark)
    assert issubclass(yaml.CSafeLoader, CParser)


class TestRepeatedKeys:
    @pytest.mark.parametrize(
        ("yaml_text", "place", "field", "line"),
        [
            ("a: 1\na: 2\n", "3:1-3:2", "/a", 2),
            ("a: 1\n'a': 2\n", "3:1-3:4", "/a", 2),
            ('a: 1\n"\\x61": 2\n', "3:1-3:7", "/a", 2),
            ('"a": 1\nb: x\n? a\n: 2\n', "4:3-4:4", "/a", 2),
            ("p:\n  a: 1\n  a: 2\n", "4:3-4:4", "/p/a", 3),
            ("p: {a: 1, b: 2, 'a': 3}\n", "2:17-2:20", "/p/a", 2),
            ("p:\n  - a: 1\n    a: 2\n", "4:5-4:6", "/p/0/a", 3),
            ("p:\n  - x\n  - q: {a: 1,\n      a: 2}\n", "5:7-5:8", "/p/1/q/a", 4),
            ("'1': 1\n\"1\": 2\n", "3:1-3:4", "/1", 2),
            ("é😀: 1\né😀: 2\n", "3:1-3:3", "/é😀", 2),
            ("'': 1\n\"\": 2\n", "3:1-3:3", "/", 2),
        ],
    )
    def test_stand_at_the_second_key(self, yaml_text: str, place: str, field: str, line: int) -> None:
        key = field.rpartition("/")[2]
        assert only(yaml_text) == (place, "NL006", field, _second(key, line), "Delete one of the two")

    def test_name_the_first_as_related(self) -> None:
        _, ((_, violation),) = read("b: 0\na: 1\na: 2\n")
        (related,) = violation.related
        assert (related.pointer, related.message, related.span) == (("a",), "first written here", (9, 10))

    def test_three_times_are_two_findings(self) -> None:
        assert [(one.place, one.message) for one in said("a: 1\na: 2\na: 3\n")] == [
            ("3:1-3:2", _second("a", 2)),
            ("4:1-4:2", _second("a", 3)),
        ]

    def test_the_last_value_counts_with_its_place(self) -> None:
        document, _ = read("a: {x: 1}\nb: c\na: [2]\n")
        assert document.data == {"a": [2], "b": "c"}
        assert text_at(document, ("a",)) == "[2]"
        assert document.span(("a",), "key") == (19, 20)

    def test_what_was_said_of_the_first_value_is_forgotten(self) -> None:
        document, _ = read("a: !t {x: 1, <<: {y: 2}}\na: 99999999999999999999999\na: {x: 2}\n")
        assert document.data == {"a": {"x": 2}}
        assert (document.unjudged, document.incomplete, document.refused) == (set(), set(), {})

    def test_equal_keys_of_different_mappings_are_none(self) -> None:
        assert said("a: {a: {a: 1}}\nb:\n- a: 1\n- a: 2\n") == []

    def test_text_and_number_are_different_keys(self) -> None:
        assert [one.code for one in said("1: x\n'1': y\n")] == ["NL009"]

    def test_a_long_key_is_cut_in_the_message(self) -> None:
        found = said(f"{'k' * 90}: 1\n{'k' * 90}: 2\n")[0]
        assert found.message == _second("k" * 80 + "…", 2)


class TestFeatures:
    @pytest.mark.parametrize(
        ("yaml_text", "place", "field", "what", "hint"),
        [
            ("a: &x b\n", "2:4-2:6", "/a", 'an anchor ("&x")', "Delete the &name and write the value itself"),
            ("a: &x [b]\n", "2:4-2:6", "/a", 'an anchor ("&x")', "Delete the &name and write the value itself"),
            ("a: &x\n  b: c\n", "2:4-2:6", "/a", 'an anchor ("&x")', "Delete the &name and write the value itself"),
            ("a: [&x b]\n", "2:5-2:7", "/a/0", 'an anchor ("&x")', "Delete the &name and write the value itself"),
            ("a: [&x,]\n", "2:5-2:7", "/a/0", 'an anchor ("&x")', "Delete the &name and write the value itself"),
            ("a: &x !t b\n", "2:4-2:6", "/a", 'an anchor ("&x")', "Delete the &name and write the value itself"),
            ("a: !t &x b\n", "2:4-2:6", "/a", "a tag", "Delete the !tag and write the value itself"),
            ("a: !!int 3\n", "2:4-2:9", "/a", "a tag", "Delete the !tag and write the value itself"),
            (
                'a: !!python/object:os.system "x"\n',
                "2:4-2:29",
                "/a",
                "a tag",
                "Delete the !tag and write the value itself",
            ),
            (
                "a: !<tag:yaml.org,2002:str> x\n",
                "2:4-2:28",
                "/a",
                "a tag",
                "Delete the !tag and write the value itself",
            ),
            ("a: ! x\n", "2:4-2:5", "/a", "a tag", "Delete the !tag and write the value itself"),
            ("a: !t\n- b\n", "2:4-2:6", "/a", "a tag", "Delete the !tag and write the value itself"),
            ("&k a: b\n", "2:1-2:3", "/a", 'an anchor ("&k")', "Delete it and write the key itself"),
            ("!!str a: b\n", "2:1-2:6", "/a", "a tag", "Delete it and write the key itself"),
            ("a: *x\n", "2:4-2:6", "/a", 'an alias ("*x")', "Write the value itself"),
            ("a: [*x]\n", "2:5-2:7", "/a/0", 'an alias ("*x")', "Write the value itself"),
            ("*x : b\n", "2:1-2:3", "/*x", 'an alias ("*x")', "Write the key itself"),
            (
                "<<: {a: 1}\n",
                "2:1-2:3",
                "/<<",
                'a merge key ("<<")',
                "Delete the line and write the fields it would bring",
            ),
            (
                "a:\n  <<: *x\n",
                "3:3-3:5",
                "/a/<<",
                'a merge key ("<<")',
                "Delete the line and write the fields it would bring",
            ),
            (
                "a: {<<: {}}\n",
                "2:5-2:7",
                "/a/<<",
                'a merge key ("<<")',
                "Delete the line and write the fields it would bring",
            ),
        ],
    )
    def test_stand_where_they_are_written(self, yaml_text: str, place: str, field: str, what: str, hint: str) -> None:
        assert only(yaml_text) == (place, "NL007", field, _feature(what), hint)

    @pytest.mark.parametrize(
        "yaml_text", ["'<<': x\n", '"<<": x\n', "a: <<\n", "a: '&x'\n", "a: b *c &d !e\n", "a: [b&c]\n", "a: =\n"]
    )
    def test_text_that_looks_like_one_is_none(self, yaml_text: str) -> None:
        assert said(yaml_text) == []

    def test_their_values_are_not_judged(self) -> None:
        document, _ = read("a: &x b\nc: *x\nd: [!t e, f]\n&k g: h\n!!str i: j\nk: !!map {l: m}\n")
        assert document.data == {"a": "b", "c": None, "d": ["e", "f"], "g": "h", "i": "j", "k": {"l": "m"}}
        assert document.unjudged == {("a",), ("c",), ("d", 0), ("g",), ("i",), ("k",)}

    def test_a_mapping_with_a_merge_key_may_get_fields_from_it(self) -> None:
        document, _ = read("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n<<: {e: 3}\n")
        assert document.data == {"a": {"b": 1}, "c": {"d": 2}}
        assert document.incomplete == {("c",), ()}

    def test_a_tagged_number_stays_text(self) -> None:
        document, _ = read("a: !!int 3\nb: !!str 4\n")
        assert document.data == {"a": "3", "b": "4"}

    def test_laughs_are_not_counted_in_billions(self) -> None:
        lines = ["a0: &a0 [lol]\n"]
        lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 20)]
        document, violations = read("".join(lines))
        assert len(violations) == 20 + 190
        assert document.data["a19"] == [None] * 10

    def test_nothing_is_constructed(self) -> None:
        found, data = read_file("---\na: !!python/object/apply:os.abort []\nb: !!timestamp x\nc: !!binary ยง\n---\n")
        assert [one.code for one in found] == ["NL007"] * 3
        assert data == {"a": [], "b": "x", "c": "ยง"}


class TestDirectivesAndDocuments:
    @pytest.mark.parametrize("directive", ["%YAML 1.1", "%YAML 1.2  # x", "%YAML 9.9", "%TAG ! tag:x,2000:", "%YAML x"])
    def test_a_directive_is_told_and_the_rest_is_read(self, directive: str) -> None:
        found, data = read_file(f"---\n# note\n{directive}\na: 1\na: 2\n---\n")
        end = 1 + len(directive)
        assert found == [
            (f"3:1-3:{end}", "NL007", "", _feature("a YAML directive"), "Delete the line"),
            ("5:1-5:2", "NL006", "/a", _second("a", 4), "Delete one of the two"),
        ]
        assert data == {"a": 2}

    def test_two_directives_are_two_findings(self) -> None:
        found, data = read_file("---\r\n%YAML 1.1\r\n%YAML 1.1\r\na: b\r\n---\r\n")
        assert [one.place for one in found] == ["2:1-2:10", "3:1-3:10"]
        assert data == {"a": "b"}

    def test_a_directive_before_a_document_start(self) -> None:
        found, data = read_file("---\n%YAML 1.1\n--- # x\na: b\n---\n")
        assert [(one.place, one.message) for one in found] == [
            ("2:1-2:10", _feature("a YAML directive")),
            ("3:1-3:8", _feature("a second YAML document")),
        ]
        assert data == {"a": "b"}

    def test_a_directive_does_not_hide_a_syntax_error(self) -> None:
        found, data = read_file("---\n%YAML 1.1\na: [\n---\n")
        assert [one.code for one in found] == ["NL007", "NL005"]
        assert data is None

    @pytest.mark.parametrize(
        ("yaml_text", "place", "data"),
        [
            # The opening fence has begun a document already: Jekyll reads that one, which is empty.
            ("--- # x\na: b\n", "2:1-2:8", {"a": "b"}),
            ("a: b\n--- # x\nc: d\n", "3:1-3:8", {"a": "b"}),
            ("a: b\n... # x\n--- # y\nc: d\n", "4:1-4:8", {"a": "b"}),
            ("a: b\n--- # x\nc: [\n", "3:1-3:8", {"a": "b"}),
        ],
    )
    def test_a_second_document_is_told_and_the_first_is_read(
        self, yaml_text: str, place: str, data: dict[str, object]
    ) -> None:
        found, read_data = read_file(f"---\n{yaml_text}---\n")
        hint = "Keep one document in a file"
        assert found == [(place, "NL007", "", _feature("a second YAML document"), hint)]
        assert read_data == data

    @pytest.mark.parametrize("yaml_text", ["... # x\na: b\n", "a: b\n... # x\nc: d\n", "--- a: b\n"])
    def test_what_no_reader_takes_for_a_document_is_a_syntax_error(self, yaml_text: str) -> None:
        assert said(yaml_text)[-1].code == "NL005"

    def test_the_end_of_the_only_document_is_no_feature(self) -> None:
        assert read_file("---\na: b\n... # the end\n---\n") == ([], {"a": "b"})


class TestNoMapping:
    @pytest.mark.parametrize("yaml_text", ["", "\n\n", "# note\n", "~\n", "null\n", "--- # x\n"])
    def test_nothing_between_the_fences(self, yaml_text: str) -> None:
        hint = 'Write the fields between the two "---" lines, each as "key: value"'
        found, data = read_file(f"---\n{yaml_text}---\n")
        assert found[-1] == ("", "NL008", "", "the front matter is empty", hint)
        assert data is None

    @pytest.mark.parametrize(
        ("yaml_text", "what", "place"),
        [
            ("- a\n- b\n", "a list", "2:1-2:2"),
            ("# note\n  [a, b]\n", "a list", "3:3-3:4"),
            ("just text\n", "a single value", "2:1-2:10"),
            ("two\n  lines\n", "a single value", "2:1-2:4"),
            ("'a: b'\n", "a single value", "2:1-2:7"),
            ("|\n  text\n", "a single value", "2:1-2:2"),
            ("title:text\n", "a single value", "2:1-2:11"),
            ("5\n", "a single value", "2:1-2:2"),
            ("*a\n", "an alias", "2:1-2:3"),
        ],
    )
    def test_something_else_between_the_fences(self, yaml_text: str, what: str, place: str) -> None:
        message = f"the front matter is {what}, where fields (key: value) are expected"
        hint = 'Write each field on its own line as "key: value"'
        assert read_file(f"---\n{yaml_text}---\n") == ([(place, "NL008", "", message, hint)], None)

    @pytest.mark.parametrize("yaml_text", ["title\nexcerpt: b\n", "- a\nb: c\n", "- [\n"])
    def test_a_syntax_error_further_down_is_the_cause(self, yaml_text: str) -> None:
        assert only(yaml_text).code == "NL005"

    def test_a_document_further_down_is_not_looked_at(self) -> None:
        assert only("- a\n--- # x\n[\n").code == "NL008"


class TestKeysThatAreNoText:
    @pytest.mark.parametrize(
        ("yaml_text", "place", "key", "what"),
        [
            ("yes: x\n", "2:1-2:4", "yes", "a boolean"),
            ("Off: x\n", "2:1-2:4", "Off", "a boolean"),
            ("2024: x\n", "2:1-2:5", "2024", "a number"),
            ("0x1F: x\n", "2:1-2:5", "0x1F", "a number"),
            ("1.5: x\n", "2:1-2:4", "1.5", "a number"),
            (".inf: x\n", "2:1-2:5", ".inf", "a number"),
            ("12:30: x\n", "2:1-2:6", "12:30", "a number"),
            (f"{'9' * 30}: x\n", "2:1-2:31", "9" * 30, "a number"),
            ("NULL: x\n", "2:1-2:5", "NULL", "empty"),
            ("{on: x}\n", "2:2-2:4", "on", "a boolean"),
            ("? no\n: x\n", "2:3-2:5", "no", "a boolean"),
        ],
    )
    def test_stand_at_the_key(self, yaml_text: str, place: str, key: str, what: str) -> None:
        message, hint = f'the key "{key}" is {what} in YAML, not text', f"Put the key in quotes: '{key}'"
        found, data = read_file(f"---\n{yaml_text}---\n")
        assert found == [(place, "NL009", f"/{key}", message, hint)]
        assert data == {}

    def test_an_empty_key(self) -> None:
        assert only("?\n: x\n") == ("2:1-2:2", "NL009", "/", "a key is empty", "Write the key before the colon")
        assert only("a: {? : x}\n").place == "2:5-2:6"

    def test_a_tilde_is_escaped_in_the_field(self) -> None:
        hint = "Put the key in quotes: '~'"
        assert only("~: x\n") == ("2:1-2:2", "NL009", "/~0", 'the key "~" is empty in YAML, not text', hint)

    @pytest.mark.parametrize("yaml_text", ["? [a]\n: x\n", "? {a: b}\n: x\n", "? - a\n: x\n", "[a]: x\n", "? [a]\n"])
    def test_a_collection_as_a_key(self, yaml_text: str) -> None:
        found, data = read_file(f"---\nb: c\n{yaml_text}d: e\n---\n")
        message, hint = "a key is a list or a mapping, where only text can be a key", "Write the key as text"
        column = yaml_text.index(yaml_text.lstrip("? ")[0]) + 1
        assert found == [(f"3:{column}-3:{column + 1}", "NL009", "/?", message, hint)]
        assert data == {"b": "c", "d": "e"}

    @pytest.mark.parametrize(
        "yaml_text", ["'yes': x\n", '"2024": x\n', "2024-01-01: x\n", "=: x\n", "y: x\n", "1e3: x\n"]
    )
    def test_text_is_fine(self, yaml_text: str) -> None:
        assert said(yaml_text) == []

    def test_what_is_wrong_inside_of_a_key_has_a_field_too(self) -> None:
        found = said("p:\n  ? {z: 1, z: [&x 1], 2: y}\n  : w\n")
        assert [(one.place, one.code, one.field) for one in found] == [
            ("3:5-3:6", "NL009", "/p/?"),
            ("3:12-3:13", "NL006", "/p/?/z"),
            ("3:16-3:18", "NL007", "/p/?/z/0"),
            ("3:23-3:24", "NL009", "/p/?/2"),
        ]

    def test_the_key_is_left_out_with_all_that_stands_below_it(self) -> None:
        document, violations = read(
            "a: b\nyes: {c: [&x 1], <<: {}, d: 9999999999999999999999}\n'yes': e\n1: [*x]\nf: g\n"
        )
        assert [code for code, _ in violations] == ["NL009", "NL007", "NL007", "NL009", "NL007"]
        assert document.data == {"a": "b", "yes": "e", "f": "g"}
        assert (document.unjudged, document.incomplete, document.refused) == (set(), set(), {})


class TestRefusedNumbers:
    def test_are_zero_in_the_data_with_the_reason_beside(self) -> None:
        document, violations = read("a: 123456789012345678901\nb: [.inf, 1.0e+1000, 2]\nc: {d: .nan}\n")
        assert violations == []
        assert document.data == {"a": 0, "b": [0, 0, 2], "c": {"d": 0}}
        assert document.refused == {
            ("a",): "has more than 20 digits",
            ("b", 0): "is not finite",
            ("b", 1): "has an exponent of more than 3 digits",
            ("c", "d"): "is not finite",
        }


def test_several_findings_of_one_file_come_together() -> None:
    found = said("a: &x 1\nyes: 2\na: 3\nb: *x\n")
    assert [(one.place, one.code) for one in found] == [
        ("2:4-2:6", "NL007"),
        ("3:1-3:4", "NL009"),
        ("4:1-4:2", "NL006"),
        ("5:4-5:6", "NL007"),
    ]


@pytest.mark.parametrize(
    ("yaml_text", "pointer", "expected"),
    [
        ("a:\n  yes: 1\n  b: 2\nc: 3\n", ("a", "x"), "a"),
        ("a:\n  - yes: 1\n    b: 2\n", ("a", 0, "x"), "yes"),
        ("a:\n  - b: 1\n    c: 2\n    b: 3\n", ("a", 0, "x"), "b"),
        ("a:\n  - 1: 2\n", ("a", 0, "x"), "1"),
    ],
)
def test_what_is_missing_stands_at_the_first_key_that_is_written(
    yaml_text: str, pointer: Pointer, expected: str
) -> None:
    document, _ = read(yaml_text)
    assert text_at(document, pointer, "missing") == expected
    assert document.span(pointer, "missing").start == document.source.text.index(expected)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("yaml_text", "expected"),
    [
        ("a:\n  b: 1\n  yes: 2\nc: 3\n", "b: 1\n  yes: 2"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n# x\nd: 4\n", "b: 1\n  c: 2\n  b: 3"),
        ("a:\n  b: 1\n  c:\n\n# x\nd: 4\n", "b: 1\n  c:"),
        ("a:\n  b: 1\n  ? c\n# x\nd: 4\n", "b: 1\n  ? c"),
        ("a:\n  b: |\n    x\n\n# x\nd: 4\n", "b: |\n    x"),
        ("a:\n  - b\n  -\n# x\nd: 4\n", "- b\n  -"),
        ("a:\n  - - b\n    - {c: d } # x\nd: 4\n", "- - b\n    - {c: d }"),
        ("a:\n  1: {b: c}\nd: 4\n", "1: {b: c}"),
        ("a: {b: 1, no: 2 } # x\n", "{b: 1, no: 2 }"),
    ],
)
def test_a_collection_ends_with_what_is_written_last_in_it(yaml_text: str, expected: str) -> None:
    document, _ = read(yaml_text)
    assert text_at(document, ("a",)) == expected


def test_what_is_read_goes_with_its_last_user() -> None:
    # The command line switches the collector of circles off: a circle in each document would never be given back.
    yaml_text = "a: &x [b, {c: d}]\n? [e]\n: {f: *x}\nyes: {g: [h]}\na: i\n"
    read(yaml_text)
    gc.collect()
    gc.disable()
    try:
        for _ in range(50):
            read(yaml_text)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_pointer_that_leads_nowhere() -> None:
    document, _ = read("a: [b]\nc: d\n")
    for pointer in [("x",), ("a", 1), ("a", -1), ("a", "b"), ("c", "x"), ("c", 0), ("a", 0, 0)]:
        with pytest.raises(LookupError, match="no such place"):
            document.span(pointer)
        assert document.get(pointer) is None
        assert document.style(pointer) is None


def test_half_a_character_is_found_where_text_comes_without_bytes() -> None:
    source = Source("a.md", "---\na: \ud800\n---\n")
    fences = find_fences(source)
    assert isinstance(fences, Fences)
    ((code, violation),) = events.read(source, fences.yaml).violations
    assert (code, violation.span) == ("NL005", (7, 8))
    assert violation.message == "the character U+D800 is half of a character, and no character by itself"
