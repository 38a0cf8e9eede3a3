"""Cyrillic is the source of every label: the Latin one comes out of it exactly, abbreviations included."""

import unicodedata

import pytest

from backend.reference.lists import LISTS
from backend.reference.translit import fold, latin

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_label_says_the_same_in_both_scripts(name: str) -> None:
    labels = [found.labels for found in LISTS[name].entries]
    assert [latin(label["sr-Cyrl"]) for label in labels] == [label["sr-Latn"] for label in labels]
    assert [fold(label["sr-Cyrl"]) for label in labels] == [fold(label["sr-Latn"]) for label in labels]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_no_label_is_empty_or_holds_stray_spaces(name: str) -> None:
    for found in LISTS[name].entries:
        for label in found.labels.values():
            assert label
            assert label == " ".join(label.split())
            assert unicodedata.is_normalized("NFC", label)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_latin_label_holds_no_cyrillic_and_the_english_one_neither(name: str) -> None:
    for found in LISTS[name].entries:
        for language in ("en", "sr-Latn"):
            assert not [c for c in found.labels[language] if "CYRILLIC" in unicodedata.name(c, "")]


def test_the_short_names_of_the_teams_agree_too() -> None:
    for team in LISTS["teams"].entries:
        assert latin(team.attributes["short_sr_cyrl"]) == team.attributes["short_sr_latn"]
