"""Comments excuse what they are meant for and nothing else, and those that excuse nothing are told."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from newslint.document import events
from newslint.document.document import Document
from newslint.document.source import Fences, decode, find_fences
from newslint.engine.linter import Linted, lint_bytes
from newslint.engine.parsing import Parsed, parse_suppressions
from newslint.engine.plan import Plan
from newslint.engine.suppressions import NO_SUPPRESSIONS, Entry, Suppressions
from newslint.finding import Finding, Retext, Violation
from newslint.rules.rule import ERROR, Options, Rule
from newslint.rules.selection import Layer
from newslint.run.choices import Choices
from newslint.run.runner import Runner
from newslint.settings import Settings
from tests.conftest import BASE, NOW, ROOT, with_fields

IDS = "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"


def plan_of(**layer: object) -> Plan:
    selection = Layer(**layer)  # type: ignore[arg-type]
    return Runner(Settings(ROOT), Choices(now=NOW, selection=selection)).plan


def linted(text: str, plan: Plan | None = None) -> Linted:
    return lint_bytes("article.md", text.encode(), plan or plan_of())


def shown(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{found.line} {found.code}" for found in findings]


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{found.line}:{found.column}-{found.end_column} {found.message}" for found in findings]


def parsed(text: str) -> Parsed | None:
    source, _ = decode("article.md", text.encode())
    fences = find_fences(source)
    assert isinstance(fences, Fences)
    return parse_suppressions(Document("article.md", events.read(source, fences.yaml), source, fences))


TITLES = {
    "at the end of the line": 'title: "Q&amp;A" # newslint: ignore[NL604] reason\n',
    "without blanks": 'title: "Q&amp;A" #newslint:ignore[NL604]\n',
    "with more blanks": 'title: "Q&amp;A" #  newslint : ignore [ NL604 , ] reason\n',
    "by its name": 'title: "Q&amp;A" # newslint: ignore[html-entity]\n',
    "by its family": 'title: "Q&amp;A" # newslint: ignore[NL6]\n',
    "with all others": 'title: "Q&amp;A" # newslint: ignore[ALL]\n',
    "behind another comment": 'title: "Q&amp;A" # sic # newslint: ignore[NL604]\n',
    "beside another instruction": 'title: "Q&amp;A" # newslint: ignore-file[NL604] # newslint: ignore[NL604]\n',
    "above": '# newslint: ignore[NL604] reason\ntitle: "Q&amp;A"\n',
    "above, indented": '    # newslint: ignore[NL604] reason\ntitle: "Q&amp;A"\n',
    "above, with a word between": '# newslint: ignore[NL604]\n# see the minutes\ntitle: "Q&amp;A"\n',
    "above a value below its key": '# newslint: ignore[NL604]\ntitle:\n  "Q&amp;A"\n',
    "at the key of a value below it": 'title: # newslint: ignore[NL604]\n  "Q&amp;A"\n',
    "between key and value": 'title:\n  # newslint: ignore[NL604]\n  "Q&amp;A"\n',
    "above a quote of two lines": '# newslint: ignore[NL604]\ntitle: "A title\n  of Q&amp;A"\n',
    "behind a quote of two lines": 'title: "Q&amp;A is\n  a title" # newslint: ignore[NL604]\n',
    "above single quotes of three lines": "# newslint: ignore[NL604]\ntitle: 'A title\n\n  of Q&amp;A'\n",
    "above a plain value of two lines": "# newslint: ignore[NL604]\ntitle: A title\n  of Q&amp;A\n",
    "behind a plain value of two lines": "title: Q&amp;A is\n  a title # newslint: ignore[NL604]\n",
    "above a block": "# newslint: ignore[NL604]\ntitle: |\n  A title\n\n  of Q&amp;A\n",
    "on the header of a block": "title: >- # newslint: ignore[NL604]\n  A title\n  of Q&amp;A\n",
    "for the whole file": '# newslint: ignore-file[NL604]\n\ntitle: "Q&amp;A"\n',
    "for the whole file, elsewhere": 'title: "Q&amp;A"\nexcerpt: Words # newslint: ignore-file[NL604]\n',
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("fields", TITLES.values(), ids=TITLES)
def test_a_comment_excuses_what_it_names(fields: str, line_end: str) -> None:
    fields = "category: news\n" + fields
    text = with_fields(fields).replace("\n", line_end)
    without = linted(text, plan_of(ignore=["NL603"]))
    assert shown(without.findings) == []
    assert {found.code for found in without.suppressed} == {"NL604"}
    # The same text without the comment has the finding: nothing else has kept it silent.
    bare = "".join(line for line in text.replace("newslint", "nothing").splitlines(keepends=True))
    assert "NL604" in {found.code for found in linted(bare).findings}


def test_stacked_comments_all_count() -> None:
    fields = (
        '# newslint: ignore[NL604] one\n# newslint: ignore[NL602] two\ntitle: " Q&amp;A" # newslint: ignore[NL603]\n'
    )
    result = linted(with_fields("category: news\n" + fields.replace("NL603", "NL601, NL602")))
    assert shown(result.findings) == ["5 NL998"]
    assert shown(result.suppressed) == ["5 NL602", "5 NL604"]


MISSING = "".join(line for line in BASE.splitlines(keepends=True) if "originalUrl" not in line)


@pytest.mark.parametrize(
    "text",
    [
        MISSING.replace("category", "# newslint: ignore[NL101]\ncategory"),
        MISSING.replace("category", "# newslint: ignore[NL101]\n\ncategory"),
        MISSING.replace("category", "\n# newslint: ignore[NL101]\n# more\ncategory"),
        MISSING.replace("category: news", "category: news # newslint: ignore[NL101]"),
        MISSING.replace("category: news", "# words\ncategory: news # newslint: ignore[NL101]"),
        MISSING.replace("category: news", "category:\n  news # newslint: ignore[NL101]"),
    ],
)
def test_what_is_found_at_the_opening_is_excused_at_the_first_field(text: str) -> None:
    result = linted(text)
    assert (shown(result.findings), shown(result.suppressed)) == ([], ["1 NL101"])


def test_a_later_line_does_not_excuse_the_opening() -> None:
    result = linted(MISSING.replace("type: article", "type: article # newslint: ignore[NL101]"))
    assert shown(result.findings) == ["1 NL101", "7 NL998"]


def test_a_comment_is_about_its_line_alone() -> None:
    fields = 'title: "Q&amp;A"\n# newslint: ignore[NL604]\nexcerpt: "A &amp; B"\n'
    result = linted(with_fields(fields))
    assert shown(result.findings) == ["3 NL604"]
    assert shown(result.suppressed) == ["5 NL604"]


def test_items_and_related_articles_have_lines_of_their_own() -> None:
    related = """\
