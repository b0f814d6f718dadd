"""The fields of a front matter as the symbols of a document: its table of contents, and the way to a field."""

from __future__ import annotations

from lsprotocol import types

from newslint.finding import Pointer
from newslint.output.escape import terminal
from newslint.quote import shorten
from newslint.server.outline import Entry, outline, value_of
from newslint.server.snapshot import Snapshot
from newslint.server.texts import Text

_DETAIL = 60
"""Characters of a value that are shown beside its field."""


def symbols(snapshot: Snapshot) -> list[types.DocumentSymbol]:
    """Return the fields of a document, those of mappings and lists below them; none where it is none of newslint's."""
    if snapshot.kind is None:
        return []
    top: list[types.DocumentSymbol] = []
    by_pointer: dict[Pointer, list[types.DocumentSymbol]] = {(): top}
    items: dict[Pointer, types.DocumentSymbol] = {}
    for entry in outline(snapshot.text):
        if entry.item is not None and entry.item not in by_pointer:
            symbol = _symbol(snapshot.text, entry, entry.item, is_item=True)
            _below(by_pointer, entry.item).append(symbol)
            by_pointer[entry.item] = _children(symbol)
            items[entry.item] = symbol
        if entry.key is not None and entry.pointer:
            symbol = _symbol(snapshot.text, entry, entry.pointer, is_item=False)
            _below(by_pointer, entry.pointer).append(symbol)
            by_pointer[entry.pointer] = _children(symbol)
            if (item := items.get(entry.pointer[:-1])) is not None:
                # The line of an item is that of its first field, and ends with that.
                item.range = types.Range(item.range.start, max(item.range.end, symbol.range.end))
    return top


def flat(symbols: list[types.DocumentSymbol], uri: str) -> list[types.SymbolInformation]:
    """Return symbols for a client that knows no nested ones."""
    found: list[types.SymbolInformation] = []
    waiting = [(symbol, "") for symbol in reversed(symbols)]
    while waiting:
        symbol, container = waiting.pop()
        location = types.Location(uri, symbol.range)
        found.append(types.SymbolInformation(location, symbol.name, symbol.kind, container_name=container or None))
        waiting.extend((child, symbol.name) for child in reversed(symbol.children or ()))
    return found


def _below(by_pointer: dict[Pointer, list[types.DocumentSymbol]], pointer: Pointer) -> list[types.DocumentSymbol]:
    """Return where the symbol at a pointer goes: below the nearest place around it that has one."""
    around = pointer[:-1]
    while around not in by_pointer:
        around = around[:-1]
    return by_pointer[around]


def _children(symbol: types.DocumentSymbol) -> list[types.DocumentSymbol]:
    children: list[types.DocumentSymbol] = []
    symbol.children = children
    return children


def _symbol(text: Text, entry: Entry, pointer: Pointer, *, is_item: bool) -> types.DocumentSymbol:
    step = pointer[-1]
    value = None if is_item and entry.key is not None else value_of(text, entry)
    if isinstance(step, str):
        name = terminal(shorten(step, _DETAIL)) or '""'
        selection = entry.key or entry.value
    else:
        name, selection = f"[{step}]", entry.value
    if is_item and entry.key is None:
        start = entry.value.start
    else:
        start = entry.key.start if entry.key is not None else entry.value.start
    end = text.start(entry.last) + len(text.line(entry.last))
    detail = text.text[entry.value.start : entry.value.end] if value is not None else ""
    return types.DocumentSymbol(
        name,
        _kind(value, entry),
        text.range(start, max(end, selection.end)),
        text.range(selection.start, selection.end) if selection.start >= start else text.range(start, start),
        detail=terminal(shorten(detail, _DETAIL)) or None,
    )


def _kind(value: object, entry: Entry) -> types.SymbolKind:
    if isinstance(value, bool):
        return types.SymbolKind.Boolean
    if isinstance(value, int | float):
        return types.SymbolKind.Number
    if value is None:
        return types.SymbolKind.Object if entry.last > entry.line or entry.item is not None else types.SymbolKind.Null
    return types.SymbolKind.String
