"""Where newslint's own schemas are, and how a schema file is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from newslint.limits import MAX_SCHEMA_SIZE

PACKAGED = ("article", "post")
"""The schemas of documents that newslint brings with it."""


class SchemaError(Exception):
    """A schema that cannot be used: wrong use by whoever chose it, never a finding."""


def packaged_schema(name: str) -> str:
    """Return the text of ``NAME.schema.json``: from the installed package, else from the checkout that holds this file.

    Raises SchemaError where the installation lacks it.
    """
    installed = Path(__file__).parents[1] / "schemas"
    try:
        folder = installed if installed.is_dir() else _checkout() / "schemas"
        return (folder / f"{name}.schema.json").read_text("utf-8")
    except OSError as error:
        raise SchemaError(f"newslint's own schema {name} is missing from this installation: {error}") from error


def _checkout() -> Path:
    """Return the checkout that this file is in: the folder whose pyproject.toml names newslint; raises OSError."""
    checkout = Path(__file__).parents[3]
    if 'name = "newslint"' not in (checkout / "pyproject.toml").read_text("utf-8"):
        raise FileNotFoundError(f"{checkout} is no checkout of newslint")
    return checkout


def read_schema(path: Path) -> str:
    """Return the text of a schema file; raises SchemaError where it cannot be read or is too large."""
    try:
        # Never a FIFO or a device: opening one could wait for ever.
        if not path.is_file() and path.exists():
            raise SchemaError(f"{path}: this is no regular file")
        with open(path, "rb") as stream:
            data = stream.read(MAX_SCHEMA_SIZE + 1)
    except (OSError, ValueError) as error:
        # A name with a NUL, which no file can have, is a ValueError.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise SchemaError(f"{path}: the schema cannot be read: {reason}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path}: this is not UTF-8") from error


def parse_schema(text: str, name: str) -> dict[str, Any]:
    """Return the schema that a text holds; raises SchemaError, naming ``name``, where it is no JSON object."""
    if len(text) > MAX_SCHEMA_SIZE:
        raise SchemaError(f"{name}: the schema is larger than {MAX_SCHEMA_SIZE:,} bytes")
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{name}: this is no JSON: {error}") from error
    if not isinstance(schema, dict):
        raise SchemaError(f"{name}: a schema is a JSON object")
    return schema
