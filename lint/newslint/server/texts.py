"""One version of a document's text, and the one border at which offsets become positions of the editor and back.

The protocol counts lines from 0 and columns in code units of an encoding that client and server agree upon (LSP 3.17,
"Position"); newslint counts code points. Both end lines at LF, CRLF or a lone CR, and nowhere else.
"""

from __future__ import annotations

from lsprotocol.types import Position, PositionEncodingKind, Range

from newslint.document.source import Source

BOM = "\ufeff"


class Text:
    """A text and the encoding that positions in it are counted in; never changed, an edit makes another one.

    A byte order mark that an editor sends with the text is a character of it here, although newslint's own columns do
    not count it.
    """

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self.text = text
        self.encoding = encoding
        self._source = Source("", text)

    @property
    def data(self) -> bytes:
        """The bytes of the file that the editor would save; half a character is kept, and found to be no UTF-8."""
        return self.text.encode("utf-8", "surrogatepass")

    def line(self, number: int) -> str:
        """Return a line without its line end; lines count from 0, and those behind the last one are empty."""
        return self._source.line(number + 1) if number < len(self._source.line_starts) else ""

    def start(self, number: int) -> int:
        """Return the offset at which a line begins; a line behind the last one begins at the end of the text."""
        starts = self._source.line_starts
        return starts[number] if number < len(starts) else len(self.text)

    def line_of(self, offset: int) -> int:
        """Return the line that holds an offset, counted from 0."""
        return self._source.position(offset)[0] - 1

    def offset(self, position: Position) -> int:
        """Return the offset of an editor's position; what lies behind a line's end counts as the end (LSP 3.17)."""
        line = self.line(position.line)
        return self.start(position.line) + self._characters(line, position.character)

    def position(self, offset: int) -> Position:
        """Return the editor's position of an offset."""
        line, column = self._source.position(offset)
        return Position(line - 1, self._units(self.text[offset - column + 1 : offset]))

    def range(self, start: int, end: int) -> Range:
        """Return the editor's range between two offsets."""
        return Range(self.position(start), self.position(end))

    def at(self, line: int, column: int) -> int:
        """Return the offset of a finding's place: a 1-based line and column, which may be the end of the text."""
        begin = self.start(line - 1)
        if line == 1 and self.text.startswith(BOM):
            begin += 1
        return min(begin + column - 1, len(self.text))

    def changed(self, where: Range | None, new: str) -> Text:
        """Return the text after an edit of a range, or of all of it (None)."""
        if where is not None:
            start, end = self.offset(where.start), self.offset(where.end)
            new = f"{self.text[:start]}{new}{self.text[max(start, end) :]}"
        return Text(_with_whole_characters(new), self.encoding)

    def _units(self, text: str) -> int:
        if self.encoding == PositionEncodingKind.Utf32 or text.isascii():
            return len(text)
        if self.encoding == PositionEncodingKind.Utf8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(char > "\uffff" for char in text)

    def _characters(self, line: str, units: int) -> int:
        """Return how many characters of a line so many units are; a character that is cut in two is not counted."""
        if self.encoding == PositionEncodingKind.Utf32 or line.isascii():
            return min(units, len(line))
        left = units
        for number, char in enumerate(line):
            left -= self._units(char)
            if left < 0:
                return number
        return len(line)


def _with_whole_characters(text: str) -> str:
    """Return a text in which the halves of a character (UTF-16 surrogates) that have met are one."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text
