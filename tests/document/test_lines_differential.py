"""The accelerator and libyaml say the same: data, types, order, places and findings, on real files, mutants and heaps.

Each document that the accelerator takes is read by both. ``NEWSLINT_LONG=50 python -m pytest
tests/document/test_lines_differential.py`` tries fifty times as many mutants and small documents as the suite does.
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from newslint.document.lines import read_lines
from newslint.document.source import Fences, decode, find_fences
from newslint.engine.linter import lint_bytes
from tests.conftest import CORPUS, ROOT, default_plan, needs_corpus
from tests.document.generated import front_matters
from tests.document.line_agreement import agree, agree_on_file, agree_on_yaml
from tests.document.line_documents import ARTICLES, LONG, mutants, small_documents


def _corpus() -> list[str]:
    return [path.read_bytes().decode() for path in sorted((CORPUS / "_news").glob("*.md"))]


def _cases() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "tests" / "cases").rglob("*.md"))]


@needs_corpus
def test_all_real_articles_are_taken_and_read_alike() -> None:
    texts = _corpus()
    assert len(texts) > 600
    assert all(agree_on_file(text) for text in texts)


def test_the_cases_are_read_alike() -> None:
    taken = 0
    for content in _cases():
        source, problem = decode("a.md", content)
        fences = find_fences(source)
        taken += problem is None and isinstance(fences, Fences) and agree(source, fences.yaml)
    assert taken > 300


def test_small_documents_of_its_own_tokens_are_read_alike() -> None:
    taken = sum(agree_on_yaml(text) for text in small_documents(30_000 * LONG))
    assert taken > 8_000 * LONG


def test_mutants_of_the_projects_articles_are_read_alike() -> None:
    assert all(agree_on_file(text) for text in ARTICLES)
    assert sum(agree_on_file(text) for text in mutants(ARTICLES, 4_000 * LONG)) > 1_000 * LONG


@needs_corpus
def test_mutants_of_real_articles_are_read_alike() -> None:
    assert sum(agree_on_file(text) for text in mutants(_corpus(), 2_000 * LONG)) > 500 * LONG


@settings(max_examples=100 * LONG, suppress_health_check=[HealthCheck.too_slow])
@given(front_matters())
def test_front_matters_of_every_style_are_read_alike(content: bytes) -> None:
    source, _ = decode("a.md", content)
    fences = find_fences(source)
    if isinstance(fences, Fences):
        agree(source, fences.yaml)


class TestFindings:
    """With and without it, the whole of what one file comes to is the same."""

    @staticmethod
    def _are_the_same(content: bytes) -> bool:
        """Compare; tell whether the accelerator takes the file."""
        plan = default_plan()
        exact = plan._replace(exact=True)
        name = "2024-01-24-article.md"
        assert lint_bytes(name, content, plan) == lint_bytes(name, content, exact), content
        source, problem = decode(name, content)
        fences = find_fences(source)
        return problem is None and isinstance(fences, Fences) and read_lines(source, fences.yaml) is not None

    def test_of_the_cases(self) -> None:
        assert sum(self._are_the_same(content) for content in _cases()) > 300

    def test_of_mutants(self) -> None:
        texts = mutants(ARTICLES, 300 * LONG)
        assert sum(self._are_the_same(text.encode("utf-8", "surrogatepass")) for text in texts) > 50 * LONG

    @needs_corpus
    def test_of_real_articles(self) -> None:
        assert all(self._are_the_same(text.encode()) for text in _corpus())
