"""The effective settings one by one, each with its value and where it comes from."""

from __future__ import annotations

import json
from typing import Any

from newslint.config import Place
from newslint.record import Record
from newslint.schema.files import packaged_schema, parse_schema
from newslint.settings import Settings

_DEFAULTS: dict[str, Any] = {
    "include": ["."],
    "exclude": [],
    **{name.replace("_", "-"): Settings._field_defaults[name] for name in ("extensions", "fixable", "unfixable")},
    **{name.replace("_", "-"): Settings._field_defaults[name] for name in ("max_file_size", "max_findings")},
    "fail-on": Settings._field_defaults["fail_on"].value,
}
"""What holds where nothing is said; a key that is not here is simply not set."""


class Explained(Record):
    """One setting: its key, its value (None: not set), where it comes from, and its line of TOML."""

    key: str
    value: Any
    source: str
    toml: str


def explain(settings: Settings) -> list[Explained]:
    """Return all settings in the order of their schema; raises ConfigError."""
    place = Place(settings.file) if settings.file is not None else None
    table = place.table() if place is not None else {}
    explained: list[Explained] = []
    for key in parse_schema(packaged_schema("config"), "config.schema.json")["properties"]:
        if key in table and place is not None:
            value, source = table[key], place.source(key)
        elif key in _DEFAULTS:
            value, source = _DEFAULTS[key], "default"
        else:
            value, source = None, "not set"
        explained.append(Explained(key, value, source, _toml(key, value)))
    return explained


def _toml(key: str, value: Any) -> str:
    """Return the line that sets a key, or a comment for one that is not set."""
    return f"# {key}" if value is None else f"{key} = {_inline(value)}"


def _inline(value: Any) -> str:
    """Return a value as TOML on one line; texts, numbers and lists are written as in JSON."""
    if isinstance(value, dict):
        members = (f"{json.dumps(name, ensure_ascii=False)} = {_inline(member)}" for name, member in value.items())
        return f"{{{', '.join(members)}}}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
