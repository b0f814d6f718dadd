"""Suppressions that are written for somebody excuse what they should, change no value, and keep every other byte."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.document import events
from newslint.document.source import Fences, Source, decode, find_fences
from newslint.engine.add_suppressions import Added, add_suppressions
from newslint.engine.linter import Linted, lint_bytes
from newslint.finding import Finding
from newslint.rules.selection import Layer
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import BASE, CORPUS, NOW, ROOT, needs_corpus, with_fields

PLAN = Runner(Settings(ROOT), Choices(now=NOW, selection=Layer(extend_select=["NL803"]))).plan


def source_of(text: str, name: str = "article.md") -> Source:
    source, problem = decode(name, text.encode())
    assert problem is None
    return source


def linted(text: str, name: str = "article.md") -> Linted:
    return lint_bytes(name, text.encode(), PLAN)


def added(text: str, *codes: str, reason: str = "") -> str:
    """Return the text with suppressions for its findings of some codes (of all, where none are named)."""
    findings = [found for found in linted(text).findings if found.code in codes or not codes]
    result = add_suppressions(source_of(text), findings, reason)
    assert result.left == ()
    return result.text


def data_of(text: str) -> object:
    source = source_of(text)
    fences = find_fences(source)
    assert isinstance(fences, Fences)
    return events.read(source, fences.yaml).data


WRITTEN = {
    "the end of a line": ('title: "Q&amp;A"\n', 'title: "Q&amp;A" # newslint: ignore[NL604] old\n'),
    "a line that ends in blanks": ('title: "Q&amp;A"  \n', 'title: "Q&amp;A"  # newslint: ignore[NL604] old\n'),
    "a line that ends in a tab": ('title: "Q&amp;A"\t\n', 'title: "Q&amp;A"\t# newslint: ignore[NL604] old\n'),
    "a plain value": ("title: Q&amp;A\n", "title: Q&amp;A # newslint: ignore[NL604] old\n"),
    "single quotes": ("title: 'Q&amp;A'\n", "title: 'Q&amp;A' # newslint: ignore[NL604] old\n"),
    "several rules": ('title: " Q&amp;A"\n', 'title: " Q&amp;A" # newslint: ignore[NL602, NL604] old\n'),
    "a comment": ('title: "Q&amp;A" # sic\n', 'title: "Q&amp;A" # sic # newslint: ignore[NL604] old\n'),
    "an instruction": (
        'title: " Q&amp;A" # newslint: ignore[NL602] new\n',
        'title: " Q&amp;A" # newslint: ignore[NL602, NL604] new\n',
    ),
    "an instruction with a trailing comma": (
        'title: " Q&amp;A" # newslint: ignore[NL602, ] new\n',
        'title: " Q&amp;A" # newslint: ignore[NL602, NL604, ] new\n',
    ),
    "an instruction above": (
        'category: news\n# newslint: ignore[NL602] new\ntitle: " Q&amp;A"\n',
        'category: news\n# newslint: ignore[NL602, NL604] new\ntitle: " Q&amp;A"\n',
    ),
    "an instruction that is wrong": (
        'title: "Q&amp;A" # newslint: ignore\n',
        'title: "Q&amp;A" # newslint: ignore # newslint: ignore[NL604] old\n',
    ),
    "a quote of two lines": (
        'title: "A title\n  of Q&amp;A"\n',
        '# newslint: ignore[NL604] old\ntitle: "A title\n  of Q&amp;A"\n',
    ),
    "a plain value of two lines": (
        "title: Q&amp;A is\n  a title\n",
        "# newslint: ignore[NL604] old\ntitle: Q&amp;A is\n  a title\n",
    ),
    "a value below its key": (
        'title:\n  "Q&amp;A"\n',
        '# newslint: ignore[NL604] old\ntitle:\n  "Q&amp;A"\n',
    ),
    "a block": (
        "title: |\n  A title\n\n  of Q&amp;A\n",
        "# newslint: ignore[NL604] old\ntitle: |\n  A title\n\n  of Q&amp;A\n",
    ),
    "a block below one that keeps its line ends": (
        "title: |+\n  A title\n\n\nexcerpt: >\n  Words\n  of Q&amp;A\n",
        "title: |+\n  A title\n\n\n# newslint: ignore[NL604] old\nexcerpt: >\n  Words\n  of Q&amp;A\n",
    ),
    "an item": (
        "topics:\n  - AI\n  -   Q&amp;A\n",
        "topics:\n  - AI\n  -   Q&amp;A # newslint: ignore[NL604] old\n",
    ),
    "an item of two lines": (
        "topics:\n  - AI\n  - Q&amp;A\n    and more\n",
        "topics:\n  - AI\n  # newslint: ignore[NL604] old\n  - Q&amp;A\n    and more\n",
    ),
    "a list in brackets": (
        'topics: [AI,\n  "Q&amp;A", News]\n',
        'topics: [AI,\n  "Q&amp;A", News] # newslint: ignore[NL604] old\n',
    ),
    "a list in brackets with a quote of two lines": (
        'topics: [AI,\n  "Q&amp;A\n  is it", News]\n',
        'topics: [AI,\n  # newslint: ignore[NL604] old\n  "Q&amp;A\n  is it", News]\n',
    ),
    "the first field": ("category: news &amp; more\n", "category: news &amp; more # newslint: ignore[NL604] old\n"),
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "after"), WRITTEN.values(), ids=WRITTEN)
def test_where_a_comment_is_written(before: str, after: str, line_end: str) -> None:
    text = with_fields(before).replace("\n", line_end)
    only = [found for found in linted(text).findings if found.code in after and found.code != "NL998"]
    if not only:
        # No rule about texts looks at the category.
        only = [_any_finding()._replace(code="NL604", line=2, field="/category")]
    result = add_suppressions(source_of(text), only, "old")
    assert result.left == ()
    # The expected text is not put together from fields: a comment above one belongs to the one before it.
    assert result.text == text.replace(before.replace("\n", line_end), after.replace("\n", line_end))


def _any_finding() -> Finding:
    return linted(with_fields('title: " AI"\n')).findings[0]


def test_what_is_missing_at_the_top_goes_to_the_first_field() -> None:
    text = "".join(line for line in BASE.splitlines(keepends=True) if "originalUrl" not in line)
    expected = text.replace("category: news\n", "category: news # newslint: ignore[NL101]\n")
    assert added(text, "NL101") == expected
    commented = text.replace("category", "# words\n\ncategory")
    assert added(commented, "NL101") == expected.replace("category", "# words\n\ncategory")


def test_a_first_field_of_two_lines_has_the_comment_above() -> None:
    text = with_fields("category:\n  news\n").replace("originalUrl", "orignalUrl")
    assert added(text, "NL101").startswith("---\n# newslint: ignore[NL101]\ncategory:\n  news\n")


def test_what_is_about_the_file_as_a_whole_is_excused_for_the_file() -> None:
    text = BASE.replace("type: article\n", "type: article\r\n")
    assert added(text, "NL011") == text.replace("---\n", "---\n# newslint: ignore-file[NL011]\n", 1)
    text = BASE + "The body.\r\n"
    assert added(text, "NL011") == text.replace("---\n", "---\n# newslint: ignore-file[NL011]\n", 1)
    windows = BASE.replace("\n", "\r\n").replace("type: article\r\n", "type: article\n")
    assert added(windows, "NL011") == windows.replace("---\r\n", "---\r\n# newslint: ignore-file[NL011]\r\n", 1)
    known = text.replace("category: news\n", "category: news # newslint: ignore-file[NL602]\n")
    assert added(known, "NL011") == known.replace("[NL602]", "[NL602, NL011]")


def test_a_byte_order_mark_is_excused_and_stays_with_the_caller() -> None:
    source = decode("article.md", b"\xef\xbb\xbf" + BASE.encode())[0]
    findings = lint_bytes("article.md", b"\xef\xbb\xbf" + BASE.encode(), PLAN).findings
    assert [found.code for found in findings] == ["NL010"]
    text = add_suppressions(source, findings).text
    assert text == BASE.replace("category: news\n", "category: news # newslint: ignore[NL010]\n")
    assert lint_bytes("article.md", b"\xef\xbb\xbf" + text.encode(), PLAN).findings == ()


@pytest.mark.parametrize(
    ("reason", "written"),
    [
        ("", ""),
        ("  of\tthe  archive \n", " of the archive"),
        ("see #12, [NL1] and ünïcode", " see #12, [NL1] and ünïcode"),
        ("a\r\nb\x85c\u2028d\u202ee\x00f\udc80g", " a b c d e f g"),
        ("for # newslint: ignore-file[ALL]", " for newslint: ignore-file[ALL]"),
    ],
)
def test_a_reason_is_one_line_of_plain_words(reason: str, written: str) -> None:
    text = with_fields('title: "Q&amp;A"\n')
    expected = text.replace('"Q&amp;A"\n', f'"Q&amp;A" # newslint: ignore[NL604]{written}\n')
    assert added(text, reason=reason) == expected
    assert linted(expected).findings == ()


def test_what_no_comment_can_excuse_comes_back_with_the_reason() -> None:
    text = with_fields("type: article # newslint: ignore[NL602]\n")
    findings = linted(text).findings
    template = findings[0]
    cases = [
        (template, "the comment itself should be corrected"),
        (template._replace(code="NL999"), "NL999 cannot be suppressed"),
        (template._replace(code="NL604", line=0), "there is no text"),
    ]
    result = add_suppressions(source_of(text), [finding for finding, _ in cases])
    assert result == Added(text, tuple(cases))
    for unreadable in (BASE.replace("type: article", "type: [article"), "No front matter\n", "---\n[]\n---\n"):
        result = add_suppressions(source_of(unreadable), [template._replace(code="NL604")])
        assert (result.text, [why for _, why in result.left]) == (unreadable, ["the front matter cannot be read"])


def test_where_one_comment_cannot_be_written_the_others_are() -> None:
    # libyaml takes U+2028 for a line end: the block's text stands on the line of its header.
    provider = "provider:\n  name: C &amp; D\n  domain: police.uk\n"
    text = with_fields(f'title: "Q&amp;A"\nexcerpt: >-\u2028 A &amp; B\nquality: 39\n{provider}')
    result = linted(text)
    assert [f"{found.line} {found.code}" for found in result.findings] == ["3 NL604", "4 NL604", "14 NL604"]
    written = added(text)
    assert "category: news\n" in written
    assert written.splitlines(keepends=True)[3] == "# newslint: ignore[NL604]\n"
    assert linted(written).findings == ()
    assert data_of(written) == data_of(text)


def test_where_no_comment_can_be_written_it_says_so() -> None:
    # The value of the first of two equal keys is not in the data, but its lines are no place for a comment.
    text = with_fields('title: "A title\n  of\n  three lines"\n').replace(
        "type: article\n", 'title: "Another one"\ntype: article\n'
    )
    finding = _any_finding()._replace(code="NL602", line=4)
    result = add_suppressions(source_of(text), [finding])
    assert result == Added(text, ((finding, "no comment can be written there"),))


def test_what_is_excused_already_is_left_alone() -> None:
    text = with_fields('title: "Q&amp;A" # newslint: ignore[NL604]\n')
    assert linted(text).findings == ()
    assert add_suppressions(source_of(text), linted(text).suppressed) == Added(text, ())


def test_other_suppressions_go_on_to_hold() -> None:
    text = with_fields(
        "category: news # newslint: ignore[NL101]\n# newslint: ignore-file[NL604]\n"
        'title: " A &amp; B\n  C"\n'
        "# newslint: ignore[NL602]\n"
        'excerpt: " A  B"\n'
        'provider:\n  name: " A\n    B"\n  domain: police.uk # newslint: ignore[NL303]\n'
    ).replace("originalUrl", "x-originalUrl")
    before = linted(text)
    result = add_suppressions(source_of(text), [found for found in before.findings if found.code != "NL998"])
    assert result.left == ()
    after = linted(result.text)
    assert Counter(found.code for found in after.findings) == Counter(
        found.code for found in before.findings if found.code == "NL998"
    )
    assert {found.fingerprint for found in after.suppressed} >= {found.fingerprint for found in before.suppressed}


def _holds(text: str, chosen: list[Finding], name: str = "article.md") -> None:
    """Check that comments for the chosen findings excuse them and their companions at most, and do nothing else."""
    before = linted(text, name)
    result = add_suppressions(source_of(text, name), chosen, "a reason")
    assert result.left == ()
    after = linted(result.text, name)
    assert data_of(result.text) == data_of(text)
    assert result.text.count("\r\n") == (result.text.count("\n") if "\r\n" in text else 0)
    wanted = {found.fingerprint for found in chosen}
    excused = {found.fingerprint for found in after.suppressed}
    told = {found.fingerprint for found in after.findings if found.code != "NL998"}
    assert wanted <= excused
    assert excused | told == {
        found.fingerprint for found in (*before.findings, *before.suppressed) if found.code != "NL998"
    }
    extra = [found for found in before.findings if found.fingerprint in excused - wanted]
    assert all(any(_are_companions(found, other) for other in chosen) for found in extra)
    assert _without_comments(result.text) == _without_comments(text)


def _are_companions(one: Finding, other: Finding) -> bool:
    """Tell whether no comment can excuse one finding without the other: one rule, and one line, field or opening."""
    first = all(found.line == 1 or found.field == "/category" for found in (one, other))
    return one.code == other.code and (one.line == other.line or one.field == other.field or first)


def _without_comments(text: str) -> str:
    kept: list[str] = []
    for line in text.splitlines(keepends=True):
        content = line.rstrip("\r\n")
        before, found, _ = content.partition("# newslint: ignore")
        if not found:
            kept.append(line)
        elif before.strip():
            kept.append(before.rstrip() + line[len(content) :])
    return "".join(kept)


def _articles() -> list[str]:
    return sorted(path.name for path in (CORPUS / "_news").glob("*.md"))


@needs_corpus
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_all_findings_of_real_articles_can_be_excused(line_end: str) -> None:
    seen = 0
    for name in _articles():
        text = (CORPUS / "_news" / name).read_bytes().decode().replace("\n", line_end)
        findings = list(linted(text, name).findings)
        if findings and (line_end == "\n" or seen < 40):
            seen += 1
            _holds(text, findings, name)
    assert seen >= 40


_FAULTY = st.sampled_from(
    ["Q&amp;A", "A  B", "A title", " edge ", "\u00e9 &nbsp; x", "a: b", "x # y", "it's", 'say "so"']
)
_LINES = st.lists(
    st.sampled_from(["Q&amp;A", "A  B", "words", "x &amp; y", "- item", "# no comment"]), min_size=1, max_size=3
)


@st.composite
def _values(draw: st.DrawFn, indent: str) -> str:
    """Return a value of one of many styles, as it is written behind a key at some indentation."""
    style = draw(
        st.sampled_from(["double", "single", "plain", "below", "folded quote", "plain lines", "literal", "folded"])
    )
    deeper = f"{indent}  "
    comment = draw(st.sampled_from(["", "", "  # sic", " # newslint: ignore[NL609]", " #"]))
    if style in ("double", "single", "below"):
        text = draw(_FAULTY)
        quoted = "'" + text.replace("'", "''") + "'" if style == "single" else '"' + text.replace('"', '\\"') + '"'
        return (f"\n{deeper}{quoted}" if style == "below" else f" {quoted}") + comment + "\n"
    lines = [line for line in draw(_LINES) if line[0] not in "-#"] or ["words"]
    if style == "plain":
        return f" {lines[0]}{comment}\n"
    joined = f"\n{deeper}".join(lines)
    if style == "plain lines":
        return f" {joined}{comment}\n"
    if style == "folded quote":
        return f' "{joined}"{comment}\n'
    block = f"\n{deeper}".join(draw(_LINES))
    header = ("|" if style == "literal" else ">") + draw(st.sampled_from(["", "-", "+"]))
    return f" {header}{comment if comment != ' #' else ''}\n{deeper}{block}\n" + draw(
        st.sampled_from(["", "\n", "\n\n"])
    )


@st.composite
def _documents(draw: st.DrawFn) -> str:
    parts = [
        f"category:{draw(_values(''))}" if draw(st.booleans()) else "category: news\n",
        f"title:{draw(_values(''))}",
        f"excerpt:{draw(_values(''))}",
        "publishedDateTime: 2024-01-24T15:00:00Z\n",
        "".join(draw(st.sampled_from(["", 'originalUrl: "https://www.bbc.com/news/1"\n', "originlUrl: x\n"]))),
        'webUrl: "http://www.bbc.com/news/1"\n' if draw(st.booleans()) else "",
        "type: article\n",
        f"provider:\n  name:{draw(_values('  '))}  domain: bbc.com\n",
        "topics:\n" + "".join(f"  -{draw(_values('  '))}" for _ in range(draw(st.integers(1, 3)))),
        'secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="\n',
    ]
    if draw(st.booleans()):
        parts.insert(0, draw(st.sampled_from(["# words\n", "\n", "# words\n\n"])))
    if draw(st.booleans()):
        parts[3], parts[6] = parts[6], parts[3]
    text = "---\n" + "".join(parts) + "---\n"
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@settings(max_examples=100, deadline=None)
@given(_documents(), st.data())
def test_any_choice_of_findings_can_be_excused(text: str, data: st.DataObject) -> None:
    findings = [found for found in linted(text).findings if found.code != "NL998"]
    if any(found.code == "NL005" for found in findings):
        return
    chosen = (
        data.draw(st.lists(st.sampled_from(findings), unique_by=lambda found: found.fingerprint)) if findings else []
    )
    _holds(text, chosen)


def test_a_finding_of_one_line_is_excused_in_the_whole_file() -> None:
    text = with_fields('title: "A &amp; B"\nexcerpt: "C &amp; D"\n')
    (first, _) = linted(text).findings
    result = add_suppressions(source_of(text), [first], "why", whole_file=True)
    assert result.left == ()
    assert result.text == text.replace("---\n", "---\n# newslint: ignore-file[NL604] why\n", 1)
    assert linted(result.text).findings == ()
    again = add_suppressions(source_of(result.text), [first], whole_file=True)
    assert again.text == result.text
