"""A spoken name is two shipped words, each its own search key in either script."""

import pytest

from backend.cases import spoken
from backend.cases.models import Case
from backend.reference.translit import fold

pytestmark = pytest.mark.pure
KINDS = ("adjectives", "nouns")


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_are_many_different_and_plain(kind: str) -> None:
    words = spoken.words(kind)
    assert len(words) >= 50
    assert len(set(words)) == len(words)
    for word in words:
        assert word.isascii()
        assert word.isalpha()
        assert fold(word) == word


def test_cyrillic_folds_to_the_name_that_is_stored() -> None:
    assert fold("Тихи јавор") == "tihi javor"
    assert {"tihi", "javor"} <= {*spoken.words("adjectives"), *spoken.words("nouns")}


def test_a_name_is_an_adjective_and_a_noun_and_fits_the_column() -> None:
    longest = max(map(len, spoken.words("adjectives"))) + 1 + max(map(len, spoken.words("nouns")))
    limit = Case._meta.get_field("spoken_name").max_length
    assert limit is not None
    assert longest <= limit
    adjective, noun = spoken.draw().split(" ")
    assert adjective in spoken.words("adjectives")
    assert noun in spoken.words("nouns")


def test_names_are_drawn_at_random() -> None:
    assert len({spoken.draw() for _ in range(200)}) > 100
