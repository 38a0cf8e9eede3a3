"""The registry of indicators agrees with the list of indicators, with the marks, and with itself."""

import pytest

from backend.reference.lists import codes
from backend.reference.translit import latin
from backend.statistics.facts import marks
from backend.statistics.indicators import registry
from backend.statistics.indicators.registry import FILE, BrokenRegistry, read
from backend.statistics.indicators.words import NOUNS, PARTS

INDICATORS = registry.registry()
TEXT = FILE.read_text(encoding="utf-8")


def test_every_code_of_the_list_is_there_exactly_once() -> None:
    assert list(INDICATORS) == list(codes("indicators"))
    assert len(INDICATORS) == 50
    assert all(TEXT.count(f"\n{code}:") == 1 for code in INDICATORS)


def test_every_mark_exists_and_stands_within_the_mark_of_which_it_is_a_share() -> None:
    parts = [part for one in INDICATORS.values() for part in one.parts]
    assert {mark for part in parts for mark in part.marks} <= marks.MARKS
    for part in parts:
        if part.kind == registry.SHARE:
            assert part.mark != part.of
            assert (part.mark, part.of) in _closed(), part


def _closed() -> set[tuple[str, str]]:
    """Which mark lies within which, over several steps too."""
    within = set(marks.PARTS)
    while more := {(a, d) for a, b in within for c, d in within if b == c} - within:
        within |= more
    return within


def test_who_counts_persons_is_told_apart_from_who_counts_services() -> None:
    for one in INDICATORS.values():
        of_persons = {registry.COUNT, registry.BY, registry.SHARE, registry.MEDIAN, registry.UNKNOWN}
        counts_persons = any(part.kind in of_persons for part in one.parts)
        assert counts_persons <= one.entry.is_yes("person_based"), one.code


def test_a_share_of_persons_has_a_smallest_denominator_in_both_tiers() -> None:
    for one in INDICATORS.values():
        if any(part.kind in {registry.SHARE, registry.UNKNOWN} for part in one.parts):
            assert (one.least_denominator("B"), one.least_denominator("C")) == (20, 50), one.code


def test_what_is_not_measured_says_why_in_three_languages() -> None:
    reasons = [
        part.reason for one in INDICATORS.values() for part in one.parts if part.kind not in registry.MEASURED
    ]
    assert len(reasons) == 16
    for reason in reasons:
        assert reason["sr-Latn"] == latin(reason["sr-Cyrl"])
        assert all(reason[language] for language in ("en", "sr-Cyrl", "sr-Latn"))


def test_every_note_of_the_list_is_a_caveat_or_a_reason() -> None:
    silent = {
        "A5",
        "A7",
        "A2",
        "X1",
        "X2",
        "P10",
        "B4",
        "W2",
        "W3",
        "W4",
        "A1g",
    }  # how it is counted, not a caveat
    for one in INDICATORS.values():
        if one.entry.attributes["note"] and one.code not in silent:
            assert one.caveat, one.code


def test_every_noun_and_part_has_its_words() -> None:
    parts = [part for one in INDICATORS.values() for part in one.parts]
    assert {part.noun for part in parts if part.noun} <= NOUNS.keys()
    assert {part.name for part in parts if part.name} == PARTS.keys()
    assert all(part.noun for part in parts if part.marks and part.kind != registry.MEDIAN)
    assert {item for one in INDICATORS.values() for item in one.items} <= codes("tdi_fields").keys()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("\nN2:", "\nN99:"), "N99"),
        (TEXT + "\nN98: {parts: [{kind: rule}]}\n", "N98"),
        (TEXT.replace("kind: count, mark: new", "kind: sum, mark: new"), "no kind"),
        (TEXT.replace("name: hiv", "name: hcv"), "two parts of one name"),
        (TEXT.replace("{kind: directory, rule: fresh}", "{kind: not_measured}"), "says why"),
    ],
    ids=["missing", "unknown", "kind", "names", "reason"],
)
def test_a_registry_that_does_not_fit_is_refused(text: str, said: str) -> None:
    with pytest.raises(BrokenRegistry, match=said):
        read(text)
