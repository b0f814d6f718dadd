"""From repairs, which speak of the data, to fixes, which are edits of a file's lines and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.document.document import Document
from newslint.document.source import Source
from newslint.finding import Edit, Fix, Repair
from newslint.limits import MAX_TEXT_READ_AGAIN

if TYPE_CHECKING:
    from newslint.edits.edits import Editor


class Repairs:
    """The repairs of one file; without a document, because the file is not read to its end, none is possible."""

    def __init__(self, source: Source | None, document: Document | None) -> None:
        self._source = source
        self._document = document
        self._editor: Editor | None = None
        self._read_again = 0

    def fix(self, repair: Repair | None) -> Fix | None:
        """Return the edits that make a repair when they are applied alone, or None where it cannot be written."""
        if repair is None or self._source is None or self._document is None:
            return None
        # Imported here because a clean file never needs it.
        from newslint.edits.edits import Editor, moves
        from newslint.edits.text import Refused

        if self._editor is None:
            self._editor = Editor(self._document)
        if moves(repair.changes):
            self._read_again += len(self._source.text)
        try:
            edits = self._editor.edits(repair.changes, read_again=self._read_again <= MAX_TEXT_READ_AGAIN)
        except Refused:
            return None
        position = self._source.position
        concrete = tuple(Edit(*position(span.start), *position(span.end), text) for span, text in edits)
        return Fix("safe" if repair.safe else "unsafe", repair.title, concrete) if concrete else None
