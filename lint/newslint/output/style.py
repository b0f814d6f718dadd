"""How the formats for people look: with colours or without, and how wide."""

from __future__ import annotations

from newslint.record import Record

_COLOURS = {"error": "31", "warning": "33", "info": "36"}


class Style(Record):
    """Marks up parts of a line; without ``colour`` it leaves them as they are.

    ``columns`` is how wide the terminal is, in cells, or None where there is none.
    """

    colour: bool
    columns: int | None = None

    def _paint(self, codes: str, text: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colour else text

    def bold(self, text: str) -> str:
        """Return a text that stands out."""
        return self._paint("1", text)

    def severity(self, severity: str, text: str) -> str:
        """Return a text in the colour of a severity."""
        if not self.colour:
            return text
        return self._paint(f"1;{_COLOURS[severity]}", text)

    def margin(self, text: str) -> str:
        """Return the line number at the margin."""
        return self._paint("34", text)

    def hint(self, text: str) -> str:
        """Return the word that opens a hint."""
        return self._paint("1;32", text)
