"""YAML directives before the fields: where they stand, and the text as if they did not."""

from __future__ import annotations

from newslint.late import compiled_late

_DIRECTIVE = compiled_late(r"%(?:YAML|TAG)\b[^\r\n]*")


def leading_directives(yaml_text: str) -> list[tuple[int, int]]:
    """Return the spans of the directives before the first line that is neither blank nor a comment."""
    found: list[tuple[int, int]] = []
    position = 0
    for line in yaml_text.splitlines(keepends=True):
        if match := _DIRECTIVE.match(line):
            found.append((position, position + match.end()))
        elif line.strip() and not line.lstrip().startswith("#"):
            break
        position += len(line)
    return found


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with blanks for some ranges of it, so that all other offsets stay."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*parts, text[position:]])
