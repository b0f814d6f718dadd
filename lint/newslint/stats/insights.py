"""What an editor would want to know of an archive, in sentences: the one that matters most first."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.stats.numbers import Stats
from newslint.stats.tally import CLOSE, NARROW

_YEAR = 12
_FEW = 10


def insights(stats: Stats) -> list[str]:
    """Return what the numbers say, in plain sentences without a full stop; nothing is said of what is not there."""
    return [*_publishing(stats), *_pace(stats), *_providers(stats), *_images(stats), *_excerpts(stats), *_titles(stats)]


def _publishing(stats: Stats) -> Iterator[str]:
    """Yield how many articles stay below the threshold, and how close they are."""
    if stats.heat is None or not stats.below:
        return
    share = _share(stats.below, stats.heat.values)
    close = f", {stats.close:,} of them by {CLOSE} points or less" if stats.close else ""
    yield f"{share} of the articles ({stats.below:,}) stay below the publish threshold of {stats.threshold}{close}"


def _pace(stats: Stats) -> Iterator[str]:
    """Yield how the last year compares with the one before."""
    if len(stats.months) < 2 * _YEAR:
        return
    last = sum(count for _, count in stats.months[-_YEAR:])
    before = sum(count for _, count in stats.months[-2 * _YEAR : -_YEAR])
    if not before:
        return
    change = round(100 * (last - before) / before)
    words = "as many as" if not change else f"{abs(change):,}% {'more' if change > 0 else 'fewer'} than"
    yield f"The last 12 months, up to {stats.months[-1][0]}, brought {last:,} articles: {words} the 12 before"


def _providers(stats: Stats) -> Iterator[str]:
    """Yield how far the archive depends on one provider."""
    total = sum(count for _, count in stats.providers)
    if len(stats.providers) > 1 and stats.providers[0][1] * 3 > total:
        (first, most), (second, next_most) = stats.providers[:2]
        yield (
            f"{_share(most, total)} of the articles come from one of {len(stats.providers):,} providers, {first}; "
            f"the next, {second}, has {next_most:,}"
        )


def _images(stats: Stats) -> Iterator[str]:
    """Yield how many articles would go without a picture, or with a small one."""
    parts = []
    if stats.without_image:
        parts.append(f"{_share(stats.without_image, stats.documents)} of the articles have no image")
    if stats.widths is not None and stats.narrow:
        parts.append(
            f"{_share(stats.narrow, stats.widths.values)} of the images are narrower than {NARROW:,} pixels, "
            "too small to be shown large"
        )
    if parts:
        yield "; ".join(parts)


def _excerpts(stats: Stats) -> Iterator[str]:
    """Yield how many excerpts were cut by a program."""
    if stats.excerpts is not None and stats.cut_off:
        yield f"{_share(stats.cut_off, stats.excerpts.values)} of the excerpts break off before their sentence ends"


def _titles(stats: Stats) -> Iterator[str]:
    """Yield how long titles are."""
    titles = stats.titles
    if titles is not None and titles.values >= _FEW and titles.least < titles.greatest:
        longest = titles.tenths[8]
        yield f"Half of the titles are longer than {titles.median:,} characters, one in ten is longer than {longest:,}"


def _share(part: int, whole: int) -> str:
    """Return a part of a whole in percent; never 0% of something and never 100% of less than all."""
    percent = round(100 * part / whole)
    if part and not percent:
        return "Less than 1%"
    return "More than 99%" if percent == 100 and part < whole else f"{percent}%"
