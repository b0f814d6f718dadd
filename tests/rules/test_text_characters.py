"""NL607 and NL609: which invisible characters do something where they stand, and what NFC writes otherwise."""

from __future__ import annotations

import unicodedata

import pytest

from newslint.rules.characters import control_character, not_normalised
from tests.conftest import lint
from tests.rules.texts import article, mended, said

C0 = [chr(code) for code in range(0x20) if chr(code) not in "\t\n\r"]
C1 = [chr(code) for code in range(0x80, 0xA0) if code != 0x85]
INVISIBLE = [*"\xad\u200b\ufeff\u202a\u202b\u202c\u202d\u202e", *map(chr, range(0x2060, 0x2070))]
IGNORABLE = [*"\u17b4\u17b5\u180b\u180d\u180e\u180f\ufe00\ufe0f\ufff0\ufff8\U0001bca0\U0001d173\U000e0000\U000e0001"]
IGNORABLE += [*"\U000e0020\U000e0041\U000e007f\U000e0080\U000e0100\U000e01ef\U000e01f0\U000e0fff"]
FILLERS = [*"\u115f\u1160\u3164\uffa0"]


@pytest.mark.parametrize(
    "character", [*C0, "\x7f", *C1, *INVISIBLE, *IGNORABLE, *FILLERS, *"\u061c\u200c\u200d\u200e\u200f"], ids=ascii
)
def test_each_of_them_in_an_english_word(character: str) -> None:
    (message,) = said(control_character, f"Data{character}verse")
    assert message.startswith(f"U+{ord(character):04X}")
    assert " stands in the text: it " in message
    decoded = character.encode("latin-1").decode("cp1252", "ignore") if character in C1 else ""
    expected = " " if character in ("\v", "\f", *FILLERS) else decoded
    assert mended(control_character, f"Data{character}verse") == f"Data{expected}verse"


@pytest.mark.parametrize(
    "character",
    [
        *"\t\n\r \x85\xa0\u2009\u2028\u2029\u3000",
        "\u034f",
        "\ue000",
        "\U0001fae9",
        "\ufffc",
    ],
    ids=ascii,
)
def test_near_misses_are_no_affair_of_this_rule(character: str) -> None:
    assert said(control_character, f"Data{character}verse") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\xadA\xad", "U+00AD SOFT HYPHEN stands at the start of the text: it is invisible (and 1 more)"),
        ("A\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE stands at the end of the text: it is invisible"),
        ("A\x1b[0m", "U+001B ESCAPE stands in the text: it is a control character"),
        ("It\x92s", 'U+0092 stands in the text: it is a control character, in the place of "’"'),
        ("A\u202eB", "U+202E RIGHT-TO-LEFT OVERRIDE stands in the text: it is invisible and can turn the text around"),
        ("A\u200cB", "U+200C ZERO WIDTH NON-JOINER stands in the text: it joins or parts nothing here"),
        ("A\u200fB", "U+200F RIGHT-TO-LEFT MARK stands in the text: it turns nothing here"),
        ("A\u3164B", "U+3164 HANGUL FILLER stands in the text: it shows as a blank and fills nothing here"),
        ("A\ufe0fB", "U+FE0F VARIATION SELECTOR-16 stands in the text: it is invisible and does nothing here"),
        ("A\U000e0001", "U+E0001 LANGUAGE TAG stands at the end of the text: it is invisible"),
        (
            "A" + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all rules"),
            "U+E0069 TAG LATIN SMALL LETTER I stands in the text: it is invisible and can hide a text from people (and 15 more)",
        ),
        (
            "\u034f \u034f",
            "U+034F COMBINING GRAPHEME JOINER stands at the start of the text: it is invisible and does nothing here (and 1 more)",
        ),
    ],
    ids=ascii,
)
def test_messages(text: str, message: str) -> None:
    assert said(control_character, text) == [message]


