"""Serbian in two scripts and English; the neighbours read Serbian in Latin script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.language import negotiate

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", "sr-Latn"),
        ("*", "sr-Latn"),
        ("en", "en"),
        ("EN-GB", "en"),
        ("sr", "sr-Latn"),
        ("sr-RS", "sr-Latn"),
        ("sr-Cyrl", "sr-Cyrl"),
        ("sr-cyrl-RS", "sr-Cyrl"),
        ("sr-Latn-RS", "sr-Latn"),
        ("bs", "sr-Latn"),
        ("bs-Cyrl", "sr-Latn"),
        ("hr-HR", "sr-Latn"),
        ("cnr", "sr-Latn"),
        ("sh", "sr-Latn"),
        ("de, fr;q=0.9", "sr-Latn"),
        ("de, en;q=0.2", "en"),
        ("en;q=0.3, sr-Cyrl;q=0.8", "sr-Cyrl"),
        ("sr-Cyrl;q=0, en;q=0.1", "en"),
        ("en;q=2", "sr-Latn"),
        ("en;q=abc, sr-Cyrl;q=0.1", "sr-Cyrl"),
        ("en ; q=0.9 , sr-Cyrl ; q=1.0", "sr-Cyrl"),
    ],
)
def test_the_best_known_language_wins(header: str, chosen: str) -> None:
    assert negotiate(header) == chosen


@given(st.text(max_size=600))
def test_any_text_gives_one_of_the_three(header: str) -> None:
    assert negotiate(header) in {"sr-Latn", "sr-Cyrl", "en"}


def test_a_very_long_header_costs_nothing_and_gives_the_default() -> None:
    assert negotiate("x" * 100_000 + ",en") == "sr-Latn"
