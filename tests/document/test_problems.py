"""libyaml's problems are told in an editor's words, each at its own place, with a hint that names what to change."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.document.reading import only, read, read_file

_TAB = "a tab is used for indentation, where YAML allows only spaces"
_MISSING = 'a field was expected in line {0}, but the line has no ":" and a blank after a key'
_MISSING_HINT = 'Write line {0} as "key: value", or indent it if it belongs to the value above it'
_LATE = "the quoted value that begins in line {0} ends here, and text follows it"
_LATE_HINT = "Write the missing {1} at the end of line {0}: the quote opened there is closed only here"
_ALIGN = "Align the line with the fields around it"
_DOUBLE_HINT = r"Write \" for a quote inside the value"
_SINGLE_HINT = "Write '' for a quote inside the value"
_ESCAPE_HINT = r"Complete the escape, or write \\ for a backslash"


@pytest.mark.parametrize(
    ("yaml_text", "place", "message", "hint"),
    [
        # A quote that nothing closes: at that quote.
        (
            'title: "abc\nexcerpt: def\n',
            "2:8-2:9",
            "the quote opened here is never closed",
            'Write a closing " at the end of the value',
        ),
        (
            "a: b\nd: 'c\n",
            "3:4-3:5",
            "the quote opened here is never closed",
            "Write a closing ' at the end of the value",
        ),
        (
            'a: [é, "b]\n',
            "2:8-2:9",
            "the quote opened here is never closed",
            'Write a closing " at the end of the value',
        ),
        # A quote that a later one closes: where libyaml stumbles, and the hint names the line of the opening one.
        ('title: "abc\nexcerpt: "def"\ntype: x\n', "3:11-3:12", _LATE.format(2), _LATE_HINT.format(2, '"')),
        ("a: b\nc: 'd\ne: f\ng: 'h'\n", "5:5-5:6", _LATE.format(3), _LATE_HINT.format(3, "'")),
        ('- a: "b\r\n  c: "d"\r\n', "3:7-3:8", _LATE.format(2), _LATE_HINT.format(2, '"')),
        ('a: ["b,\n  "c"]\n', "3:4-3:5", _LATE.format(2), _LATE_HINT.format(2, '"')),
        ('a: "b\nc: ": d\n', "3:5-3:6", _LATE.format(2), _LATE_HINT.format(2, '"')),
        # A quote inside quotes, which ends the value too early.
        ("title: 'it's here'\n", "2:12-2:13", "text follows the closing quote of a value", _SINGLE_HINT),
        ('title: "He said "hello" to me"\n', "2:18-2:19", "text follows the closing quote of a value", _DOUBLE_HINT),
        ('a: "b" "c"\n', "2:8-2:9", "text follows the closing quote of a value", _DOUBLE_HINT),
        (
            'a: "b": c\n',
            "2:7-2:8",
            'a ":" follows the closing quote of a value',
            "Put the whole value in quotes",
        ),
        ("a: [Video] b\n", "2:12-2:13", 'text follows the closing "]" of a value', "Put the whole value in quotes"),
        ("a: {b} c\n", "2:8-2:9", 'text follows the closing "}" of a value', "Put the whole value in quotes"),
        # Colons.
        (
            "title: Sharp: reply\n",
            "2:13-2:14",
            'the value holds a ": ", which YAML reads as the end of a key',
            "Put the value in quotes",
        ),
        (
            "a:\n- b: c: d\n",
            "3:7-3:8",
            'the value holds a ": ", which YAML reads as the end of a key',
            "Put the value in quotes",
        ),
        (
            "a: b\n c: d\n",
            "3:3-3:4",
            'this line goes on with the value that begins in line 2, so its ":" cannot follow a key',
            "Align the line with the fields around it, or put the value in quotes",
        ),
        ("title\nexcerpt: b\n", "3:8-3:9", _MISSING.format(2), _MISSING_HINT.format(2)),
        ("a: b\ntitle\nexcerpt: b\n", "4:1-4:2", _MISSING.format(3), _MISSING_HINT.format(3)),
        ("a: b\ntitle:x\nexcerpt: b\n", "4:1-4:2", _MISSING.format(3), _MISSING_HINT.format(3)),
        ("a: b\ntitle excerpt\n", "4:1-4:2", _MISSING.format(3), _MISSING_HINT.format(3)),
        (
            "a:\n  : x\n",
            "3:3-3:4",
            'a ":" stands here with no key before it',
            "Write the key before the colon, or put it in quotes",
        ),
        (
            "a: {: x}\n",
            "2:5-2:6",
            'a ":" stands here with no key before it',
            "Write the key before the colon, or put it in quotes",
        ),
        # Indentation.
        ("a:\n\tb: c\n", "3:1-3:2", _TAB, "Replace the tab by spaces"),
        ("\ta: b\n", "2:1-2:2", _TAB, "Replace the tab by spaces"),
        ("a: b\n\tc: d\n", "3:1-3:2", _TAB, "Replace the tab by spaces"),
        ("a: |\n\tb\n", "3:1-3:2", _TAB, "Replace the tab by spaces"),
        (
            "a:\n  b: c\n d: e\n",
            "4:2-4:3",
            "this line begins in column 2, where the fields that it could belong to begin in column 1",
            _ALIGN,
        ),
        (
            "a: 'b'\n  c: d\n",
            "3:3-3:4",
            "this line begins in column 3, where the fields that it could belong to begin in column 1",
            _ALIGN,
        ),
        (
            "a: >\n    b\n  c\n",
            "4:3-4:4",
            "this line begins in column 3, where the fields that it could belong to begin in column 1",
            _ALIGN,
        ),
        (
            "a: Sharp reply #AI\n  and more\n",
            "3:3-3:4",
            "a comment ended the value above, so this line cannot go on with it",
            'Put the value in quotes if the "#" belongs to it',
        ),
        # Lists.
        (
            "a: - b\n",
            "2:4-2:5",
            'a list item "- " stands where none can begin',
            "Write the list on the lines below its key, each item on a line of its own",
        ),
        (
            "a: b\n- c\n",
            "3:1-3:2",
            'a list item "- " stands where a field was expected',
            "Write the list below a key of its own, with all its items in one column",
        ),
        (
            "a:\n  - 'b'\n - c\n",
            "4:2-4:3",
            'a list item "- " stands where a field was expected',
            "Write the list below a key of its own, with all its items in one column",
        ),
        (
            "a:\n  - b\n  c: d\n",
            "4:3-4:4",
            'a list item "- " was expected here',
            "Begin the line with - or align it with what it belongs to",
        ),
        # Brackets.
        (
            "a: [b, c\nd: e\n",
            "3:2-3:3",
            'in the list opened by "[" in line 2, a "," or a "]" was expected here',
            "Close the list with ], or put a comma between its items",
        ),
        (
            "a: {b: c\nd: e\n",
            "3:2-3:3",
            'in the mapping opened by "{" in line 2, a "," or a "}" was expected here',
            "Close the mapping with }, or put a comma between its items",
        ),
        (
            "a: [\n  b\n",
            "4:1-4:2",
            'in the list opened by "[" in line 2, a "," or a "]" was expected here',
            "Close the list with ], or put a comma between its items",
        ),
        (
            "a: [b:?]\n",
            "2:6-2:7",
            'a ":" stands in a text between brackets, where YAML cannot tell what it is',
            "Put the value in quotes",
        ),
        ("a: ]\n", "2:4-2:5", "a value was expected here", "Write a value, or take away the character"),
        ("a: , b\n", "2:4-2:5", "a value was expected here", "Write a value, or take away the character"),
        ("a: [b, , c]\n", "2:8-2:9", "a value was expected here", "Write a value, or take away the character"),
        # Escapes.
        (
            'a: "C:\\police"\n',
            "2:7-2:8",
            'a "\\" in double quotes cannot stand before "p"',
            r"Write \\ for a backslash, or use single quotes",
        ),
        ('a: "x\\x4"\n', "2:8-2:9", r"the escape \x needs 2 hexadecimal digits", _ESCAPE_HINT),
        ('a: "\\u12"\n', "2:7-2:8", r"the escape \u needs 4 hexadecimal digits", _ESCAPE_HINT),
        ('a: "C:\\Users"\n', "2:9-2:10", r"the escape \U needs 8 hexadecimal digits", _ESCAPE_HINT),
        (
            'a: "\\ud83d\\ude00"\n',
            "2:7-2:8",
            r"the escape \ud83d is half of a character, and no character by itself",
            r"Write the character itself, or \U0001F600 for both halves",
        ),
        (
            'a: "\\uD83D x"\n',
            "2:7-2:8",
            r"the escape \uD83D is half of a character, and no character by itself",
            "Write the character itself",
        ),
        (
            'a: "\\ude00\\ude00"\n',
            "2:7-2:8",
            r"the escape \ude00 is half of a character, and no character by itself",
            "Write the character itself",
        ),
        (
            'a: "\\U00110000"\n',
            "2:7-2:8",
            r"the escape \U00110000 is beyond the last character of Unicode",
            "Correct the escape",
        ),
        # What a text cannot begin with.
        *(
            (
                f"a: {text}\n",
                "2:4-2:5",
                f'a value cannot begin with "{text[0]}" unless it is in quotes',
                "Put the value in quotes",
            )
            for text in ("@met", "`met`", "%20", "*Live* news", "*", "& Sons", "!<tag", "!a!b c", "!%zz")
        ),
        *(
            (
                f"a: b\n{char}x: y\n",
                "3:1-3:2",
                f'a key cannot begin with "{char}" unless it is in quotes',
                "Put the key in quotes",
            )
            for char in "@`%"
        ),
        ("- - @x: y\n", "2:5-2:6", 'a key cannot begin with "@" unless it is in quotes', "Put the key in quotes"),
        (
            "a: ? b\n",
            "2:4-2:5",
            'a value cannot begin with "? " unless it is in quotes',
            "Put the value in quotes",
        ),
        (
            "a: > Croydon\n",
            "2:6-2:7",
            'a value that begins with "|" or ">" is a block of lines, and its text begins on the next line',
            "Put the value in quotes, or begin it on the next line",
        ),
        (
            "a: |0\n  b\n",
            "2:5-2:6",
            'a block of lines ("|" or ">") cannot have the indentation 0',
            "Write a number from 1 to 9, or none",
        ),
        # Tags whose escapes PyYAML cannot decode.
        ("a: b\nc: !x%41 d\ne: !%ed%a0%80 f\n", "4:4-4:5", "the escapes of a tag are not UTF-8 text", "Delete the tag"),
        # The end of the document.
        (
            'a: "b\n--- c\n',
            "3:1-3:2",
            'a line inside quotes begins with "---", which ends a YAML document',
            "Close the quote opened in line 2, or indent this line",
        ),
        (
            "a: 'b\n... c\n",
            "3:1-3:2",
            'a line inside quotes begins with "...", which ends a YAML document',
            "Close the quote opened in line 2, or indent this line",
        ),
        (
            "{a: b}\nc: d\n",
            "3:1-3:2",
            "the fields end before this, and something follows them",
            "Write all fields in one mapping",
        ),
    ],
)
def test_problem_in_plain_words(yaml_text: str, place: str, message: str, hint: str) -> None:
    found = [one for one in read_file(f"---\n{yaml_text}---\n")[0] if one.code not in ("NL007", "NL011")]
    assert found == [(place, "NL005", "", message, hint)]


@pytest.mark.parametrize("yaml_text", ["title\nexcerpt: b\n", "title excerpt\n# x\nb: c\n", "title #x\nb: c\n"])
def test_the_line_without_a_colon_is_shown_beside(yaml_text: str) -> None:
    document, ((_, violation),) = read(yaml_text)
    (related,) = violation.related
    assert (related.message, related.pointer) == ("the line that is no field", ())
    assert related.span is not None
    assert document.source is not None
    assert document.source.text[related.span.start : related.span.end] == yaml_text.partition("\n")[0]
    assert violation.message == _MISSING.format(2)


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        *(("\x00", "control character"), ("\x07", "control character"), ("\x0b", "control character")),
        *(("\x0c", "control character"), ("\x1b", "control character"), ("\x7f", "control character")),
        *(
            ("\x80", "control character"),
            ("\x9f", "control character"),
            ("\ufffe", "character"),
            ("\uffff", "character"),
        ),
    ],
)
@pytest.mark.parametrize("before", ["", "é😀漢 ", "x" * 20_000, "😀" * 20_000])
def test_characters_that_yaml_does_not_allow(character: str, kind: str, before: str) -> None:
    column = len(before) + 5
    assert only(f'a: "{before}{character}"\n') == (
        f"2:{column}-2:{column + 1}",
        "NL005",
        "",
        f"the {kind} U+{ord(character):04X} is not allowed in YAML",
        "Delete it (most editors do not show it)",
    )


@pytest.mark.parametrize(
    "character", ["\t", "\x85", "\xa0", "\u2028", "\ufeff", "\ufffd", "\U0001ffff", "\u200b", "\ue000"]
)
def test_characters_that_yaml_allows(character: str) -> None:
    assert read_file(f'---\na: "x{character}y"\n---\n')[0] == []


_PIECES = st.sampled_from(
    [
        *(
            "a",
            "b: ",
            "c:",
            "\n",
            "\n  ",
            "\n\t",
            "\n- ",
            " ",
            "'",
            '"',
            "\\",
            "\\u",
            "\\ud83d",
            "|",
            ">",
            "-",
            "? ",
            ": ",
        ),
        *(
            "[",
            "]",
            "{",
            "}",
            ",",
            "#",
            " #",
            "!",
            "!%ff",
            "&",
            "*",
            "%",
            "%YAML 1.1\n",
            "@",
            "`",
            "é",
            "😀",
            "\r\n",
            "\r",
        ),
        *(
            "\x85",
            "\u2028",
            "\x00",
            "\x07",
            "\ufffe",
            "\ufeff",
            "--- ",
            "... ",
            "<<: ",
            "yes",
            "1" * 30,
            "k" * 1100,
            "\x1b",
        ),
    ]
)


@given(st.lists(_PIECES, max_size=12))
@settings(deadline=None, max_examples=600)
def test_no_text_fails_to_be_read_and_libyaml_decides_what_is_syntax(pieces: list[str]) -> None:
    yaml_text = "".join(pieces) + "\n"
    found, data = read_file(f"---\n{yaml_text}---\n")
    codes = [one.code for one in found]
    assert (data is None) == bool({"NL003", "NL004", "NL005", "NL008"} & set(codes))
    for one in found:
        assert one.message
        assert not one.message.endswith(".")
        assert not one.message.startswith("YAML cannot be read")
        assert one.hint
    if "NL003" in codes or "NL004" in codes or data is None or "NL007" in codes:
        return
    list(yaml.parse(f"\n{yaml_text}", yaml.CSafeLoader))
