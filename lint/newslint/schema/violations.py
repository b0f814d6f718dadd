"""What is wrong with a document by its schema: jsonschema's errors, each at its own field and in an editor's words.

``jsonschema`` reports a missing and an unknown field at the mapping around it, several unknown ones as one error, and
of ``anyOf`` every branch: here each becomes a finding of its own at the field, of the branch that was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from newslint.document.document import Document
from newslint.document.scalars import resolve
from newslint.document.source import Coded
from newslint.finding import Pointer, Violation
from newslint.limits import MAX_KEY_SHOWN, MAX_NEAR_MISSES, MAX_TEXT_LENGTH
from newslint.near import near_miss
from newslint.quote import listed, quote, shorten
from newslint.schema.fields import LONG_TEXT
from newslint.schema.repairs import has_type, near_field, near_value, other_quoting, swallowed_text

NOTHING: dict[str, Any] = {"not": {}}
"""A schema that no value fits."""

TYPE_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping (key: value)",
    "null": "no value",
}
"""How messages, and editors, call JSON Schema's types."""


def schema_violations(document: Document, errors: Iterable[Any]) -> Iterator[Coded]:
    """Yield the violations of the errors (``jsonschema.ValidationError``) of a document, each with its code."""
    translator = _Translator(document)
    seen: set[tuple[str, Pointer, str]] = set()
    for error in errors:
        for code, violation in translator.translate(error):
            identity = (code, violation.pointer, violation.message)
            if identity not in seen:
                seen.add(identity)
                yield code, violation
    for pointer, reason in document.refused.items():
        yield translator.refused_number(pointer, reason)
    for pointer, value in document.fields(LONG_TEXT):
        if any(code == "NL106" and place == pointer for code, place, _ in seen):
            continue
        message = f"the text has {len(value):,} characters, more than {MAX_TEXT_LENGTH:,}"
        yield "NL106", Violation(pointer, message, hint="Shorten the text")


