"""What is measured together: many files, a few hundred, one file, growing archives, and the stages of one pass."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from benchmarks import beyond, memory, ours, peers
from benchmarks.corpus import CLEAN, Original, extract, link, settle, write_articles
from benchmarks.measure import Command, Samples, interleave, median_cpu, median_wall, ratio
from benchmarks.tables import Goal, Section

GROWTH = (1, 4, 16)
_HUGE = 100_000
_WORKSPACE = 674
"""Articles in the folder of the editor: as many as the real archive has."""

_EDITS = 200
_HEAD = ("", "seconds", "from - to", "CPU seconds", "against {}", "CPU")


class Setting(NamedTuple):
    """What all measurements share: the programs, the variables they see, how often, and how many files."""

    newslint: Path
    python: Path
    peers: peers.Peers
    variables: dict[str, str]
    rounds: int
    files: int
    few: int


class Archive:
    """The files that are measured, made once and linked into a folder for each number of them that is asked for."""

    def __init__(self, work: Path, originals: Sequence[Original], count: int) -> None:
        self.work = work
        self.originals = originals
        self._stock = work / "stock"
        self._names = write_articles(originals, self._stock, count)

    def articles(self, count: int) -> Path:
        """Return a folder with the first so many articles."""
        folder = self.work / f"articles-{count}"
        if not folder.is_dir():
            link(self._names[:count], self._stock, folder)
        return folder

    def yaml(self, count: int) -> Path:
        """Return a folder with the front matter of the first so many articles."""
        folder = self.work / f"yaml-{count}"
        if not folder.is_dir():
            extract(self.articles(count), folder)
        return folder

    @cached_property
    def empty(self) -> Path:
        """A folder without any configuration, to run in."""
        folder = self.work / "empty"
        folder.mkdir()
        return folder


def many(setting: Setting, archive: Archive) -> Section:
    """Measure newslint beside the fast tools."""
    count, tools = setting.files, setting.peers
    articles, yaml = archive.articles(count), archive.yaml(count)
    settle([articles, yaml])
    commands = [
        ours.cold(setting.newslint, articles, count),
        ours.cold(setting.newslint, articles, count, 2),
        ours.cold(setting.newslint, articles, count, None),
        ours.warm(setting.newslint, articles, count, archive.work / "cache"),
    ]
    if tools.sourcemeta.words:
        commands.append(peers.sourcemeta(tools.sourcemeta, yaml, count))
    if tools.npm.words:
        commands.append(peers.npm(tools.npm, yaml, count))
    if tools.ryl.words:
        commands.append(peers.ryl(tools.ryl, yaml, count))
        commands.append(peers.ryl(tools.ryl, yaml, count, archive.work / "ryl"))
    if tools.rumdl.words:
        commands.append(peers.rumdl(tools.rumdl, articles, count))
        commands.append(peers.rumdl(tools.rumdl, articles, count, archive.work / "rumdl"))
    samples = interleave(commands, setting.rounds, archive.empty, setting.variables)
    wanted = [
        (ours.COLD, "sourcemeta", 2.0),
        (ours.ALL.format(2), "sourcemeta", 1.3),
        (ours.WARM, "sourcemeta", 0.3),
        (ours.WARM, "ryl, its cache warm", 0.5),
    ]
    text = f"{count:,} articles in one folder; the tools for YAML get the front matter extracted, for nothing."
    return _section("Many files", text, commands, samples, ours.COLD, _goals(samples, wanted))


def few(setting: Setting, archive: Archive) -> Section:
    """Measure newslint beside the tools that take too long for many files."""
    count, tools = setting.few, setting.peers
    articles, yaml = archive.articles(count), archive.yaml(count)
    commands = [ours.cold(setting.newslint, articles, count)]
    if tools.check_jsonschema.words:
        commands.append(peers.check_jsonschema(tools.check_jsonschema, sorted(yaml.iterdir())))
    if tools.yamllint.words:
        commands.append(peers.yamllint(tools.yamllint, yaml))
    samples = interleave(commands, setting.rounds, archive.empty, setting.variables)
    wanted = [(ours.COLD, "check-jsonschema", 0.10), (ours.COLD, "yamllint", 0.08)]
    text = f"{count:,} articles in one folder, for tools that take many times as long."
    return _section("Some files", text, commands, samples, ours.COLD, _goals(samples, wanted))


def one(setting: Setting, archive: Archive) -> Section:
    """Measure what a single clean file costs, which is mostly starting."""
    folder = archive.work / "one"
    folder.mkdir()
    (folder / CLEAN.name).write_bytes(CLEAN.read_bytes())
    yaml, tools = archive.work / "one-yaml", setting.peers
    extract(folder, yaml)
    settle([folder, yaml])
    commands = [
        ours.floor(setting.python),
        ours.cold(setting.newslint, folder / CLEAN.name, 1),
        ours.warm(setting.newslint, folder / CLEAN.name, 1, archive.work / "one-cache"),
    ]
    if tools.sourcemeta.words:
        commands.append(peers.sourcemeta(tools.sourcemeta, yaml, 1))
    if tools.npm.words:
        commands.append(peers.npm(tools.npm, yaml, 1))
    if tools.ryl.words:
        commands.append(peers.ryl(tools.ryl, yaml, 1))
    if tools.rumdl.words:
        commands.append(peers.rumdl(tools.rumdl, folder, 1))
    if tools.yamllint.words:
        commands.append(peers.yamllint(tools.yamllint, yaml))
    if tools.check_jsonschema.words:
        commands.append(peers.check_jsonschema(tools.check_jsonschema, sorted(yaml.iterdir())))
    rounds = 3 * setting.rounds
    samples = interleave(commands, rounds, archive.empty, setting.variables)
    wanted = [(ours.COLD, commands[0].name, 2.0)]
    text = f"One article without a finding, named on the command line; medians of {rounds} rounds."
    return _section("One file", text, commands, samples, commands[0].name, _goals(samples, wanted, "one clean file: "))


def growth(setting: Setting, archive: Archive) -> Section:
    """Measure time and memory over archives of three sizes."""
    counts = [times * setting.files for times in GROWTH]
    by_count: dict[int, list[Command]] = {}
    for count in counts:
        articles = archive.articles(count)
        made = [
            ours.cold(setting.newslint, articles, count),
            ours.cold(setting.newslint, articles, count, None),
            ours.warm(setting.newslint, articles, count, archive.work / f"cache-{count}"),
        ]
        by_count[count] = [command._replace(name=f"{command.name}, {count:,} files") for command in made]
    settle(archive.articles(count) for count in counts)
    commands = [command for made in by_count.values() for command in made]
    samples = interleave(commands, min(setting.rounds, 3), archive.empty, setting.variables)
    peaks = {command.name: _peak(command, archive.empty, setting.variables) for command in commands}
    first = by_count[counts[0]]
    rows = [
        (
            _kind(command.name),
            f"{count:,}",
            f"{median_wall(samples, command.name):.2f}",
            f"{median_cpu(samples, command.name):.2f}",
            f"{median_wall(samples, command.name) / count * 1e6:.0f}",
            f"{ratio(samples, command.name, base.name)[0]:.2f}",
            "-" if (held := peaks[command.name]) is None else f"{held / 2**20:.0f}",
        )
        for base, column in zip(first, zip(*by_count.values(), strict=True), strict=True)
        for count, command in zip(counts, column, strict=True)
    ]
    text = (
        "The same archive, and four and sixteen times as many articles. Memory is the peak of all processes together "
        "(PSS), from a run of its own."
    )
    head = ("", "files", "seconds", "CPU seconds", "us a file", "times the first", "peak MiB")
    return Section("Growth", text, head, rows, goals=_growth_goals(samples, peaks, by_count))


def _peak(command: Command, folder: Path, variables: dict[str, str]) -> int | None:
    return memory.peak(command, folder, variables) if memory.can_measure() else None


def _kind(name: str) -> str:
    """Return a command's name without the number of its files."""
    return name.rpartition(", ")[0]


