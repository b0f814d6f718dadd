"""What makes every day easy: settings explained, completion in shells, numbers by group, a progress bar, watching."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import tomllib
from pathlib import Path

import pytest

from newslint.output.escape import width
from tests.conftest import BASE, Command, with_fields

NOW = ("--now", "2024-06-01T00:00:00Z")
FAULTY = with_fields('title: "Q&amp;A about facial recognition in Croydon"\n')
CONFIGURATION = """[tool.newslint]
select = ["NL6"]
severity = {NL603 = "warning"}

[tool.newslint.rules.publish-threshold]
threshold = 60

[[tool.newslint.kinds]]
name = "post"
files = ["_posts/**"]
"""


def test_the_settings_are_told_with_where_they_come_from(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION)
    result = newslint("config")
    lines = result.stdout.decode().splitlines()
    assert lines[0] == f"# {tmp_path}/pyproject.toml"
    assert 'select = ["NL6"]  # pyproject.toml:2' in lines
    assert 'severity = {"NL603" = "warning"}  # pyproject.toml:3' in lines
    assert 'rules = {"publish-threshold" = {"threshold" = 60}}  # pyproject.toml:5' in lines
    assert 'kinds = [{"name" = "post", "files" = ["_posts/**"]}]  # pyproject.toml:8' in lines
    assert 'fail-on = "warning"  # default' in lines
    assert "# topics  # not set" in lines
    # What is printed is a configuration that says the same.
    again = tomllib.loads(result.stdout.decode())
    assert again["kinds"] == [{"name": "post", "files": ["_posts/**"]}]
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "newslint.toml").write_bytes(result.stdout)
    before = json.loads(newslint("config", "--output-format", "json").stdout)["settings"]
    after = json.loads(newslint("config", "--output-format", "json", cwd=tmp_path / "sub").stdout)["settings"]
    assert {key: one["value"] for key, one in before.items()} == {key: one["value"] for key, one in after.items()}


def test_without_a_configuration_the_defaults_are_told(newslint: Command) -> None:
    lines = newslint("config", "--isolated").stdout.decode().splitlines()
    assert lines[0] == "# no configuration: the defaults hold"
    assert "max-findings = 1000  # default" in lines


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script(newslint: Command, shell: str) -> None:
    result = newslint("completion", shell)
    assert result.returncode == 0
    assert b"_NEWSLINT_COMPLETE" in result.stdout


def _completed(words: str, newslint: Command) -> list[str]:
    number = str(len(words.split(" ")) - 1)
    result = newslint(COMP_WORDS=words, COMP_CWORD=number, _NEWSLINT_COMPLETE="bash_complete")
    return [line.partition(",")[2] for line in result.stdout.decode().splitlines()]


def test_commands_rules_and_formats_are_completed(newslint: Command) -> None:
    assert _completed("newslint ba", newslint) == ["baseline"]
    assert _completed("newslint check --select NL60", newslint) == [f"NL60{digit}" for digit in range(1, 10)]
    assert _completed("newslint check --ignore NL101,publish-t", newslint) == ["NL101,publish-threshold"]
    assert _completed("newslint check --output-format s", newslint) == ["sarif"]
    assert "--fix" in _completed("newslint check --f", newslint)


def test_bash_completes_with_the_script(tmp_path: Path, newslint: Command) -> None:
    (tmp_path / "newslint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newslint "$@"\n')
    (tmp_path / "newslint").chmod(0o755)
    script = (
        'eval "$(newslint completion bash)"; COMP_WORDS=(newslint check --severity=NL1 --fa); COMP_CWORD=3; '
        '_newslint_completion newslint; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    variables = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    result = subprocess.run(
        ["bash", "-c", script], env=variables, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.stdout.split() == ["--fail-on", "--fail-on-regression"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for place in ("_news/2024-01-24-a.md", "_news/2024-02-01-b.md", "old/c.md"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(FAULTY if "b" not in place else FAULTY.replace("police.uk", "bbc.com", 1))
    return tmp_path


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        ("rule", ["      3  NL604  html-entity  warning  3 with --fix"]),
        ("severity", ["      3  warning  3 with --fix"]),
        ("folder", ["      2  _news  2 with --fix", "      1  old    1 with --fix"]),
        (
            "month",
            ["      1  (none)   1 with --fix", "      1  2024-01  1 with --fix", "      1  2024-02  1 with --fix"],
        ),
        ("provider", ["      3  police.uk  3 with --fix"]),
        ("kind", ["      3  article  3 with --fix"]),
    ],
)
def test_findings_are_counted_by_group(archive: Path, newslint: Command, by: str, lines: list[str]) -> None:
    result = newslint("check", "--select", "NL604", "--group-by", by, *NOW)
    assert result.stdout.decode().splitlines()[:-1] == lines
    counted = json.loads(
        newslint("check", "--select", "NL604", "--group-by", by, "--output-format", "json", *NOW).stdout
    )
    assert counted["group_by"] == by
    assert counted["summary"]["warnings"] == 3
    assert [f"{group['findings']:>7,}" for group in counted["groups"]] == [line[:7] for line in lines]


def test_a_provider_that_is_none_is_counted_as_none(archive: Path, newslint: Command) -> None:
    (archive / "old" / "c.md").write_text(with_fields("title: 5\nprovider: police\n"))
    (archive / "old" / "d.md").write_text(BASE.replace("title: ", "title: [", 1))
    lines = newslint("check", "old", "--select", "NL005,NL102", "--group-by", "provider", *NOW).stdout.decode()
    assert lines.splitlines()[0].split()[1] == "(none)"


def _at_a_terminal(
    *arguments: str, cwd: Path, until: bytes = b"", interrupt: bool = False, columns: int = 100, lines: int = 50
) -> bytes:
    """Run newslint with a terminal for standard output and error, and return what it shows."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "PAGER") if name in os.environ}
    variables = {**kept, "TERM": "xterm", "HOME": str(cwd)}
    process = subprocess.Popen(
        [sys.executable, "-m", "newslint", *arguments], cwd=cwd, stdin=child, stdout=child, stderr=child, env=variables
    )
    os.close(child)
    shown = b""
    stop = time.monotonic() + 60
    while time.monotonic() < stop:
        ready, _, _ = select.select([parent], [], [], 0.2)
        if ready:
            try:
                part = os.read(parent, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        if until and until in shown:
            if interrupt:
                process.send_signal(signal.SIGINT)
            until = b""
        if not ready and process.poll() is not None:
            break
    process.wait(timeout=30)
    os.close(parent)
    return shown


def test_a_long_run_has_a_bar_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "_news").mkdir()
    for number in range(2_500):
        (tmp_path / "_news" / f"{number}.md").write_text(FAULTY)
    arguments = ("check", "--isolated", "--no-cache", "-j1", "--exact", "--select", "NL4,NL6", "--statistics", *NOW)
    shown = _at_a_terminal(*arguments, cwd=tmp_path)
    assert re.search(rb"newslint  \[#*-*\]  \d+/2500", shown), shown[-2000:]
    after = shown[shown.rindex(b"/2500") :]
    assert b"\r\x1b[2K\x1b[?25h" in after
    assert b"  2,500  NL604" in after
    without = _at_a_terminal(*arguments, "--no-progress", cwd=tmp_path)
    assert b"/2500" not in without
    stopped = _at_a_terminal(*arguments, cwd=tmp_path, until=b"/2500", interrupt=True)
    told = rb"\r\x1b\[2K\x1b\[\?25hnewslint: interrupted after [\d,]+ files?: the report is incomplete, .*"
    assert re.search(told, stopped[stopped.rindex(b"/2500") :])
    assert re.search(rb"/2500(  [\d:]+)?  [\d,]+ files/s", stopped)
    assert b" checked before the interruption, " in stopped.splitlines()[-1]


