"""Which mappings are one and the same thing in several places, and so become a definition that the places refer to.

An image is one wherever it stands: newslint's rules about images ask for fields that refer to ``#/$defs/image``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newslint.infer.shape import Shape
from newslint.late import compiled_late

IMAGE: Final = "image"
"""The name of the definition that newslint's rules know by its name."""

_NAME = compiled_late(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


def singular(name: str) -> str:
    """Return what one item of a list is called, for English words: ``images`` is a list of ``image``."""
    if name.endswith("ies") and len(name) > 4:
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") and len(name) > 2 else name


class Definitions:
    """The definitions of one schema, each with all that was seen in its places.

    A name gets a definition where mappings stand under it in two places or more and have most fields in common. Then
    all of them refer to it, so that what was merged to make it is what must fit it.
    """

    def __init__(self, root: Shape) -> None:
        by_name: dict[str, list[Shape]] = {}
        for name, shape in _mappings(root, ""):
            if is_image(shape):
                by_name.setdefault(IMAGE, []).append(shape)
            elif name != IMAGE and _NAME.fullmatch(name):
                by_name.setdefault(name, []).append(shape)
        self.shapes: dict[str, Shape] = {}
        for name, shapes in by_name.items():
            merged = _merged(shapes)
            if name == IMAGE or (len(shapes) > 1 and all(_is_alike(shape, merged) for shape in shapes)):
                self.shapes[name] = merged

    def name_of(self, shape: Shape, name: str) -> str | None:
        """Return the definition that a place called ``name`` refers to, or None where it has none."""
        if is_image(shape):
            return IMAGE
        return name if name in self.shapes and name != IMAGE and _is_mapping(shape) else None


def is_image(shape: Shape) -> bool:
    """Tell whether every value of a place has an address, a width and a height as images have them."""
    if not _is_mapping(shape) or shape.mappings is None:
        return False
    fields = shape.mappings.properties
    kinds = {"url": "string", "width": "integer", "height": "integer"}
    return all(
        name in fields and fields[name].count == shape.count and fields[name].types == [kind]
        for name, kind in kinds.items()
    )


def _is_mapping(shape: Shape) -> bool:
    """Tell whether a place holds mappings and nothing else, of which all fields are told apart."""
    return shape.types == ["object"] and shape.mappings is not None and shape.mappings.others is None


def _is_alike(shape: Shape, merged: Shape) -> bool:
    mine = shape.mappings.properties if shape.mappings is not None else {}
    all_fields = merged.mappings.properties if merged.mappings is not None else {}
    return 2 * len(mine) >= len(all_fields) > 0


def _merged(shapes: list[Shape]) -> Shape:
    merged = Shape()
    for shape in shapes:
        merged.absorb(shape)
    return merged


def _mappings(shape: Shape, name: str) -> Iterator[tuple[str, Shape]]:
    """Yield the places below a place that hold nothing but mappings, with their names, from the outermost inwards.

    The values of a table have no name.
    """
    if shape.mappings is not None:
        others = shape.mappings.others
        children = [(key if others is None else "", child) for key, child in shape.mappings.properties.items()]
        if others is not None:
            children.append(("", others))
        for key, child in children:
            yield from _this_and_below(child, key)
    if shape.lists is not None:
        yield from _this_and_below(shape.lists.item, singular(name))


def _this_and_below(shape: Shape, name: str) -> Iterator[tuple[str, Shape]]:
    if _is_mapping(shape):
        yield name, shape
    yield from _mappings(shape, name)
