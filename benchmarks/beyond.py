"""What an archive beyond one folder costs: other executors beside our own processes, and packed archives."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import memory, ours
from benchmarks.corpus import Original
from benchmarks.measure import interleave, median_cpu, median_wall, ratio, run
from benchmarks.tables import Goal, Section
from benchmarks.vary import vary

if TYPE_CHECKING:
    from benchmarks.sections import Archive, Setting

MANY, HUGE = 8, 80
"""Times the files of the other measurements: 50,000 and 500,000."""

_HUGE = 500_000
FLAT = 1.3
"""Times the memory over the fewer files that the more may take."""

POOL, DASK, STANDARD = "processes", "dask", "concurrent.futures:ProcessPoolExecutor"
JOBS = ("--no-cache", "--jobs", "2")


def executors(setting: Setting, archive: Archive) -> Section:
    """Measure other executors beside our own processes."""
    files = MANY * setting.files
    folder = archive.articles(files)
    commands = [ours.check(setting.newslint, POOL, folder, files, *JOBS)]
    # Dask must be there for who runs newslint, which mostly is the environment of the benchmark.
    specs = [STANDARD, *([DASK] if find_spec("distributed") is not None else [])]
    commands += [ours.check(setting.newslint, spec, folder, files, *JOBS, "--executor", spec) for spec in specs]
    samples = interleave(commands, min(setting.rounds, 3), archive.empty, setting.variables)
    rows = []
    for command in commands:
        wall, cpu = ratio(samples, command.name, POOL)
        numbers = (median_wall(samples, command.name), median_cpu(samples, command.name))
        rows.append((command.name, f"{numbers[0]:.2f}", f"{numbers[1]:.2f}", f"{wall:.2f}", f"{cpu:.2f}"))
    goals = []
    if DASK in specs:
        wall, cpu = ratio(samples, DASK, POOL)
        goals.append(Goal(f"executor dask / {POOL}, {files:,} files", 1.6, wall, cpu=cpu))
    text = f"{files:,} articles in one folder, two workers, starting and stopping them included."
    return Section(
        "Executors", text, ("", "seconds", "CPU seconds", f"against {POOL}", "CPU"), rows, 1, goals, commands
    )


def packed(setting: Setting, archive: Archive) -> Section:
    """Measure time and memory over packed archives of growing size, with all findings and with hardly any."""
    rows = []
    peaks: dict[str, list[int]] = {}
    few, many = MANY * setting.files, HUGE * setting.files
    for kind, options in (("all rules", ()), ("--select NL9", ("--select", "NL9"))):
        for count in (few, many):
            path = archive.work / f"{count}.zip"
            if not path.exists():
                pack(archive.originals, path, count)
            command = ours.check(setting.newslint, kind, path, count, *JOBS, *options)
            sample = run(command, archive.empty, setting.variables)
            peak = memory.peak(command, archive.empty, setting.variables) if memory.can_measure() else 0
            peaks.setdefault(kind, []).append(peak)
            size = path.stat().st_size / 2**20
            rows.append(
                (
                    kind,
                    f"{count:,}",
                    f"{size:.0f}",
                    f"{sample.wall:.1f}",
                    f"{sample.wall / count * 1e6:.0f}",
                    f"{peak / 2**20:.0f}",
                )
            )
    text = (
        "One .zip, two processes, a run for the time and one for the memory (the peak of all processes together, PSS). "
        "Files, their names, facts and findings wait on disk from some number on."
    )
    goals = [
        Goal(f"memory over {many:,} files in a .zip / {few:,}, {kind}", FLAT, held[1] / held[0])
        for kind, held in peaks.items()
        # With fewer files nothing waits on disk.
        if all(held) and many >= _HUGE
    ]
    head = ("", "files", "MiB packed", "seconds", "us a file", "peak MiB")
    return Section("Packed", text, head, rows, 2, goals)


def pack(articles: Sequence[Original], path: Path, count: int) -> None:
    """Write so many articles into an archive, the first ones as they are, as :mod:`benchmarks.corpus` does."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in copies(articles, count):
            archive.writestr(f"_news/{name}", text)


def copies(articles: Sequence[Original], count: int) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of so many articles."""
    for place in range(count):
        number, index = divmod(place, len(articles))
        name, text = articles[index]
        yield (f"{name.removesuffix('.md')}-copy{number}.md", vary(text, number)) if number else (name, text)
