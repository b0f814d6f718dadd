"""Text within a SARIF message, where brackets can be links and braces can be placeholders."""

from __future__ import annotations

from newslint.late import compiled_late

_LINK = compiled_late(r"\](?=\()")
_PLACEHOLDER = compiled_late(r"\{(?=\d+\})")


def message_text(text: str) -> str:
    """Return a text that holds no link (SARIF 3.11.6) and no placeholder (3.11.5).

    A blank parts what would be one. The standard has escapes for both, but not every reader takes them away.
    """
    return _PLACEHOLDER.sub("{ ", _LINK.sub("] ", text))
