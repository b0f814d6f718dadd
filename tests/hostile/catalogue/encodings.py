"""Bytes that are no text, or text that is not what it seems: other encodings, cut characters, controls, marks."""

from __future__ import annotations

import gzip

from tests.conftest import BASE
from tests.hostile.catalogue.making import Group, raw, title

_BYTES = BASE.encode()
_BOM = "\ufeff".encode()

CASES: Group = {
    "nothing": raw(b""),
    "one zero byte": raw(b"\0"),
    "all bytes": raw(bytes(range(256)) * 1_000),
    "a compressed article": raw(gzip.compress(_BYTES, mtime=0)),
    "UTF-16 with a mark": raw(BASE.encode("utf-16")),
    "UTF-16 without a mark": raw(BASE.encode("utf-16-be")),
    "UTF-32": raw(BASE.encode("utf-32")),
    "UTF-7 that would be a bracket": title('"+ADw-script+AD4-"'),
    "Latin-1": raw(BASE.replace("Live", "Caf\u00e9").encode("latin-1")),
    "an overlong slash": raw(_BYTES.replace(b"Live", b"\xc0\xaf")),
    "a surrogate as three bytes": raw(_BYTES.replace(b"Live", b"\xed\xa0\x80")),
    "a character beyond Unicode": raw(_BYTES.replace(b"Live", b"\xf4\x90\x80\x80")),
    "the first byte of a character at the end of a text": raw(_BYTES.replace(b'Croydon"', b'Croydon\xe2"', 1)),
    "the first bytes of a character at the end of the file": raw(_BYTES + b"\xf0\x9f\x98"),
    "two byte order marks": raw(_BOM * 2 + _BYTES),
    "nothing but a byte order mark": raw(_BOM),
    "a byte order mark inside": title('"Live \ufeff facial"'),
    "a NUL in a text": title('"Live \0 facial"'),
    "a NUL written as an escape": title('"Live\\0facial"'),
    "controls in a text": title('"Live \x1b[2J\x07 facial"'),
    "controls written as escapes": title('"Live \\e[2J\\a facial"'),
    "C1 controls": title('"Live \x9b2J facial"'),
    "bidirectional controls": title('"Live \u202e facial"'),
    "bidirectional controls that come in pairs": title('"Live \u2067 facial \u2069"'),
    "characters of tags": title('"Live\U000e0041\U000e0042 facial"'),
    "an unassigned character": title('"Live \U000effff facial"'),
    "a character that is none": title('"Live \ufffe facial"'),
    "a private character": title('"Live \ue000 facial"'),
    "U+2028 as a line end": title('"Live \u2028 facial"'),
    "NEL as a line end": title('"Live \x85 facial"'),
    "thousands of combining marks": title(f'"Live {chr(0x301) * 290}"'),
    "marks and bases that are sorted when they are normalised": title(
        '"' + "a" + "\u0315\u0300\u05ae\u0316" * 70 + '"'
    ),
    "lines that end in CR": raw(_BYTES.replace(b"\n", b"\r")),
    "lines that end in CRLF": raw(_BYTES.replace(b"\n", b"\r\n")),
    "lines that end in LF CR": raw(_BYTES.replace(b"\n", b"\n\r")),
    "a CR in the middle of a text": title('"Live \r facial"'),
}
