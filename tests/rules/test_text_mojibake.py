"""NL606 and NL608: text that was decoded wrongly, text of many languages that was not, and what was lost."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from itertools import product

import pytest
from ftfy import fix_encoding
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad

from newslint.rules.mojibake import mojibake, mojibake_in, replacement_character
from tests.conftest import lint
from tests.rules.texts import article, mended, said

# Windows-1252 has nothing at five numbers; programs put the control character there.
SLOPPY_1252 = {code: bytes((code,)).decode("cp1252", "ignore") or chr(code) for code in range(256)}


def misread(text: str) -> str:
    """Return a text as it looks when its UTF-8 is read as Windows-1252."""
    return "".join(SLOPPY_1252[byte] for byte in text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "Makers fix the ‘Sensitive Data’ leak", "“Quoted” – and dashed — text…", "Müller’s café in Zürich", "£5 or €6",
        "São Paulo, Łódź, Århus, Ørsted", "Ελλάδα", "Москва", "日本語のニュース", "한국어", "हिन्दी", "العربية", "🎉",
    ],
)  # fmt: skip
def test_utf8_read_as_windows_1252(text: str) -> None:
    assert mended(mojibake, misread(text)) == text
    assert mended(mojibake, misread(misread(text))) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("latin-1", "The Met’s café"),
        ("mac_roman", "Müller’s café"),
        ("cp1251", "The Met’s “cameras”"),
        ("cp437", "café – Zürich"),
    ],
)
def test_utf8_read_in_other_encodings(encoding: str, text: str) -> None:
    assert mended(mojibake, text.encode().decode(encoding)) == text


def test_each_place_is_shown_by_itself() -> None:
    text = "Makers fix the â€˜Sensitive Dataâ€™ leak"
    (finding,) = lint(article(text))
    assert (finding.code, finding.message, finding.hint) == (
        "NL606",
        '"â€˜" was decoded with the wrong encoding, where "‘" was meant (and 1 more)',
        'Write "‘"',
    )
    assert mojibake_in(text) == ((15, 18, "‘"), (32, 35, "’"))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Voilà: Ã©", ((7, 9, "é"),)),
        ("Â© 2024 â€” é", ((0, 2, "©"), (8, 11, "—"))),
        ("fooÂ\xa0bar", ((3, 5, "\xa0"),)),
        ("Ã©Ã¨ é", ((0, 4, "éè"),)),
    ],
)
def test_range_is_the_characters_of_the_wrong_decoding(text: str, pieces: tuple[tuple[int, int, str], ...]) -> None:
    assert mojibake_in(text) == pieces


# Text as it is written, in languages and with signs that a careless test takes for a wrong decoding.
GOOD = [
    "‘Curly’ “quotes” – dashes — and … • © ® ™ §5 ¶ 10 °C ± ½ × ÷ ² £5 €6 ¥7 ¢8",
    "«Ça», „Größe“, ‚so‘, ›so‹, ¿Qué? ¡Sí!", "INFORMAÇÃO: SÃO PAULO, NÃO", "ÂNGELO, FRANÇA, PORTUGUÊS", "ÅÄÖ",
    "Œuvre, cœur, SŒUR, nœud", "România și Țara", "Ærø, Þór, Ørsted", "Tiếng Việt: Đà Nẵng, Hồ Chí Minh, ƯỚC MƠ",
    "Ελλάδα, Άγιος, ΰ", "Москва, ЁЛКА, «Ведомости» № 5", "İstanbul’da ığüşöç", "Łódź, Żółw, Škoda, Ěž, Őrség",
    "日本語、한국어、中文", "العربية، فارسی", "עברית", "हिन्दी", "ไทย", "🎉🎉 ❤️ 👩‍💻", "Señor®, Açaí™", "Ĝis la revido",
    "naïve café—résumé", "l’été d’Éric", "20 µm, 3 Å, 5 Ω", "¯\\_(ツ)_/¯", "ɸʼnǃ",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_text_that_only_looks_strange(text: str) -> None:
    assert said(mojibake, text) == []


def test_a_control_by_itself_is_another_rules_affair() -> None:
    assert said(mojibake, "The Met\x92s cameras") == []
    assert mojibake_in("It\x92s “Sensitive â€˜Dataâ€™”")[0][:2] == (16, 19)
    assert [found.code for found in lint(article("The Met\x92s cameras"))] == ["NL607"]


@pytest.mark.parametrize("text", ["The Metâ\x80\x99s", "Ã\xadndice", "cafÃ\x83Â©", "â€\x9d"])
def test_controls_within_a_wrong_decoding_are_one_finding(text: str) -> None:
    assert [found.code for found in lint(article(text))] == ["NL606"]


def test_decoding_brings_no_invisible_character_to_light() -> None:
    assert said(mojibake, "fooâ€‹bar") == [
        '"â€‹" was decoded with the wrong encoding, where U+200B ZERO WIDTH SPACE was meant'
    ]
    assert mended(mojibake, "fooâ€‹bar") == "foobar"
    assert mended(mojibake, misread("👩‍💻")) == "👩‍💻"


def test_no_fix_where_nothing_would_be_left() -> None:
    assert said(mojibake, "Â\xa0") != []
    assert mended(mojibake, "Â\xa0") is None


def test_texts_over_10_000_characters_are_not_looked_at() -> None:
    assert said(mojibake, "â€™" + "x" * 9_997) != []
    assert said(mojibake, "â€™" + "x" * 9_998) == []


KNOWN_TO_FTFY = re.compile("[" + "".join(MOJIBAKE_CATEGORIES.values()) + "ŸŠŽžÐÎ√≈Äвѓ]")
LETTERS = [chr(code) for code in range(0xA0, 0x10000) if KNOWN_TO_FTFY.match(chr(code))]


def test_the_quick_test_passes_nothing_that_ftfy_would_change() -> None:
    chance = random.Random(606)
    letters = [*LETTERS, *"ÂÃŒœ", *"aZ0 .-&\n" * 30]
    changed = 0
    for _ in range(60_000):
        text = "".join(chance.choices(letters, k=chance.randint(1, 6)))
        if fix_encoding(text) != text:
            changed += 1
            assert mojibake_in(text), ascii(text)
    assert changed > 100


def test_plain_typography_is_never_bad_for_ftfy() -> None:
    for letters in product("\xa0®–—‘’“”•…™aZ0 .'", repeat=3):
        assert not is_bad("".join(letters))


@pytest.mark.parametrize(
    ("text", "imported"),
    [
        ("‘Curly’ “quotes” – dashes — and … • © ® ™\xa0", False),
        ("naïve café, Zürich, Ø, 10 °C", False),
        ("日本語 العربية 🎉🎉", False),
        ("Ãndice â€™", True),
    ],
)
def test_ftfy_is_imported_for_suspicious_text_only(text: str, imported: bool) -> None:
    program = f"import sys\nfrom newslint import lint_text\nlint_text({article(text)!r})\nprint('ftfy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(imported)


def test_replacement_characters() -> None:
    assert said(replacement_character, "Caf\ufffd and th\ufffd\ufffd") == [
        "U+FFFD REPLACEMENT CHARACTER stands where a character was lost (and 2 more)"
    ]
    assert mended(replacement_character, "Caf\ufffd") is None
    assert said(replacement_character, "Café ◈ ⍰ ?") == []


def test_a_character_lost_in_a_wrong_decoding_is_one_finding() -> None:
    assert [found.code for found in lint(article("â€œQuotedâ€\ufffd text"))] == ["NL606"]
    assert mended(mojibake, "â€œQuotedâ€\ufffd text") == "“Quoted\ufffd text"
