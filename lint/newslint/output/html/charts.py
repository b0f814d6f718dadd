"""Charts as inline SVG: bars, columns and lines in the colours of the page, each with its numbers in words."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.output.html.markup import attributes, element, text

_WIDTH = 240
_HEIGHT = 72
_LINE_HEIGHT = 40
_PADDING = 3


def bar(part: int, whole: int) -> str:
    """Return a bar over the width of its place, filled as far as ``part`` is of ``whole``; its number stands beside."""
    rect = f'<rect class="fill"{attributes(width=f"{_percent(part, whole)}%", height="100%")}/>'
    return element("svg", '<rect class="track" width="100%" height="100%"/>', rect, class_="bar", aria_hidden="true")


def columns(counts: Sequence[tuple[str, int]], what: str, marks: Sequence[bool] = ()) -> str:
    """Return a column for each count, with its name and number where the pointer is; ``marks`` tells the weaker ones.

    ``what`` says what the chart shows, for those who do not see it.
    """
    most = max((count for _, count in counts), default=0)
    step = _WIDTH / max(len(counts), 1)
    gap = min(step * 0.2, 3)
    drawn = []
    for number, (name, count) in enumerate(counts):
        height = _HEIGHT * count / most if most else 0
        height = max(height, 1.5) if count else 0.75
        weak = bool(marks) and marks[number]
        shape = attributes(
            class_="weak" if weak else "fill" if count else "none",
            x=_short(number * step + gap / 2),
            y=_short(_HEIGHT - height),
            width=_short(step - gap),
            height=_short(height),
        )
        drawn.append(f"<rect{shape}><title>{text(f'{name}: {count:,}')}</title></rect>")
    described = f"{what}: " + ", ".join(f"{name}: {count:,}" for name, count in counts)
    return element(
        "svg",
        *drawn,
        class_="columns",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=described,
    )


def line(numbers: Sequence[int | None], what: str) -> str:
    """Return a line through numbers at equal distances, from zero up; None leaves a gap."""
    known = [number for number in numbers if number is not None]
    most = max(known, default=0) or 1
    step = (_WIDTH - 2 * _PADDING) / max(len(numbers) - 1, 1)
    runs: list[list[str]] = [[]]
    last = ""
    for index, number in enumerate(numbers):
        if number is None:
            runs.append([])
            continue
        x = _short(_PADDING + index * step)
        y = _short(_PADDING + (_LINE_HEIGHT - 2 * _PADDING) * (1 - number / most))
        runs[-1].append(f"{x},{y}")
        last = f'<circle class="dot"{attributes(cx=x, cy=y, r="2.5")}/>'
    lines = [f'<polyline class="line"{attributes(points=" ".join(run))}/>' for run in runs if len(run) > 1]
    floor = attributes(x1=_PADDING, x2=_WIDTH - _PADDING, y1=_LINE_HEIGHT - _PADDING, y2=_LINE_HEIGHT - _PADDING)
    described = f"{what}: " + ", ".join("not run" if number is None else f"{number:,}" for number in numbers)
    return element(
        "svg",
        f'<line class="floor"{floor}/>',
        *lines,
        last,
        class_="course",
        viewBox=f"0 0 {_WIDTH} {_LINE_HEIGHT}",
        role="img",
        aria_label=described,
    )


def _percent(part: int, whole: int) -> str:
    """Return a share in percent; something is never nothing."""
    return _short(max(100 * part / whole, 0.5) if part and whole else 0)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
