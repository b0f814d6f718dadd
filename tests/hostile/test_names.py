"""Names that mean something to a terminal, a shell, a CI or a format, and files that are none, in real processes."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from newslint.output import FOR_PEOPLE, FORMATS
from tests.conftest import BASE, with_fields
from tests.hostile.invariants import COUNTS
from tests.hostile.limited import NOW, environment, newslint
from tests.run.caching import article

_TEXTS = [
    *[
        "\n::error::x",
        "\x1b[2J\x1b[31m",
        "a\rb",
        "::stop-commands::x",
        "##vso[task.complete]x",
        "##teamcity[x name='y']",
    ],
    *[
        "%0A::error::x",
        '"',
        "'",
        "<b>&amp;",
        "]]>",
        "-rf",
        "--fix",
        "x" * 250,
        " lead",
        "trail ",
        "*?[a]",
        "{0}",
        "`x`",
    ],
    *["\u202eexe", "\u2028", "\t", "\\", "|", "[x](javascript:alert(1))", "=1+1", "\x7f", "\x9b2J", "~", "$(id)", "#x"],
    *["a:b", "\ufeff", "\u0301", "\U0001f600", "\udcff\udcfe", "\udced\udca0\udc80"],
]
_CONTROLS = re.compile(rb"[\0-\x08\x0b-\x1f\x7f]")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of files and folders with hostile names, each file with findings that repeat its name."""
    folder = tmp_path / "site"
    for text in _TEXTS:
        # JSON writes what is beyond U+FFFF as two halves, which YAML refuses.
        shown = json.dumps(text.encode("utf-8", "replace").decode()[:60].replace("\U0001f600", "\u2600"))
        content = with_fields(f"title: {json.dumps(' ' + json.loads(shown))}\n{shown}: 1\n")
        for path in (folder / f"{text}.md", folder / f"d{text[:100]}" / "a.md"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
    return folder


@pytest.mark.parametrize("utf8", ["0", "1"])
def test_every_format_is_read_again_and_steers_nothing(site: Path, utf8: str) -> None:
    outputs = [word for name in FORMATS for word in ("--output", f"{name}:../out.{name}")]
    done = newslint("check", "--isolated", "--no-cache", "--now", NOW, *outputs, cwd=site, LC_ALL="C", PYTHONUTF8=utf8)
    assert (done.code, done.err) == (1, b"")
    assert f"{2 * len(_TEXTS)} files checked".encode() in done.out
    count = len(json.loads((site.parent / "out.json").read_text("utf-8"))["findings"])
    assert count > 4 * len(_TEXTS)
    for name in FORMATS:
        written = (site.parent / f"out.{name}").read_bytes()
        assert _CONTROLS.findall(written) == [], name
        shown = written.decode("utf-8")
        assert name not in COUNTS or COUNTS[name](shown) == count, name
        if name in FOR_PEOPLE:
            assert re.findall("[\x80-\x9f\u2028\u202a-\u202e\ud800-\udfff]", shown) == []
        for line in shown.splitlines():
            assert name == "github" or not line.lstrip().startswith("::"), name
            assert name in ("azure", "teamcity") or not re.search(r"##(?:vso|teamcity)\[", line), name
    names = {case.get("name") for case in ET.parse(site.parent / "out.checkstyle").getroot().iter("file")}
    assert len(names) == 2 * len(_TEXTS)


@pytest.mark.load
def test_so_does_everything_else_that_is_told(site: Path) -> None:
    reason = "--add-suppressions=\x1b[2J\n::error::x"
    for extra in (
        ["--show-files"],
        ["--statistics", "--group-by", "folder"],
        ["--diff"],
        ["--verbose"],
        ["--fix"],
        [reason],
    ):
        done = newslint("check", "--isolated", "--no-cache", "--now", NOW, *extra, cwd=site)
        assert done.code in (0, 1), done
        assert _CONTROLS.findall(done.out + done.err) == [], extra
    clean = newslint("check", "--isolated", "--no-cache", "--now", NOW, cwd=site)
    assert (clean.code, clean.err) == (0, b"")
    assert clean.out.startswith(f"{2 * len(_TEXTS)} files checked, no findings, ".encode())


def test_wrong_use_is_one_line_whatever_the_words_are(tmp_path: Path) -> None:
    word = "\x1b[2J\n::error::x"
    lines = [["check", word], ["check", "--select", word], [word], ["check", f"--{word}"]]
    for line in lines:
        done = newslint(*line, cwd=tmp_path)
        assert (done.code, done.out, done.err.count(b"\n")) == (2, b"", 1), line
        assert _CONTROLS.findall(done.err) == []


class TestFilesThatAreNone:
    """Nothing is opened that could wait, and nothing is read without end."""

    def test_named(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "fifo.md")
        (tmp_path / "zero.md").symlink_to("/dev/zero")
        (tmp_path / "loop.md").symlink_to("loop.md")
        (tmp_path / "sparse.md").touch()
        os.truncate(tmp_path / "sparse.md", 1 << 40)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(os.path.relpath(tmp_path / "socket.md"))
            names = ["fifo.md", "loop.md", "socket.md", "sparse.md", "zero.md"]
            options = ("--no-cache", "--output-format", "concise")
            done = newslint("check", *options, *names, cwd=tmp_path, memory=300 * 1_048_576)
            mended = newslint("check", "--fix", *options, *names, cwd=tmp_path)
        told = [line.partition(" NL001 unreadable-file: ")[2] for line in done.out.decode().splitlines()]
        assert told[:-1] == [
            "this is no regular file but a FIFO",
            "the file cannot be read: Too many levels of symbolic links",
            "this is no regular file but a socket",
            "the file is larger than 1,048,576 bytes",
            "this is no regular file but a device",
        ]
        assert (done.code, done.err) == (1, b"")
        assert mended == done

    def test_found(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").write_text(BASE)
        (tmp_path / "folder.md").mkdir()
        (tmp_path / "up").symlink_to("..")
        (tmp_path / "dead.md").symlink_to("nowhere")
        os.mkfifo(tmp_path / "fifo.md")
        done = newslint("check", "--no-cache", "--now", NOW, cwd=tmp_path)
        assert (done.code, done.out, done.err) == (0, b"1 file checked, no findings, 3 skipped\n", b"")

    def test_a_tree_deeper_than_any_path(self, tmp_path: Path) -> None:
        here = os.open(tmp_path, os.O_RDONLY)
        for _ in range(60):
            os.mkdir("d" * 100, dir_fd=here)
            below = os.open("d" * 100, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(here)
        done = newslint("check", "--no-cache", "--output-format", "concise", cwd=tmp_path)
        assert (done.code, done.err) == (1, b"")
        assert b" NL001 unreadable-file: the folder cannot be read: File name too long\n" in done.out


class TestLinksOutOfTheFolder:
    """A merge request can bring links: they show nobody what they lead to, and nothing is written through them."""

    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        folder = tmp_path / "outside"
        folder.mkdir()
        (folder / "secret.md").write_text("---\npassword: hunter2\n---\n")
        (folder / "article.md").write_text(article(1))
        (tmp_path / "site").mkdir()
        for name in ("secret.md", "article.md"):
            (tmp_path / "site" / name).symlink_to(folder / name)
        (tmp_path / "site" / "environment.md").symlink_to("/proc/self/environ")
        return folder

    @pytest.mark.skipif(not os.path.exists("/proc/self/environ"), reason="this system has no /proc")
    @pytest.mark.parametrize("config", ["", '[[kinds]]\nname = "any"\nfiles = ["**"]\nschema = "post"\n'])
    def test_what_is_no_article_is_not_told(self, outside: Path, config: str) -> None:
        site = outside.parent / "site"
        (site / "newslint.toml").write_text(config)
        names = ["environment.md", "secret.md"]
        done = newslint("check", "--no-cache", *names, cwd=site, TOKEN="hunter2")
        assert (done.code, done.err) == (1, b"")
        assert b"hunter2" not in done.out
        message = b"this is a link out of the folder, to a file that does not look like an article"
        assert done.out.count(message) == 2
        found = newslint("check", "--no-cache", ".", cwd=site, TOKEN="hunter2")
        assert b"hunter2" not in found.out + found.err

    @pytest.mark.parametrize("option", ["--fix", "--add-suppressions"])
    def test_nothing_is_written_through_them(self, outside: Path, option: str) -> None:
        site = outside.parent / "site"
        done = newslint("check", option, "--isolated", "--no-cache", "--now", NOW, "article.md", cwd=site)
        assert done.code == 1
        assert b"it is a link to a file outside of this folder" in done.err
        assert (outside / "article.md").read_text() == article(1)
        assert sorted(os.listdir(outside)) == ["article.md", "secret.md"]

    def test_no_report_is_written_through_them(self, outside: Path) -> None:
        site = outside.parent / "site"
        for name in ("report.json", "new.json"):
            (site / name).symlink_to(outside / name)
        (site / "reports").symlink_to(outside)
        (outside / "report.json").write_text("old")
        options = ("check", "--isolated", "--no-cache", "--now", NOW, "--output")
        for name in ("report.json", "new.json", "reports/report.json", "reports/new.json"):
            done = newslint(*options, f"json:{name}", "article.md", cwd=site)
            line = f"newslint: the output cannot be written: {name}: a link on the way leads out of this folder\n"
            assert (done.code, done.err.decode()) == (3, line)
        assert (outside / "report.json").read_text() == "old"
        assert sorted(os.listdir(outside)) == ["article.md", "report.json", "secret.md"]
        # Whoever names a place outside means it.
        assert newslint(*options, f"json:{outside / 'new.json'}", "article.md", cwd=site).code == 1
        assert (outside / "new.json").is_file()

    def test_links_within_it_are_followed(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "real" / "a.md").write_text(article(1))
        (tmp_path / "b.md").symlink_to("real/a.md")
        done = newslint("check", "--fix", "--isolated", "--no-cache", "--now", NOW, "b.md", cwd=tmp_path)
        assert (done.code, done.out) == (0, b"1 file checked, no findings, 1 fixed\n")
        assert (tmp_path / "real" / "a.md").read_text() == article(1, clean=True)


class TestStandardInput:
    """It is read no further than the limit, and its name leads nowhere."""

    def test_what_never_ends(self, tmp_path: Path) -> None:
        script = f"yes 'a: b' | {sys.executable} -m newslint check - --output-format concise"
        done = subprocess.run(
            ["sh", "-c", script], cwd=tmp_path, env=environment(), capture_output=True, timeout=60, check=False
        )
        assert (done.returncode, done.stderr) == (1, b"")
        assert done.stdout.startswith(
            b"<stdin>:1:1: error NL001 unreadable-file: the file is larger than 1,048,576 bytes\n"
        )
        with open("/dev/zero", "rb") as zeros:
            assert newslint("check", "-", "--output-format", "concise", cwd=tmp_path, stdin=zeros).out == done.stdout

    @pytest.mark.parametrize("name", ["/dev/zero", "..", "x/../../../etc/passwd", "a.md/", "a" * 5_000, "\n::error::x"])
    def test_its_name_is_only_a_name(self, tmp_path: Path, name: str) -> None:
        done = newslint("check", "-", "--stdin-filename", name, "--now", NOW, cwd=tmp_path, stdin=BASE.encode())
        assert done == (0, b"1 file checked, no findings\n", b"")


class TestNamesThatAreOptions:
    """pre-commit, xargs and a shell's * put names of files behind the options: a name must not become one."""

    NAMES = ("--fix", "--add-suppressions=x.md", "--config=x.md", "--executor=x:y.md", "-qv", "--output=json:/x.md")

    @pytest.mark.parametrize("name", NAMES)
    def test_it_is_refused(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        for each in ("a.md", name):
            (tmp_path / each).write_text(article(1))
        before = sorted(tmp_path.rglob("*"))
        done = newslint("check", "--as-found", "--no-cache", "--isolated", "a.md", name, cwd=tmp_path)
        line = f'newslint: "{name}" is an option and the name of a file: put ./ in front of the file, or rename it\n'
        assert (done.code, done.out, done.err.decode()) == (2, b"", line)
        assert sorted(tmp_path.rglob("*")) == before
        assert (tmp_path / "a.md").read_text() == article(1)

    @pytest.mark.parametrize("name", NAMES)
    def test_it_can_be_checked_as_a_file(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(article(1))
        options = ("check", "--no-cache", "--isolated", "--now", NOW)
        for words in ((f"./{name}",), ("--", name), (str(tmp_path / name),)):
            done = newslint(*options, *words, cwd=tmp_path)
            assert (done.code, done.err) == (1, b"")
            assert b"1 file checked, 1 finding in 1 file" in done.out

    @pytest.mark.parametrize("command", ["baseline", "stats"])
    def test_other_commands_refuse_it_too(self, tmp_path: Path, command: str) -> None:
        (tmp_path / "--isolated").write_text("")
        done = newslint(command, "--isolated", ".", cwd=tmp_path)
        assert (done.code, done.err[:29]) == (2, b'newslint: "--isolated" is an ')
