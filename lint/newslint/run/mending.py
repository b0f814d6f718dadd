"""One file mended: its fixes made and proven, and written to it or kept as a patch."""

from __future__ import annotations

import os

from newslint.engine.linter import Linted, lint_bytes
from newslint.engine.plan import Plan
from newslint.fix.fixer import fix_text
from newslint.fix.writer import NotWrittenError, WriteFailedError, write_file
from newslint.record import Record
from newslint.run.names import leads_out
from newslint.run.patch import patch


class Mended(Record):
    """What became of one file, beside what remains in it.

    ``fixed`` counts the findings mended, ``notes`` are lines for the user about what was not, ``patch`` is what would
    be written where nothing is, ``failed`` tells that the system refused to write.
    """

    linted: Linted
    fixed: int = 0
    notes: tuple[str, ...] = ()
    patch: bytes = b""
    failed: bool = False


def refuse_outside(path: str) -> None:
    """Raise NotWrittenError for a link that leads out of the working directory: whoever made it may not write there."""
    if leads_out(path, os.getcwd()):
        raise NotWrittenError("it is a link to a file outside of this folder")


class Mender(Record):
    """How the files of a run are mended.

    ``unsafe`` makes the unsafe fixes, too, ``fixable`` are the codes that may be mended, ``dry`` writes nothing.
    """

    fixable: frozenset[str]
    unsafe: bool = False
    dry: bool = False

    def mend(self, path: str, shown: str, data: bytes, plan: Plan) -> Mended:
        """Mend a file that holds ``data`` and return what remains; never raises because of what the file holds."""
        fixed = fix_text(shown, data, plan, unsafe=self.unsafe, fixable=self.fixable)
        notes: list[str] = []
        for refusal in fixed.refused:
            finding = refusal.finding
            where = f"{shown}:{finding.line}:{finding.column}: {finding.code} {finding.name}"
            notes.append(f"{where}: the fix is taken back: {refusal.reason}")
        if fixed.data == data:
            return Mended(fixed.linted, notes=tuple(notes))
        if self.dry:
            return Mended(fixed.linted, len(fixed.mended), tuple(notes), patch(shown, data, fixed.data))
        try:
            refuse_outside(path)
            write_file(path, data, fixed.data)
        except NotWrittenError as error:
            notes.append(f"{shown} is not written: {error}")
            failed = isinstance(error, WriteFailedError)
            return Mended(lint_bytes(shown, data, plan), notes=tuple(notes), failed=failed)
        return Mended(fixed.linted, len(fixed.mended), tuple(notes))
