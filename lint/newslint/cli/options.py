"""How the options of the commands are read: lists of rules, levels, instants, numbers of processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from newslint.cli.streams import say
from newslint.finding import Severity
from newslint.near import did_you_mean
from newslint.quote import listed
from newslint.rules.selection import Layer
from newslint.rules.timestamps import Timestamp, parse_timestamp
from newslint.run.choices import Choices
from newslint.run.outcomes import Means
from newslint.settings import CACHE_NAME, Settings, find_config

GROUPS = ("rule", "severity", "folder", "month", "provider", "kind")
"""What findings can be counted by."""

LEVELS = [severity.value for severity in Severity]


def _codes(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Split comma-separated selectors."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def one_of(word: str, known: Sequence[str], what: str) -> str:
    """Return a word that is one of those known; raises click.BadParameter, naming what was probably meant."""
    if word not in known:
        near = did_you_mean(word, known) or f", which is {listed(list(known))}"
        raise click.BadParameter(f'"{word}" is no {what}{near}')
    return word


def _levels(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Take ``RULE=LEVEL`` apart."""
    pairs: list[tuple[str, str]] = []
    for value in values:
        rule, separator, level = value.partition("=")
        if not separator or not rule:
            raise click.BadParameter(f'"{value}" is not RULE=LEVEL')
        pairs.append((rule, one_of(level, LEVELS, "severity")))
    return tuple(pairs)


def _instant(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    """Read ``--now``."""
    if value is None:
        return None
    stamp = parse_timestamp(value)
    if not isinstance(stamp, Timestamp):
        raise click.BadParameter(f'"{value}" is no valid timestamp: {stamp}')
    return stamp.instant.astimezone(UTC)


def link(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Take the address of a line: of http or https, with a place for the path."""
    if value is None:
        return None
    if not value.lower().startswith(("https://", "http://")):
        raise click.BadParameter(f'"{value}" is no address that begins with https:// or http://')
    if "{path}" not in value:
        raise click.BadParameter(f'"{value}" has no {{path}}, so that all links would be the same')
    return value


def _complete_rules(context: click.Context, parameter: click.Parameter, typed: str) -> Any:
    # Imported here because only a shell that completes needs it.
    from newslint.cli.completing import complete_rules

    return complete_rules(context, parameter, typed)


def selectors(name: str, help_text: str) -> Callable[[Any], Any]:
    """Return an option that takes lists of rules."""
    return click.option(
        name, multiple=True, callback=_codes, metavar="RULES", help=help_text, shell_complete=_complete_rules
    )


def options(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return one decorator of several, for options that more than one command has."""

    def decorate(command: Any) -> Any:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


rule_options = options(
    selectors("--select", "Only these rules: codes, prefixes, names or ALL, separated by commas."),
    selectors("--ignore", "Not these rules."),
    selectors("--extend-select", "These rules beside the others."),
    selectors("--extend-ignore", "Not these rules either."),
    click.option("--severity", multiple=True, callback=_levels, metavar="RULE=LEVEL", help="Another severity."),
    click.option(
        "--corpus", multiple=True, type=click.Path(), metavar="DIR", help="The archive for NL9 to compare with."
    ),
    click.option("--now", callback=_instant, metavar="TIMESTAMP", help="The present, for a run that can be repeated."),
)
"""What is checked by."""

file_options = options(
    click.option("--as-found", is_flag=True, help="Test named files like those found in folders."),
    click.option("--no-exclude", is_flag=True, help="Check what the configuration excludes, too."),
)
"""Which files are checked."""

config_options = options(
    click.option("--config", type=click.Path(), metavar="FILE", help="Take this configuration."),
    click.option("--isolated", is_flag=True, help="Take no configuration."),
)
"""Where the settings come from."""

means_options = options(
    click.option("--jobs", "-j", type=click.IntRange(1, 256), metavar="N", help="Processes. [default: as many as pay]"),
    click.option("--no-cache", is_flag=True, help="Neither use nor keep results of unchanged files."),
    click.option("--cache-dir", type=click.Path(), metavar="DIR", help=f"Keep them here. [default: {CACHE_NAME}]"),
    click.option(
        "--executor",
        default="process",
        metavar="SPEC",
        help="Who works: process, dask, dask=ADDRESS or MODULE:FACTORY. [default: process]",
    ),
    click.option("--exact", is_flag=True, help="Read with libyaml, validate with jsonschema alone: slower."),
)
"""How the work is done; none of it changes a finding."""


def settings(given: dict[str, Any]) -> Settings:
    """Return the settings of a command; raises ConfigError and click.ClickException."""
    try:
        here = Path.cwd()
    except OSError as error:
        raise click.ClickException(f"there is no working directory: {error.strerror or error}") from error
    file = given["config"]
    if given["isolated"]:
        if file is not None:
            raise click.UsageError("--config and --isolated exclude each other")
        return Settings(here)
    found = Path(file) if file is not None else find_config(here)
    if found is None:
        return Settings(here)
    # Imported here because without a configuration nobody needs it.
    from newslint.config import load_settings

    return load_settings(found, here)


def choices(given: dict[str, Any]) -> Choices:
    """Return what a command was told beside the configuration."""
    layer = Layer()
    # A command that judges nothing has no such options.
    if "select" in given:
        layer = Layer(given["select"] or None, given["ignore"], given["extend_select"], given["extend_ignore"])
    named = {name: given[name] for name in Choices._fields if name in given}
    return Choices(**{**named, "selection": layer})


def means(given: dict[str, Any], settings: Settings) -> Means:
    """Return what a run may use; the cache is beside the configuration, or else in the working directory."""
    executor = None if given["executor"] == "process" else given["executor"]
    if given["no_cache"]:
        return Means(given["jobs"], executor=executor)
    named = given["cache_dir"]
    if named is not None:
        # Imported here because few runs name a folder.
        from newslint.run.cache_folder import can_be_cache

        if not can_be_cache(named):
            say(f'"{named}" is no cache that newslint made, so nothing is kept there')
    return Means(given["jobs"], cache_folder(named, settings), named is not None, executor)


def cache_folder(named: str | None, settings: Settings) -> str:
    """Return where the cache is: in the folder that was named, else beside the configuration."""
    return named if named is not None else str(settings.root / CACHE_NAME)
