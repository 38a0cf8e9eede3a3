"""From Cyrillic to Latin without loss, and one key for Cyrillic, Latin and Latin without marks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reference.translit import DIGRAPHS, LETTERS, fold, latin

pytestmark = pytest.mark.pure

CYRILLIC = "".join(LETTERS) + "".join(DIGRAPHS)
cyrillic_text = st.text(alphabet=CYRILLIC + CYRILLIC.upper() + " -.,12")
small_words = st.text(alphabet=CYRILLIC + " ")


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        ("Љубав", "Ljubav"),
        ("ЉУБАВ", "LJUBAV"),
        ("љубав", "ljubav"),
        ("Његош и ЊЕГОШ", "Njegoš i NJEGOŠ"),
        ("Џеп, ЏЕП, џеп", "Džep, DŽEP, džep"),
        ("Гаџин Хан", "Gadžin Han"),
        ("КОЊ", "KONJ"),
        ("КОЊ је Коњ", "KONJ je Konj"),
        ("Љ.", "Lj."),
        ("ХИВ и ЛСД, СОС", "HIV i LSD, SOS"),
        ("ЊЉЏ", "NJLJDŽ"),
        ("инјектирање", "injektiranje"),
        ("Ђорђе Ћирић", "Đorđe Ćirić"),
        ("", ""),
        ("already Latin: č ć đ š ž", "already Latin: č ć đ š ž"),
        ("PHQ-9: 14 поена", "PHQ-9: 14 poena"),
    ],
)
def test_cyrillic_becomes_latin_exactly(cyrillic: str, expected: str) -> None:
    assert latin(cyrillic) == expected


def test_the_alphabet_has_thirty_letters_and_each_has_its_latin() -> None:
    assert len(CYRILLIC) == len(set(CYRILLIC)) == 30
    assert len({latin(letter) for letter in CYRILLIC}) == 30


@given(cyrillic_text)
def test_nothing_cyrillic_is_left(text: str) -> None:
    assert not set(latin(text)) & set(CYRILLIC + CYRILLIC.upper())


@given(cyrillic_text)
def test_latin_text_passes_unchanged(text: str) -> None:
    once = latin(text)
    assert latin(once) == once


@given(small_words, small_words)
def test_small_letters_are_translated_each_by_itself(one: str, other: str) -> None:
    assert latin(one + other) == latin(one) + latin(other)


@given(cyrillic_text)
def test_both_scripts_have_one_key(text: str) -> None:
    assert fold(text) == fold(latin(text)) == fold(text.upper())


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ђорђе", "Đorđe", "Djordje", "djordje", "ĐORĐE", "  đorđe "),
        ("Шабац", "Šabac", "Sabac", "S\u030cabac"),
        ("Бачка Паланка", "Bačka Palanka", "Backa  Palanka", "BACKA PALANKA"),
        ("Џеп", "Džep", "Dzep", "ǅep"),
        ("Љубовија", "Ljubovija", "ǈubovija", "LJUBOVIJA"),
        ("Ћуприја", "Ćuprija", "Cuprija"),
        ("Кањижа", "Kanjiža", "Kanjiza"),
    ],
)
def test_every_spelling_finds_the_same_word(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_different_words_keep_different_keys() -> None:
    assert len({fold(word) for word in ("Bor", "Zbor", "Borac", "Бара")}) == 4


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_key_has_no_stray_spaces(text: str) -> None:
    key = fold(text)
    assert key == " ".join(key.split())


@given(st.text("abcčćdđefghijklmnoprsštuvzž абвгдђежзијклљмнњопрстћуфхцчџш 0123456789"))
def test_capitals_make_no_difference_to_a_key(text: str) -> None:
    assert fold(text.upper()) == fold(text)


def test_a_long_run_of_marks_takes_no_time() -> None:
    started = time.monotonic()
    assert fold("a" + "\u0316\u0301" * 200_000) == "a"
    assert time.monotonic() - started < 5
