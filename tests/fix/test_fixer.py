"""The fixer: what it mends is mended for good, what it cannot prove it takes back, and all else stays to the byte."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newslint.document.document import Document
from newslint.engine.linter import lint_bytes
from newslint.engine.plan import Plan
from newslint.finding import Change, Remove, Repair, Replace, Retext, Rewrite, Severity, Span, Violation
from newslint.fix.fixer import Fixed, fix_one, fix_text
from newslint.rules import BY_CODE
from newslint.rules.rule import Options
from tests.conftest import BASE
from tests.fix.articles import article, codes, fix, plan

TITLE = '"Live facial recognition helps deliver justice in Croydon"'


def test_a_good_file_comes_back_as_it_is() -> None:
    fixed = fix(BASE)
    assert (fixed.data, fixed.mended, fixed.refused, fixed.linted.findings) == (BASE.encode(), (), (), ())


def test_all_faults_of_one_value_are_mended_in_one_go() -> None:
    fixed = fix(article(title='title: " Caf\\u00e9 &amp; bar  opens\\u200b in \\"Croydon\\"\\t" # title'))
    assert 'title: "Caf\\u00e9 & bar opens in \\"Croydon\\"" # title\n' in fixed.data.decode()
    assert codes(fixed) == ["NL602", "NL603", "NL604", "NL607"]
    assert fixed.linted.findings == ()


@pytest.mark.parametrize(
    ("line", "found"), [('title: "A&nbsp; title"', ["NL603", "NL604"]), ('title: "&nbsp; A title"', ["NL602", "NL604"])]
)
def test_a_mended_fault_that_uncovers_another_one_is_mended_in_the_next_round(line: str, found: list[str]) -> None:
    # The entity becomes a blank, which is then one of two, or stands at the edge of the text.
    fixed = fix(article(title=line))
    assert fixed.data.decode() == article(title='title: "A title"')
    assert codes(fixed) == found


def test_what_a_rule_leaves_alone_stays() -> None:
    text = article(title='title: "A &amp;nbsp; title"')
    fixed = fix(text)
    assert fixed.data == text.encode()
    assert [(finding.code, finding.fix) for finding in fixed.linted.findings] == [("NL604", None)]


@pytest.mark.parametrize(
    ("line", "after", "code"),
    [
        ("title: 2024", 'title: "2024"', "NL102"),
        ("title: 012 # title", 'title: "012" # title', "NL102"),
        ("title: No", 'title: "No"', "NL102"),
        ("title: 99999999999999999999999", 'title: "99999999999999999999999"', "NL102"),
        ('quality: "39"', "quality: 39", "NL102"),
        ("published: 'false'", "published: false", "NL102"),
        ("title: ' x'", "title: 'x'", "NL602"),
        ("title: |\n  A title \n", "title: |\n  A title\n", "NL602"),
        ("title: A  title", "title: A title", "NL603"),
        ('title: "A &quot;title&quot; \\\\ \\u00e9"', 'title: "A \\"title\\" \\\\ \\u00e9"', "NL604"),
        ("title: A &num; title", 'title: "A # title"', "NL604"),
        ("title: >-\n  Folded &amp;\n  folded", "title: >-\n  Folded &\n  folded", "NL604"),
        ('title: "Folded &amp; \\\n  continued"', 'title: "Folded & \\\n  continued"', "NL604"),
        ('publishedDateTime: "2024-01-24T15:00:00Z" # when', "publishedDateTime: 2024-01-24T15:00:00Z # when", "NL203"),
        ("publishedDateTime: 2024-01-24T16:00:00+01:00", "publishedDateTime: 2024-01-24T15:00:00Z", "NL202"),
        ("domain:   police.UK", "domain:   police.uk", "NL304"),
    ],
)  # fmt: skip
def test_safe_fixes_in_the_file(line: str, after: str, code: str) -> None:
    key = line.split(":", maxsplit=1)[0]
    indent = "  " if key == "domain" else ""
    fixed = fix(article(**{key: indent + line}))
    assert fixed.data.decode() == article(**{key: indent + after})
    assert codes(fixed) == [code]
    assert fixed.linted.findings == ()


@pytest.mark.parametrize(
    ("line", "after", "code"),
    [
        ("type: artcle", "type: article", "NL103"),
        ("type: 'Article' # kind", "type: 'article' # kind", "NL103"),
        ("title: Sharp reply #AI", 'title: "Sharp reply #AI"', "NL012"),
        ("published: true", "published: false", "NL503"),
    ],
)
def test_unsafe_fixes_are_made_only_when_asked_for(line: str, after: str, code: str) -> None:
    key = line.split(":", maxsplit=1)[0]
    text = article(**{key: line})
    assert fix(text).data == text.encode()
    fixed = fix(text, unsafe=True)
    assert fixed.data.decode() == article(**{key: after})
    assert codes(fixed) == [code]


@pytest.mark.parametrize(
    "line",
    [
        'quality: "012"',
        'quality: "1_000"',
        'quality: "39.0"',
        'quality: "thirty"',
        "quality: |\n  39",
        'published: "yes"',
        'published: "True"',
        "published: 1",
        "title:",
        "title: [x]",
        "type: advert",
        "type: |\n  artcle",
    ],
)
def test_where_nobody_knows_what_was_meant_nothing_is_mended(line: str) -> None:
    text = article(**{line.split(":", maxsplit=1)[0]: line})
    fixed = fix(text, unsafe=True)
    assert fixed.data == text.encode()
    assert {"NL102", "NL103"} & {finding.code for finding in fixed.linted.findings}
    assert not {"NL102", "NL103"} & set(codes(fixed))


def test_a_misspelt_required_key_is_mended_by_one_fix() -> None:
    text = BASE.replace("title:", "titel:")
    before = {finding.code for finding in lint_bytes("a.md", text.encode(), plan()).findings}
    assert before == {"NL101", "NL104"}
    fixed = fix(text, unsafe=True)
    assert fixed.data.decode() == BASE
    assert codes(fixed) == ["NL104"]
    assert fixed.linted.findings == ()


def test_a_field_is_not_renamed_to_one_that_is_there() -> None:
    text = BASE.replace("type: article\n", "type: article\ntyp: article\n")
    assert fix(text, unsafe=True).data == text.encode()
    # Of two that could get the name, one gets it.
    text = BASE.replace("type: article\n", "typ: article\ntyqe: article\n")
    fixed = fix(text, unsafe=True)
    assert fixed.data.decode() == text.replace("typ:", "type:")
    assert [finding.code for finding in fixed.linted.findings] == ["NL104"]


def test_only_fixable_codes_are_mended() -> None:
    text = article(title='title: " A  title"')
    fixed = fix(text, fixable=frozenset({"NL603"}))
    assert fixed.data.decode() == article(title='title: " A title"')
    assert codes(fixed) == ["NL603"]


def test_byte_order_mark_line_ends_and_body_stay_or_go_as_the_rules_say() -> None:
    crlf = article(title='title: "A  title"').replace("\n", "\r\n") + "body  with  trailing blanks  \r\n\r\nno line end"
    fixed = fix(crlf)
    assert fixed.data.decode() == crlf.replace("A  title", "A title")
    with_bom = b"\xef\xbb\xbf" + crlf.encode()
    assert fix(with_bom).data == fixed.data
    assert fix(with_bom, fixable=frozenset({"NL603"})).data == b"\xef\xbb\xbf" + fixed.data


@pytest.mark.parametrize(
    ("others", "most"),
    [(("\r\n",), "\n"), (("\n",), "\r\n"), (("\r",), "\n"), (("\r", "\n"), "\r\n"), (("\r\n", "\r"), "\n")],
)
def test_the_majority_of_line_ends_wins(others: tuple[str, ...], most: str) -> None:
    lines = (article(title='title: "One\n  two"') + "the body\nhas lines\n").split("\n")
    mixed = most.join(lines)
    for number, other in enumerate(others):
        mixed = mixed.replace(
            f"heat: 39{most}" if number else f"One{most}", f"heat: 39{other}" if number else f"One{other}"
        )
    fixed = fix(mixed)
    assert fixed.data.decode() == most.join(lines)
    assert codes(fixed) == ["NL011"]


def test_a_lone_cr_wins_no_vote() -> None:
    text = BASE + "a\rb\r" * 100
    assert fix(text).data.decode() == text.replace("\r", "\n")


def test_thousands_of_line_ends_are_one_fix() -> None:
    text = BASE + "a\r\nb\n" * 3000
    fixed = fix(text)
    assert fixed.data.decode() == text.replace("\r\n", "\n")
    assert codes(fixed) == ["NL011"]


def test_a_file_with_too_many_findings_is_left_alone_and_that_is_said() -> None:
    text = BASE.replace("  - AI\n", "".join(f'  - " Topic {number}"\n' for number in range(10_001)))
    fixed = fix_text("article.md", text.encode(), plan())
    assert (fixed.data, fixed.mended) == (text.encode(), ())
    assert [refusal.reason for refusal in fixed.refused] == ["the file has more than 10,000 findings"]


def test_a_file_that_does_not_parse_is_left_alone() -> None:
    for text in (
        b"\xef\xbb\xbf" + BASE.encode().replace(b"title: ", b'title: "'),
        b"\xef\xbb\xbf---\na: [\n---\n",
        b"x\r\ny\n",
        b"\xff",
    ):
        fixed = fix(text)
        assert fixed.data == text
        assert all(finding.fix is None for finding in fixed.linted.findings)


def test_repeated_fields_and_aliases_are_not_moved_about() -> None:
    text = BASE.replace("category: news\n", "").replace("secured:", "category: news\ncategory: news\nsecured:")
    fixed = fix(text)
    assert fixed.data == text.encode()
    text = BASE.replace("category: news\n", "").replace("heat: 39", "heat: &x 39\ncategory: news")
    assert fix(text).data == text.encode()


def test_suppressed_findings_are_not_mended() -> None:
    text = article(title='title: " A  title" # newslint: ignore[NL602] as printed')
    fixed = fix(text)
    assert fixed.data.decode() == text.replace("A  title", "A title")
    assert codes(fixed) == ["NL603"]


def test_an_unused_suppression_goes_and_the_rest_is_mended_in_the_next_round() -> None:
    text = article(title='# newslint: ignore[NL501]\ntitle: " A title"')
    fixed = fix(text)
    assert fixed.data.decode() == article(title='title: "A title"')
    assert codes(fixed) == ["NL602", "NL998"]


def test_fields_move_with_comments_and_repairs_within_them_are_made_first() -> None:
    text = (
        BASE.replace("category: news\n", "")
        .replace('secured: "', '# of the kind\ncategory: news # always\n\nsecured: "')
        .replace('title: "Live', 'title: " Live')
    )
    fixed = fix(text)
    # The blank line that was above the moved field separates the two that meet now.
    assert fixed.data.decode() == BASE.replace("category: news\n", "# of the kind\ncategory: news # always\n\n")
    assert codes(fixed) == ["NL602", "NL802"]


# What follows stands in for rules with faulty repairs: the real ones have none, and the fixer must not trust them.


def faulty(*repairs: tuple[str, tuple[str | int, ...], tuple[Change, ...]], base: Plan | None = None) -> Plan:
    """Return a plan whose rule NL602 also yields violations with the repairs given, while their value is unchanged."""
    chosen = base or plan()
    rule, options = next(check for check in chosen.checks if check[0].code == "NL602")

    def check(document: Document, options: Options) -> Iterator[Violation]:
        for value, pointer, changes in repairs:
            if document.get(pointer) == value:
                yield Violation(pointer, f"bad {value}", repair=Repair("Mend it", changes))

    own = (rule._replace(check=check), options)
    return chosen._replace(
        checks=tuple(own if rule.code == "NL602" else (rule, options) for rule, options in chosen.checks)
    )


def run(text: str, chosen: Plan) -> Fixed:
    """Fix with a plan of one's own."""
    return fix_text("article.md", text.encode(), chosen)


