"""Closed, full and broken streams, other encodings, signals, faults of ours: the right exit code, at most one line."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BASE, Command, with_fields

ERROR = with_fields("published: true\n")
MANY = with_fields("topics: [" + ", ".join(f'" t{number}"' for number in range(900)) + "]\n")


def _shell(command: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in which ``newslint`` is the command."""
    command = command.replace("newslint", f"{sys.executable} -m newslint")
    return subprocess.run(
        ["bash", "-c", command], cwd=cwd, capture_output=True, env={**os.environ, **variables}, timeout=60, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.md").write_text(BASE)
    (tmp_path / "bad.md").write_text(ERROR)
    (tmp_path / "many.md").write_text(MANY)
    return tmp_path


def test_a_closed_pipe_ends_quietly_with_the_exit_code_of_the_findings(folder: Path) -> None:
    """Nobody reads: the small output fails when it is flushed, the large one while it is written."""
    result = _shell(
        "newslint check bad.md | true; echo ${PIPESTATUS[0]} >&2;"
        "newslint check many.md --output-format json | head -c 1 >/dev/null; echo ${PIPESTATUS[0]} >&2;"
        "newslint check good.md | true; echo ${PIPESTATUS[0]} >&2;"
        "newslint check --show-files | true; echo ${PIPESTATUS[0]} >&2;"
        "newslint rules | true; echo ${PIPESTATUS[0]} >&2;"
        "newslint --help | true; echo ${PIPESTATUS[0]} >&2",
        folder,
    )
    assert result.stderr == b"1\n1\n0\n0\n0\n0\n"


def test_a_full_disk_is_said_and_exit_3(folder: Path) -> None:
    line = b"newslint: the output cannot be written: No space left on device\n"
    for command in ("check good.md", "check bad.md --exit-zero", "check --show-files", "--help", "rules"):
        result = _shell(f"newslint {command} > /dev/full", folder)
        assert (result.returncode, result.stderr) == (3, line), command


def test_closed_streams(folder: Path) -> None:
    assert _shell("newslint check bad.md >&-", folder).returncode == 1
    assert _shell("newslint check good.md >&-", folder).returncode == 0
    result = _shell("newslint check - <&-", folder)
    assert (result.returncode, result.stderr) == (2, b"newslint: there is no standard input to read\n")
    assert _shell("newslint check absent.md 2>&-", folder).returncode == 2
    assert _shell("newslint check absent.md 2>/dev/full", folder).returncode == 2
    assert _shell("newslint check bad.md <&- >&- 2>&-", folder).returncode == 1


def test_a_standard_input_that_cannot_be_read(folder: Path) -> None:
    result = _shell("newslint check - 0>/dev/null", folder)
    assert result.returncode == 2
    assert result.stderr == b"newslint: standard input cannot be read: Bad file descriptor\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_formats_for_people_show_escapes_where_the_stream_lacks_a_character(folder: Path, encoding: str) -> None:
    (folder / "caf\u00e9.md").write_text(with_fields('title: "\u65e5\u672c "\n'))
    result = _shell("newslint check caf*.md --select NL602", folder, PYTHONIOENCODING=encoding)
    shown = result.stdout.decode(encoding)
    assert result.returncode == 1
    assert shown.startswith("caf\u00e9.md:3:" if encoding != "ascii" else "caf\\xe9.md:3:")
    assert ("\u65e5" in shown) == (encoding == "utf-16")
    assert ("\\u65e5" in shown) == (encoding != "utf-16")


@pytest.mark.parametrize(
    "variables", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_json_is_utf8_whatever_the_locale(folder: Path, variables: dict[str, str]) -> None:
    (folder / "caf\u00e9.md").write_text(with_fields('type: "\u65e5\u672c"\n'))
    command = "newslint check caf*.md --select NL103 --output-format json"
    result = _shell(command, folder, **variables)
    assert result.stdout == _shell(command, folder, PYTHONUTF8="1").stdout
    assert json.loads(result.stdout)["findings"][0]["path"] == "caf\u00e9.md"
    assert "\u65e5\u672c".encode() in result.stdout


def test_what_programs_read_is_utf8_whatever_the_locale(folder: Path) -> None:
    for command in ("schema article", "rules --output-format json", "rules"):
        ascii_only = _shell(f"newslint {command}", folder, PYTHONIOENCODING="ascii")
        assert ascii_only.stdout == _shell(f"newslint {command}", folder, PYTHONUTF8="1").stdout
        assert ascii_only.stdout


def test_the_same_output_whatever_hash_seed_locale_and_time_zone(folder: Path) -> None:
    outputs = {
        _shell("newslint check --now 2024-06-01T00:00:00Z", folder, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale).stdout
        for seed, zone, locale in (
            ("1", "UTC", "C.UTF-8"),
            ("2", "Asia/Tokyo", "C"),
            ("3", "America/New_York", "POSIX"),
        )
    }
    assert len(outputs) == 1
    assert b"3 files checked" in outputs.pop()


def _in_terminal(folder: Path, **variables: str) -> bytes:
    """Return what a run writes to a terminal."""
    terminal, ours = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    command = [sys.executable, "-m", "newslint", "check", "bad.md"]
    process = subprocess.Popen(command, cwd=folder, stdout=ours, env={**kept, **variables})
    os.close(ours)
    shown = b""
    try:
        while part := os.read(terminal, 65536):
            shown += part
    except OSError:
        # The other end of a terminal is closed.
        pass
    os.close(terminal)
    assert process.wait(timeout=60) == 1
    return shown


def test_a_terminal_has_colours_unless_it_cannot_or_must_not(folder: Path) -> None:
    assert b"\x1b[1;31merror\x1b[0m NL503" in _in_terminal(folder, TERM="xterm")
    assert b"\x1b" not in _in_terminal(folder, TERM="dumb")
    assert b"\x1b" not in _in_terminal(folder, TERM="xterm", NO_COLOR="1")


def test_an_interrupt_is_130(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "newslint", "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
    )
    assert process.stdin is not None
    # More than a pipe holds: this returns when the process is reading.
    process.stdin.write(b"x" * 300_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert err.strip() == b""


BROKEN_RULE = """
import sys
from newslint.engine import plan
def fail(document, options):
    raise KeyError("boom\\n")
    yield
plan.RULES = [rule._replace(check=fail) if rule.code == "NL503" else rule for rule in plan.RULES]
from newslint.cli.main import main
sys.argv = ["newslint", *sys.argv[1:]]
main()
"""
BROKEN_RUN = """
import sys
from newslint.run import runner
def fail(self, *arguments):
    raise ZeroDivisionError("boom\\n\\x1b")
runner.Runner.run = fail
from newslint.cli.main import main
sys.argv = ["newslint", *sys.argv[1:]]
main()
"""


def _broken(program: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=folder, capture_output=True, timeout=60, check=False
    )


def test_a_rule_that_fails_is_a_finding_and_exit_3_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "bad.md").write_text(with_fields('publishedDateTime: "2024-01-24T15:00:00Z"\n'))
    for extra in ((), ("--exit-zero",), ("--ignore", "NL999")):
        result = _broken(BROKEN_RULE, folder, "check", "bad.md", *extra)
        assert (result.returncode, result.stderr) == (3, b"")
        assert b"bad.md:1:1: error NL999 internal-error\n" in result.stdout
        assert b"the rule NL503 publish-threshold failed on this file: KeyError: 'boom\\n'\n" in result.stdout
        assert b"NL203" in result.stdout
    mixed = _broken(BROKEN_RULE, folder, "check", "bad.md", "absent.md")
    assert mixed.returncode == 2, "nothing was linted at all"


def test_a_fault_of_ours_is_one_line_and_a_traceback_on_demand(folder: Path) -> None:
    line = (
        rb"newslint: internal error: ZeroDivisionError: boom\n\x1b; please report this with the command and the file"
        + b"\n"
    )
    result = _broken(BROKEN_RUN, folder, "check", "good.md")
    assert (result.returncode, result.stdout, result.stderr) == (3, b"", line)
    ended = _broken(BROKEN_RUN.replace("ZeroDivisionError", "EOFError"), folder, "check", "good.md")
    assert (ended.returncode, ended.stderr.lstrip()) == (3, line.replace(b"ZeroDivisionError", b"EOFError"))
    for option in ("--verbose", "-v", "-qv"):
        verbose = _broken(BROKEN_RUN, folder, "check", option, "good.md")
        assert verbose.returncode == 3
        assert b"Traceback (most recent call last):" in verbose.stderr
        assert verbose.stderr.endswith(line)


def test_python_dash_m_and_the_script_are_the_same_command(newslint: Command, folder: Path) -> None:
    script = Path(sys.executable).with_name("newslint")
    assert script.exists()
    result = subprocess.run([script, "check", "good.md"], cwd=folder, capture_output=True, timeout=60, check=False)
    assert result.stdout == newslint("check", "good.md").stdout
