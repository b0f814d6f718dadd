"""The system fails: full and read-only disks, files that change while they are looked at, interrupts at any moment.

Elsewhere: workers that die (tests/run/test_workers.py), runs that are killed (tests/cli/test_ending.py), damaged caches
(tests/run/test_cache_places.py), closed and full streams (tests/cli/test_streams.py).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newslint.limits import MAX_FILE_SIZE
from tests.hostile.limited import NOW, Done, command, environment, newslint
from tests.hostile.mounts import needs_mounts, on_read_only_disk, on_small_disk
from tests.run.caching import article

LONG = bool(os.environ.get("NEWSLINT_LONG"))
FIX = ("check", "--fix", "--no-cache", "--isolated", "--now", NOW)


def _run(line: list[str], cwd: Path) -> Done:
    done = subprocess.run(line, cwd=cwd, env=environment(), capture_output=True, timeout=120, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two articles with one finding each that can be mended; the second is larger than 20 kB."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.md").write_text(article(1))
    (folder / "b.md").write_text(article(2) + "Body.\n" * 4_000)
    return folder


class TestFullDisks:
    """Whatever cannot be written whole is not written at all, and that is said."""

    SIZE = 16_384
    """Bytes of the largest file that can be written: the first article fits, the second does not."""

    def test_a_fix_keeps_the_old_file(self, site: Path) -> None:
        before = _tree(site)
        done = newslint(*FIX, ".", cwd=site, size=self.SIZE)
        assert (done.code, done.err) == (3, b"newslint: b.md is not written: File too large\n")
        assert _tree(site) == {**before, "a.md": article(1, clean=True).encode()}

    def test_so_do_comments(self, site: Path) -> None:
        before = _tree(site)
        done = newslint("check", "--add-suppressions", "--no-cache", "--now", NOW, ".", cwd=site, size=self.SIZE)
        assert done.code == 3
        assert done.err.splitlines() == [
            b"newslint: b.md:3:9: NL602 edge-whitespace: no comment: File too large",
            b"newslint: 1 finding in 1 file excused by comments",
        ]
        assert _tree(site) == {**before, "a.md": before["a.md"].replace(b'1"\n', b'1" # newslint: ignore[NL602]\n', 1)}

    def test_a_report_keeps_the_old_one(self, site: Path) -> None:
        (site / "report.json").write_text("old")
        done = newslint("check", "--output", "json:report.json", "--no-cache", ".", cwd=site, size=100)
        assert (done.code, done.err) == (3, b"newslint: the output cannot be written: report.json: File too large\n")
        assert (site / "report.json").read_text() == "old"
        assert sorted(os.listdir(site)) == ["a.md", "b.md", "report.json"]

    def test_so_does_a_baseline(self, site: Path) -> None:
        done = newslint("baseline", "--now", NOW, ".", cwd=site, size=100)
        assert done.code == 3
        assert done.err.endswith(b".newslint-baseline.json: File too large\n")
        assert sorted(os.listdir(site)) == ["a.md", "b.md"]

    def test_a_cache_is_done_without(self, site: Path) -> None:
        for number in range(20):
            (site / f"{number}.md").write_text(article(number + 10))
        plain = newslint("check", "--now", NOW, "--no-cache", ".", cwd=site)
        for _ in range(2):
            assert newslint("check", "--now", NOW, ".", cwd=site, size=2_000) == plain
        # What little there is to say of the archive as a whole has room.
        assert {path.suffix for path in site.glob(".newslint_cache/*/*")} == {".archive"}

    @needs_mounts
    def test_a_disk_of_64_kilobytes(self, site: Path, tmp_path: Path) -> None:
        (tmp_path / "disk").mkdir()
        (site / "filler").write_bytes(b"x" * 24_000)
        told = '"$@"; echo "exit $?"; ls -A; cat b.md'
        line = on_small_disk(tmp_path / "disk", site, ["sh", "-c", told, "sh", *command(*FIX, "a.md", "b.md")])
        done = _run(line, tmp_path)
        assert done.err == b"newslint: b.md is not written: No space left on device\n"
        shown, _, listing = done.out.decode().partition("exit 3\n")
        assert shown.endswith("2 files checked, 1 finding in 1 file (1 warning), 1 fixed, 1 can be mended with --fix\n")
        assert listing == "a.md\nb.md\nfiller\n" + (site / "b.md").read_text()


@needs_mounts
class TestReadOnlyDisks:
    """To read is enough for a check; what must be written is told, and nothing else happens."""

    def test_a_check_is_the_same(self, site: Path) -> None:
        for number in range(20):
            (site / f"{number}.md").write_text(article(number + 10))
        plain = newslint("check", "--now", NOW, "--no-cache", ".", cwd=site)
        assert _run(on_read_only_disk(site, command("check", "--now", NOW, ".")), site) == plain

    def test_what_cannot_be_mended_is_told(self, site: Path) -> None:
        before = _tree(site)
        done = _run(on_read_only_disk(site, command(*FIX, ".")), site)
        assert done.code == 1
        assert done.err == b"".join(
            b"newslint: %s is not written: it is protected against writing\n" % name for name in (b"a.md", b"b.md")
        )
        assert _tree(site) == before

    @pytest.mark.parametrize(
        ("arguments", "code", "last"),
        [
            (
                ("check", "--output", "json:report.json"),
                3,
                "the output cannot be written: report.json: Read-only file system",
            ),
            (("baseline",), 3, "the output cannot be written: {site}/.newslint-baseline.json: Read-only file system"),
            (("init", "--yes"), 2, "newslint.toml cannot be written: Read-only file system"),
        ],
    )
    def test_what_cannot_be_written_is_told(self, site: Path, arguments: tuple[str, ...], code: int, last: str) -> None:
        before = _tree(site)
        done = _run(on_read_only_disk(site, command(*arguments)), site)
        assert done.code == code
        assert done.err.decode().splitlines()[-1] == f"newslint: {last.format(site=site)}"
        assert _tree(site) == before


MEANWHILE = """
import os, shutil, sys
from newslint.cli.main import main
moment, name, act, *arguments = sys.argv[1:]
acts = [act]
def listen(event, values):
    if event == moment and acts and isinstance(values[0], str) and values[0].endswith(name):
        exec(acts.pop())
