"""One file mended: its fixes made and proven, and written to it or kept as a patch."""

from __future__ import annotations

from dataclasses import dataclass, field

from newslint.engine.linter import Linted, lint_bytes
from newslint.engine.plan import Plan
from newslint.fix.fixer import fix_text
from newslint.fix.writer import NotWrittenError, WriteFailedError, write_file
from newslint.run.patch import patch


@dataclass(slots=True)
class Mender:
    """Mends the files of a run, and keeps the account of it.

    ``unsafe`` makes the unsafe fixes, too, ``fixable`` are the codes that may be mended, ``dry`` writes nothing and
    collects ``patches``. ``fixed`` counts the findings mended, ``notes`` are lines for the user about what was not,
    ``failed`` tells that the system refused to write.
    """

    fixable: frozenset[str]
    unsafe: bool = False
    dry: bool = False
    fixed: int = 0
    failed: bool = False
    notes: list[str] = field(default_factory=list)
    patches: list[bytes] = field(default_factory=list)

    def mend(self, path: str, shown: str, data: bytes, plan: Plan) -> Linted:
        """Mend a file that holds ``data`` and return what remains; never raises because of what the file holds."""
        fixed = fix_text(shown, data, plan, unsafe=self.unsafe, fixable=self.fixable)
        for refusal in fixed.refused:
            finding = refusal.finding
            where = f"{shown}:{finding.line}:{finding.column}: {finding.code} {finding.name}"
            self.notes.append(f"{where}: the fix is taken back: {refusal.reason}")
        if fixed.data == data:
            return fixed.linted
        if self.dry:
            self.patches.append(patch(shown, data, fixed.data))
        else:
            try:
                write_file(path, data, fixed.data)
            except NotWrittenError as error:
                self.failed = self.failed or isinstance(error, WriteFailedError)
                self.notes.append(f"{shown} is not written: {error}")
                return lint_bytes(shown, data, plan)
        self.fixed += len(fixed.mended)
        return fixed.linted
