"""The files of a run: read, recognised, linted or mended; made once a run, in each process that works for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newslint.engine.linter import File, Linted, lint_bytes, lint_files, unreadable
from newslint.engine.plan import Plan
from newslint.limits import LINTED_TOGETHER, LINTED_TOGETHER_BYTES
from newslint.record import Record
from newslint.rules.selection import union
from newslint.run.choices import Choices
from newslint.run.discovery import Candidate
from newslint.run.kinds import Kind, Kinds
from newslint.run.names import leads_out, named_from
from newslint.run.reading import Contents, UnreadableError, read_contents
from newslint.run.recognition import looks_like_article
from newslint.settings import Settings

if TYPE_CHECKING:
    from newslint.run.mending import Mended, Mender


class Outcome(Record):
    """What became of one file; ``shown`` is how its findings name it.

    ``linted`` is None for a found file that is no article. ``contents`` is what was read, or None where it could not
    be. ``mended`` is the account of the fixer, where it was asked.
    """

    shown: str
    linted: Linted | None
    contents: Contents | None = None
    mended: Mended | None = None


class _Ready(Record):
    """A file that was read and is to be linted; ``path`` is where it is."""

    path: str
    file: File
    contents: Contents


class Checker:
    """What is done with each file: the settings and choices, and the plan that follows from them.

    ``here`` is the folder from which findings name files (the working directory), ``schemas`` holds schemas of kinds by
    name, which are loaded otherwise: a worker on another machine has neither. Raises
    ``newslint.rules.selection.UnknownRuleError`` where the choices name no rule.
    """

    def __init__(
        self,
        settings: Settings,
        choices: Choices,
        here: str | None = None,
        schemas: Mapping[str, dict[str, Any]] | None = None,
    ) -> None:
        self.settings = settings
        self.choices = choices
        self.here = os.path.join(os.getcwd(), "") if here is None else here
        self.now = choices.now or datetime.now(UTC)
        self.kinds = Kinds(settings, choices, self.now, schemas or {})
        self.mender: Mender | None = None
        if choices.fix or choices.diff:
            # Imported here because a run that only checks never needs it.
            from newslint.run.mending import Mender

            fixable = union(settings.fixable) - union(settings.unfixable)
            self.mender = Mender(fixable, unsafe=choices.unsafe_fixes, dry=choices.diff)

    def check(self, candidate: Candidate, *, mend: bool = True) -> Outcome:
        """Return what becomes of one file, as :meth:`check_all` does."""
        return next(self.check_all([candidate], mend=mend))

    def check_all(self, candidates: Iterable[Candidate], *, mend: bool = True) -> Iterator[Outcome]:
        """Yield, in their order, what becomes of files that discovery does not pass over.

        Never raises because of what they hold. A file is mended where the choices say so, unless it is there as a
        partner of others only; then no file is read before the one in front of it is done, else a few are read and
        linted together.
        """
        mender = self.mender if mend else None
        most = LINTED_TOGETHER if mender is None else 1
        looked: list[Outcome | _Ready] = []
        size = 0
        for candidate in candidates:
            one = self._look(candidate)
            looked.append(one)
            if one.contents is not None:
                size += len(one.contents.data)
            if len(looked) >= most or size >= LINTED_TOGETHER_BYTES:
                yield from self._lint(looked, mender)
                looked, size = [], 0
        yield from self._lint(looked, mender)

    def _look(self, candidate: Candidate) -> Outcome | _Ready:
        """Read a file, and see whether it is to be linted."""
        path = candidate.path
        shown = self.shown(path)
        plan = self.plan_for(path)
        held = candidate.held
        if candidate.unreadable is not None:
            hint = _NO_RIGHT if held is None else held.hint
            return Outcome(shown, unreadable(shown, candidate.unreadable, hint, plan))
        try:
            contents = held.contents if held is not None else None
            if contents is None:
                contents = read_contents(path, self.settings.max_file_size)
        except UnreadableError as error:
            return Outcome(shown, unreadable(shown, error.reason, error.hint, plan))
        if not candidate.named and self.recognised(path, contents.data) is None:
            return Outcome(shown, None, contents)
        if self._tells_secrets(candidate, contents.data):
            return Outcome(shown, unreadable(shown, _ELSEWHERE, "Name the file itself", plan))
        return _Ready(path, File(shown, contents.data, plan), contents)

    @staticmethod
    def _lint(looked: Sequence[Outcome | _Ready], mender: Mender | None) -> Iterator[Outcome]:
        """Yield what becomes of files that were looked at."""
        if mender is not None:
            for one in looked:
                if isinstance(one, _Ready):
                    mended = mender.mend(one.path, *one.file)
                    yield Outcome(one.file.path, mended.linted, one.contents, mended)
                else:
                    yield one
            return
        linted = iter(lint_files([one.file for one in looked if isinstance(one, _Ready)]))
        for one in looked:
            yield Outcome(one.file.path, next(linted), one.contents) if isinstance(one, _Ready) else one

    def _tells_secrets(self, candidate: Candidate, data: bytes) -> bool:
        """Tell whether a link leads to what is none of ours: findings would quote it, and others may read them."""
        kind = self.kinds.of(candidate.path) or self.kinds.article
        if not candidate.named and kind.patterns is None:
            # It was found, and taken for what it looks like.
            return False
        return leads_out(candidate.path, self.here) and not looks_like_article(data, kind.schema.required)

    def shown(self, path: str) -> str:
        """Return how findings name an absolute path, seen from where the run began."""
        return named_from(self.here, path)

    def leave_out_facts(self) -> None:
        """Keep nothing for the archive's rules: there is one file alone."""
        for kind in self.kinds.all:
            kind.leave_out_facts()

    @property
    def plan(self) -> Plan:
        """The plan of an article for which no rule is ignored."""
        return self.kinds.article.plan

    def recognised(self, path: str, data: bytes) -> Kind | None:
        """Return the kind of a found file that holds ``data``, or None where it is of none."""
        kind = self.kinds.of(path)
        return kind if kind is not None and kind.recognises(data) else None

    def lint_data(self, data: bytes, name: str) -> Linted:
        """Return the findings of what a file called ``name`` holds, or would hold."""
        return lint_bytes(name, data, self.plan_for(name))

    def plan_for(self, path: str) -> Plan:
        """Return the plan of a file: its kind's, less what per-file-ignores take away and nobody asked for."""
        return self.kinds.plan(path)


_ELSEWHERE = "this is a link out of the folder, to a file that does not look like an article"
_NO_RIGHT = "Give yourself the right to read it, or exclude it"