def test_a_fix_that_brings_a_new_error_is_taken_back() -> None:
    to_nothing = ("article", ("type",), (Replace(("type",), "advert"),))
    fine = ("news", ("category",), (Retext(Span(0, 0), "x"),))
    fixed = run(BASE, faulty(to_nothing))
    assert fixed.data == BASE.encode()
    (refusal,) = fixed.refused
    assert (refusal.finding.code, refusal.finding.field) == ("NL602", "/type")
    assert refusal.reason == 'it would bring the error NL103: "advert" is not allowed here, only "article" or "video"'
    assert fine[0] == "news"


def test_one_bad_fix_among_good_ones_is_taken_back_alone() -> None:
    bad = ("article", ("type",), (Replace(("type",), "advert"),))
    good = [
        (39, ("quality",), (Replace(("quality",), 38),)),
        ("Computer Vision", ("topics", 0), (Replace(("topics", 0), "Robotics"),)),
        ("AI", ("topics", 1), (Rewrite(("topics", 1), ((2, 2, "!"),)),)),
    ]
    fixed = run(BASE, faulty(*good[:2], bad, good[2]))  # type: ignore[arg-type]
    expected = (
        BASE.replace("quality: 39", "quality: 38").replace("Computer Vision", "Robotics").replace("- AI", "- AI!")
    )
    assert fixed.data.decode() == expected
    assert [refusal.finding.field for refusal in fixed.refused] == ["/type"]
    assert sorted(finding.field for finding in fixed.mended) == ["/quality", "/topics/0", "/topics/1"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ((Retext(Span(4, 12), "kategorie"),), "the data would not be what it should be"),
        ((Retext(Span(4, 12), "category:"),), "the data would not be what it should be"),
        ((Retext(Span(14, 18), '"news"'),), "another value would be written in another style"),
        ((Retext(Span(0, 3), "--"),), "the file would no longer parse"),
        ((Retext(Span(14, 18), "[news"),), "the file would no longer parse"),
    ],
)
def test_a_fix_that_does_something_else_is_taken_back(changes: tuple[Change, ...], reason: str) -> None:
    fixed = run(BASE, faulty(("news", ("category",), changes)))
    assert fixed.data == BASE.encode()
    assert [refusal.reason for refusal in fixed.refused] == [reason]


