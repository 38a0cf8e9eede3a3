"""The three views, and the way back from each to the text as given."""

import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backend.guard.patterns import PATTERN_FILE
from backend.guard.views import TAKEN_OUT, View, folded_view, joined_view, latin_view
from backend.reference.translit import DIGRAPHS, LETTERS, latin

LETTERS_OF_FILE = yaml.safe_load(PATTERN_FILE.read_text(encoding="utf-8"))["letters"]
texts = st.text(max_size=80) | st.text(alphabet="аЉџђ12 .-/()čŽđ\u0301\u200b@Aa", max_size=80)


def views(text: str) -> dict[str, View]:
    first = latin_view(text)
    folded = folded_view(first)
    return {"latin": first, "folded": folded, "joined": joined_view(folded)}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Ђорђе Џ. Љубић", "latin", "Đorđe Dž. Ljubić"),
        ("Ђорђе Џ. Љубић", "folded", "djordje dz. ljubic"),
        ("Za\u0301molja", "latin", "Zámolja"),
        ("Za\u0301molja", "folded", "zamolja"),
        ("ČĆŽŠĐ", "folded", "cczsdj"),
        ("а\u200bб\u00adв", "latin", "abv"),
        ("１２ ٣٤ ⓹", "latin", "12 34 5"),
        ("1\t2\u00a03\u20094", "latin", "1 2 3 4"),
        ("a – b — c − d", "latin", "a - b - c - d"),
        ("060/123-45 67", "joined", "0601234567"),
        ("+381 (60) 123", "joined", "+38160123"),
        ("12 . - . 34", "joined", "12 . - . 34"),
        ("12 мај 34", "joined", "12 maj 34"),
        ("a-b 1-a", "joined", "a-b 1-a"),
        ("Пѐтар ѝ щастие", "latin", "Petar i šcastie".replace("c", "č")),
        ("", "joined", ""),
    ],
)
def test_a_view_reads_as_it_should(text: str, name: str, expected: str) -> None:
    assert views(text)[name].text == expected


def test_the_guard_and_the_code_lists_agree_on_the_alphabet() -> None:
    for small in [*LETTERS, *DIGRAPHS]:
        for letter in (small, small.upper()):
            assert latin_view(letter).text == latin(letter + "а")[:-1]


@pytest.mark.parametrize("letter", sorted(LETTERS_OF_FILE["fold"]))
def test_letters_of_neighbouring_languages_fold_as_the_file_says(letter: str) -> None:
    base = LETTERS_OF_FILE["fold"][letter]
    assert folded_view(latin_view(letter)).text == base
    assert folded_view(latin_view(letter.upper())).text == base
    assert folded_view(latin_view(unicodedata.normalize("NFD", letter))).text == base


@given(texts)
def test_every_letter_of_a_view_has_its_origin_in_order(text: str) -> None:
    for view in views(text).values():
        assert len(view.text) == len(view.starts) == len(view.ends)
        assert list(view.starts) == sorted(view.starts)
        assert list(view.ends) == sorted(view.ends)
        assert all(0 <= start < end <= len(text) for start, end in zip(view.starts, view.ends, strict=True))


@given(texts)
def test_ascii_letters_come_from_themselves(text: str) -> None:
    for letter, start, end in zip(*_parts(latin_view(text)), strict=True):
        if text[start:end].isascii() and text[start:end].isprintable():
            assert text[start:end] == letter


def _parts(view: View) -> tuple[str, list[int], list[int]]:
    return view.text, list(view.starts), list(view.ends)


@given(texts)
def test_the_latin_view_holds_no_serbian_cyrillic_and_no_other_digits(text: str) -> None:
    shown = latin_view(text).text
    assert not [letter for letter in shown if letter.lower() in {*LETTERS, *DIGRAPHS}]
    assert not [letter for letter in shown if letter.isdecimal() and letter not in "0123456789"]


@given(texts)
def test_the_folded_view_has_no_capitals_of_ours(text: str) -> None:
    assert not set(folded_view(latin_view(text)).text) & set("ABCDEFGHIJKLMNOPQRSTUVWXYZČĆŽŠĐčćžšđ")


@given(texts, st.data())
def test_origin_and_place_undo_each_other(text: str, data: st.DataObject) -> None:
    for view in views(text).values():
        if not view.text:
            continue
        first = data.draw(st.integers(0, len(view.text) - 1))
        last = data.draw(st.integers(first + 1, len(view.text)))
        start, end = view.place(*view.origin(first, last))
        assert start <= first
        assert last <= end
        assert view.origin(start, end) == view.origin(first, last)


@given(texts, st.data())
def test_taking_out_changes_nothing_else(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    spans = [tuple(sorted(span)) for span in data.draw(st.lists(st.tuples(ends, ends), max_size=4))]
    spans = [span for span in spans if span[0] < span[1]]
    for view in views(text).values():
        masked = view.without(spans)
        assert len(masked.text) == len(view.text)
        for letter, before, start, end in zip(masked.text, *_parts(view), strict=True):
            inside = any(first < end and start < last for first, last in spans)
            assert letter == (TAKEN_OUT if inside else before)


def test_a_sign_that_would_grow_eighteenfold_is_cut() -> None:
    assert len(latin_view("\ufdfa").text) == 4


def test_many_marks_on_one_letter_are_cut_and_forgotten() -> None:
    view = latin_view("a" + "\u0301" * 1000 + "b")
    assert view.text == "áb"
    assert view.origin(0, 1) == (0, 1001)