def _growth_goals(samples: Samples, peaks: dict[str, int | None], by_count: dict[int, list[Command]]) -> list[Goal]:
    least, most = min(by_count), max(by_count)
    goals: list[Goal] = []
    for small, large in zip(by_count[least][:2], by_count[most][:2], strict=True):
        wall, cpu = ratio(samples, large.name, small.name)
        share = least / most
        goals.append(Goal(f"{large.name} / {least:,} files, a file", 1.15, wall * share, cpu=cpu * share))
    if most < _HUGE:
        return goals
    for command in by_count[most][:2]:
        held = peaks[command.name]
        if held is not None:
            goals.append(Goal(f"{command.name}, memory", 300, held / 2**20, "MiB"))
    goals.append(Goal(by_count[most][2].name, 2.0, median_wall(samples, by_count[most][2].name), "s"))
    return goals


def stages(setting: Setting, archive: Archive) -> Section:
    """Profile the stages of a pass in this process."""
    # Imported here because it imports the whole of newslint, and nothing else in the benchmark does.
    from benchmarks.stages import STAGES, profile

    result = profile(archive.articles(setting.files))
    total = sum(result.stages.values())
    rows = [
        (stage, what, f"{result.stages[stage]:.1f}", f"{result.stages[stage] / total:.0%}")
        for stage, what in STAGES.items()
    ]
    rows += [
        ("all", "", f"{total:.1f}", "100%"),
        ("", "read to locate in newslint's own loop", f"{result.whole:.1f}", ""),
    ]
    text = f"One process, the collector off, medians of passes over different files of {result.files:,}."
    return Section("Stages", text, ("stage", "what it does", "us a file", "share"), rows, words=2)