def test_a_fix_that_loses_a_comment_is_taken_back() -> None:
    text = BASE.replace("category: news\n", "category: news # always\n# of the kind\n")
    value = text.index("news"), text.index("news") + 4
    lost = (Rewrite(("category",), ((0, 4, "news"),)), Retext(Span(value[1], value[1] + 9), ""))
    fixed = run(text, faulty(("news", ("category",), lost)))
    # The comment is what the change names: it may go.
    assert fixed.data.decode() == text.replace(" # always", "")
    wrong = (Retext(Span(value[1], value[1] + 9), " # never # more\n# and more"),)
    fixed = run(text, faulty(("news", ("category",), wrong)))
    assert [refusal.reason for refusal in fixed.refused] == ["a comment would be lost"]


def test_fixes_that_undo_each_other_end() -> None:
    there = (39, ("quality",), (Replace(("quality",), 38),))
    back = (38, ("quality",), (Replace(("quality",), 39),))
    fixed = run(BASE, faulty(there, back))  # type: ignore[arg-type]
    assert fixed.data.decode() == BASE.replace("quality: 39", "quality: 38")
    assert [refusal.reason for refusal in fixed.refused] == ["the fixes of this file undo each other"]


def test_fixes_that_never_end_are_ended() -> None:
    endless = [(number, ("quality",), (Replace(("quality",), number - 1),)) for number in range(39, 0, -1)]
    fixed = run(BASE, faulty(*endless))  # type: ignore[arg-type]
    assert fixed.data.decode() == BASE.replace("quality: 39", "quality: 29")
    assert len(fixed.mended) == 10