sys.addaudithook(listen)
sys.argv = ["newslint", *arguments]
main()
"""
"""Does something to the files, once, at the moment at which newslint asks the system for a certain one."""


def _meanwhile(site: Path, moment: str, name: str, act: str, *arguments: str) -> Done:
    line = [sys.executable, "-c", MEANWHILE, moment, name, act, *arguments, "--now", NOW, "--isolated"]
    return _run(line, site)


class TestMeanwhile:
    """A file is another one, or none, between the moment in which it is found and the one in which it is read."""

    CHECK = ("check", "--no-cache", "--output-format", "concise", ".")

    def test_files_that_were_found(self, site: Path) -> None:
        acts = {
            "c.md": ("os.unlink('c.md')", "the file cannot be read: No such file or directory"),
            "d.md": ("os.unlink('d.md'); os.mkdir('d.md')", "this is no regular file but a folder"),
            "e.md": ("os.unlink('e.md'); os.mkfifo('e.md')", "this is no regular file but a FIFO"),
            "f.md": ("os.unlink('f.md'); os.symlink('/dev/zero', 'f.md')", "this is no regular file but a device"),
            "g.md": (
                "os.unlink('g.md'); os.symlink('g.md', 'g.md')",
                "the file cannot be read: Too many levels of symbolic links",
            ),
            "h.md": (
                f"open('h.md', 'ab').truncate({MAX_FILE_SIZE + 1})",
                "the file is larger than 1,048,576 bytes",
            ),
        }
        for number, name in enumerate(acts):
            (site / name).write_text(article(10 + number))
        act = "; ".join(act for act, _ in acts.values())
        done = _meanwhile(site, "open", "a.md", act, *self.CHECK)
        assert (done.code, done.err) == (1, b"")
        told = [line for line in done.out.decode().splitlines() if line[:4] in acts]
        assert told == [f"{name}:1:1: error NL001 unreadable-file: {found}" for name, (_, found) in acts.items()]

    def test_a_file_that_grows_while_it_is_read(self, site: Path) -> None:
        act = f"open('b.md', 'ab').truncate({4 * MAX_FILE_SIZE})"
        done = _meanwhile(site, "open", "b.md", act, *self.CHECK)
        assert (done.code, done.err) == (1, b"")
        assert b"b.md:1:1: error NL001 unreadable-file: the file is larger than 1,048,576 bytes" in done.out

    def test_a_folder_that_vanishes_before_it_is_searched(self, site: Path) -> None:
        (site / "sub").mkdir()
        (site / "sub" / "c.md").write_text(article(3))
        done = _meanwhile(site, "os.scandir", "sub", "shutil.rmtree('sub')", *self.CHECK)
        assert (done.code, done.err) == (1, b"")
        assert b"sub:1:1: error NL001 unreadable-file: " in done.out

    def test_a_file_that_somebody_writes_while_it_is_mended(self, site: Path) -> None:
        act = "open('b.md', 'a').write('Mine.\\n')"
        done = _meanwhile(site, "os.chmod", ".tmp", act, "check", "--fix", "--no-cache", "b.md")
        assert done.err == b"newslint: b.md is not written: it has changed since it was read\n"
        assert (site / "b.md").read_text() == article(2) + "Body.\n" * 4_000 + "Mine.\n"
        assert sorted(os.listdir(site)) == ["a.md", "b.md"]

    def test_a_file_that_vanishes_while_it_is_mended(self, site: Path) -> None:
        done = _meanwhile(site, "os.chmod", ".tmp", "os.unlink('b.md')", "check", "--fix", "--no-cache", "b.md")
        assert (done.code, done.err) == (3, b"newslint: b.md is not written: No such file or directory\n")
        assert os.listdir(site) == ["a.md"]

    def test_a_working_directory_that_is_gone(self, tmp_path: Path) -> None:
        (tmp_path / "gone").mkdir()
        script = f"cd gone && rmdir ../gone && {sys.executable} -m newslint check --isolated ."
        done = _run(["sh", "-c", script], tmp_path)
        assert done == (2, b"", b"newslint: there is no working directory: No such file or directory\n")


@pytest.mark.load
class TestTwoAtOnce:
    """What two runs do to the same files at the same time is what one of them would have done."""

    @pytest.mark.parametrize("option", ["--fix", "--add-suppressions=x"])
    def test_files_are_written_as_by_one(self, tmp_path: Path, option: str) -> None:
        for folder in ("one", "two"):
            (tmp_path / folder).mkdir()
            for number in range(100):
                (tmp_path / folder / f"{number:02}.md").write_text(article(number))
        line = command("check", option, "--no-cache", "--isolated", "--now", NOW, ".")
        assert _run(line, tmp_path / "one").code == 0
        both = [
            subprocess.Popen(
                line, cwd=tmp_path / "two", env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            for _ in range(2)
        ]
        said = [process.communicate(timeout=120) for process in both]
        assert {process.returncode for process in both} <= {0, 1}, said
        assert _tree(tmp_path / "two") == _tree(tmp_path / "one")


INTERRUPTED = """
import os, signal, sys
moment, *arguments = sys.argv[1:]
def listen(event, values):
    if event == "import" and values[0] == moment:
        os.kill(os.getpid(), signal.SIGINT)
