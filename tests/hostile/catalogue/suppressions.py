"""Comments for newslint that are cut off, doubled, endless, or no comments at all, and ones that try to hide too much."""

from __future__ import annotations

from tests.conftest import BASE
from tests.hostile.catalogue.making import Group, fields, raw, title


def _comment(words: str) -> bytes:
    """Return an article with one finding (NL602) and a comment on its line."""
    return title(f'" Live facial" # newslint: {words}')


CASES: Group = {
    "one that excuses all": _comment("ignore[ALL]"),
    "one that excuses nothing": _comment("ignore[]"),
    "one of commas": _comment("ignore[,,,,]"),
    "no brackets": _comment("ignore"),
    "no closing bracket": _comment("ignore[NL602"),
    "brackets in brackets": _comment("ignore[[NL602]]"),
    "1,000 codes": _comment(f"ignore[{', '.join(f'NL{number:03}' for number in range(1_000))}]"),
    "100,000 opening brackets": _comment("ignore" + "[" * 100_000),
    "100,000 blanks": _comment("ignore" + " " * 100_000 + "[NL602]"),
    "100,000 commas": _comment(f"ignore[{',' * 100_000}]"),
    "a code of 100,000 characters": _comment(f"ignore[{'N' * 100_000}]"),
    "a reason of 100,000 characters": _comment(f"ignore[NL602] {'x' * 100_000}"),
    "a code that is a regular expression": _comment("ignore[NL.*, .*, (a+)+$]"),
    "a code of control characters": _comment("ignore[\u202e\u200d::error::x%0A##vso[task.complete]]"),
    "other digits": _comment("ignore[NL\u0666\u0660\u0662]"),
    "the codes that cannot be excused": _comment("ignore[NL001, NL999, NL998]"),
    "the whole file, all of it": fields("# newslint: ignore-file[ALL] x\ntitle: ' x'\nnope: 1\n"),
    "the whole file, 1,500 times": fields("# newslint: ignore-file[NL602] x\n" * 1_500),
    "on every line, 1,500 times": fields("# newslint: ignore[NL602] x\n" * 1_500),
    "in a text": title('" Live # newslint: ignore[NL602] facial"'),
    "in a block": title("|\n   Live # newslint: ignore[ALL]\n"),
    "in the body": raw(BASE.replace("Live facial", " Live facial", 1) + "# newslint: ignore-file[ALL]\n"),
    "on the opening fence": raw(BASE.replace("---\n", "--- # newslint: ignore-file[ALL]\n", 1)),
    "behind what does not parse": fields("title: [\n# newslint: ignore-file[ALL] x\n"),
    "behind a byte order mark": raw("\ufeff" + BASE.replace("---\n", "---\n# newslint: ignore[NL010] x\n", 1)),
    "for another tool": _comment("noqa"),
    "a name with blanks": _comment("ignore[edge whitespace]"),
}