def test_many_bad_fixes_do_not_take_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    text = BASE.replace("  - AI\n", "  - AI\n" + "".join(f"  - Topic {number}\n" for number in range(130)))
    bad = [(f"Topic {number}", ("topics", number + 2), (Replace(("topics", number + 2), 5),)) for number in range(130)]
    good = ("Computer Vision", ("topics", 0), (Replace(("topics", 0), "Robotics"),))
    calls = 0

    def counted(path: str, data: bytes, chosen: Plan) -> object:
        nonlocal calls
        calls += 1
        return lint_bytes(path, data, chosen)

    monkeypatch.setattr("newslint.fix.fixer.lint_bytes", counted)
    fixed = run(text, faulty(*bad, good))
    assert calls <= 104
    assert len(fixed.refused) >= 40


def test_an_error_that_the_mended_fault_had_hidden_is_no_reason_to_take_it_back() -> None:
    # As a number it is no domain at all; as text it is not the one that the addresses are on.
    fixed = fix(article(domain="  domain: 5"))
    assert '  domain: "5"\n' in fixed.data.decode()
    assert codes(fixed) == ["NL102"]
    assert {finding.severity for finding in fixed.linted.findings} >= {Severity.ERROR}
    fixed = fix(article(domain="  domain: BBC.com"))
    assert "  domain: bbc.com\n" in fixed.data.decode()
    assert {finding.code for finding in fixed.linted.findings} == {"NL303"}