class _Translator:
    """Turns errors into violations; ``_near_misses`` bounds the costly searches in one file."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._near_misses = 0
        self._no_numbers: dict[Pointer, list[str]] = {}
        self._told_missing: set[tuple[int, Pointer]] = set()
        self._keywords: dict[str, Callable[[Any, Pointer], Iterator[Coded]]] = {
            "required": self._required,
            "dependentRequired": self._dependent_required,
            "additionalProperties": self._unknown,
            "unevaluatedProperties": self._unknown,
            "type": self._type,
            "enum": self._enum,
            "const": self._enum,
            "uniqueItems": self._unique,
            "pattern": self._pattern,
            "format": self._format,
            "anyOf": self._branches,
            "oneOf": self._branches,
            **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), self._range),
            **dict.fromkeys(
                ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), self._length
            ),
        }

    def translate(self, error: Any) -> Iterator[Coded]:
        """Yield the violations of one error; one at a refused number only tells whether a number may stand there."""
        pointer: Pointer = tuple(error.absolute_path)
        if pointer in self._document.refused:
            if error.validator == "type":
                self._no_numbers[pointer] = _types(error)
            return
        if self._is_property_name(error, pointer):
            yield from self._unknown_name(pointer, error.instance, ())
            return
        yield from self._keywords.get(error.validator, self._other)(error, pointer)

    def refused_number(self, pointer: Pointer, reason: str) -> Coded:
        """Return the violation of a number that no reader can use: out of range, or of the wrong type altogether."""
        if pointer not in self._no_numbers:
            return "NL105", Violation(pointer, f"this number {reason}", hint="Write a number that can be used")
        message = f"a number is not allowed here (and this one {reason})"
        repair = other_quoting(self._document, pointer, self._no_numbers[pointer])
        return "NL102", Violation(pointer, message, hint="Put the value in quotes if it is text", repair=repair)

    def _is_property_name(self, error: Any, pointer: Pointer) -> bool:
        value = self._document.get(pointer)
        return isinstance(value, dict) and isinstance(error.instance, str)

    def _near(self, word: str, known: Iterable[str]) -> str | None:
        self._near_misses += 1
        return near_miss(word, known) if self._near_misses <= MAX_NEAR_MISSES else None

    def _required(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        # jsonschema has an error for each missing field, and each of them knows all.
        if (id(error.validator_value), pointer) in self._told_missing:
            return
        self._told_missing.add((id(error.validator_value), pointer))
        missing = [name for name in error.validator_value if name not in error.instance]
        yield from self._missing(error, pointer, missing, "")

    def _dependent_required(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        for present, names in error.validator_value.items():
            if present in error.instance:
                missing = [name for name in names if name not in error.instance]
                yield from self._missing(error, pointer, missing, f', although "{present}" is there')

    def _missing(self, error: Any, pointer: Pointer, names: list[str], why: str) -> Iterator[Coded]:
        known = error.schema.get("properties", {})
        unknown = [key for key in error.instance if isinstance(key, str) and key not in known] if known else []
        for name in names:
            hint = f"Add the field {name}"
            if (written := self._near(name, unknown)) is not None:
                hint = f'Rename "{shorten(written, 80)}" to "{name}"'
            elif pointer:
                hint += " to this entry" if isinstance(pointer[-1], int) else f" to {pointer[-1]}"
            yield "NL101", Violation((*pointer, name), f'the field "{name}" is missing{why}', part="missing", hint=hint)

    def _unknown(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        known = error.schema.get("properties", {})
        all_others = error.validator == "additionalProperties" and "patternProperties" not in error.schema
        for key in error.instance:
            # jsonschema names the fields at fault in its message only, and to look there takes long if they are many.
            if key not in known and (all_others or repr(key) in error.message):
                yield from self._unknown_name(pointer, key, known)

    def _unknown_name(self, pointer: Pointer, key: str, known: Iterable[str]) -> Iterator[Coded]:
        shown = shorten(key, 80)
        names = list(known)
        meant = self._near(key, names)
        if meant is not None and self._is_other_field((*pointer, key), meant):
            meant = None
        hint, repair = "Delete the field, or add it to the schema", None
        if meant is not None:
            hint, repair = f'Did you mean "{meant}"?', near_field(self._document, (*pointer, key), meant)
            hint += " That field is there already: delete one of the two" if repair is None else ""
        elif 0 < len(names) <= 5:
            hint = f"Known here: {', '.join(names)}"
        message = f'the field "{shown}" is not known here'
        yield "NL104", Violation((*pointer, key), message, part="key", hint=hint, repair=repair)

    def _is_other_field(self, pointer: Pointer, meant: str) -> bool:
        """Tell whether the field that an unknown one resembles is there, and the likeness too weak to be a slip."""
        key = str(pointer[-1]).casefold()
        present = self._document.get((*pointer[:-1], meant)) is not None
        return present and key != meant.casefold() and abs(len(key) - len(meant)) > 1

    def _type(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        yield "NL102", self._wrong_type(pointer, error.instance, _types(error))

    def _wrong_type(self, pointer: Pointer, value: Any, expected: list[str]) -> Violation:
        wanted = listed([TYPE_NAMES.get(name, name) for name in expected])
        plain = self._document.style(pointer) == "plain"
        hint = f"Write {wanted}"
        if value is None:
            what = "there is no value"
            entry = bool(pointer) and isinstance(pointer[-1], int)
            hint = (
                "Write a value, or delete the entry"
                if entry
                else "Write a value, or delete the field if it may be absent"
            )
        elif isinstance(value, bool):
            written = self._written(pointer, value)
            what = f"{written} is a yes-or-no value"
            if written != quote(value):
                what = f"YAML reads {written} as {quote(value)}, which is a yes-or-no value"
            if "string" in expected:
                hint = f'Put it in quotes if it is text: "{self._written(pointer, value)}"'
        elif isinstance(value, int | float):
            what = f"{self._written(pointer, value)} is a number"
            if "string" in expected:
                hint = f'Put it in quotes if it is text: "{self._written(pointer, value)}"'
        elif isinstance(value, str):
            what = f"{quote(value)} is text"
            meant = resolve(value)
            if not plain and any(has_type(meant, name) for name in expected):
                hint = f"Take the quotes away: {value}"
        else:
            what = "this is a list" if isinstance(value, list) else "this is a mapping"
        repair = other_quoting(self._document, pointer, expected)
        if "string" in expected and (swallowed := swallowed_text(self._document, pointer)) is not None:
            # Quoting the value alone would make a real comment of what was meant as text.
            hint = f"YAML takes what follows # for a comment: put all of it in quotes if it is text: {quote(swallowed)}"
            repair = None
        return Violation(pointer, f"{what}, where {wanted} is expected", hint=hint, repair=repair)

    def _written(self, pointer: Pointer, value: Any) -> str:
        """Return a plain scalar as the file has it (``yes``, not true)."""
        source = self._document.source
        if source is None:
            return quote(value)
        span = self._document.span(pointer)
        return shorten(source.text[span.start : span.end], 80)

    def _enum(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
        shown = listed([quote(value) for value in allowed[:10]] + (["others"] if len(allowed) > 10 else []))
        texts = [value for value in allowed if isinstance(value, str)]
        meant = self._near(error.instance, texts) if isinstance(error.instance, str) else None
        hint = f'Did you mean "{meant}"?' if meant is not None else f"Write {shown}"
        message = f"{quote(error.instance)} is not allowed here, only {shown}"
        repair = None if meant is None else near_value(pointer, meant)
        yield "NL103", Violation(pointer, message, hint=hint, repair=repair)

    def _range(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        limit = quote(error.validator_value)
        expected = {
            "minimum": f"at least {limit}",
            "maximum": f"at most {limit}",
            "exclusiveMinimum": f"more than {limit}",
            "exclusiveMaximum": f"less than {limit}",
            "multipleOf": f"a multiple of {limit}",
        }[error.validator]
        message = f"{quote(error.instance)} is out of range, where {expected} is expected"
        yield "NL105", Violation(pointer, message, hint="Correct the number")

    def _length(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        unit = {"Length": "character", "Items": "entry", "Properties": "field"}[error.validator[3:]]
        size, limit = len(error.instance), error.validator_value
        least = error.validator.startswith("min")
        what = {"character": "the text", "entry": "the list", "field": "the mapping"}[unit]
        many = {"character": "characters", "entry": "entries", "field": "fields"}[unit]
        hint = "Shorten it"
        if least:
            hint = (
                "Write the text, or delete the field"
                if unit == "character"
                else f"Add {'an' if unit == 'entry' else 'a'} {unit}"
            )
        bound = f"at {'least' if least else 'most'} {limit:,} {unit if limit == 1 else many}"
        if size == 0:
            message = f"{what} is empty, where {bound} {'is' if limit == 1 else 'are'} expected"
        else:
            have = f"{size:,} {unit if size == 1 else many}"
            message = f"{what} has {have}, where {bound} {'is' if limit == 1 else 'are'} expected"
        yield "NL106", Violation(pointer, message, hint=hint)

    def _pattern(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        message = f"{quote(error.instance)} does not match the pattern {shorten(error.validator_value)}"
        yield "NL107", Violation(pointer, message, hint=_expectation(error))

    def _format(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        message = f"{quote(error.instance)} is not of the format {error.validator_value}"
        yield "NL108", Violation(pointer, message, hint=_expectation(error))

    def _unique(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        seen: list[Any] = []
        for index, item in enumerate(error.instance):
            if item in seen:
                message = f"{quote(item)} stands in the list a second time"
                yield "NL109", Violation((*pointer, index), message, hint="Delete one of the two")
            else:
                seen.append(item)

    def _branches(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        """Report the branch that was meant: by its discriminator, then by the fewest errors."""
        branches: dict[int, list[Any]] = {}
        for sub_error in error.context or ():
            # Nobody can mean a branch that is "false"; jsonschema gives it no place.
            if sub_error.relative_schema_path:
                branches.setdefault(sub_error.relative_schema_path[0], []).append(sub_error)
        if not branches and error.context:
            yield from self._other(error, pointer)
            return
        if not branches:
            message = "the value fits more than one of the forms that exclude each other"
            yield "NL110", Violation(pointer, message, hint=_expectation(error))
            return
        if all(_wants_another_type(errors, pointer) for errors in branches.values()):
            wanted = [sub_error.validator_value for errors in branches.values() for sub_error in errors[:1]]
            names = [name for value in wanted for name in (value if isinstance(value, list) else [value])]
            yield "NL102", self._wrong_type(pointer, error.instance, list(dict.fromkeys(names)))
            return
        best = min(branches.values(), key=lambda errors: _distance(errors, pointer))
        for sub_error in best:
            yield from self.translate(sub_error)

    def _other(self, error: Any, pointer: Pointer) -> Iterator[Coded]:
        if error.validator == "not" and error.validator_value == NOTHING["not"] and pointer:
            message = f'the field "{shorten(str(pointer[-1]), MAX_KEY_SHOWN)}" is not allowed here'
            yield "NL110", Violation(pointer, message, part="key", hint="Delete the field")
            return
        message = f'the value breaks the rule "{error.validator or "false"}" of the schema'
        yield "NL110", Violation(pointer, message, hint=_expectation(error))


def _types(error: Any) -> list[str]:
    """Return the names of the types that a value should have had."""
    expected = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    return [name for name in expected if isinstance(name, str)]


def _expectation(error: Any) -> str | None:
    """Return what the schema's author says of the field, as the hint where nothing better is known."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    description = schema.get("description")
    return f"Expected: {shorten(description)}".rstrip(".") if isinstance(description, str) else None


def _wants_another_type(errors: list[Any], pointer: Pointer) -> bool:
    return len(errors) == 1 and errors[0].validator == "type" and tuple(errors[0].absolute_path) == pointer


def _distance(errors: list[Any], pointer: Pointer) -> tuple[int, int]:
    """Return how far a branch is from what was meant: wrong type, then wrong discriminator, then number of errors."""
    depth = len(pointer)
    if any(error.validator == "type" and len(error.absolute_path) == depth for error in errors):
        return 2, len(errors)
    discriminated = any(
        error.validator in ("const", "enum") and len(error.absolute_path) <= depth + 1 for error in errors
    )
    return int(discriminated), len(errors)
