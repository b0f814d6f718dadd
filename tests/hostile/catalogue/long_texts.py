"""Texts that are the worst case of a regular expression or a library, in every field at once, below the limit and beyond."""

from __future__ import annotations

from tests.hostile.catalogue.making import Group, raw

_PIECES = {
    "blanks": " ",
    "tabs": "\\t",
    "line ends": "\\n",
    "no-break spaces": "\u00a0",
    "ampersands": "&",
    "references that never end": "&#0",
    "references": "&amp;",
    "open tags": "<a ",
    "open comments": "<!--",
    "open declarations": "<![",
    "players": "<iframe>",
    "quotes": "'",
    "zero-width joiners": "\u200d",
    "combining marks": "\u0301",
    "marks out of order": "\u0315\u0300",
    "mojibake": "\u00c3\u00a9",
    "layers of mojibake": "\u00c3\u0192\u00c6\u2019",
    "replacement characters": "\ufffd",
    "a ligature that grows 18 times": "\ufdfa",
    "flags": "\U0001f1ec",
    "digits": "9",
    "dots": ".",
    "dashes": "-",
    "percent signs": "%",
    "slashes": "/",
    "equals signs": "=",
    "at signs": "@",
    "letters of base64": "A",
    "words": "a ",
}
_ARTICLE = (
    '---\ncategory: "{0}"\ntitle: "{0}"\nexcerpt: "{0}"\npublishedDateTime: "{0}"\noriginalUrl: "{1}"\nwebUrl: "{0}"\n'
    'type: "{0}"\nfeaturedContent: "{0}"\nprovider:\n  name: "{0}"\n  domain: "{0}"\ntopics: ["{0}"]\n'
    'images:\n  - url: "{1}"\n    width: 1\n    height: 1\n    isCached: true\nsecured: "{0}"\n---\n'
)


def _article(piece: str, length: int) -> bytes:
    """Return an article whose every text is a piece again and again, up to some characters."""
    text = piece * (length // len(piece))
    return raw(_ARTICLE.format(text, f"https://{text}"))


_BEYOND = ("blanks", "no-break spaces", "ampersands", "open comments", "marks out of order", "mojibake", "slashes")

CASES: Group = {f"{name}, 9,900 characters": _article(piece, 9_900) for name, piece in _PIECES.items()} | {
    f"{name}, 60,000 characters": _article(_PIECES[name], 60_000) for name in _BEYOND
}