sys.argv = ["newslint", *arguments]
from newslint.cli.start import main
sys.addaudithook(listen)
main()
"""


class TestInterrupts:
    """Ctrl-C is answered by the exit code alone, whenever it comes."""

    @pytest.mark.parametrize(
        "moment",
        [
            "click",
            "newslint.cli.main",
            "newslint.cli.streams",
            "newslint.cli.options",
            "newslint.run.runner",
            "can_ada",
        ],
    )
    def test_while_the_command_is_loaded(self, site: Path, moment: str) -> None:
        done = _run([sys.executable, "-c", INTERRUPTED, moment, "check", "--isolated", "--no-cache", "."], site)
        # click begins a line of its own behind the ^C that a terminal shows.
        assert (done.code, done.out, done.err.strip()) == (130, b"", b"")

    def test_when_it_has_ended(self, site: Path) -> None:
        late = "import atexit, os, signal; atexit.register(os.kill, os.getpid(), signal.SIGINT)"
        program = (
            f"{late}; import sys; sys.argv = ['newslint', 'check', 'a.md']; from newslint.cli.start import main; main()"
        )
        done = _run([sys.executable, "-c", program], site)
        assert (done.code, done.err) == (1, b"")
        assert b"1 file checked" in done.out

    def test_who_has_said_that_a_run_is_to_outlive_them_is_obeyed(self, site: Path) -> None:
        line = [sys.executable, "-c", INTERRUPTED, "click", "check", "--isolated", "--no-cache", "a.md"]
        done = _run(["sh", "-c", 'trap "" INT; exec "$0" "$@"', *line], site)
        assert (done.code, done.err) == (1, b"")

    @pytest.mark.load
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_at_any_moment(self, tmp_path: Path, number: signal.Signals) -> None:
        """Set NEWSLINT_LONG to try more often."""
        for file in range(300):
            (tmp_path / f"{file:03}.md").write_text(article(file))
        begin = "import os; from newslint.cli.start import main; os.write(1, b'.'); main()"
        chance, code = random.Random(number), 128 + number
        ended: set[int] = set()
        for _ in range(200 if LONG else 20):
            process = subprocess.Popen(
                [sys.executable, "-c", begin, "check", "--jobs", "2", "--now", NOW, "."],
                cwd=tmp_path,
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            assert process.stdout is not None
            assert process.stdout.read(1) == b"."
            # What comes before the first line of newslint is Python's to answer.
            time.sleep(0.02 + chance.uniform(0, 0.5))
            process.send_signal(number)
            _, err = process.communicate(timeout=60)
            assert err.strip() == b""
            ended.add(process.returncode)
        # Before newslint has a handler of its own an order to end ends Python, silently, too.
        assert ended <= {code, 1, -number}
        assert code in ended
        assert list(tmp_path.glob(".newslint_cache/*/*.tmp")) == []


class TestFewFiles:
    """A process may open few files at once (``ulimit -n``): fewer workers, or none, do the same work."""

    @pytest.mark.parametrize("files", [6, 12, 18, 20])
    def test_the_same_is_found(self, tmp_path: Path, files: int) -> None:
        for number in range(6):
            (tmp_path / f"{number}.md").write_text(article(number))
        options = ("check", "--isolated", "--now", NOW, "--output-format", "json", ".")
        one = newslint(*options, "--no-cache", "--jobs", "1", cwd=tmp_path)
        assert (one.code, len(one.report["findings"])) == (1, 6)
        assert newslint(*options, "--jobs", "4", cwd=tmp_path, files=files) == one

    def test_the_same_is_mended(self, site: Path) -> None:
        done = newslint(*FIX, "--jobs", "2", ".", cwd=site, files=12)
        assert (done.code, done.err) == (0, b"")
        assert _tree(site)["a.md"] == article(1, clean=True).encode()

    def test_files_that_somebody_else_holds_open_count(self, tmp_path: Path) -> None:
        for number in range(6):
            (tmp_path / f"{number}.md").write_text(article(number))
        line = command("check", "--isolated", "--now", NOW, "--jobs", "4", ".", files=40)
        held = [os.open(os.devnull, os.O_RDONLY) for _ in range(30)]
        try:
            done = subprocess.run(
                line, cwd=tmp_path, env=environment(), pass_fds=held, capture_output=True, timeout=120, check=False
            )
        finally:
            for descriptor in held:
                os.close(descriptor)
        assert (done.returncode, done.stderr) == (1, b"")
        assert b"6 files checked, 6 findings" in done.stdout

    def test_what_cannot_do_with_so_few_says_so(self, site: Path) -> None:
        subprocess.run(["git", "init", "--quiet", "."], cwd=site, check=True, timeout=60)
        done = newslint("check", "--isolated", "--diff-base", "HEAD", ".", cwd=site, files=5)
        assert done.code == 2
        assert done.err == b'newslint: git cannot be run: Too many open files; raise the limit with "ulimit -n"\n'