def test_errors_that_an_unknown_key_had_hidden_are_no_reason_either() -> None:
    text = BASE.replace("heat: 39", "heatt: 390").replace("published: false", "published: false")
    fixed = fix(text, unsafe=True)
    assert "heat: 390\n" in fixed.data.decode()
    assert {finding.code for finding in fixed.mended} == {"NL104", "NL503"}


def test_an_error_that_nothing_had_hidden_is_a_reason() -> None:
    # NL602 hides nothing that is said of the provider's domain.
    fixed = run(BASE, faulty(("police.uk", ("provider", "domain"), (Replace(("provider", "domain"), "bbc.com"),))))
    assert fixed.data == BASE.encode()
    assert fixed.refused[0].reason.startswith("it would bring the error NL303: ")
    assert "NL602" not in BY_CODE["NL303"].silent_after


def test_removed_items_move_the_errors_behind_them_and_bring_none() -> None:
    text = BASE.replace("  - Computer Vision\n  - AI\n", "  - AI\n  - Computer Vision\n  - 5\n  - ''\n")
    removal = ("AI", ("topics", 0), (Remove(("topics", 0)),))
    fixed = run(text, faulty(removal, base=plan()))
    assert b"- AI" not in fixed.data
    assert fixed.refused == ()
    assert b'- "5"\n' in fixed.data


def test_one_finding_is_mended_alone_safe_or_not_and_only_where_that_is_proven() -> None:
    text = article(title='title: " A &amp; B"', heat="heat: 95")
    data = text.encode()
    wanted = {"NL602": ('" A', '"A'), "NL604": ("&amp;", "&"), "NL503": ("published: false", "published: true")}
    found = {finding.code: finding for finding in lint_bytes("article.md", data, plan()).findings}
    assert found.keys() == wanted.keys()
    for code, (before, after) in wanted.items():
        assert fix_one("article.md", data, plan(), found[code]) == text.replace(before, after).encode()
    # It is a finding of these bytes or none.
    assert fix_one("article.md", data.replace(b"category", b"\ncategory"), plan(), found["NL602"]) is None
    assert fix_one("article.md", data.replace(b"heat", b"heat: [", 1), plan(), found["NL602"]) is None
