"""Settings: what newslint.toml or pyproject.toml says, checked to the last key before anything is linted."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.document.document import Document
from newslint.document.reading import Reading
from newslint.finding import Pointer, Severity, Violation, readable_pointer
from newslint.limits import MAX_FILE_SIZE, MAX_FINDINGS, MAX_KEY_SHOWN, MAX_NEAR_MISSES
from newslint.near import did_you_mean
from newslint.quote import quote, shorten
from newslint.rules import RULES
from newslint.rules.rule import Rule
from newslint.rules.selection import Layer, UnknownRuleError, matching
from newslint.schema.files import packaged_schema, parse_schema
from newslint.schema.schema import Schema
from newslint.toml_file import TomlError, TomlFile
from newslint.version import __version__

if TYPE_CHECKING:
    from newslint.vocabulary import Vocabulary
from newslint.settings import TABLE, ConfigError, KindSettings, Settings, shown_file

_VERSION = r"\d{1,9}(\.\d{1,9}){0,3}"
_USEFUL_HINTS = ("Did you mean", "Known here", "Put it in quotes", "Take the quotes away")


@contextmanager
def _errors_of(path: Path) -> Iterator[None]:
    """Turn TomlError into ConfigError, naming the file."""
    try:
        yield
    except TomlError as error:
        raise ConfigError(f"{shown_file(path)}{error.place}: {error}") from error


class Place:
    """Where a table stands: the file, and the keys that lead to the table in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys = TABLE if path.name == "pyproject.toml" else ()
        self.file = TomlFile(str(path))

    def table(self) -> dict[str, Any]:
        """Return newslint's table; raises ConfigError where there is none."""
        table = self.file.table(*self._keys)
        if table is None:
            raise ConfigError(f"{shown_file(self._path)}: there is no [tool.newslint] in it")
        if not isinstance(table, dict):
            raise self.error(Violation((), f"{quote(table)} is no table"))
        return table

    def error(self, violation: Violation) -> ConfigError:
        """Return the error that tells a violation: file and line, key, message and hint."""
        pointer = (*self._keys, *violation.pointer)
        line = self.file.line(pointer)
        key = readable_pointer(violation.pointer or self._keys)
        hint = f" ({violation.hint})" if violation.hint else ""
        return ConfigError(f"{shown_file(self._path)}{f':{line}' if line else ''}: {key}: {violation.message}{hint}")

    def source(self, key: str) -> str:
        """Return where a key of the table stands, as ``file:line``."""
        line = self.file.line((*self._keys, key))
        return f"{shown_file(self._path)}{f':{line}' if line else ''}"

    def line(self, violation: Violation) -> int:
        """Return the line of a violation, for the first one to be told first."""
        return self.file.line((*self._keys, *violation.pointer)) or 0


def load_settings(path: Path | None, start: Path) -> Settings:
    """Return the settings of a configuration file, or the defaults with ``start`` as root where there is none.

    Raises ConfigError, with file, line and key, for anything that is wrong with it.
    """
    if path is None:
        return Settings(start)
    with _errors_of(path):
        place = Place(path)
        table = place.table()
    _check(table, place)
    return Settings(
        root=Path(os.path.abspath(path)).parent,
        file=path,
        include=table.get("include", ()),
        exclude=table.get("exclude", ()),
        extensions=[extension.lstrip(".").lower() for extension in table.get("extensions", ("md", "markdown", "txt"))],
        selection=_selection(table),
        severity=table.get("severity", {}),
        fail_on=Severity(table.get("fail-on", "warning")),
        max_file_size=table.get("max-file-size", MAX_FILE_SIZE),
        max_findings=table.get("max-findings", MAX_FINDINGS),
        rules=table.get("rules", {}),
        per_file_ignores=table.get("per-file-ignores", {}),
        corpus=table.get("corpus", ()),
        fixable=table.get("fixable", ("ALL",)),
        unfixable=table.get("unfixable", ()),
        vocabulary=_vocabulary(table, path, place),
        baseline=table.get("baseline"),
        kinds=tuple(_kind(kind) for kind in table.get("kinds", ())),
    )


def _selection(table: dict[str, Any]) -> Layer:
    lists = [table.get(key, ()) for key in ("ignore", "extend-select", "extend-ignore")]
    return Layer(table.get("select"), *lists)


def _kind(table: dict[str, Any]) -> KindSettings:
    return KindSettings(table["name"], table["files"], table.get("schema"), _selection(table), table.get("rules", {}))


def _check(table: dict[str, Any], place: Place) -> None:
    """Raise ConfigError for the first thing that is wrong with the table."""
    # An older newslint does not know the keys of a newer one, so the version has the first word.
    if (problem := _version_problem(table)) is not None:
        raise place.error(problem)
    schema = Schema(parse_schema(packaged_schema("config"), "config.schema.json"), "config.schema.json")
    document = Document("", Reading(data=table), collect=schema.fields)
    problems = [_in_words_of_settings(violation) for _, violation in schema.violations(document)]
    problems = problems or [*_rule_problems(table), *_option_problems(table), *_kind_problems(table)]
    if problems:
        raise place.error(min(problems, key=place.line))


def _in_words_of_settings(violation: Violation) -> Violation:
    """Return a violation of the schema in words about TOML; they are made for the editors of articles."""
    message = violation.message.replace("a mapping (key: value)", "a table")
    hint = violation.hint if violation.hint and violation.hint.startswith(_USEFUL_HINTS) else None
    if violation.part == "key":
        key = str(violation.pointer[-1])
        message = f"{quote(shorten(key, MAX_KEY_SHOWN))} is no setting"
        hint = "settings stand at the top level here, without [tool.newslint]" if key == "tool" else hint
    return violation._replace(message=message, hint=hint and hint[0].lower() + hint[1:])


