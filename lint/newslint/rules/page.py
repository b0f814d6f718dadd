"""A rule's page as people read it, in a terminal and in an editor."""

from __future__ import annotations

from newslint.rules.rule import Rule

_FIXES = {
    "safe": "mended by --fix",
    "unsafe": "mended by --unsafe-fixes",
    "safe or unsafe": "mended by --fix, or by --unsafe-fixes where the meaning may change",
}


def page(rule: Rule) -> str:
    """Return a rule's page as Markdown: how grave it is, whether it is on, what it finds, why, an example, options."""
    notes = [rule.severity.value]
    notes.append("cannot be switched off" if rule.mandatory else "on by default" if rule.default else "off by default")
    if rule.fix is not None:
        notes.append(_FIXES[rule.fix])
    title, _, rest = rule.page.partition("\n")
    lines = [f"# {rule.code} {rule.name} ({', '.join(notes)})", "", title, rest.rstrip()]
    if rule.options:
        lines += ["", "## Options", "", f"In the table [tool.newslint.rules.{rule.name}]:", ""]
        lines += [
            f"- `{name}`: {option.help}. Default: `{_toml(option.default)}`" for name, option in rule.options.items()
        ]
    return "\n".join(lines)


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml(entry) for entry in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)
