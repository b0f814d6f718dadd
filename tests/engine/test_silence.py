"""One fault gives one finding: what another finding has said already is not said again."""

from __future__ import annotations

import pytest

from tests.conftest import brief, lint, with_fields


def _codes(fields: str) -> list[str]:
    return [found.split(" ", 1)[1] for found in brief(lint(with_fields(fields)))]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # A rule that says more stands in place of the schema's keyword.
        ("quality: 201\nheat: 300\npublished: true\n", ["NL501 /quality"]),
        ("heat: -7\npublished: false\n", ["NL502 /heat"]),
        ("publishedDateTime: soon\n", ["NL201 /publishedDateTime"]),
        ("provider:\n  name: Police\n  domain: POLICE.uk\n", ["NL304 /provider/domain"]),
        # After a wrong type nothing else is said of the value, nor of what rests on it.
        ('quality: "39"\n', ["NL102 /quality"]),
        ('heat: "95"\npublished: false\n', ["NL102 /heat"]),
        ("webUrl: [x]\n", ["NL102 /webUrl"]),
        ("provider: police.uk\n", ["NL102 /provider"]),
        ("images: none\n", ["NL102 /images"]),
        # A value that YAML features keep from being judged is not judged.
        ("title: &name A title\n", ["NL007 /title"]),
        ("quality: !!int 39\n", ["NL007 /quality"]),
        ("provider: !x\n  nam: Police\n", ["NL007 /provider"]),
        # A mapping that may get fields from elsewhere lacks none.
        ("provider:\n  <<: {name: Police, domain: police.uk}\n", ["NL007 /provider/<<"]),
        # A number that no reader can use is out of range, or of the wrong type, and that is all.
        ("quality: .inf\n", ["NL105 /quality"]),
        ("title: .nan\n", ["NL102 /title"]),
        ("heat: 123456789012345678901\npublished: false\n", ["NL105 /heat"]),
        (
            'images:\n  - url: "https://a.bbc.com/x.jpg"\n    width: .inf\n    height: 576\n    isCached: true\n',
            ["NL105 /images/0/width"],
        ),
        # The scores: one fault in heat is not told of published, too.
        ("quality: 39\nheat: 2000\npublished: false\n", ["NL502 /heat"]),
        # An image of no size is not told to be small.
        (
            'images:\n  - url: "https://a.bbc.com/x.jpg"\n    width: 0\n    height: 576\n    isCached: true\n',
            ["NL401 /images/0/width"],
        ),
    ],
)
def test_one_fault_gives_one_finding(fields: str, expected: list[str]) -> None:
    assert _codes(fields) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ('quality: "39"\nheat: 2000\npublished: false\n', ["NL102 /quality", "NL502 /heat"]),
        ("title: [x]\nexcerpt: [y]\n", ["NL102 /title", "NL102 /excerpt"]),
        ("title: &a A title\ntype: podcast\n", ["NL007 /title", "NL103 /type"]),
    ],
)
def test_two_faults_give_two(fields: str, expected: list[str]) -> None:
    assert sorted(_codes(fields)) == sorted(expected)


def test_without_the_rule_the_schema_speaks() -> None:
    from newslint.rules.selection import Layer

    text = with_fields("quality: 201\nheat: 300\npublished: true\n")
    found = lint(text, selection=Layer(ignore=("NL501",)))
    assert [(finding.code, finding.message) for finding in found] == [
        ("NL105", "201 is out of range, where at most 200 is expected")
    ]