@pytest.mark.parametrize("columns", [60, 80, 160])
def test_no_line_of_the_source_is_broken_in_a_terminal(tmp_path: Path, columns: int) -> None:
    wide = "\u65e5\u672c" * 30
    marks = "e\u0301" * 90
    titles = {
        "ascii.md": f"{'long words ' * 20} Q&amp;A {'and more ' * 20}",
        "wide.md": f"\U0001f600 {wide} Q&amp;A {wide}",
        "marks.md": f"{marks} Q&amp;A {marks}",
        "first.md": f"Q&amp;A {wide}",
        "last.md": f"{wide} Q&amp;A",
    }
    for name, title in titles.items():
        (tmp_path / name).write_text(with_fields(f'title: "{title}"\n'))
    (tmp_path / "tab.md").write_text(with_fields('title: "tabs\t\tQ&amp;A"\n'))
    shown = _at_a_terminal(
        "check", "--isolated", "--select", "NL604", "--color", "never", *NOW, cwd=tmp_path, columns=columns
    ).decode()
    lines = shown.replace("\r\n", "\n").splitlines()
    sources = [number for number, line in enumerate(lines) if re.match(r"  \d+ \| ", line)]
    assert len(sources) == 6
    for number in sources:
        source, carets = lines[number], lines[number + 1]
        assert width(source) <= columns, source
        assert width(carets) <= columns, carets
        place = width(source[: source.index("&amp;")])
        assert (carets.index("^"), carets.count("^")) == (place, 5), f"{source}\n{carets}"


