"""From what was seen to a JSON Schema (2020-12): types, required fields, choices, formats and bounds, with counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newslint.infer.bounds import length_bound, number_bounds
from newslint.infer.definitions import Definitions, singular
from newslint.infer.order import common_order
from newslint.infer.shape import Lists, Mappings, Shape
from newslint.infer.tally import MANY
from newslint.infer.texts import Texts
from newslint.limits import MAX_TEXT_LENGTH

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TOLD = 12
"""Values that a comment counts one by one."""

_LONG = 20
"""Characters of the longest text from which a bound of their length means something."""


def make_schema(root: Shape, title: str) -> dict[str, Any]:
    """Return the schema of documents, each of which is one value of ``root``; ``title`` says what they are.

    Every value that was seen is valid. Each ``$comment`` says in how many places a field was, and what was seen there.
    """
    writer = _Writer(root)
    files = f"{root.count:,} file{'' if root.count == 1 else 's'}"
    schema: dict[str, Any] = {
        "$schema": DRAFT,
        "title": title,
        "description": f"What {files} have in common. A first draft by newslint: it knows what was, not what may be.",
        **writer.keywords(root, "", "files"),
    }
    if writer.definitions.shapes:
        schema["$defs"] = {
            name: {"$comment": f"{shape.count:,} in all", **writer.keywords(shape, name, "entries")}
            for name, shape in sorted(writer.definitions.shapes.items())
        }
    return schema


class _Writer:
    """Writes the subschemas of one schema."""

    def __init__(self, root: Shape) -> None:
        self.definitions = Definitions(root)

    def subschema(self, shape: Shape, name: str, where: str) -> dict[str, Any]:
        """Return the subschema of a place; ``where`` says how often there was a value."""
        definition = self.definitions.name_of(shape, name)
        if definition is not None:
            return {"$comment": where, "$ref": f"#/$defs/{definition}"}
        if shape.count == shape.nulls:
            # What it is for nobody has said yet.
            return {"$comment": f"{where}; never with a value"}
        return {"$comment": "; ".join([where, *_notes(shape)]), **self.keywords(shape, name, "entries")}

    def keywords(self, shape: Shape, name: str, parents: str) -> dict[str, Any]:
        """Return what a schema says of a place itself; ``parents`` is what its fields are counted in."""
        types = shape.types
        found: dict[str, Any] = {"type": types[0] if len(types) == 1 else types}
        if shape.texts is not None:
            found |= _of_texts(shape.texts, types)
        if shape.numbers is not None:
            found |= number_bounds(shape.numbers)
        if shape.lists is not None:
            found |= self._of_lists(shape.lists, name)
        if shape.mappings is not None:
            found |= self._of_mappings(shape.mappings, parents)
        return found

    def _of_lists(self, lists: Lists, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        item = lists.item
        if lists.count >= MANY and lists.shortest:
            is_fixed = 1 < lists.shortest == lists.longest
            found |= {"minItems": lists.shortest, "maxItems": lists.longest} if is_fixed else {"minItems": 1}
        if lists.count >= MANY and lists.longest > 1 and item.types == ["string"] and not lists.repeats:
            found["uniqueItems"] = True
        if item.count:
            found["items"] = self.subschema(item, singular(name), f"{item.count:,} in all")
        return found

    def _of_mappings(self, mappings: Mappings, parents: str) -> dict[str, Any]:
        if mappings.others is not None:
            return self._of_table(mappings)
        properties = mappings.properties
        # The orders know the fields for which there was no more room, too.
        order = [key for key in common_order(mappings.orders, properties) if key in properties]
        required = [key for key in order if properties[key].count == mappings.count]
        found: dict[str, Any] = {"additionalProperties": False} if not mappings.open else {}
        if required:
            found["required"] = required
        found["properties"] = {
            key: self.subschema(properties[key], key, f"in {properties[key].count:,} of {mappings.count:,} {parents}")
            for key in order
        }
        return found

    def _of_table(self, mappings: Mappings) -> dict[str, Any]:
        """Return what a schema says of a mapping whose keys are data: all its values are of one kind."""
        value = Shape()
        for shape in (*mappings.properties.values(), *([mappings.others] if mappings.others is not None else [])):
            value.absorb(shape)
        return {} if mappings.open else {"additionalProperties": self.subschema(value, "", f"{value.count:,} in all")}


def _of_texts(texts: Texts, types: list[str]) -> dict[str, Any]:
    """Return what a schema says of texts: the narrowest thing of which there is evidence."""
    if texts.format is not None:
        return {**texts.format.keywords, **_example(texts)}
    if _are_choices(texts) and set(types) <= {"string", "null"}:
        values = sorted(str(value) for value, _ in texts.values.by_frequency())
        nothing = [None] if "null" in types else []
        return {"const": values[0]} if len(values) == 1 and not nothing else {"enum": [*values, *nothing]}
    if texts.form is not None:
        return {**_fixed_length(texts), **_example(texts)}
    found: dict[str, Any] = {"minLength": 1} if texts.shortest else {}
    longest = length_bound(texts.longest)
    if texts.count >= MANY and texts.longest >= _LONG and longest is not None and longest < MAX_TEXT_LENGTH:
        found["maxLength"] = longest
    if texts.is_embed:
        found["contentMediaType"] = "text/html"
    elif texts.is_for_people:
        found["contentMediaType"] = "text/plain"
    return {**found, **_example(texts)}


def _are_choices(texts: Texts) -> bool:
    # One name in all files is more often the one author of a young site than a word of its vocabulary.
    single = not texts.values.has_at_least(2)
    return texts.values.is_closed and not (single and texts.words)


def _fixed_length(texts: Texts) -> dict[str, Any]:
    form = texts.form
    if form is None:
        return {}
    if texts.shortest == texts.longest and form.name in ("digits", "hex", "token"):
        return {"pattern": f"^{form.pattern.removesuffix('+')}{{{texts.longest}}}$"}
    return form.keywords


def _example(texts: Texts) -> dict[str, Any]:
    return {"examples": [texts.example]} if texts.example is not None else {}


def _notes(shape: Shape) -> Iterator[str]:
    """Yield what was seen at a place, for those who judge whether the schema has it right."""
    if shape.nulls and shape.nulls < shape.count:
        yield f"{shape.nulls:,} without a value"
    if shape.numbers is not None:
        yield _range(shape.numbers.lowest, shape.numbers.highest)
    texts = shape.texts
    if texts is not None:
        choices = list(texts.values.by_frequency())
        if _are_choices(texts) and texts.format is None:
            shown = [f"{value} {number:,}" for value, number in choices[:_TOLD]]
            rest = [f"{len(choices) - _TOLD} more"] if len(choices) > _TOLD else []
            yield ", ".join([*shown, *rest])
        elif texts.format is None and texts.form is None:
            yield f"{_range(texts.shortest, texts.longest)} character{'' if texts.longest == 1 else 's'}"
    if shape.lists is not None:
        yield f"{_range(shape.lists.shortest, shape.lists.longest)} item{'' if shape.lists.longest == 1 else 's'}"


def _range(lowest: int | float, highest: int | float) -> str:
    return f"{lowest:,} to {highest:,}" if lowest != highest else f"{lowest:,}"
