"""Text built to make patterns run forever is searched in seconds; a note takes milliseconds."""

import time

import pytest

from backend.guard import check
from backend.guard.patterns import patterns
from backend.guard.views import folded_view, latin_view
from backend.guard.windows import MOST_GROUPS, digit_windows

SIZE = 1_000_000
SECONDS = 30.0  # a slow machine under load; a quadratic pattern would take hours

HOSTILE = {
    "letters": "a",
    "letters without marks": "ž",
    "digits": "0",
    "numbers side by side": "061 234 5678 ",
    "single digits": "1 ",
    "digits and brackets": "1(",
    "signs": "@",
    "signs and dots": "@a.",
    "dots": "a.",
    "web": "www.",
    "streets": "ulica a ",
    "streets in one word": "ulica",
    "names": "Aaić ",
    "capitals": "Aa ",
    "initials": "A. ",
    "surnames in a row": "Petrović ",
    "companies in a row": "DOO ",
    "streets with numbers": "Petra 1 ",
    "streets without end": "ulica Petra ",
    "titles": "dr. ",
    "quotes": 'dom "Petar" ',
    "the only one": "jedina ",
    "accounts": "111-",
    "invisible": "\u200b",
    "plus": "+",
    "cyrillic": "Ђорђе Примерић је ",
    "dates": "12.05.2026 ",
    "addresses": "a@b.co ",
    "grows eighteenfold": "\ufdfa",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_much_of_one_thing_is_searched_in_bounded_time(unit: str) -> None:
    text = unit * (SIZE // 8 // len(unit.encode()))
    started = time.process_time()
    check(text)
    assert time.process_time() - started < SECONDS / 4


def test_a_megabyte_of_everything_is_searched_in_bounded_time() -> None:
    text = "".join(unit * (SIZE // len(HOSTILE) // len(unit.encode())) for unit in HOSTILE.values())
    started = time.process_time()
    check(text)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "a" * (SIZE // 2) + "@b" + ".1" * (SIZE // 4),
        "ulica a" + " " * SIZE,
        "Ab" + " " * SIZE + "Ab",
        "1" + " " * SIZE + ".",
        "a" + "\u0316\u0301" * (SIZE // 4),
        "0" + "\u200b" * (SIZE // 3) + "60 000 0000",
        "jmbg " + "9" * SIZE,
    ],
    ids=[
        "run before a sign",
        "spaces in a street",
        "spaces in a name",
        "spaces in a date",
        "marks",
        "hidden",
        "jmbg",
    ],
)
def test_a_megabyte_built_against_one_pattern_is_searched_in_bounded_time(text: str) -> None:
    started = time.process_time()
    check(text)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.id)
@pytest.mark.parametrize("unit", ["a", "A", "0", " ", ".", "-", "@", "ul.", "a.", "Aa ", "0 ", "1."])
def test_no_single_pattern_takes_more_than_linear_time(pattern: object, unit: str) -> None:
    """Four times the text may take about four times as long, not sixteen."""

    def took(length: int) -> float:
        text = unit * (length // len(unit))
        runs = []
        for _run in range(3):
            started = time.perf_counter()
            for _match in pattern.regex.finditer(text):  # type: ignore[attr-defined]
                pass
            runs.append(time.perf_counter() - started)
        return min(runs)

    small = took(10_000)
    assert took(40_000) < max(10 * small, 0.5)


def test_a_note_of_a_thousand_letters_takes_milliseconds() -> None:
    note = ("Разговор у дневном центру, договорен термин 12.10. у 9.30. " * 20)[:1000]
    check(note)  # the first call reads the patterns
    started = time.process_time()
    for _turn in range(10):
        check(note)
    assert (time.process_time() - started) / 10 < 0.2


def test_windows_are_looked_at_for_a_limited_number_of_groups() -> None:
    view = folded_view(latin_view("12 " * (MOST_GROUPS * 2)))
    starts = {start for _digits, start, _end in digit_windows(view)}
    assert len(starts) == MOST_GROUPS
