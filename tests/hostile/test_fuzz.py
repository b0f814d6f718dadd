"""Whatever comes in at random, what is promised of every file holds: of check, fixes, suppressions, formats, settings.

The suite tries a few. ``python -m pytest tests/hostile/test_fuzz.py --hypothesis-profile long --hypothesis-seed 1``
tries some 200 times as many, always the same ones for the same seed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.hostile.invariants import findings_hold, fixes_hold, formats_hold, settings_hold, suppressions_hold
from tests.hostile.limited import NOW, newslint
from tests.hostile.stored import cache_holds, damages
from tests.hostile.strategies import configurations, files, schemas, tokens

TIMES = max(1, settings().max_examples // 100)
"""How many times as much is tried as in the suite: the profile says so (tests/conftest.py)."""


def tries(count: int) -> settings:
    """Return settings for so many examples in the suite; slow ones are what is looked for, so they are no reason to stop."""
    return settings(max_examples=count * TIMES, suppress_health_check=list(HealthCheck))


@tries(60)
@given(files())
def test_findings(data: bytes) -> None:
    findings_hold(data)


@tries(30)
@given(files(), st.booleans())
def test_fixes(data: bytes, unsafe: bool) -> None:
    fixes_hold(data, unsafe=unsafe)


@tries(20)
@given(files())
def test_suppressions(data: bytes) -> None:
    suppressions_hold(data, findings_hold(data))


@tries(20)
@given(files(), tokens())
def test_formats(data: bytes, name: str) -> None:
    formats_hold(findings_hold(data), f"_news/{name or 'a'}.md")


@tries(20)
@given(configurations(), schemas(), files())
def test_settings(config: bytes, schema: bytes, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings_hold(Path(folder), config, schema, data)


@tries(20)
@given(schemas(), files())
def test_schemas(schema: bytes, data: bytes) -> None:
    config = b'[[kinds]]\nname = "x"\nfiles = ["**"]\nschema = "a.json"\nselect = ["ALL"]\n'
    with tempfile.TemporaryDirectory() as folder:
        settings_hold(Path(folder), config, schema, data)


@tries(20)
@given(damages())
def test_caches(damage: tuple[dict[str, bytes], frozenset[str]]) -> None:
    cache_holds(*damage)


def _some_files(count: int) -> list[bytes]:
    """Return so many different files: the same ones for the same seed."""
    drawn: list[bytes] = []

    @settings(tries(count), database=None, phases=[Phase.generate])
    @given(files())
    def draw(data: bytes) -> None:
        drawn.append(data)

    draw()
    return drawn


def test_the_same_output_by_any_number_of_workers_and_any_hash_seed(tmp_path: Path) -> None:
    for number, data in enumerate(_some_files(60)):
        (tmp_path / f"{number:05}.md").write_bytes(data)
    names = sorted(path.name for path in tmp_path.iterdir())
    options = ("check", "--isolated", "--now", NOW, "--output-format", "json", *names)
    one = newslint(*options, "--no-cache", "--jobs", "1", cwd=tmp_path, PYTHONHASHSEED="0")
    assert (one.code, one.err) == (1, b"")
    assert one.report["summary"]["files"] == len(names)
    for jobs, seed in (("2", "1"), ("3", "4242")):
        assert newslint(*options, "--jobs", jobs, cwd=tmp_path, PYTHONHASHSEED=seed) == one