def _vocabulary(table: dict[str, Any], path: Path, place: Place) -> Vocabulary | None:
    """Return the topics that the configuration names, or None where it names none; raises ConfigError."""
    topics = table.get("topics")
    if topics is None:
        return None
    # Imported here because few configurations name topics.
    from newslint.topic_files import load_vocabulary
    from newslint.vocabulary import VocabularyError

    try:
        return load_vocabulary(topics, os.path.dirname(os.path.abspath(path)), "topics")
    except VocabularyError as error:
        in_list = re.fullmatch(r"topics\[(\d+)\]: (.*)", str(error), re.DOTALL)
        violation = (
            Violation(("topics", int(in_list[1])), in_list[2]) if in_list else Violation(("topics",), str(error))
        )
        raise place.error(violation) from error


def key_error(settings: Settings, pointer: Pointer, message: str) -> ConfigError:
    """Return the error that tells what is wrong with a key of the configuration, naming file and line."""
    place = Place(settings.file) if settings.file is not None else None
    return place.error(Violation(pointer, message)) if place else ConfigError(message)


def _version_problem(table: dict[str, Any]) -> Violation | None:
    wanted = table.get("required-version")
    if not isinstance(wanted, str):
        # The schema says what is wrong with it.
        return None
    if not re.fullmatch(_VERSION, wanted):
        return Violation(("required-version",), f'{quote(wanted)} is no version such as "0.1.0"')
    if _numbers(wanted) <= _numbers(__version__):
        return None
    return Violation(("required-version",), f"newslint {wanted} or newer is needed, this is {__version__}")


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", re.sub(r"(\.0+)+$", "", version))]


def _rule_problems(table: dict[str, Any]) -> list[Violation]:
    """Return the selectors that name no rule, up to a number: the first is told."""
    problems: list[Violation] = []
    places: list[tuple[tuple[str | int, ...], str]] = [(("severity", name), name) for name in table.get("severity", {})]
    for key in ("select", "ignore", "extend-select", "extend-ignore", "fixable", "unfixable"):
        places += [((key, index), name) for index, name in enumerate(table.get(key, ()))]
    for pattern, names in table.get("per-file-ignores", {}).items():
        places += [(("per-file-ignores", pattern, index), name) for index, name in enumerate(names)]
    for pointer, name in places:
        if len(problems) >= MAX_NEAR_MISSES:
            break
        try:
            matching(name)
        except UnknownRuleError as error:
            problems.append(Violation(pointer, str(error)))
    return problems


def _kind_problems(table: dict[str, Any]) -> list[Violation]:
    """Return what is wrong with the rules and options of kinds, and the names that two of them have."""
    problems: list[Violation] = []
    first: dict[str, int] = {}
    for index, kind in enumerate(table.get("kinds", ())):
        problems += [
            problem._replace(pointer=("kinds", index, *problem.pointer))
            for problem in (*_rule_problems(kind), *_option_problems(kind))
        ]
        if first.setdefault(kind["name"], index) != index:
            message = f"{quote(kind['name'])} is the name of another kind, too"
            problems.append(Violation(("kinds", index, "name"), message))
    return problems


def _option_problems(table: dict[str, Any]) -> list[Violation]:
    """Return the rules and options under ``rules`` that do not exist, and the values of the wrong type."""
    problems: list[Violation] = []
    by_name = {rule.name: rule for rule in RULES}
    for name, values in table.get("rules", {}).items():
        if len(problems) >= MAX_NEAR_MISSES:
            break
        if name not in by_name:
            code = next((rule.name for rule in RULES if rule.code == name), None)
            near = f' (did you mean "{code}"?)' if code else did_you_mean(name, by_name)
            problems.append(Violation(("rules", name), f'"{name}" is no rule{near}'))
            continue
        problems.extend(_one_rule(by_name[name], values))
    return problems


def _one_rule(rule: Rule, values: dict[str, Any]) -> list[Violation]:
    problems: list[Violation] = []
    for key, value in values.items():
        pointer = ("rules", rule.name, key)
        option = rule.options.get(key)
        if option is None:
            known = f"; it has {', '.join(rule.options)}" if rule.options else "; it has none"
            near = did_you_mean(key, rule.options) or known
            problems.append(Violation(pointer, f'"{key}" is no option of {rule.name}{near}'))
        elif (wanted := _expected(option.default, value)) is not None:
            problems.append(Violation(pointer, f"{_shown(value)} is not allowed here, where {wanted} is expected"))
    return problems


def _shown(value: Any) -> str:
    return shorten(json.dumps(value, ensure_ascii=False)) if isinstance(value, list) else quote(value)


def _expected(default: Any, value: Any) -> str | None:
    """Return what an option takes, where the value is nothing of the kind of its default; else None."""
    if isinstance(default, bool):
        return None if isinstance(value, bool) else "true or false"
    if isinstance(default, int):
        return None if type(value) is int else "a whole number"
    if isinstance(default, float):
        return None if type(value) in (int, float) and math.isfinite(value) else "a number"
    if isinstance(default, str):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", default):
            return None if isinstance(value, str) and _is_day(value) else "a day as YYYY-MM-DD"
        return None if isinstance(value, str) else "text"
    if default and all(isinstance(entry, int) for entry in default):
        good = isinstance(value, list) and len(value) == 2 and all(type(entry) is int for entry in value)
        return None if good and value[0] <= value[1] else "a pair of whole numbers, [lowest, highest],"
    good = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    return None if good else "a list of texts"


def _is_day(text: str) -> bool:
    from datetime import datetime

    try:
        datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        return False
    return len(text) == 10
