"""Texts that are made to break readers, and edits at random that lead to them, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.conftest import BASE, ROOT, with_fields
from tests.hostile.catalogue import GROUPS

SEED = 20240601
LONGEST = 50_000
"""Bytes of a text that is edited here: a longer one takes a second each time that it is looked at."""


def hostile_texts() -> list[str]:
    """Return hostile texts, and the cases of the rules, as texts that an editor can hold."""
    made = [
        "",
        "---",
        "---\n",
        "---\n---\n" * 500,
        "\ufeff" + BASE,
        "\ufeff\ufeff" + BASE,
        BASE.replace("\n", "\r"),
        BASE.replace("\n", "\r\n", 9),
        BASE.replace("Live", "Li\0ve"),
        BASE.replace("Live", "\u2028Li\x85v\u2029e\x0b\x0c"),
        BASE.replace("Live", "\ud83d Live"),
        BASE.replace("Live", "\ude00\ud83d Live"),
        BASE.replace("Live", "\u202e\u2066😀\u0301" * 200),
        BASE.replace("Live", "&amp;" * 900),
        BASE.replace("Live", "a" * 20_000),
        BASE.replace("Live", "\U0010ffff\uffff\ufffe\x1b[31m"),
        with_fields("topics: " + "[" * 5_000 + "\n"),
        with_fields("topics:\n" + "".join(f"{' ' * depth}-\n" for depth in range(60))),
        with_fields("topics: &a [*a, *b]\nimages: *a\n"),
        with_fields("provider: {<<: {name: x}, domain: !!python/object/apply:os.system [ls]}\n"),
        with_fields("heat: " + "9" * 5_000 + "\n"),
        with_fields("heat: 0x" + "f" * 5_000 + "\nquality: 1e999\npublished: .nan\n"),
        with_fields("".join(f"key{number}: 1\n" for number in range(1_200))),
        with_fields("title: |2\n   a\n\n\n  b\n"),
        with_fields("title: >-\n  a\n  b\n\texcerpt: 'x\n"),
        with_fields('title: "\\ud83d\\ude00 \\x00 \\u2028"\n'),
        with_fields("? complex\n: value\n? [a, b]\n: x\n12: y\nyes: z\nnull: w\n"),
        with_fields("title: a # b\nexcerpt: 'c' # newslint: ignore[NL012, ALL, NL1]\n# newslint: ignore-file[\n"),
        "%YAML 1.1\n" + BASE,
        BASE.replace("category", "%TAG ! x\ncategory"),
        BASE.replace("---\n", "----\n"),
        BASE.replace("---\n", "...\n"),
        BASE + "---\n" + BASE,
        BASE + "x" * 20_000,
    ]
    # The whole catalogue of the command, as far as an editor can hold it; what is heavy is so for its size alone.
    cases = [data for name, group in GROUPS.items() if name != "heavy" for data in group.values()]
    made += [data.decode() for data in cases if len(data) < LONGEST and _is_text(data)]
    for case in sorted((ROOT / "tests" / "cases").glob("NL*/bad*.md"))[::9]:
        data = case.read_bytes()
        if _is_text(data):
            made.append(data.decode())
    return made


def _is_text(data: bytes) -> bool:
    return data.decode("utf-8", "replace").encode() == data


def edits_to(target: str, start: str, chance: random.Random) -> Iterator[tuple[int, int, str]]:
    """Yield edits ``(start, end, new)``, each of the text after the one before, that lead from one text to another.

    None cuts a CRLF in two, which no position can.
    """
    text = start
    for _ in range(chance.randrange(3, 9)):
        begin, end = _place(text, chance), _place(text, chance)
        begin, end = min(begin, end), min(max(begin, end), min(begin, end) + 40)
        end = end + 1 if text[end - 1 : end + 1] == "\r\n" else end
        at = chance.randrange(len(target) + 1)
        new = chance.choice(["", "\n", "\r\n", "😀", "€", "\u2028", ": ", "- ", '"', target[at : at + 30]])
        yield begin, end, new
        text = text[:begin] + new + text[end:]
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    # What is the same at the front stays; the rest comes in pieces, in front of what goes last.
    front = 0
    while front < min(len(text), len(target)) and text[front] == target[front] and text[front] not in "\r\n":
        front += 1
    yield front, len(text), ""
    middle = chance.randrange(front, len(target) + 1)
    yield front, front, target[middle:]
    if target[middle - 1 : middle + 1] != "\r\n":
        yield front, front, target[front:middle]
    else:
        yield front, front + len(target) - middle, target[front:]


def _place(text: str, chance: random.Random) -> int:
    at = chance.randrange(len(text) + 1)
    return at - 1 if text[at - 1 : at + 1] == "\r\n" and at else at
