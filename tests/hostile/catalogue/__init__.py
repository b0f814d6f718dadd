"""The catalogue of hostile files, by groups; what must come out of each stands in ``tests/hostile/expected``."""

from __future__ import annotations

from tests.hostile.catalogue import (
    encodings,
    fences,
    heavy,
    long_texts,
    numbers,
    suppressions,
    timestamps,
    urls,
    yaml,
)
from tests.hostile.catalogue.making import Group

GROUPS: dict[str, Group] = {
    "yaml": yaml.CASES,
    "encodings": encodings.CASES,
    "fences": fences.CASES,
    "numbers": numbers.CASES,
    "timestamps": timestamps.CASES,
    "urls": urls.CASES,
    "suppressions": suppressions.CASES,
    "long_texts": long_texts.CASES,
    "heavy": heavy.CASES,
}