# Joiners, marks and spaces where their script needs them; most stand so in the Universal Declaration of Human Rights.
DOING_SOMETHING = {
    "Persian, after a letter that joins": "می\u200cخواهم",
    "Persian, after a letter that does not": "کار\u200cها",
    "Persian, before a full stop": "خانه\u200c.",
    "Urdu": "کے\u200cلیے",
    "Arabic abbreviation": "ه\u200d",
    "Arabic with a vowel sign": "بَ\u200cب",
    "Hindi half form": "क्\u200dष",
    "Marathi, between letters": "ा\u200cअ",
    "Bengali, between letters": "মার\u200cইন",
    "Bengali, before the virama": "র\u200d্য",
    "Malayalam, at the end of a word": "ന്\u200c.",
    "Malayalam chillu": "ന്\u200d ",
    "Kannada": "ರ್\u200cಸ",
    "Sinhala": "ශ්\u200dරී",
    "Mongolian": "ᠠ\u200d",
    "Syriac": "ܐ\u200cܒ",
    "flag of Scotland": "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "keycap": "1\ufe0f\u20e3 #\ufe0f\u20e3",
    "emoji and text forms": "\u2764\ufe0f \u21a9\ufe0e \u00a9\ufe0f \u2139\ufe0f \u3297\ufe0f",
    "form of an ideograph": "葛\U000e0100城 辻\U000e0101 逢\ufe00",
    "form of a full-width comma": "，\ufe00",
    "form of a Burmese letter": "က\ufe00",
    "form of an operator": "∩\ufe00",
    "Mongolian forms": "ᠠ\u180b ᠠ\u180e\u180b ᠭ\u180d\u180f",
    "Khmer inherent vowel": "ក\u17b4",
    "Korean syllable without an initial": "\u115f\u1161\u11ab",
    "Korean syllable without a vowel": "\u1100\u1160\u11a8",
    "Korean syllable of compatibility letters": "\u3164\u3131\u314f\u3164",
    "half-width Korean": "\uffa0\uffc2",
    "joiner of graphemes before a mark": "u\u034f\u0308",
    "joiner of graphemes between letters": "c\u034fh",
    "Arabic letter mark": "\u061c+5 عدد",
    "shorthand": "\U0001bc00\U0001bca0\U0001bc01",
    "musical beam": "\U0001d158\U0001d165\U0001d173",
    "woman technologist": "\U0001f469\u200d\U0001f4bb",
    "rainbow flag": "\U0001f3f3\ufe0f\u200d\U0001f308",
    "man with red hair and a skin tone": "\U0001f468\U0001f3fd\u200d\U0001f9b0",
    "woman health worker": "\U0001f469\u200d\u2695\ufe0f",
    "heart on fire": "\u2764\ufe0f\u200d\U0001f525",
    "head shaking": "\U0001f642\u200d\u2194\ufe0f",
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "a pictograph that is yet to come": "\U0001faff\u200d\U0001fafd",
    "mark in Hebrew": "שלום (abc)\u200e, עולם",
    "mark before Arabic": "C++\u200f هو",
    "Khmer words": "ភាសា\u200bខ្មែរ",
    "Thai words": "ภาษา\u200bไทย",
    "Burmese words": "မြန်မာ\u200bစာ",
    "Javanese words": "ꧏ\u200b ꧇",
}