def editor(setting: Setting, archive: Archive) -> Section:
    """Measure what an editor waits for."""
    # Imported here because nothing else in the benchmark speaks with a server.
    from benchmarks.editor import latency

    count = min(_WORKSPACE, setting.files)
    found = [
        latency(setting.newslint, archive.articles(count), setting.variables, _EDITS) for _ in range(setting.rounds)
    ]
    edits = [time for one in found for time in one.edits]
    rows = [
        _waits("from an edit to its diagnostics", edits),
        _waits("from the start of the server to the first diagnostics", [one.first for one in found]),
        _waits("all diagnostics of the folder, none kept", [one.workspace for one in found]),
    ]
    text = (
        f"`newslint server` with {count:,} articles in its folder, driven over pipes; {_EDITS} edits of one article "
        "a round. Milliseconds on the clock."
    )
    goals = [Goal("an edit to its diagnostics", 20, statistics.median(edits), "ms")]
    return Section("In the editor", text, ("", "median", "nine of ten", "most"), rows, 1, goals)


def _waits(what: str, times: Sequence[float]) -> tuple[str, ...]:
    ordered = sorted(times)
    return what, *(f"{ordered[int(share * (len(ordered) - 1))]:.1f}" for share in (0.5, 0.9, 1))


def _section(
    title: str, text: str, commands: Sequence[Command], samples: Samples, base: str, goals: Sequence[Goal]
) -> Section:
    rows = []
    for command in commands:
        walls = [sample.wall for sample in samples[command.name]]
        wall, cpu = ratio(samples, command.name, base)
        numbers = (median_wall(samples, command.name), median_cpu(samples, command.name))
        spread = f"{min(walls):.3f} - {max(walls):.3f}"
        rows.append((command.name, f"{numbers[0]:.3f}", spread, f"{numbers[1]:.3f}", f"{wall:.2f}", f"{cpu:.2f}"))
    return Section(title, text, [cell.format(base) for cell in _HEAD], rows, 1, goals, commands)


def _goals(samples: Samples, wanted: Sequence[tuple[str, str, float]], before: str = "") -> list[Goal]:
    """Return the goals for pairs that were both measured."""
    goals: list[Goal] = []
    for name, other, limit in wanted:
        if name in samples and other in samples:
            wall, cpu = ratio(samples, name, other)
            goals.append(Goal(f"{before}{name} / {other}", limit, wall, cpu=cpu))
    return goals


SECTIONS = {
    "many": many,
    "few": few,
    "one": one,
    "growth": growth,
    "stages": stages,
    "editor": editor,
    "executors": beyond.executors,
    "packed": beyond.packed,
}
"""What ``--only`` can name, in the order of the results."""

LARGE = frozenset({"executors", "packed"})
"""What takes half an hour, and so has to be named."""
