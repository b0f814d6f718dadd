"""The result cache: it is used where a file comes to the same as before, and nowhere else, whatever stands in it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from newslint.digest import digest
from newslint.document.document import Document
from newslint.finding import Violation
from newslint.limits import MAX_ARCHIVES, SHARD_BYTES_PER_FILE
from newslint.report import Report
from newslint.rules import RULES
from newslint.rules.rule import Options
from newslint.rules.selection import Layer
from newslint.run.choices import Choices
from newslint.run.key import cache_key
from newslint.run.runner import Runner
from newslint.run.seal import Seal
from newslint.settings import Settings
from tests.conftest import NOW
from tests.run.caching import FILES, SECOND, Archive, article, kept, names, opened, worked_out

ALL = names(range(FILES))


def test_an_unchanged_file_is_not_even_opened(archive: Archive) -> None:
    with opened() as first:
        found = archive.run()
    archive.age()
    with opened() as second:
        again = archive.run()
    assert (sorted(first), second) == (ALL, [])
    assert again == found
    assert worked_out(found) == ALL


def test_what_is_marked_is_what_is_kept(warm: Archive) -> None:
    """The measure of the tests below: findings that come from the cache are told from those that do not."""
    assert (kept(warm.run()), worked_out(warm.plain())) == (ALL, ALL)


def test_a_file_as_young_as_the_cache_is_read_and_what_it_holds_counts(warm: Archive) -> None:
    warm.mark(0)
    with opened() as read:
        assert kept(warm.run()) == ALL
    assert sorted(read) == ALL
    # They are known by their stamps from now on, as soon as the cache is older.
    warm.age()
    with opened() as read:
        warm.run()
    assert read == []


def test_a_touched_file_is_read_once_and_is_the_same(warm: Archive) -> None:
    os.utime(warm.news / ALL[3], ns=(5, 5))
    with opened() as read:
        assert kept(warm.run()) == ALL
    assert read == [ALL[3]]
    warm.age()
    with opened() as read:
        warm.run()
    assert read == []


def test_a_fresh_checkout_in_another_place_is_known_by_its_content(
    warm: Archive, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = warm.moved(tmp_path_factory.mktemp("elsewhere"))
    copy.age()
    monkeypatch.chdir(copy.root)
    with opened() as read:
        report = copy.run()
    assert (sorted(read), kept(report)) == (ALL, ALL)
    assert report.findings[0].path == "_news/0000.md"


def test_another_content_of_the_same_size_and_time_is_a_miss(warm: Archive) -> None:
    path = warm.news / ALL[5]
    before = path.stat()
    path.write_text(article(5).replace("five days", "nine days"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert worked_out(warm.run()) == [ALL[5]]


@pytest.mark.parametrize(("later", "missed"), [(0, True), (2 * SECOND, True), (2 * SECOND + 1, False)])
def test_a_stamp_counts_only_if_it_is_older_than_the_cache(warm: Archive, later: int, missed: bool) -> None:
    """A file is written twice in one tick of the clock, and the cache in between: its times say nothing of that."""
    path = warm.news / ALL[5]
    old = path.stat()
    path.write_text(article(5).replace("five days", "nine days"))
    new = path.stat()
    before, after = ("\t".join(map(str, (s.st_mtime_ns, s.st_ctime_ns, s.st_size))) for s in (old, new))
    text = warm.shard.read_text("ascii")
    assert before in text
    warm.shard.write_text(text.replace(before, after))
    os.utime(warm.shard, ns=(new.st_ctime_ns + later,) * 2)
    assert (ALL[5] in worked_out(warm.run())) == missed


@pytest.mark.parametrize(
    "given",
    [
        {"selection": Layer(select=["NL6"])},
        {"selection": Layer(extend_ignore=["NL803", "NL504"])},
        {"exact": True},
        {"config": 'ignore = ["NL504"]\n'},
        {"config": "max-findings = 7\n"},
        {"config": "max-file-size = 100000\n"},
        {"config": "[rules.publish-threshold]\nthreshold = 71\n"},
        {"config": '[per-file-ignores]\n"other" = ["NL602"]\n'},
        {"config": 'topics = ["AI"]\n'},
        {"now": NOW - timedelta(seconds=1)},
    ],
    ids=str,
)
def test_whatever_a_finding_could_follow_from_makes_another_cache(warm: Archive, given: dict[str, object]) -> None:
    assert kept(warm.run(**given)) == []  # type: ignore[arg-type]
    assert kept(warm.run()) == (ALL if "now" not in given else [])


@pytest.mark.parametrize(
    "given",
    [
        {"now": NOW + timedelta(days=400)},
        {"severity": (("NL602", "info"),)},
        {"config": 'fail-on = "error"\nextensions = ["md"]\ninclude = ["_news"]\nunfixable = ["ALL"]\n'},
        {"config": 'severity = {NL6 = "info"}\ncorpus = ["_news"]\nexclude = ["drafts"]\n'},
    ],
    ids=str,
)
def test_whatever_no_finding_follows_from_does_not(warm: Archive, given: dict[str, object]) -> None:
    report = warm.run(**given)  # type: ignore[arg-type]
    assert kept(report) == ALL
    level = "info" if "severity" in str(given) else "warning"
    assert {finding.severity.value for finding in report.findings} == {level}


def test_the_topics_themselves_are_part_of_the_key(archive: Archive) -> None:
    topics = archive.root / "topics.yml"
    for text, is_kept in (("- AI\n- Computer Vision\n", False), ("- AI\n", False), ("- AI\n", True)):
        topics.write_text(text)
        report = archive.run(config='topics = "topics.yml"\n')
        assert (kept(report) == ALL) == is_kept
        assert ("NL701" in {finding.code for finding in report.findings}) == (text == "- AI\n")
        archive.mark()


def test_the_schemas_of_other_kinds_are_part_of_the_key(archive: Archive) -> None:
    config = '[[kinds]]\nname = "note"\nfiles = ["0003.md"]\nschema = "note.json"\n'
    for wanted, is_kept in (("string", False), ("integer", False), ("integer", True), ("string", True)):
        schema = {"type": "object", "properties": {"title": {"type": wanted}}}
        (archive.root / "note.json").write_text(json.dumps(schema))
        report = archive.run(config=config)
        assert (len(kept(report)) >= FILES - 1) == is_kept
        wrong = [finding.path for finding in report.findings if finding.code == "NL102"]
        assert wrong == (["_news/0003.md"] if wanted == "integer" else [])
        archive.mark()


def test_per_file_ignores_hold_for_what_is_kept(archive: Archive) -> None:
    config = '[per-file-ignores]\n"0003.md" = ["NL602"]\n'
    archive.run(config=config)
    archive.mark()
    assert kept(archive.run(config=config)) == [name for name in ALL if name != "0003.md"]


def test_the_key_is_that_of_this_newslint_and_of_the_packages_that_it_judges_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def key() -> str:
        return cache_key(Runner(Settings(tmp_path), Choices(now=NOW)).checker)

    first = key()
    assert key() == first
    with monkeypatch.context() as patch:
        patch.setattr("newslint.run.key.__version__", "99.0")
        assert key() != first
    for package, counts in (("jsonschema-99.0.dist-info", True), ("PyYAML-99.0.dist-info", True), ("a-1.egg", False)):
        with monkeypatch.context() as patch:
            (tmp_path / package / package).mkdir(parents=True)
            patch.setattr(sys, "path", [*sys.path, str(tmp_path / package)])
            assert (key() != first) == counts, package


def test_the_key_is_that_of_one_state_of_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "newslint"
    (package / "rules").mkdir(parents=True)
    for name in ("__init__.py", "rules/urls.py"):
        (package / name).touch()
    runner = Runner(Settings(tmp_path), Choices(now=NOW))
    monkeypatch.setattr("newslint.__file__", str(package / "__init__.py"))
    keys = [cache_key(runner.checker)]
    (package / "rules" / "urls.py").write_text("pass\n")
    keys.append(cache_key(runner.checker))
    os.utime(package / "rules" / "urls.py", (5, 5))
    keys.append(cache_key(runner.checker))
    (package / "rules" / "more.py").touch()
    keys.append(cache_key(runner.checker))
    assert len(set(keys)) == 4
    # An installed package has its schemas in it and does not change but with its version.
    (package / "schemas").mkdir()
    installed = cache_key(runner.checker)
    (package / "rules" / "urls.py").write_text("")
    assert cache_key(runner.checker) == installed


FUTURE = "publishedDateTime: 2024-06-10T15:00:00Z\n"
LATER = NOW + timedelta(days=30)


def _codes(archive: Archive, **given: object) -> list[str]:
    return [finding.code for finding in archive.run(**given).findings]  # type: ignore[arg-type]


def test_what_is_about_the_present_is_found_anew(archive: Archive) -> None:
    (archive.news / "future.md").write_text(article(99, FUTURE, clean=True))
    for now, found in ((NOW, 1), (LATER, 0), (LATER, 0), (NOW, 1), (NOW, 1), (LATER, 0)):
        assert _codes(archive, now=now).count("NL204") == found
        assert ("future.md" in archive.entries()) == (not found)


@pytest.mark.parametrize("config", ["", "max-findings = 1\n"])
def test_a_comment_about_the_present_is_judged_anew(archive: Archive, config: str) -> None:
    comment = "# newslint: ignore[NL203, NL204]\n"
    text = article(99, "publishedDateTime: '2024-06-10T15:00:00Z'\n", clean=True)
    (archive.news / "future.md").write_text(text.replace("publishedDateTime", f"{comment}publishedDateTime"))
    for now, found in ((NOW, 0), (LATER, 1), (LATER, 1), (NOW, 0), (LATER, 1)):
        report = archive.run(now=now, config=config)
        assert [finding.code for finding in report.findings].count("NL998") == found


def test_what_was_cut_off_is_not_kept(archive: Archive) -> None:
    (archive.news / "many.md").write_text(article(99, "topics: [" + ", ".join(["x"] * 9) + "]\n"))
    for _ in range(2):
        report = archive.run(config="max-findings = 2\n")
        assert report.truncated == {"_news/many.md": 2}
        assert archive.entries() == ALL


def test_a_fault_of_ours_is_not_kept(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: Document, options: Options) -> Iterator[Violation]:
        raise KeyError("boom")

    rules = [rule._replace(check=fail) if rule.code == "NL503" else rule for rule in RULES]
    with monkeypatch.context() as patch:
        patch.setattr("newslint.engine.plan.RULES", rules)
        assert _codes(archive).count("NL999") == FILES
        assert archive.entries() == []
    assert "NL999" not in _codes(archive)
    assert archive.entries() == ALL


def test_suppressions_and_the_archive_are_the_same_from_the_cache(archive: Archive) -> None:
    text = article(0).replace("title:", "# newslint: ignore[NL602, NL302, NL901]\ntitle:")
    (archive.news / "a.md").write_text(text)
    (archive.news / "b.md").write_text(article(1).replace("---\n", "---\n# newslint: ignore-file[NL9, NL6]\n", 1))
    (archive.news / "c.md").write_text(article(90).replace("webUrl:", "# newslint: ignore[NL901] why\nwebUrl:"))
    (archive.news / "d.md").write_text(article(91).replace("Metropolitan Police", "London Police"))
    found = archive.run()
    assert found == archive.plain()
    assert found.suppressed > 3
    codes = {finding.code for finding in found.findings}
    assert codes >= {"NL602", "NL901", "NL902", "NL903", "NL998"}
    archive.age()
    assert archive.run() == found
    archive.mark()
    assert kept(archive.run()) == sorted([*ALL, "c.md", "d.md"])
    # One file more changes what is said of files that have not changed.
    (archive.news / "e.md").write_text(article(90))
    assert archive.run(now=NOW - timedelta(days=1)) == archive.plain(now=NOW - timedelta(days=1))


def test_what_an_unchanged_archive_came_to_needs_no_article(archive: Archive) -> None:
    (archive.news / ALL[-1]).write_text(article(0))

    def told(report: Report) -> list[tuple[str, str, str, str]]:
        return [
            (finding.path, finding.severity.value, finding.related[0].path, finding.message.partition(" is ")[2])
            for finding in report.findings
            if finding.code == "NL901"
        ]

    found = archive.run()
    words = "the address of another article, too"
    both = ("_news/0000.md", "_news/0015.md")
    assert told(found) == [(both[0], "error", both[1], words), (both[1], "error", both[0], words)]
    archive.age()
    text = archive.judged.read_text("ascii")
    archive.judged.write_text(text.replace(words, "kept"))
    with opened() as read:
        again = archive.run(severity=(("NL901", "info"),))
    assert read == []
    assert told(again) == [(both[0], "info", both[1], "kept"), (both[1], "info", both[0], "kept")]
    # A file that changes, goes or is called something else makes another archive of them.
    (archive.news / ALL[3]).write_text(article(33))
    assert told(archive.run()) == told(found)
    (archive.news / ALL[4]).unlink()
    assert archive.run() == archive.plain()
    (archive.news / ALL[0]).rename(archive.news / "00.md")
    assert archive.run() == archive.plain()


def test_each_choice_of_paths_is_an_archive_of_its_own_and_the_last_few_are_kept(archive: Archive) -> None:
    for number in range(FILES, FILES + MAX_ARCHIVES + 1):
        (archive.news / f"{number:04}.md").write_text(article(number))
        archive.run()
        archive.run(archive.root)
    assert len(list(archive.cache.glob("*/*.archive"))) == MAX_ARCHIVES
    assert list(archive.cache.glob("*/*.tmp")) == []


def test_what_an_archive_came_to_is_not_kept_where_a_file_has_changed_meanwhile() -> None:
    seal = Seal()
    seal.take_in("a.md", digest(b"one"), reported=True)
    seal.take_in("b.md", digest(b"two"), reported=False)
    whole = seal.text()
    seal.take_again("b.md", b"two")
    assert seal.text() == whole
    seal.take_again("b.md", b"changed")
    assert seal.text() is None
    gone = Seal()
    gone.void()
    assert gone.text() is None


def test_a_seal_tells_files_by_name_content_order_and_part() -> None:
    def text(*files: tuple[str, str, bool]) -> str | None:
        seal = Seal()
        for path, mark, reported in files:
            seal.take_in(path, mark, reported=reported)
        return seal.text()

    one, two = ("a.md", digest(b"1"), True), ("b.md", digest(b"2"), True)
    others = [
        (one,),
        (two, one),
        (one, (*two[:2], False)),
        (one, ("b.md", digest(b"3"), True)),
        (one, ("\udc80", *two[1:])),
    ]
    assert len({text(one, two), *(text(*files) for files in others)}) == 6
    assert text(one, ("b.md", "", True)) is None


def test_a_page_that_is_found_is_passed_over_and_one_that_is_named_is_checked(archive: Archive) -> None:
    (archive.news / "page.md").write_text("# About\n")
    named = [archive.news / name for name in (*ALL, "page.md")]
    for _ in range(2):
        for paths, files, skipped in (((), FILES, 1), (named, FILES + 1, 0)):
            report = archive.run(*paths)
            assert (report.files, report.skipped) == (files, skipped)
            assert report == archive.plain(*paths)


def test_what_was_found_is_known_where_it_is_named(warm: Archive) -> None:
    assert kept(warm.run(*(warm.news / name for name in ALL))) == ALL


def test_a_file_that_is_gone_is_forgotten_by_a_run_over_its_folder(warm: Archive) -> None:
    warm.run(*(warm.news / name for name in ALL))
    (warm.news / ALL[0]).unlink()
    others = [warm.news / name for name in ALL[1:]]
    (warm.news / "new.md").write_text(article(50))
    warm.run(*others, warm.news / "new.md")
    assert warm.entries() == [*ALL, "new.md"]
    warm.run()
    assert warm.entries() == [*ALL[1:], "new.md"]


def test_each_folder_has_its_own_part(archive: Archive) -> None:
    (archive.root / "_news" / "old").mkdir()
    for number in range(100, 105):
        (archive.news / "old" / f"{number:04}.md").write_text(article(number))
    archive.run()
    assert len(archive.shards) == 2
    archive.mark()
    archive.shards[0].unlink()
    assert len(kept(archive.run())) in (5, FILES)


def test_a_few_files_leave_the_cache_alone(archive: Archive) -> None:
    few = [archive.news / name for name in ALL[:-1]]
    archive.run(*few)
    assert not archive.cache.exists()
    archive.run()
    archive.mark()
    before = archive.shard.stat().st_mtime_ns
    assert kept(archive.run(*few)) == []
    assert archive.shard.stat().st_mtime_ns == before


def test_a_large_part_is_not_read_for_few_files(warm: Archive) -> None:
    text = warm.shard.read_text("ascii")
    warm.shard.write_text(text.replace('"Delete the white space"', f'"{"x" * SHARD_BYTES_PER_FILE}"'))
    warm.age()
    before = warm.shard.read_bytes()
    assert worked_out(warm.run()) == ALL
    assert warm.shard.read_bytes() == before


def test_workers_keep_what_they_work_out(archive: Archive) -> None:
    assert archive.run(jobs=2) == archive.plain()
    archive.mark()
    assert kept(archive.run()) == ALL


@pytest.mark.parametrize("dry", [False, True])
def test_the_fixer_opens_no_file_that_was_clean(archive: Archive, dry: bool) -> None:
    for name in ALL[:10]:
        (archive.news / name).write_text(article(int(name[:4]), clean=True))
    (archive.news / "page.md").write_text("# About\n")
    (archive.news / ALL[-1]).write_text(article(0))
    archive.run()
    archive.age()
    before = archive.entries()
    plain = Archive(archive.root / "plain", 0)
    shutil.copytree(archive.news, plain.news, dirs_exist_ok=True)
    with opened() as read:
        report = archive.run(fix=not dry, diff=dry)
    # The first and the last one have an address in common: where it stands is looked up.
    assert sorted(set(read)) == [ALL[0], *ALL[10:]]
    assert (report.fixed, report.files, report.skipped) == (6, FILES, 1)
    assert archive.entries() == before
    expected = plain.plain(fix=not dry, diff=dry)
    assert [(one.code, one.line, one.message) for one in report.findings] == [
        (one.code, one.line, one.message) for one in expected.findings
    ]
    assert worked_out(archive.run()) == sorted([ALL[0], *(ALL[10:] if dry else ALL[-1:])])


def test_names_that_are_no_text_are_kept(archive: Archive) -> None:
    strange = [b"\xff.md", "caf\u00e9.md".encode(), b"tab\tand\nline.md", b'quo"te.md']
    for number, name in enumerate(strange):
        (archive.news / os.fsdecode(name)).write_text(article(60 + number))
    found = archive.run()
    assert found == archive.plain()
    archive.age()
    with opened() as read:
        assert archive.run() == found
    assert read == []
