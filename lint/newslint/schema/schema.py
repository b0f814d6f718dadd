"""A compiled schema: made once a run, asked for the fields and for the violations of each document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.document.document import Document, Field
from newslint.document.source import Coded
from newslint.finding import Pointer
from newslint.limits import MAX_MESSAGE
from newslint.quote import quote, shorten
from newslint.schema.accelerator import KNOWN_DRAFTS, IsValid, is_known_draft, make_accelerator, named_drafts
from newslint.schema.fields import LONG_TEXT, FieldMap
from newslint.schema.files import PACKAGED, SchemaError, packaged_schema, parse_schema, read_schema
from newslint.schema.patterns import bounded_search, search_with_python
from newslint.schema.quick import make_quick
from newslint.schema.references import References

if TYPE_CHECKING:
    from newslint.schema.description import FieldDescription

JUDGED_BY_RULES = frozenset({"date-time", "uri", "hostname"})
"""Formats that rules judge (NL2, NL3), which say more than a validator's yes or no."""


_QUICK_DOCUMENTS = 50
"""Documents for which the accelerator of plain Python is asked: together they cost less than to load the other."""


class Schema:
    """A JSON Schema of which every part is known to be usable.

    ``exact`` does without the accelerator, ``foreign`` tells that somebody else wrote it, so that its patterns run in
    bounded time. Raises SchemaError where it is not valid against its metaschema, is of an unknown draft, or refers to
    anything else.
    """

    def __init__(self, schema: dict[str, Any], name: str, *, exact: bool = False, foreign: bool = False) -> None:
        self.name = name
        self.raw = schema
        self._foreign = foreign
        self._search = bounded_search if foreign else search_with_python
        self._references = References(schema, name)
        self._validator: Any = None
        self._exact = exact
        self._asked = 0

    @cached_property
    def _fields(self) -> FieldMap:
        # Made when it is asked for: until the schema is checked, any keyword may hold anything.
        return FieldMap(self.raw, self._references, self._search)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The names of the fields that the schema requires at the top level."""
        return tuple(name for name in self.raw.get("required", ()) if isinstance(name, str))

    def fields(self, data: Mapping[str, Any]) -> Mapping[str, Sequence[Field]]:
        """Return the fields of each kind that the data has."""
        return self._fields.collect(data)

    def describe(self, pointer: Pointer) -> FieldDescription | None:
        """Return what the schema says of a place, whether a document has it or not; None for an unknown one."""
        # Imported here because only editors ask.
        from newslint.schema.description import describe

        return describe(self.raw, self._references, self._search, pointer)

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
        return make_quick(self.raw, self._references, JUDGED_BY_RULES, self._search)

    @cached_property
    def _accelerator(self) -> IsValid | None:
        return make_accelerator(self.raw, JUDGED_BY_RULES)

    def check_once(self) -> None:
        """Raise SchemaError where the schema cannot be used; one that the accelerator takes costs next to nothing."""
        # Imported here because only schemas that a user brings are checked.
        from newslint.schema.soundness import check_sound

        check_sound(self.raw, self._references, self.name)
        self._check_drafts()
        try:
            import jsonschema_rs

            certain = is_known_draft(self.raw) and jsonschema_rs.meta.is_valid(self.raw)
        except (ImportError, ValueError, TypeError):
            certain = False
        if not certain:
            self.check()

    def check(self) -> None:
        """Raise SchemaError where the schema is not valid against its own metaschema."""
        self._validator = self._make_validator()

    def _check_drafts(self) -> None:
        """Raise SchemaError for a draft that is not known, wherever the schema names it."""
        for draft in named_drafts(self.raw):
            if draft.rstrip("#") not in {known.rstrip("#") for known in KNOWN_DRAFTS}:
                raise SchemaError(f"{self.name}: the draft {quote(draft)} is not known")

    def _make_validator(self) -> Any:
        # Imported here because jsonschema takes longer to import than a small run takes in all.
        import jsonschema
        from referencing import Registry
        from referencing.exceptions import NoSuchResource

        def refuse(uri: str) -> Any:
            raise NoSuchResource(uri)

        self._check_drafts()
        validator_class: Any = jsonschema.Draft202012Validator
        if isinstance(self.raw.get("$schema"), str):
            validator_class = jsonschema.validators.validator_for(self.raw)
        try:
            # Without formats: what is a pattern is not for Python's engine to say.
            validator_class.check_schema(self.raw, format_checker=jsonschema.FormatChecker(formats=()))
        except jsonschema.SchemaError as error:
            place = "/".join(str(step) for step in error.absolute_path)
            raise SchemaError(
                f"{self.name}: this is no valid JSON Schema: at /{place}: {shorten(error.message, MAX_MESSAGE)}"
            ) from error
        known = set(validator_class.FORMAT_CHECKER.checkers) - JUDGED_BY_RULES
        checker = jsonschema.FormatChecker(formats=known)
        if self._foreign:
            # Imported here because the schemas that newslint brings do without.
            from newslint.schema.keywords import with_bounded_patterns

            validator_class = with_bounded_patterns(validator_class)
        # mypy does not see the aliases that attrs gives to Registry's private attributes.
        registry: Any = Registry(retrieve=refuse)  # type: ignore[call-arg]
        return validator_class(_prepared(self.raw), registry=registry, format_checker=checker)


def _prepared(node: Any) -> Any:
    """Return a copy of a schema in which a property's ``false`` is ``{"not": {}}``, which means the same.

    Of a property that is ``false`` jsonschema reports the mapping around it and not which property it is. The draft is
    left out: a reference to where it stands would bring jsonschema back to a validator of its own.
    """
    if isinstance(node, list):
        return [_prepared(child) for child in node]
    if not isinstance(node, dict):
        return node
    from newslint.schema.violations import NOTHING

    kept = {key: child for key, child in node.items() if key != "$schema" or not isinstance(child, str)}
    copy = {key: _prepared(child) for key, child in kept.items()}
    for keyword in ("properties", "patternProperties"):
        if isinstance(copy.get(keyword), dict):
            copy[keyword] = {key: NOTHING if child is False else child for key, child in copy[keyword].items()}
    return copy


def load_schema(name: str, root: Path, *, exact: bool = False) -> Schema:
    """Return the schema in a file, relative to ``root``, or the packaged one of that name; raises SchemaError."""
    if name in PACKAGED:
        return Schema(parse_schema(packaged_schema(name), f"{name}.schema.json"), f"{name}.schema.json", exact=exact)
    schema = Schema(parse_schema(read_schema(root / name), name), name, exact=exact, foreign=True)
    schema.check_once()
    return schema


def article_schema(*, exact: bool = False) -> Schema:
    """Return newslint's own schema of a news article; ``exact`` does without the accelerator."""
    return Schema(parse_schema(packaged_schema("article"), "article.schema.json"), "article.schema.json", exact=exact)
