"""Files of the greatest size, of one thing over and over: what is not bounded takes minutes or gigabytes here."""

from __future__ import annotations

from tests.conftest import BASE
from tests.hostile.catalogue.making import Group, fields, raw, title

CASES: Group = {
    "500,000 closing brackets": raw(f"---\na: {']' * 500_000}\n---\n"),
    "50,000 fields": raw("---\n" + "".join(f"k{number}:\n" for number in range(50_000)) + "---\n"),
    "a field that stands 5,000 times": raw("---\n" + "title: x\n" * 5_000 + "---\n"),
    "a list of 100,000 dashes": raw("---\na:\n" + "-\n" * 100_000 + "---\n"),
    "5,000 anchors": raw("---\na: [" + "&a ," * 5_000 + "]\n---\n"),
    "a quote that never ends": title('"' + "x" * 900_000),
    "a block of 900 kB": title("|\n" + "  line of text\n" * 60_000),
    "a comment of 900 kB": fields(f"# {'x' * 900_000}\n"),
    "100,000 comments": raw("---\n" + "#\n" * 100_000 + "---\n"),
    "100,000 blank lines": raw("---\n" + "\n" * 100_000 + "---\n"),
    "a key of 900 kB": raw(f"---\n{'k' * 900_000}: v\n---\n"),
    "an integer of 900 kB": fields(f"quality: {'9' * 900_000}\n"),
    "an address of a megabyte": fields(f'webUrl: "https://{"x" * 1_000_000}"\n'),
    "a megabyte of zeros": raw(b"\0" * 1_000_000),
    "a megabyte of 0xFF": raw(b"\xff" * 1_000_000),
    "200,000 fences": raw("---\n" * 200_000),
    "a fence of a megabyte": raw("-" * 1_000_000),
    "a line of a megabyte": raw("x" * 1_000_000),
    "a fence that is never closed": raw("---\n" + "a: b\n" * 200_000),
    "a body of 900 kB": raw(BASE + "text \u2028 & <b>\n" * 50_000),
    "10,000 topics": fields("topics: [" + ", ".join(f"T{number}" for number in range(10_000)) + "]\n"),
    "400 topics that are the same": fields("topics: [" + "AI, " * 400 + "AI]\n"),
    "400 images": fields("images:\n" + '  - {url: "http://a/", width: 0, height: 0}\n' * 400),
    "400 related articles": fields("related:\n" + '  - {title: " x", webUrl: "http://a/"}\n' * 400),
    "3,000 unknown fields": fields("".join(f"titel{number}: x\n" for number in range(3_000))),
    "2,000 suppressions": fields("# newslint: ignore[NL602, NL603, NL604] x\n" * 2_000),
}
