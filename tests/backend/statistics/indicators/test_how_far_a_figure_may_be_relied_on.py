"""The three words of confidence, each limit from both sides; and where and when a sentence says it is."""

from typing import Any

import pytest

from backend.statistics.indicators.figures import Figure, figures
from tests.backend.statistics.indicators.documents import SHA256, cell, document, table


def only(code: str, said: dict[str, Any]) -> Figure:
    return next(iter(figures(said, number=1, sha256=SHA256, only=code)))


def women(*, of: int, unknown: int = 0, included: int = 4, missing: int = 0) -> Figure:
    cells = [
        cell("total", "total", "women", of // 2),
        cell("total", "total", "sex_known", of),
        cell("total", "total", "unknown_sex", unknown),
        cell("total", "total", "in_coordination", 1000),
    ]
    said = document(table("main", cells, rows="nation"), period="2026")
    said["scope"] |= {"teams": [f"in{at}" for at in range(included)], "not_included": ["out"] * missing}
    return only("W4", said)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"of": 40}, "firm"),
        ({"of": 39}, "fair"),
        ({"of": 19}, "weak"),
        ({"of": 40, "unknown": 100}, "firm"),
        ({"of": 40, "unknown": 101}, "fair"),
        ({"of": 40, "unknown": 300}, "fair"),
        ({"of": 40, "unknown": 301}, "weak"),
        ({"of": 40, "missing": 1}, "fair"),
        ({"of": 40, "missing": 4}, "fair"),
        ({"of": 40, "missing": 5}, "weak"),
        ({"of": 40, "included": 0, "missing": 1}, "weak"),
        ({"of": 40, "included": 0}, "weak"),
    ],
    ids=str,
)
def test_each_limit_from_both_sides(given: dict[str, int], word: str) -> None:
    assert women(**given).confidence == word


def test_a_masked_number_is_weak_and_none_is_no_word() -> None:
    masked = document(table("people", [cell("total", "total", "new", None, "0-4")]))
    assert only("N3", masked).confidence == "weak"
    assert only("N2", masked).confidence == ""


@pytest.mark.parametrize(
    ("period", "latin", "english"),
    [
        ("2026-Q1", "U prvom tromesečju 2026. godine ", "In the first quarter of 2026, "),
        ("2026-Q4", "U četvrtom tromesečju 2026. godine ", "In the fourth quarter of 2026, "),
        ("2026-H1", "U prvom polugodištu 2026. godine ", "In the first half of 2026, "),
        ("2026-H2", "U drugom polugodištu 2026. godine ", "In the second half of 2026, "),
        ("2026", "U 2026. godini ", "In 2026, "),
    ],
)
def test_a_sentence_begins_with_its_period(period: str, latin: str, english: str) -> None:
    figure = only("N1", document(period=period))
    assert figure.sentence["sr-Latn"].startswith(latin)
    assert figure.sentence["en"].startswith(english)


@pytest.mark.parametrize(
    ("row", "latin"),
    [
        ("sabac", " u timu Šabac – "),
        ("sremska-mitrovica", " u timu Sremska Mitrovica – "),
        ("total", " u svim obuhvaćenim timovima – "),
        ("a-new-team", " a-new-team – "),
    ],
)
def test_a_sentence_says_where(row: str, latin: str) -> None:
    said = document(table("people", [cell(row, "total", "new", 21)]))
    sentence = only("N3", said).sentence["sr-Latn"]
    assert latin in sentence
    assert ": 21 osoba (" in sentence


def test_a_release_that_is_not_published_says_so() -> None:
    said = document(table("people", [cell("sabac", "total", "new", 21)]))
    (figure,) = figures(said, number=None, sha256=SHA256, only="N3")
    assert "neobjavljeno izdanje, SHA-256 ab12cd34ef56" in figure.sentence["sr-Latn"]
    assert "release not published" in figure.sentence["en"]
