"""The keywords of JSON Schema that hold patterns, as ``jsonschema`` has them but for the engine that runs them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newslint.schema.patterns import bounded_search


def with_bounded_patterns(validator_class: Any) -> Any:
    """Return a validator class of ``jsonschema`` whose patterns run in bounded time."""
    # Imported here because a schema without patterns never needs it.
    import jsonschema

    def pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ARG001 - jsonschema's
        if validator.is_type(instance, "string") and not bounded_search(pattern)(instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")

    def pattern_properties(validator: Any, patterns: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ARG001
        if validator.is_type(instance, "object"):
            for expression, subschema in patterns.items():
                for key in _matching(instance, expression):
                    yield from validator.descend(instance[key], subschema, path=key, schema_path=expression)

    def additional_properties(validator: Any, others: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if not validator.is_type(instance, "object"):
            return
        known = set(schema.get("properties", {}))
        known.update(
            key for expression in schema.get("patternProperties", {}) for key in _matching(instance, expression)
        )
        extras = [key for key in instance if key not in known]
        if validator.is_type(others, "object"):
            for key in extras:
                yield from validator.descend(instance[key], others, path=key)
        elif not others and extras:
            yield jsonschema.ValidationError(f"{', '.join(map(repr, extras))} are not allowed")

    keywords = {
        "pattern": pattern,
        "patternProperties": pattern_properties,
        "additionalProperties": additional_properties,
    }
    extend: Any = jsonschema.validators.extend
    return extend(validator_class, keywords)


def _matching(instance: dict[str, Any], pattern: str) -> list[str]:
    search = bounded_search(pattern)
    return [key for key in instance if isinstance(key, str) and search(key)]
