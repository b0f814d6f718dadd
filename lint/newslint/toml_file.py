"""A TOML file: read within limits, its values made plain, and the line on which each of its keys stands."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date, time
from functools import cached_property
from typing import Any

from newslint.finding import Pointer, readable_pointer
from newslint.late import compiled_late
from newslint.limits import MAX_CONFIG_SIZE, MAX_DEPTH, MAX_INTEGER_DIGITS

_TOKEN = compiled_late(
    r'''
    (?P<string> """ (?: [^"\\] | \\. | "(?!"") )* "{3,5} | \'\'\' (?: [^'] | '(?!'') )* '{3,5}
              | " (?: [^"\\] | \\. )* " | ' [^']* ' )
    | \# [^\n]* | (?P<mark> [][{}=,.\n] ) | (?P<bare> [^\s\[\]{}=,."'\#]+ )
    ''',
    re.VERBOSE | re.DOTALL,
)


class TomlError(Exception):
    """A file that cannot be used; ``place`` is ``:line:column``, ``:line`` or empty, as far as it is known."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.place = place


class TomlFile:
    """One TOML file; raises TomlError where it is no regular file, unreadable, larger than 1 MiB or not UTF-8."""

    def __init__(self, path: str) -> None:
        self.text = _read(path)

    def table(self, *keys: str) -> Any:
        """Return the table at some keys, or None where there is none; without keys that is the whole file.

        Dates and times in it are text. Raises TomlError where the file is no TOML, or the table holds a number of more
        than 20 digits.
        """
        table: Any = self._data
        for key in keys:
            table = table.get(key) if isinstance(table, dict) else None
        if isinstance(table, dict | list):
            self._make_plain(keys, table)
        return table

    @cached_property
    def _data(self) -> dict[str, Any]:
        # Imported here because a run without a configuration never needs it.
        import tomllib

        self._check_keys()
        try:
            return tomllib.loads(self.text)
        except RecursionError as error:
            raise TomlError("this is no valid TOML: it is nested too deeply") from error
        except ValueError as error:
            message, _, place = str(error).partition(" (at ")
            if message.startswith("Exceeds the limit"):
                message = f"a number has more than {MAX_INTEGER_DIGITS} digits"
            numbers = "".join(f":{number}" for number in re.findall(r"\d+", place))
            end = " at the end of the file" if place.startswith("end") else ""
            raise TomlError(f"this is no valid TOML: {message}{end}", numbers) from error

    def _check_keys(self) -> None:
        """Raise TomlError for a key of very many parts: to tomllib the work is the square of their number."""
        if all(line.count(".") <= MAX_DEPTH for line in self.text.split("\n")):
            return
        dots, line = 0, 1
        for match in _TOKEN.finditer(self.text):
            mark = match.group("mark")
            if mark == ".":
                dots += 1
                if dots > MAX_DEPTH:
                    raise TomlError(f"a key has more than {MAX_DEPTH} parts", f":{line}")
            elif mark is not None:
                dots = 0
            line += match.group().count("\n")

    def _make_plain(self, keys: Pointer, table: Any) -> None:
        stack: list[tuple[Pointer, Any]] = [(keys, table)]
        while stack:
            pointer, node = stack.pop()
            for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
                inner = (*pointer, key)
                if isinstance(value, dict | list):
                    stack.append((inner, value))
                elif isinstance(value, date | time):
                    node[key] = value.isoformat()
                elif isinstance(value, int) and abs(value) >= 10**MAX_INTEGER_DIGITS:
                    # Printing such a number can fail (sys.int_info.default_max_str_digits), so it goes no further.
                    line = self.line(inner)
                    message = f"{readable_pointer(inner)}: this number has more than {MAX_INTEGER_DIGITS} digits"
                    raise TomlError(message, f":{line}" if line else "")

    def line(self, pointer: Pointer) -> int | None:
        """Return the 1-based line on which the innermost key or item of a pointer stands that the file has."""
        for length in range(len(pointer), 0, -1):
            if pointer[:length] in self._lines:
                return self._lines[pointer[:length]]
        return None

    @cached_property
    def _lines(self) -> Mapping[Pointer, int]:
        try:
            return _Places(self.text).lines
        except RecursionError:
            return {}


def _read(path: str) -> str:
    try:
        # Never a FIFO or a device: opening one could wait for ever.
        if not os.path.isfile(path) and os.path.exists(path):
            raise TomlError("this is no regular file")
        with open(path, "rb") as stream:
            content = stream.read(MAX_CONFIG_SIZE + 1)
    except OSError as error:
        raise TomlError(f"the file cannot be read: {error.strerror or error}") from error
    if len(content) > MAX_CONFIG_SIZE:
        raise TomlError(f"the file is larger than {MAX_CONFIG_SIZE:,} bytes")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TomlError(f"this is not UTF-8: the byte 0x{content[error.start]:02x} is wrong", f":{line}") from error


class _Places:
    """The line of every key and item of a valid TOML text (toml.io, version 1.0), which tomllib does not tell."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Pointer, int] = {}
        self._tokens: list[tuple[str, int]] = []
        line = 1
        for match in _TOKEN.finditer(text):
            if match.lastgroup is not None:
                self._tokens.append((match.group(), line))
            line += match.group().count("\n")
        self._tokens.append(("\n", line))
        self._position = 0
        self._read_tables()

    def _read_tables(self) -> None:
        table: Pointer = ()
        last_of: dict[Pointer, int] = {}
        while self._position < len(self._tokens):
            if self._take("\n"):
                continue
            line = self._line
            if self._take("["):
                repeated = self._take("[")
                table = self._header(self._keys(), last_of, repeated=repeated)
                for length in range(1, len(table) + 1):
                    self.lines.setdefault(table[:length], line)
                self._position += 1 + repeated
            else:
                self._assignment(table)

    def _header(self, keys: Pointer, last_of: dict[Pointer, int], *, repeated: bool) -> Pointer:
        """Return the pointer of a header's table; ``[[a]]`` is a new item of a list, ``[a.b]`` is in the last one."""
        table: Pointer = ()
        for number, key in enumerate(keys, 1):
            table = (*table, key)
            if repeated and number == len(keys):
                last_of[table] = last_of.get(table, -1) + 1
            if table in last_of:
                table = (*table, last_of[table])
        return table

    def _assignment(self, table: Pointer) -> None:
        line = self._line
        keys = self._keys()
        for length in range(1, len(keys) + 1):
            self.lines.setdefault((*table, *keys[:length]), line)
        self._position += 1
        self._value((*table, *keys))

    def _value(self, pointer: Pointer) -> None:
        if self._take("["):
            index = 0
            while not self._take("]"):
                if self._take(","):
                    index += 1
                elif not self._take("\n"):
                    self.lines.setdefault((*pointer, index), self._line)
                    self._value((*pointer, index))
        elif self._take("{"):
            while not self._take("}"):
                if not self._take(",") and not self._take("\n"):
                    self._assignment(pointer)
        else:
            while self._tokens[self._position][0] not in (",", "]", "}", "\n"):
                self._position += 1

    def _keys(self) -> Pointer:
        """Return the keys of a header or an assignment, which ends before ``]`` or ``=``."""
        keys: list[str] = []
        while (token := self._tokens[self._position][0]) not in ("]", "="):
            self._position += 1
            if token != ".":  # noqa: S105 - a dot of TOML
                keys.append(_key(token))
        return tuple(keys)

    def _take(self, mark: str) -> bool:
        found = self._tokens[self._position][0] == mark
        self._position += found
        return found

    @property
    def _line(self) -> int:
        return self._tokens[self._position][1]


def _key(token: str) -> str:
    if token[0] == "'":
        return token[1:-1]
    if token[0] != '"':
        return token
    import tomllib

    return next(iter(tomllib.loads(f"{token} = 0")))
