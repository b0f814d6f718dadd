"""The options of a command in its help, by what they are for."""

from __future__ import annotations

import click

SECTIONS = {
    "What is checked": "as_found no_exclude stdin_filename diff_base changed_lines show_files corpus watch",
    "By which rules": "select ignore extend_select extend_ignore severity now baseline config isolated",
    "Mend and excuse": "fix unsafe_fixes diff add_suppressions",
    "What is told": (
        "output_format outputs html_link history annotations statistics group_by color progress quiet verbose"
    ),
    "How it ends": "fail_on fail_on_regression exit_zero --help",
    "How fast": "jobs executor no_cache cache_dir exact",
}
"""The names of the parameters in each section; one that is in none comes last, by itself."""


def write_sections(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options of a command into its help, section by section."""
    records = {
        parameter.name if "--help" not in parameter.opts else "--help": record
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)) is not None
    }
    for title, names in SECTIONS.items():
        told = [records.pop(name) for name in names.split() if name in records]
        if told:
            with formatter.section(title):
                formatter.write_dl(told)
    if records:
        with formatter.section("Options"):
            formatter.write_dl(list(records.values()))