@pytest.mark.parametrize("text", DOING_SOMETHING.values(), ids=DOING_SOMETHING)
def test_what_does_something_is_no_fault(text: str) -> None:
    assert said(control_character, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An emoji cut off \U0001f469\u200d ...", "An emoji cut off \U0001f469 ..."),
        ("\u200d\U0001f4bb", "\U0001f4bb"),
        ("\U0001f469\u200da", "\U0001f469a"),
        ("1\u200d2", "12"),
        ("Auf\u200clage", "Auflage"),
        ("Price\u200e: 5 €\u200f", "Price: 5 €"),
        ("日本\u200b語", "日本語"),
        ("क\xad्\u200dष", "क्\u200dष"),
        ("\U0001f469\xad\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("\U0001f469\u200d\xad\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("ا\u200d\u2066ب\u2069", "ا\u200dب"),
        ("\u2764\ufe0f\ufe0f", "\u2764\ufe0f"),
        ("\U0001f600\ufe0f\U000e0141\U000e0142", "\U0001f600\ufe0f"),
        ("\ufe0f!", "!"),
        ("Café\ufe0f и\ufe0e", "Café и"),
        ("a\U000e0100", "a"),
        ("\U0001f3f4\U000e0067\U000e0062", "\U0001f3f4"),
        ("\U0001f600\U000e0067\U000e0062\U000e0073\U000e007f", "\U0001f600"),
        ("Hello\u3164\u3164world", "Hello world"),
        ("Hello \u3164 world", "Hello  world"),
        ("\u115f\u1160Hello\uffa0", "Hello"),
        ("Read on\u034f \u200c\u034f \u200c", "Read on  "),
        ("f\u2061(x)\u2062y", "f(x)y"),
        ("\u061cHello\u061c", "Hello"),
    ],
    ids=ascii,
)
def test_what_does_nothing_goes_and_the_rest_stays(text: str, expected: str) -> None:
    assert mended(control_character, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Line one\vLine two", "Line one Line two"),
        ("Page one \f Page two", "Page one  Page two"),
        ("\fTitle\v", "Title"),
        ("a\v\u200b\fb", "a b"),
        ("a\v\x92\vb", "a ’ b"),
        ("\x93Quoted\x94 \x96 text\x85", "“Quoted” – text\x85"),
        ("a\x81b\x8d", "ab"),
        ("\x1b[1mA\x1b[0m", "[1mA[0m"),
    ],
    ids=ascii,
)
def test_what_kept_words_apart_becomes_a_space(text: str, expected: str) -> None:
    assert mended(control_character, text) == expected


@pytest.mark.parametrize("text", ["\u200b", "\xad \u200b", "\0\x1f", "\u202e\xa0\u202c", "\u200c\u200e"], ids=ascii)
def test_no_fix_where_nothing_would_be_left(text: str) -> None:
    assert len(said(control_character, text)) == 1
    assert mended(control_character, text) is None


def test_a_text_of_many_unwanted_characters_is_read_in_one_pass() -> None:
    assert mended(control_character, "x" + "\xad\u200d" * 10_000 + "y") == "xy"
    assert mended(control_character, "x" + "\ufe0f\u200d" * 10_000 + "y") == "xy"
    assert mended(control_character, "x" + "\u1160\U000e0041\u3164" * 50_000 + "y") == "x y"
    assert mended(control_character, "x" + "\u034f\ufe0f" * 50_000 + "y") == "xy"
    assert mended(control_character, "\U0001f3f4\U000e0067" * 50_000) == "\U0001f3f4" * 50_000


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Cafe\u0301", '"é" is written as U+0065 U+0301, where NFC has U+00E9'),
        ("A Cafe\u0301 in Zu\u0308rich", '"é" is written as U+0065 U+0301, where NFC has U+00E9 (and 1 more)'),
        ("3 \u212b", '"Å" is written as U+212B, where NFC has U+00C5'),
        ("\u1112\u1161\u11ab", '"한" is written as U+1112 U+1161 U+11AB, where NFC has U+D55C'),
        ("q\u0307\u0323", '"q̣̇" is written as U+0071 U+0307 U+0323, where NFC has U+0071 U+0323 U+0307'),
        ("\u0958", '"क़" is written as U+0958, where NFC has U+0915 U+093C'),
        ("\ufa19", '"神" is written as U+FA19, where NFC has U+795E'),
        ("\u2260 =\u0338", '"≠" is written as U+003D U+0338, where NFC has U+2260'),
    ],
    ids=ascii,
)
def test_first_sequence_that_is_not_normalised(text: str, message: str) -> None:
    assert said(not_normalised, text) == [message]
    assert mended(not_normalised, text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "text", ["Café", "x\u0304", "q\u0323\u0307", "한글", "ﬁ ½ ² ™", "שָׁלוֹם", "क\u093c", "Å Ω K"], ids=ascii
)
def test_text_in_normal_form(text: str) -> None:
    assert said(not_normalised, text) == []


def test_place_is_the_first_sequence() -> None:
    found = [finding for finding in lint(article("Ä cafe\u0301")) if finding.code == "NL609"]
    assert [(finding.column, finding.end_column) for finding in found] == [(9 + 10 + 1 + 3, 9 + 10 + 1 + 3 + 11)]


def test_long_texts_are_not_looked_at() -> None:
    assert said(not_normalised, "e\u0301" + "x" * 9_998) != []
    assert said(not_normalised, "e\u0301" + "x" * 9_999) == []
