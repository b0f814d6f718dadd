"""YAML that breaks or hangs its readers: depth, aliases, merges, tags, keys, quotes that never end, and heaps of each."""

from __future__ import annotations

from tests.hostile.catalogue.making import Group, fields, raw, title


def _bomb(levels: int) -> str:
    """Return lists of lists of aliases, which mean nine to the power of ``levels`` values."""
    lines = ['l0: &l0 ["x"]\n']
    lines += [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]\n" for level in range(1, levels)]
    return "---\n" + "".join(lines) + "---\n"


def _merges(levels: int) -> str:
    """Return mappings that merge two of the one before, on which PyYAML works for hours."""
    lines = ["a0: &a0 {k: v}\n"]
    lines += [f"a{level}: &a{level} {{<<: [*a{level - 1}, *a{level - 1}]}}\n" for level in range(1, levels)]
    return "---\n" + "".join(lines) + "---\n"


CASES: Group = {
    "100 kB of opening brackets": raw(f"---\na: {'[' * 100_000}\n---\n"),
    "100 kB of opening braces": raw(f"---\na: {'{' * 100_000}\n---\n"),
    "100 kB of lists in lists": raw(f"---\na:\n  {'- ' * 50_000}\n---\n"),
    "100 kB of complex keys": raw(f"---\n{'? ' * 50_000}\n---\n"),
    "a bomb of aliases": raw(_bomb(30)),
    "a bomb of merge keys": raw(_merges(40)),
    "an alias of itself": title("&a [*a]"),
    "an alias of nothing": title("*nobody"),
    "a merge key": fields("<<: {title: x}\n"),
    "a tag that builds an object of Python": title('!!python/object/apply:os.system ["touch pwned"]'),
    "a tag that names a module": title("!!python/name:os.system"),
    "a tag of a type": title("!!binary aGVsbG8="),
    "a tag of one's own": title("!secret x"),
    "a tag of 100 kB": title(f"!{'t' * 100_000} x"),
    "a directive": raw("---\n%YAML 9.9\n---\n"),
    "a value that PyYAML has no constructor for": title("="),
    "a date that PyYAML raises on": fields("publishedDateTime: 2024-02-30\n"),
    "an offset that PyYAML raises on": fields("publishedDateTime: 2024-01-24T15:00:00+99:99\n"),
    "a list that never ends": fields("topics: [" + "a, " * 1_000 + "\n"),
    "a key that python-frontmatter takes for an argument": fields("self: x\n"),
    "a key that is a boolean": fields("yes: x\n"),
    "a key that is a list": fields("? [a, b]\n: x\n"),
    "a key that is a mapping": fields("? {a: b}\n: x\n"),
    "a key that is nothing": fields(": x\n"),
    "a key of control characters": fields('"\\0\\e[2J\\r\\n::error::x": y\n'),
    "a key that is a JSON Pointer": fields('"~1~0/..//": y\n'),
    "a tab as indentation": fields("provider:\n\tname: x\n"),
    "an indentation of 100 kB": raw(f"---\na:\n{' ' * 100_000}b: c\n---\n"),
    "a number of blanks that is none": title("|99\n  x\n"),
    "an escape that is none": title('"\\q"'),
    "an escape beyond Unicode": title('"\\UFFFFFFFF"'),
    "an escape of half a character": title('"\\ud83d\\ude00"'),
    "the end of a document": fields("...: x\n"),
    "a document within": fields("--- x\n"),
    "only a bracket": raw("---\n[\n---\n"),
    "only a text": raw("---\nx\n---\n"),
    "only a question mark": raw("---\n?\n---\n"),
    "only a colon": raw("---\n:\n---\n"),
    "only an at sign": raw("---\n@\n---\n"),
}