def test_a_long_page_is_paged_at_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\nsed 's/^/> /'\n")
    pager.chmod(0o755)
    monkeypatch.setenv("PAGER", str(pager))
    shown = _at_a_terminal("rule", "NL503", cwd=tmp_path, lines=10).decode()
    assert "> ## Why is this bad?" in shown
    whole = _at_a_terminal("rule", "NL503", cwd=tmp_path, lines=500).decode()
    assert "## Why is this bad?" in whole
    assert ">" not in whole.split("## Example")[0]


class _Watching:
    """``check --watch`` at a terminal, and what it shows there."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._parent, child = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "newslint", "check", "--watch", "--isolated", *options, *NOW],
            cwd=folder,
            stdin=child,
            stdout=child,
            stderr=child,
            env={"PATH": os.environ["PATH"], "TERM": "xterm", "HOME": str(folder)},
        )
        os.close(child)

    def shows(self, words: bytes) -> bytes:
        """Return what is shown until the words are there."""
        shown, stop = b"", time.monotonic() + 30
        while words not in shown and time.monotonic() < stop:
            if select.select([self._parent], [], [], 0.2)[0]:
                shown += os.read(self._parent, 65536)
        assert words in shown, shown
        return shown

    def interrupt(self, number: int = signal.SIGINT) -> int:
        """Interrupt it, or send it another signal, and return its exit code."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=30)
        os.close(self._parent)
        return code


def test_a_change_is_seen_while_it_watches(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text(FAULTY)
    watching = _Watching(tmp_path, "--output-format", "concise")
    assert watching.shows(b"1 file checked").startswith(b"\x1b[2J\x1b[3J\x1b[H")
    # Whoever watches needs a moment before he sees anything.
    time.sleep(0.5)
    article.write_text(FAULTY.replace("&amp;", "&"))
    assert b"NL604" not in watching.shows(b"1 file checked, no findings")
    assert watching.interrupt() == 130


def test_the_order_to_end_is_no_interrupt_for_one_that_watches(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    watching = _Watching(tmp_path)
    watching.shows(b"1 file checked")
    time.sleep(0.5)
    assert watching.interrupt(signal.SIGTERM) == 143


def test_an_interrupt_in_the_middle_of_a_run_ends_the_watching(tmp_path: Path) -> None:
    for number in range(2_500):
        (tmp_path / f"{number:04}.md").write_text(FAULTY)
    watching = _Watching(tmp_path, "--no-cache", "--exact", "--jobs", "1", "--select", "NL4,NL6", "--statistics")
    watching.shows(b"/2500")
    assert watching.interrupt() == 130


def test_watching_only_looks(newslint: Command) -> None:
    for arguments in (("--fix",), ("--diff",), ("--add-suppressions",), ("-",)):
        result = newslint("check", "--watch", *arguments)
        assert result.returncode == 2
        assert b"--watch only looks" in result.stderr


def test_what_is_wrong_before_it_watches_is_wrong_use(tmp_path: Path, newslint: Command) -> None:
    missing = newslint("check", "--watch", "absent.md")
    assert (missing.returncode, missing.stderr) == (2, b'newslint: "absent.md" is not there\n')
    (tmp_path / "newslint.toml").write_text("selct = []\n")
    wrong = newslint("check", "--watch")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        b'newslint: newslint.toml:1: selct: "selct" is no setting (did you mean "select"?)\n',
    )


def test_nothing_is_mended_by_a_command_that_is_wrong(archive: Path, newslint: Command) -> None:
    before = (archive / "old" / "c.md").read_bytes()
    result = newslint("check", "--fix", "--group-by", "rule", "--output-format", "sarif")
    assert result.returncode == 2
    assert b"--statistics goes with concise, text or json: sarif has its own" in result.stderr
    assert (archive / "old" / "c.md").read_bytes() == before


def test_verbose_says_what_took_how_long_and_what_was_kept(archive: Path, newslint: Command) -> None:
    said = newslint("check", "--verbose", *NOW).stderr.decode().splitlines()
    assert said[0] == "newslint: configuration: none"
    assert re.fullmatch(r"newslint: 3 files checked in \d+\.\d\d s", said[1])
    for number in range(20):
        (archive / "old" / f"{number}.md").write_text(FAULTY)
    newslint("check", *NOW)
    said = newslint("check", "--verbose", *NOW).stderr.decode().splitlines()
    kept = (
        rf"newslint: 23 files checked in \d+\.\d\d s, 23 of them kept from an earlier run in {archive}/\.newslint_cache"
    )
    assert re.fullmatch(kept, said[1]), said


def test_the_help_is_grouped(newslint: Command) -> None:
    text = newslint("check", "--help").stdout.decode()
    titles = re.findall(r"^(\S.*):$", text, re.MULTILINE)
    assert titles == ["What is checked", "By which rules", "Mend and excuse", "What is told", "How it ends", "How fast"]
