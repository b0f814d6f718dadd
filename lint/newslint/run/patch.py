"""What a fix would change, as a patch that ``git apply`` takes.

The format is that of ``git diff`` (git-diff(1), "Generating patch text with -p"): lines end at LF only, so that a CR
stays part of its line, and a name with unusual characters is quoted as C does it.
"""

from __future__ import annotations

from collections.abc import Iterator

from newslint.late import compiled_late

_UNUSUAL = compiled_late(r'[\x00-\x1f\x7f"\\]')
_HEADER_LINES = 2
_ESCAPES = {"\a": r"\a", "\b": r"\b", "\t": r"\t", "\n": r"\n", "\v": r"\v", "\f": r"\f", "\r": r"\r"}
_ESCAPES |= {'"': r"\"", "\\": r"\\"}


def patch(path: str, before: bytes, after: bytes) -> bytes:
    """Return the patch from one content of a file to another; ``path`` is relative, as findings name it."""
    # Imported here because only --diff needs it.
    import difflib

    # Latin-1 gives each byte a character, so nothing is lost whatever the bytes are.
    old, new = (data.decode("latin-1").split("\n") for data in (before, after))
    lines = difflib.unified_diff(_with_ends(old), _with_ends(new), _name("a", path), _name("b", path), lineterm="")
    return "".join(_ended(lines)).encode("latin-1")


def _with_ends(lines: list[str]) -> list[str]:
    """Return lines with their LF; the last one has none, and is left out where it is empty."""
    *whole, last = lines
    return [f"{line}\n" for line in whole] + ([last] if last else [])


def _ended(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines of a patch, each with a LF, and what Git says of a last line that has none."""
    for number, line in enumerate(lines):
        if line.endswith("\n"):
            yield line
        elif number < _HEADER_LINES or line.startswith("@@"):
            yield f"{line}\n"
        else:
            yield f"{line}\n\\ No newline at end of file\n"


def _name(side: str, path: str) -> str:
    """Return a file's name as a patch has it; Git ends one with a blank in it by a tab."""
    name = f"{side}/{path.lstrip('/')}".encode("utf-8", "surrogateescape").decode("latin-1")
    if _UNUSUAL.search(name):
        return '"' + _UNUSUAL.sub(lambda match: _ESCAPES.get(match[0]) or f"\\{ord(match[0]):03o}", name) + '"'
    return f"{name}\t" if " " in name else name