related:
  - title: "Trial &amp; error" # newslint: ignore[NL604]
    excerpt: "Words."
    publishedDateTime: 2024-01-29T06:18:00Z
    webUrl: "https://www.bbc.com/news/1"
    type: article
    provider: # newslint: ignore[NL101]
      domain: bbc.com
"""
    result = linted(with_fields('topics:\n  # newslint: ignore[NL602]\n  - " AI"\n' + related))
    assert shown(result.findings) == []
    assert [found.field for found in result.suppressed] == ["/topics/0", "/related/0/title", "/related/0/provider/name"]


NO_COMMENTS = {
    "in quotes": 'title: "Q&amp;A # newslint: ignore[NL604]"\n',
    "in a block": "title: |-\n  Q&amp;A # newslint: ignore[NL604]\n",
    "in quotes of two lines": 'title: "Q&amp;A\n  # newslint: ignore[NL604]\n  and more"\n',
    "without a blank before": "title: Q&amp;A#newslint:ignore[NL604]\n",
    "behind another word": 'title: "Q&amp;A" # see page#newslint: ignore[NL604]\n',
    "for another linter": 'title: "Q&amp;A" # newslinter: ignore[NL604], newslint-x: ignore[NL604]\n',
    "about newslint": 'title: "Q&amp;A" # newslint ignores this, see newslint/issues, my-newslint: ignore[NL604]\n',
}


@pytest.mark.parametrize("fields", NO_COMMENTS.values(), ids=NO_COMMENTS)
def test_only_real_comments_for_newslint_count(fields: str) -> None:
    result = linted(with_fields(fields), plan_of(select=["NL604", "NL998"]))
    assert [found.code for found in result.findings] == ["NL604"]
    assert result.suppressed == ()


def test_the_body_has_no_comments() -> None:
    text = with_fields('title: "Q&amp;A"\n') + "# newslint: ignore-file[NL604]\n"
    assert shown(linted(text).findings) == ["3 NL604"]


RULES_IN_BRACKETS = 'Write "ignore[...]" for the line or "ignore-file[...]" for the file, with rules in the brackets'
CODES_OR_NAMES = "Write codes or names of rules between the brackets, or delete the comment"
LISTS_THEM = 'Write the code or the name of a rule ("newslint rules" lists them)'
NO_RULES = "the comment does not say which rules it ignores"
MANDATORY = "cannot be suppressed: where it is found, the file is not checked in full"
FAULTS = [
    ("ignore", f"13-19 {NO_RULES}", 'Write rules in brackets, as in "ignore[NL602]"'),
    ("ignore NL602, html-entity sic", f"13-19 {NO_RULES}", 'Write "ignore[NL602, html-entity]"'),
    ("ignore: NL602", f"13-19 {NO_RULES}", 'Write "ignore[NL602]"'),
    ("ignore-file", f"13-24 {NO_RULES}", 'Write rules in brackets, as in "ignore-file[NL602]"'),
    ("ignore[]", "19-21 the list of rules is empty", CODES_OR_NAMES),
    ("ignore[ , ] x", "19-24 the list of rules is empty", CODES_OR_NAMES),
    ("ignore[NL602 x", "19-27 the list of rules is not closed", 'Write "]" after the last rule'),
    ("ignor[NL602]", '13-18 newslint does not know "ignor" (did you mean "ignore"?)', RULES_IN_BRACKETS),
    ("disable[NL602]", '13-20 newslint does not know "disable"', RULES_IN_BRACKETS),
    ("", "3-12 the comment says nothing to newslint", RULES_IN_BRACKETS),
    ("ignore[NL6022]", '20-26 "NL6022" is no rule (did you mean "NL602"?)', LISTS_THEM),
    ("ignore[html-entities]", '20-33 "html-entities" is no rule (did you mean "html-entity"?)', LISTS_THEM),
    ("ignore[NL99]", '20-24 "NL99" is no rule (did you mean "NL998"?)', LISTS_THEM),
    ("ignore[NL602 NL604]", '20-31 "NL602 NL604" is no rule', "Put a comma between the rules"),
    ("ignore[NL005]", f"20-25 NL005 (yaml-syntax) {MANDATORY}", "Delete the comment"),
    ("ignore-file[internal-error]", f"25-39 NL999 (internal-error) {MANDATORY}", "Delete the comment"),
]


@pytest.mark.parametrize(("comment", "message", "hint"), FAULTS, ids=[fault[0] or "nothing" for fault in FAULTS])
def test_a_comment_that_is_written_wrongly_is_told(comment: str, message: str, hint: str) -> None:
    found = linted(with_fields(f"category: news\n# newslint: {comment}\n")).findings
    assert messages(found) == [f"3:{message}"]
    assert (found[0].code, found[0].field, found[0].severity.value, found[0].hint) == ("NL998", "", "warning", hint)


def test_a_missing_colon_is_told() -> None:
    (found,) = linted(with_fields("type: article # newslint ignore[NL602] x\n")).findings
    assert messages((found,)) == ['8:17-25 the colon after "newslint" is missing, so this comment ignores nothing']
    assert found.hint == 'Write "# newslint: ignore[NL602] x"'


def test_a_comment_above_nothing_is_told() -> None:
    text = with_fields("type: article\n# newslint: ignore[NL602]\n\n").replace(
        '=="\n---', '=="\n  # newslint: ignore[NL602]\n---'
    )
    found = linted(text).findings
    message = "no field follows on the next line, so this comment ignores nothing"
    assert messages(found) == [f"9:1-26 {message}", f"30:3-28 {message}"]
    assert (
        found[0].hint == "Put it right above the field, without a blank line between, or at the end of the field's line"
    )


UNUSED = [
    ("type: article # newslint: ignore[NL602] x\n", "8:34-39 there is no NL602 (edge-whitespace) on line 8 to ignore"),
    ("type: article # newslint: ignore[html-entity]\n", "8:34-45 there is no NL604 (html-entity) on line 8 to ignore"),
    ("type: article # newslint: ignore[NL6]\n", "8:34-37 there is no finding of NL6 on line 8 to ignore"),
    ("type: article # newslint: ignore[ALL]\n", None),
    ("type: article # newslint: ignore[NL9]\n", None),
    ("type: article # newslint: ignore[NL803]\n", None),
    (
        "type: # newslint: ignore[NL602]\n  article\n",
        "8:26-31 there is no NL602 (edge-whitespace) on lines 8 to 9 to ignore",
    ),
    (
        "type: article # newslint: ignore-file[NL602]\n",
        "8:39-44 there is no NL602 (edge-whitespace) in this file to ignore",
    ),
    (
        "category: news # newslint: ignore[NL602]\n",
        "2:35-40 there is no NL602 (edge-whitespace) on lines 1 to 2 to ignore",
    ),
]


@pytest.mark.parametrize(("fields", "message"), UNUSED)
def test_what_excuses_nothing_is_told(fields: str, message: str | None) -> None:
    found = linted(with_fields(fields)).findings
    assert messages(found) == ([message] if message else [])


def test_every_unused_code_is_told_and_the_used_one_is_not() -> None:
    found = linted(with_fields('title: " AI" # newslint: ignore[NL601, edge-whitespace, NL604] x\n')).findings
    assert messages(found) == [
        "3:33-38 there is no NL601 (blank-text) on line 3 to ignore",
        "3:57-62 there is no NL604 (html-entity) on line 3 to ignore",
    ]
    assert [finding.hint for finding in found] == ["Delete NL601 from the list", "Delete NL604 from the list"]


def test_one_rule_twice_is_told_once_more() -> None:
    found = linted(with_fields('title: "Q&amp;A" # newslint: ignore[NL604, NL604, html-entity, NL6]\n')).findings
    assert messages(found) == [
        "3:44-49 NL604 is in the list twice",
        "3:51-62 html-entity is NL604, which is in the list already",
    ]


@pytest.mark.parametrize("selection", [{"select": ["NL604", "NL998"]}, {"ignore": ["NL602"]}, {"ignore": ["NL998"]}])
def test_only_rules_that_ran_can_be_unused(selection: dict[str, list[str]]) -> None:
    text = with_fields("type: article # newslint: ignore[NL602, NL999]\n".replace(", NL999", ""))
    assert linted(text, plan_of(**selection)).findings == ()


def test_a_family_needs_all_its_rules_but_those_that_are_off() -> None:
    text = with_fields("type: article # newslint: ignore[NL8]\n")
    assert shown(linted(text).findings) == ["8 NL998"]
    assert shown(linted(text, plan_of(extend_select=["NL803"])).findings) == ["8 NL998"]
    assert shown(linted(text, plan_of(ignore=["NL801"])).findings) == []


@pytest.mark.parametrize(
    "fields",
    [
        "type: article # newslint: ignore[NL602, NL998]\n",
        "type: article # newslint: ignore[NL602] # newslint: ignore[unused-suppression]\n",
        "type: article # newslint: disable # newslint: ignore[NL998]\n",
        "category: news\n# newslint: ignore[NL998]\ntitle: A title # newslint: ignore[NL602]\n",
        "type: article # newslint: ignore[NL602]\nquality: 39 # newslint: ignore-file[NL998]\n",
        "type: article # newslint: ignore[NL998]\n",
    ],
)
def test_nl998_excuses_itself_where_it_is_named(fields: str) -> None:
    assert linted(with_fields(fields)).findings == ()


@pytest.mark.parametrize("selector", ["ALL", "NL", "NL9"])
def test_nl998_is_no_part_of_a_family(selector: str) -> None:
    found = linted(with_fields(f"type: article # newslint: disable # newslint: ignore[{selector}]\n")).findings
    assert [finding.message for finding in found] == ['newslint does not know "disable"']


def _fails(document: Document, options: Options) -> Iterator[Violation]:
    raise KeyError("title")
    yield


def test_after_a_rule_has_failed_nothing_is_called_unused() -> None:
    text = with_fields('title: "Q&amp;A" # newslint: ignore[NL604, NL602, NL6022, NL901]\n')
    plan = plan_of()
    failing = Rule("NL602", "edge-whitespace", ERROR, "", _fails)
    checks = tuple((failing, options) if rule.code == "NL602" else (rule, options) for rule, options in plan.checks)
    result = linted(text, plan._replace(checks=checks))
    assert shown(result.findings) == ["1 NL999", "3 NL998"]
    assert (len(result.suppressions.entries), result.unused) == (1, ())


def test_a_file_that_is_not_read_has_no_suppressions() -> None:
    text = BASE.replace("type: article", "type: [article # newslint: ignore[NL005, NL602]")
    assert {found.code for found in linted(text).findings} == {"NL005"}


def test_what_is_silent_stays_silent_and_what_is_excused_keeps_others_silent() -> None:
    fields = "provider:\n  name: Met\n  domain: Police.UK # newslint: ignore[NL304]\n"
    result = linted(with_fields(fields))
    assert (shown(result.findings), shown(result.suppressed)) == ([], ["15 NL304"])


@pytest.mark.parametrize(
    "comment", ["# newslint: ignore[NL602]", "#newslint: ignore[NL602]", "#AI # newslint: ignore[NL012]"]
)
def test_a_comment_behind_a_plain_text_is_no_part_of_it(comment: str) -> None:
    result = linted(with_fields(f"title: Sharp reply {comment}\n"), plan_of(select=["NL012", "NL998"]))
    assert result.findings == ()


def test_the_limit_counts_what_is_told() -> None:
    fields = 'title: "Q&amp;A" # newslint: ignore[NL604]\nexcerpt: " A  &amp; B"\n'
    result = linted(with_fields(fields), plan_of()._replace(max_findings=2))
    assert (shown(result.findings), result.truncated) == (["4 NL602", "4 NL604"], True)
    result = linted(with_fields(fields), plan_of()._replace(max_findings=3))
    assert (len(result.findings), result.truncated, shown(result.suppressed)) == (3, False, ["3 NL604"])
    unused = fields.replace("[NL604]", "[NL604, NL605, nl605]")
    result = linted(with_fields(unused), plan_of()._replace(max_findings=4))
    assert (len(result.findings), result.truncated) == (4, True)
    result = linted(with_fields(unused), plan_of()._replace(max_findings=5))
    assert (len(result.findings), result.truncated) == (5, False)


def test_what_is_excused_uses_up_no_limit() -> None:
    items = "".join(f'  - " {number}" # newslint: ignore[NL602]\n' for number in range(5)) + '  - " AI"\n'
    result = linted(with_fields(f"topics:\n{items}"), plan_of()._replace(max_findings=2))
    assert (shown(result.findings), result.truncated, len(result.suppressed)) == (["23 NL602"], False, 2)


def test_a_suppression_changes_no_fingerprint() -> None:
    fields = 'topics:\n  - " AI"\n  - " AI"\n'
    both = linted(with_fields(fields), plan_of(select=["NL602"])).findings
    one = linted(
        with_fields(fields.replace('" AI"\n', '" AI" # newslint: ignore[NL602]\n', 1)), plan_of(select=["NL602"])
    )
    assert [found.fingerprint for found in (*one.suppressed, *one.findings)] == [found.fingerprint for found in both]


def test_the_fingerprint_of_a_comment_is_that_of_what_it_says() -> None:
    comment = "type: article # newslint: ignore[NL602, NL603] x\n"
    first = linted(with_fields(comment)).findings
    moved = linted(with_fields("quality: 40\nheat: 40\n" + comment).replace("category", "# words\ncategory")).findings
    assert len({found.fingerprint for found in first}) == 2
    assert [found.fingerprint for found in moved] == [found.fingerprint for found in first]


def _mended(text: str, number: int = 0) -> str:
    """Return the text after the repair of a wrong or unused comment: the one of the NL998 with this number."""
    result = parsed(text)
    assert result is not None
    violations = [*result.faults, *(result.unused(number) for number in range(len(result.suppressions.entries)))]
    repair = violations[number].repair
    assert repair is not None
    assert repair.safe
    assert repair.title == violations[number].hint
    (change,) = repair.changes
    assert isinstance(change, Retext)
    return text[: change.span.start] + change.text + text[change.span.end :]


REPAIRS = [
    ("type: article # newslint: ignore[NL602] reason\n", "type: article\n"),
    ("type: article   \t# newslint: ignore[NL602] reason  \n", "type: article\n"),
    ("type: article # newslint: ignore[NL602, NL603] why\n", "type: article # newslint: ignore[NL603] why\n"),
    ("type: article # newslint: ignore[NL999, NL602] why\n", "type: article # newslint: ignore[NL602] why\n"),
    ("type: article # newslint: ignore[NL602 ,NL602] why\n", "type: article # newslint: ignore[NL602] why\n"),
    ("type: article # newslint: ignore[NL602, NL999 , NL604]\n", "type: article # newslint: ignore[NL602 , NL604]\n"),
    ("type: article # sic # newslint: ignore[NL602] why\n", "type: article # sic\n"),
    (
        "type: article # newslint: ignore[NL602] # newslint: ignore[NL603]\n",
        "type: article # newslint: ignore[NL603]\n",
    ),
    ("type: article\n# newslint: ignore[NL602] reason\n", "type: article\n"),
    (
        "type: article\n# newslint: ignore[NL602] # newslint: ignore[NL603]\n",
        "type: article\n# newslint: ignore[NL603]\n",
    ),
    ("type: article\n  # newslint: ignore[NL602]\n", "type: article\n"),
    ("type: article\n# sic # newslint: ignore[NL602]\n", "type: article\n# sic\n"),
    ("type: |- # newslint: ignore[NL602]\n  article\n", "type: |-\n  article\n"),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "after"), REPAIRS)
def test_the_repair_takes_out_what_is_unused_and_nothing_else(before: str, after: str, line_end: str) -> None:
    assert _mended(with_fields(before).replace("\n", line_end)) == with_fields(after).replace("\n", line_end)


def test_the_last_of_several_is_taken_out_with_its_comma() -> None:
    text = with_fields("type: article # newslint: ignore[NL602, NL603] why\n")
    assert _mended(text, 1) == with_fields("type: article # newslint: ignore[NL602] why\n")


@pytest.mark.parametrize("comment", ["ignore", "ignore[]", "ignore[NL602", "ignore[nl602]", "disable[NL602]"])
def test_what_is_not_understood_has_no_repair(comment: str) -> None:
    result = parsed(with_fields(f"type: article # newslint: {comment}\n"))
    assert result is not None
    assert [violation.repair for violation in result.faults] == [None]


def test_a_file_without_comments_for_newslint_is_not_looked_into() -> None:
    assert parsed(with_fields('title: "newslint: ignore[NL602]"\n')) is None
    assert parsed(BASE + "# newslint: ignore[NL602]\n") is None
    assert linted(BASE).suppressions is NO_SUPPRESSIONS


def _finding(code: str, line: int) -> Finding:
    template = linted(with_fields('title: " AI"\n')).findings[0]
    return template._replace(code=code, line=line)


def test_what_excuses_the_archive_travels_as_plain_data() -> None:
    fields = (
        'title: "Q&amp;A" # newslint: ignore[NL604, NL902, NL903]\n'
        "type: article # newslint: ignore-file[NL901, ALL]\n"
        "quality: 39 # newslint: ignore[NL9]\n"
    )
    result = linted(with_fields(fields))
    assert result.findings == ()
    rows = result.suppressions.to_plain()
    assert rows == [["NL902", 3, 3, 0], ["NL903", 3, 3, 0], ["NL901", 0, 0, 0], ["ALL", 0, 0, 1], ["NL9", 9, 9, 0]]
    suppressions = Suppressions.from_plain(json.loads(json.dumps(rows)))
    assert suppressions == result.suppressions

    archive = (_finding("NL901", 7), _finding("NL902", 3), _finding("NL902", 4), _finding("NL601", 5))
    kept, suppressed, after = suppressions.apply(archive)
    assert kept == ()
    assert suppressed == archive
    told = after.unused(plan_of().codes)
    assert [result.unused[number].message for number in told] == [
        "there is no NL903 (provider-name-conflict) on line 3 to ignore",
        "there is no finding of NL9 on line 9 to ignore",
    ]
    assert [shown((result.unused[number],)) for number in told] == [["3 NL998"], ["9 NL998"]]


def test_what_is_only_for_other_rules_does_not_travel() -> None:
    result = linted(with_fields('title: "Q&amp;A" # newslint: ignore[NL604, NL6]\n'))
    assert (result.suppressions, result.unused) == (NO_SUPPRESSIONS, ())


def test_where_nl998_is_off_nothing_is_kept_to_say() -> None:
    result = linted(with_fields("type: article # newslint: ignore[NL901]\n"), plan_of(ignore=["NL998"]))
    assert len(result.suppressions.entries) == 1
    assert result.unused == ()


def test_an_entry_excuses_its_lines_only() -> None:
    suppressions = Suppressions(
        (Entry("NL902", 3, 5), Entry("NL901", 0, 0), Entry("NL903", 1, 2), Entry("NL903", 1, 1))
    )
    lines = {
        code: [line for line in range(8) if suppressions.excuse(code, line)] for code in ("NL901", "NL902", "NL903")
    }
    assert lines == {"NL901": list(range(8)), "NL902": [3, 4, 5], "NL903": [1, 2]}


@pytest.mark.parametrize(
    "rows", [[["NL901", 1, 2]], [[1, 1, 2, 0]], [["NL901", "1", 2, 0]], [["NL901", 1, True, 0]], [7]]
)
def test_what_is_no_plain_suppressions_is_refused(rows: list[list[object]]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Suppressions.from_plain(rows)


def test_a_file_full_of_comments_is_judged() -> None:
    comments = "# newslint: ignore[ALL, NL6, NL603, nl1]\n" * 4_000
    one_line = "# " + "newslint: ignore[NL6, NL1] # " * 4_000 + "\n"
    listed = f"# newslint: ignore[{'NL6, x, ' * 20_000}]\n"
    result = linted(with_fields(f'category: news\n{comments}{one_line}{listed}title: "Q&amp;A"\n'))
    assert result.truncated
    assert len(result.findings) == 1_000
    assert [found.code for found in result.suppressed] == ["NL604"]
