"""What a shell is offered while an option is typed: the rules, families and names that begin like it."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem


def complete_rules(
    context: click.Context,
    parameter: click.Parameter,
    typed: str,
) -> list[CompletionItem]:
    """Return the codes, families and names that complete the last entry of a list of rules."""
    # Imported here because only a shell that completes needs them.
    from newslint.rules import RULES

    before, separator, last = typed.rpartition(",")
    offers = {"ALL": "all rules"}
    for rule in RULES:
        offers[rule.code] = offers[rule.name] = rule.title
        offers.setdefault(rule.code[:3], f"the family of {rule.code}")
    fitting = {name: text for name, text in offers.items() if name.startswith(last)}
    return [CompletionItem(f"{before}{separator}{name}", help=text) for name, text in fitting.items()]
