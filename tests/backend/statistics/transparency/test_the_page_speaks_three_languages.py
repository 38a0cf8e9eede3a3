"""The page says the same in English and in Serbian in both scripts, and admits what is not recorded."""

import pytest

from backend.reference.lists import codes
from backend.reference.translit import latin
from backend.statistics.transparency import words
from backend.statistics.transparency.counting import RIGHTS
from backend.statistics.transparency.shaping import Exact, Reviewed, published

pytestmark = pytest.mark.pure
SAID = published(
    Exact(looks=6, rights={"access": 11}, team_keys=1, reviewed=(Reviewed("bor", 20, 19),)),
    bases=codes("safeguarding_bases"),
    kinds=RIGHTS,
)
PAGES = {page.language: page for page in words.pages([("2026-Q3", SAID)])}


def lines(language: str) -> dict[str, str]:
    return dict(PAGES[language].sections[0].lines)


def test_a_count_a_mask_and_a_share_are_said() -> None:
    found = lines("en")
    assert found["Break-glass looks at a case"] == "6"
    assert found["Cases erased"] == "0-4"
    assert found["Requests of persons about their data, by right: access"] == "11"
    assert found["Keys of whole teams destroyed"] == "1"
    assert found["Review of the audit done in time"] == "95 %"
    assert found["Review of the audit done in time: bor"] == "95 %"


def test_each_language_says_the_same_lines() -> None:
    assert list(PAGES) == ["sr-Latn", "sr-Cyrl", "en"]
    assert [list(lines(one).values()) for one in PAGES] == [list(lines("en").values())] * 3


def test_the_latin_script_is_the_cyrillic_one_letter_by_letter() -> None:
    assert [latin(label) for label in lines("sr-Cyrl")] == list(lines("sr-Latn"))
    assert [latin(note) for note in PAGES["sr-Cyrl"].notes] == PAGES["sr-Latn"].notes


def test_every_label_is_another_one() -> None:
    assert len(lines("en")) == len(PAGES["en"].sections[0].lines)


def test_it_admits_what_is_not_recorded() -> None:
    assert any("cannot count it" in note for note in PAGES["en"].notes)
    assert any("не бележи" in note for note in PAGES["sr-Cyrl"].notes)


def test_too_few_are_said_in_words() -> None:
    nothing = published(Exact(), bases=codes("safeguarding_bases"), kinds=RIGHTS)
    page = words.pages([("2026-Q3", nothing)])[-1]
    assert dict(page.sections[0].lines)["Review of the audit done in time"] == "too few to say"
    assert words.pages([])[-1].none == "No quarter has been counted yet."
