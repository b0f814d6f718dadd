"""Where the time of one file goes: the stages of a run, one after the other in one process, without the collector.

It follows ``newslint.engine.linter`` step by step; where that changes, this has to.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.ours import NOW
from newslint.document.document import Document
from newslint.document.read import read
from newslint.document.source import Coded, Fences, Source, check_text, decode, find_fences
from newslint.engine.archive import CodedFact, facts_of
from newslint.engine.locate import findings
from newslint.engine.plan import Plan
from newslint.engine.silence import keep
from newslint.finding import Finding
from newslint.limits import LINTED_TOGETHER
from newslint.output import render
from newslint.run.checker import Checker
from newslint.run.choices import Choices
from newslint.run.discovery import Candidate
from newslint.run.gathering import Gathered
from newslint.run.names import shown_path
from newslint.run.outcomes import Means, Outcomes
from newslint.run.reading import read_contents
from newslint.run.runner import Runner
from newslint.settings import Settings

STAGES = {
    "find": "walk the folder and pick the files",
    "read": "open, stat, read",
    "recognise": "see whether it looks like an article",
    "split": "decode, find the fences",
    "parse": "YAML to data",
    "collect": "the walk that sorts the fields by kind",
    "schema": "the JSON Schema",
    "rules": "the rules about one article",
    "facts": "what the rules about the archive will compare",
    "locate": "silence, places, findings",
    "archive": "the rules about the archive",
    "format": "the report as text, one line a finding",
}
"""The stages in their order, and what each does."""

_PASSES = 5


class Profile(NamedTuple):
    """Microseconds a file: of each stage, and of reading and linting by newslint's own loop (read to locate)."""

    stages: dict[str, float]
    whole: float
    files: int


class _Clock:
    """Adds up nanoseconds by stage."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(STAGES, 0)
        self._last = time.perf_counter_ns()

    def start(self) -> None:
        self._last = time.perf_counter_ns()

    def stop(self, stage: str) -> None:
        now = time.perf_counter_ns()
        self.spent[stage] += now - self._last
        self._last = time.perf_counter_ns()

    def per_file(self, files: int) -> dict[str, float]:
        """Return microseconds a file."""
        return {stage: spent / max(files, 1) / 1000 for stage, spent in self.spent.items()}


def profile(folder: Path) -> Profile:
    """Return the medians of some passes, each over other files of a folder: what a rule remembers is of no use then."""
    runner = Runner(Settings(folder), Choices(now=datetime.fromisoformat(NOW)))
    collecting = gc.isenabled()
    gc.disable()
    try:
        clock = _Clock()
        found = [candidate for candidate in runner.candidates([str(folder)]) if candidate.skipped is None]
        clock.stop("find")
        walk = clock.spent["find"] / len(found) / 1000
        parts = max(1, min(2 * _PASSES, len(found)))
        shares = [found[part::parts] for part in range(parts)]
        # The first files make everything compile and import that does so late.
        for share in shares[:2]:
            _stages(share, runner.checker, Gathered(runner.checker, partial=False))
        gathered = Gathered(runner.checker, partial=False)
        passes = [_stages(share, runner.checker, gathered) for share in shares[::2]]
        last = _conclude(gathered, runner.checker)
        wholes = [_whole(share, runner.checker) for share in shares[1::2] or shares]
    finally:
        if collecting:
            gc.enable()
    stages = {stage: statistics.median(one[stage] for one in passes) for stage in STAGES}
    return Profile({**stages, **last, "find": walk}, statistics.median(wholes), len(found))


def _whole(share: Sequence[Candidate], checker: Checker) -> float:
    begin = time.perf_counter_ns()
    for _ in checker.check_all(share):
        pass
    return (time.perf_counter_ns() - begin) / len(share) / 1000


def _stages(share: Sequence[Candidate], checker: Checker, gathered: Gathered) -> dict[str, float]:
    """Take some files through the stages of a file, as many at a time as a run does; return microseconds a file."""
    clock = _Clock()
    for start in range(0, len(share), LINTED_TOGETHER):
        _files(share[start : start + LINTED_TOGETHER], checker, gathered, clock)
    return clock.per_file(len(share))


def _conclude(gathered: Gathered, checker: Checker) -> dict[str, float]:
    """Take what all files came to through the last stages; return microseconds a file."""
    clock = _Clock()
    gathered.judge_archive(Outcomes(checker, Means()), whole=False)
    clock.stop("archive")
    report = gathered.report()
    clock.start()
    render("concise", report)
    clock.stop("format")
    times = clock.per_file(len(gathered.paths))
    return {stage: times[stage] for stage in ("archive", "format")}


def _files(batch: Sequence[Candidate], checker: Checker, gathered: Gathered, clock: _Clock) -> None:
    plan = checker.plan
    clock.start()
    read_in = [
        (shown_path(candidate.path), read_contents(candidate.path, plan.max_file_size).data) for candidate in batch
    ]
    clock.stop("read")
    for _, data in read_in:
        checker.kinds.article.recognises(data)
    clock.stop("recognise")
    texts: list[tuple[str, Source, Fences, list[Coded]]] = []
    for path, data in read_in:
        source, wrong = decode(path.rpartition("/")[2], data)
        coded = check_text(source)
        fences = find_fences(source)
        if wrong is None and isinstance(fences, Fences):
            texts.append((path, source, fences, coded))
    clock.stop("split")
    judged: list[tuple[str, Document, list[Coded]]] = []
    for path, source, fences, coded in texts:
        reading = read(source, fences.yaml)
        coded.extend(reading.violations)
        if reading.data is not None:
            judged.append((path, Document(source.name, reading, source, fences, plan.schema.fields), coded))
    clock.stop("parse")
    for _, document, _ in judged:
        document.fields("text")
    clock.stop("collect")
    for _, document, coded in judged:
        coded.extend(plan.schema.violations(document))
    clock.stop("schema")
    for rule, options in plan.checks:
        for _, document, coded in judged if rule.check is not None else ():
            coded.extend((rule.code, violation) for violation in rule.check(document, options))  # type: ignore[misc]
    clock.stop("rules")
    facts: list[list[CodedFact]] = [[] for _ in judged]
    for rule, options in plan.archive:
        for (path, document, _), own in zip(judged, facts, strict=True):
            own.extend(facts_of(path, document, rule, options))
    clock.stop("facts")
    found = [_located(path, coded, plan, document) for path, document, coded in judged]
    clock.stop("locate")
    for (path, _, _), own, findings_ in zip(judged, facts, found, strict=True):
        gathered.facts.add(path, tuple(own))
        gathered.paths.add(path)
        gathered.findings.extend(findings_)


def _located(path: str, coded: Sequence[Coded], plan: Plan, document: Document) -> tuple[Finding, ...]:
    spoken = keep(
        [(code, violation) for code, violation in coded if code in plan.codes],
        frozenset(document.unjudged),
        frozenset(document.incomplete),
        frozenset(document.refused),
    )
    return findings(path, spoken, plan, document.source, document.fences, document)
