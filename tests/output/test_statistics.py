"""The table of rules tells how often each spoke, and how much of that ``--fix`` would mend."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import BASE, Command

FAULTY = BASE.replace('title: "Live', 'title: " Live  &amp; &nbsp;').replace("heat: 39", "heat: 95")


def test_findings_are_counted_by_rule(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    (tmp_path / "b.md").write_text(
        BASE.replace('title: "Live', 'title: " Live').replace("AAAA", "BAAA", 1).replace("478451", "5")
    )
    done = newslint("check", "--statistics", ".")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [
        "      2  NL602  edge-whitespace      warning  2 with --fix",
        "      1  NL503  publish-threshold    error    1 with --fix --unsafe-fixes",
        "      1  NL603  repeated-whitespace  info     1 with --fix",
        "      1  NL604  html-entity          warning  1 with --fix",
        "2 files checked, 5 findings in 2 files (1 error, 3 warnings, 1 info),"
        " 4 can be mended with --fix, 1 more can be mended with --fix --unsafe-fixes",
    ]


def test_nothing_to_count_is_the_line_of_totals(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "a.md").write_text(BASE)
    assert newslint("check", "--statistics", "a.md").stdout.decode() == "1 file checked, no findings\n"


def test_a_format_for_programs_has_a_summary_of_its_own(newslint: Command) -> None:
    done = newslint("check", "--statistics", "--output-format", "sarif", "-", stdin=BASE.encode())
    assert done.returncode == 2
    assert "--statistics goes with concise, text or json: sarif has its own" in done.stderr.decode()
