"""The encrypted data: every way to be no base64 of whole blocks, checked against the standard library's decoder."""

from __future__ import annotations

import base64
import random
import re

import pytest

from newslint.document.document import Document
from newslint.document.post import read_post
from newslint.rules.rule import Options
from newslint.rules.secured import invalid_secured
from tests.conftest import CORPUS, NOW, needs_corpus, with_fields
from tests.rules.spoken import spoken

BLOCK = base64.b64encode(bytes(range(16))).decode()
START = "secured is not two texts in base64 with a semicolon between them: "


def said(value: str) -> list[tuple[str, tuple[int, int] | None]]:
    document = Document("", read_post({"secured": value}))
    found = list(invalid_secured.check(document, Options({}, NOW)))  # type: ignore[misc]
    assert all(violation.message.startswith(START) for violation in found)
    return [(violation.message.removeprefix(START), violation.within) for violation in found]


@pytest.mark.parametrize("blocks", [1, 2, 3, 4, 100])
def test_whole_blocks_are_silent(blocks: int) -> None:
    ciphertext = base64.b64encode(bytes(range(16)) * blocks).decode()
    assert said(f"{ciphertext};{BLOCK}") == []


def test_all_digits_are_known() -> None:
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    assert said(f"{digits};{BLOCK}") == []


@needs_corpus
def test_the_real_articles_are_silent() -> None:
    values = [
        re.search(r'^secured: "(.*)"', path.read_text("utf-8"), re.MULTILINE)
        for path in sorted(CORPUS.glob("_news/*.md"))
    ]
    assert len(values) > 600
    for value in values[::20]:
        assert value is not None
        assert said(value[1]) == []


@pytest.mark.parametrize(
    ("value", "reason", "within"),
    [
        ("", "it is empty", None),
        ("AAAA", "there is no semicolon", None),
        (";", "the ciphertext is missing", (0, 1)),
        (f";{BLOCK}", "the ciphertext is missing", (0, 1)),
        (f"{BLOCK};", "the initialisation vector is missing", (24, 25)),
        (f"{BLOCK};{BLOCK};", "there is a second semicolon", (49, 50)),
        (f"{BLOCK};{BLOCK}\n", "the initialisation vector holds a line break", (49, 50)),
        (f" {BLOCK};{BLOCK}", "the ciphertext holds a blank", (0, 1)),
        (f"{BLOCK};\t{BLOCK}", "the initialisation vector holds a tab", (25, 26)),
        (f"{BLOCK[:5]}-{BLOCK[6:]};{BLOCK}", 'the ciphertext holds "-"', (5, 6)),
        (f"{BLOCK[:5]}é{BLOCK[6:]};{BLOCK}", "the ciphertext holds the character U+00E9", (5, 6)),
        (f"{BLOCK[:5]}={BLOCK[6:]};{BLOCK}", 'the ciphertext holds "=" before its end', (5, 6)),
        (f"{BLOCK}{BLOCK};{BLOCK}", 'the ciphertext holds "=" before its end', (22, 23)),
        (f"{BLOCK[:-1]};{BLOCK}", "the ciphertext has 23 characters, where base64 has a multiple of 4", (0, 23)),
        (f"{BLOCK}=;{BLOCK}", "the ciphertext has 25 characters, where base64 has a multiple of 4", (0, 25)),
        ("====;====", 'the ciphertext ends in more padding ("=") than base64 can have', (0, 4)),
        (f"{BLOCK};AAAA====", 'the initialisation vector ends in more padding ("=") than base64 can have', (29, 33)),
        (f"{BLOCK};AAAAA===", 'the initialisation vector ends in more padding ("=") than base64 can have', (30, 33)),
        (
            f"AAAAAAAAAAAAAAAAAAAAAB==;{BLOCK}",
            'the ciphertext ends in "B", which has bits that belong to no byte',
            (21, 22),
        ),
        (f"{BLOCK};AAB=", 'the initialisation vector ends in "B", which has bits that belong to no byte', (27, 28)),
        (f"AA==;{BLOCK}", "the ciphertext has 1 byte, where a multiple of 16 is expected", (0, 4)),
        (f"{'AAAA' * 5};{BLOCK}", "the ciphertext has 15 bytes, where a multiple of 16 is expected", (0, 20)),
        (f"{BLOCK};AAAA", "the initialisation vector has 3 bytes, where 16 is expected", (25, 29)),
        (f"{BLOCK};{'A' * 43}=", "the initialisation vector has 32 bytes, where 16 is expected", (25, 69)),
    ],
)
def test_what_is_wrong_and_where(value: str, reason: str, within: tuple[int, int] | None) -> None:
    assert said(value) == [(reason, within)]


def test_strict_as_the_standard_librarys_decoder_with_the_encoding_back() -> None:
    """A part is good exactly where decoding and encoding it gives it back, and its bytes are whole blocks."""
    dice = random.Random(7)
    for _ in range(3000):
        part = base64.b64encode(dice.randbytes(dice.choice((15, 16, 16, 17, 32)))).decode()
        for _ in range(dice.randrange(3)):
            at = dice.randrange(len(part))
            part = part[:at] + dice.choice(["", "=", "A", "B", "/", "-", " "]) + part[at + 1 :]
        try:
            decoded = base64.b64decode(part, validate=True)
        except ValueError:
            decoded = b""
        good = bool(decoded) and base64.b64encode(decoded).decode() == part and len(decoded) % 16 == 0
        assert (said(f"{part};{BLOCK}") == []) == good, part
        assert (said(f"{BLOCK};{part}") == []) == (good and len(decoded) == 16), part


@pytest.mark.parametrize("value", ["5", "~", "[a]", "{a: b}", "yes"])
def test_what_is_no_text_is_left_to_the_schema(value: str) -> None:
    assert spoken("NL801", with_fields(f"secured: {value}\n")) == []
