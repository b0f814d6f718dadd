"""A compiled schema: made once a run, asked for the fields and for the violations of each document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from newslint.document.document import Document, Field
from newslint.document.source import Coded
from newslint.schema.accelerator import IsValid, is_known_draft, make_accelerator
from newslint.schema.fields import LONG_TEXT, FieldMap
from newslint.schema.files import PACKAGED, SchemaError, packaged_schema, parse_schema, read_schema
from newslint.schema.quick import make_quick
from newslint.schema.references import References

JUDGED_BY_RULES = frozenset({"date-time", "uri", "hostname"})
"""Formats that rules judge (NL2, NL3), which say more than a validator's yes or no."""


_QUICK_DOCUMENTS = 50
"""Documents for which the accelerator of plain Python is asked: together they cost less than to load the other."""


class Schema:
    """A JSON Schema of which every part is known to be usable.

    ``exact`` does without the accelerator. Raises SchemaError where it is not valid against its metaschema, is of an
    unknown draft, or refers to anything else.
    """

    def __init__(self, schema: dict[str, Any], name: str, *, exact: bool = False) -> None:
        self.name = name
        self.raw = schema
        self._references = References(schema, name)
        self._fields = FieldMap(schema, self._references)
        self._validator: Any = None
        self._exact = exact
        self._asked = 0

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the fields that the schema requires at the top level."""
        return tuple(name for name in self.raw.get("required", ()) if isinstance(name, str))

    def fields(self, data: Mapping[str, Any]) -> Mapping[str, Sequence[Field]]:
        """Return the fields of each kind that the data has."""
        return self._fields.collect(data)

    def violations(self, document: Document) -> Iterator[Coded]:
        """Yield what is wrong with a document by this schema, each with its code."""
        certainly = not document.refused and self._is_certainly_valid(document.data)
        if certainly and not document.fields(LONG_TEXT):
            return
        # Imported here because a valid document never needs it.
        from newslint.schema.violations import schema_violations

        if certainly:
            yield from schema_violations(document, ())
            return
        if self._validator is None:
            self._validator = self._make_validator()
        yield from schema_violations(document, self._validator.iter_errors(document.data))

    def _is_certainly_valid(self, data: Any) -> bool:
        """Ask the accelerators: in a small run plain Python, from then on the one that takes its time to come."""
        if self._exact:
            return False
        if self._quick is not None and self._asked < _QUICK_DOCUMENTS:
            self._asked += 1
            return self._quick(data)
        return self._accelerator is not None and self._accelerator(data)

    @cached_property
    def _quick(self) -> IsValid | None:
        return make_quick(self.raw, self._references, JUDGED_BY_RULES)

    @cached_property
    def _accelerator(self) -> IsValid | None:
        return make_accelerator(self.raw, JUDGED_BY_RULES)

    def check_once(self) -> None:
        """Raise SchemaError where the schema is not valid; one that the accelerator takes costs next to nothing."""
        try:
            # Imported here because only schemas that a user brings are checked.
            import jsonschema_rs

            certain = is_known_draft(self.raw) and jsonschema_rs.meta.is_valid(self.raw)
        except (ImportError, ValueError, TypeError):
            certain = False
        if not certain:
            self.check()

    def check(self) -> None:
        """Raise SchemaError where the schema is not valid against its own metaschema."""
        self._validator = self._make_validator()

    def _make_validator(self) -> Any:
        # Imported here because jsonschema takes longer to import than a small run takes in all.
        import jsonschema
        from referencing import Registry
        from referencing.exceptions import NoSuchResource

        def refuse(uri: str) -> Any:
            raise NoSuchResource(uri)

        unknown = object()
        validator_class: Any = jsonschema.validators.validator_for(self.raw, default=unknown)  # type: ignore[arg-type]
        if validator_class is unknown:
            if "$schema" in self.raw:
                raise SchemaError(f"{self.name}: the draft {self.raw['$schema']!r} is not known")
            validator_class = jsonschema.Draft202012Validator
        try:
            validator_class.check_schema(self.raw)
        except jsonschema.SchemaError as error:
            place = "/".join(str(step) for step in error.absolute_path)
            raise SchemaError(f"{self.name}: this is no valid JSON Schema: at /{place}: {error.message}") from error
        known = set(validator_class.FORMAT_CHECKER.checkers) - JUDGED_BY_RULES
        checker = jsonschema.FormatChecker(formats=known)
        # mypy does not see the aliases that attrs gives to Registry's private attributes.
        registry: Any = Registry(retrieve=refuse)  # type: ignore[call-arg]
        return validator_class(_with_named_refusals(self.raw), registry=registry, format_checker=checker)


def _with_named_refusals(node: Any) -> Any:
    """Return a copy of a schema in which a property's ``false`` is ``{"not": {}}``, which means the same.

    Of a property that is ``false`` jsonschema reports the mapping around it and not which property it is.
    """
    if isinstance(node, list):
        return [_with_named_refusals(child) for child in node]
    if not isinstance(node, dict):
        return node
    from newslint.schema.violations import NOTHING

    copy = {key: _with_named_refusals(child) for key, child in node.items()}
    for keyword in ("properties", "patternProperties"):
        if isinstance(copy.get(keyword), dict):
            copy[keyword] = {key: NOTHING if child is False else child for key, child in copy[keyword].items()}
    return copy


def load_schema(name: str, root: Path, *, exact: bool = False) -> Schema:
    """Return the schema in a file, relative to ``root``, or the packaged one of that name; raises SchemaError."""
    if name in PACKAGED:
        return Schema(parse_schema(packaged_schema(name), f"{name}.schema.json"), f"{name}.schema.json", exact=exact)
    schema = Schema(parse_schema(read_schema(root / name), name), name, exact=exact)
    schema.check_once()
    return schema


def article_schema(*, exact: bool = False) -> Schema:
    """Return newslint's own schema of a news article; ``exact`` does without the accelerator."""
    return Schema(parse_schema(packaged_schema("article"), "article.schema.json"), "article.schema.json", exact=exact)
