"""What is said of each indicator: in three languages, shown, masked or absent; and never a number of one's own."""

import re
from typing import Any

import pytest

from backend.reference.translit import latin
from backend.statistics.indicators import registry
from backend.statistics.indicators.figures import Figure, figures
from backend.statistics.indicators.words import NOUNS
from tests.backend.statistics.indicators.documents import SHA256, cell, document, table, whole

LANGUAGES = ("en", "sr-Cyrl", "sr-Latn")
STATES = {
    "shown": whole(),
    "masked": whole(n=None, mask="0-4"),
    "withheld": whole(n=None, mask="withheld"),
    "hidden": whole(n=None, mask="<10", tier="C", period="2026"),
    "absent": document(),
}


def of(said: dict[str, Any], code: str, **wanted: str) -> list[Figure]:
    found = figures(said, number=3, sha256=SHA256, only=code)
    return [one for one in found if all(getattr(one, name) == value for name, value in wanted.items())]


def first(said: dict[str, Any], code: str, **wanted: str) -> Figure:
    return of(said, code, **wanted)[0]


@pytest.mark.parametrize("state", STATES)
def test_every_indicator_has_its_sentence_in_three_languages(state: str) -> None:
    found = list(figures(STATES[state], number=3, sha256=SHA256))
    assert list(dict.fromkeys(one.indicator for one in found)) == list(registry.registry())
    for one in found:
        assert set(one.sentence) == set(LANGUAGES)
        assert one.sentence["sr-Latn"] == latin(one.sentence["sr-Cyrl"])
        for said in one.sentence.values():
            assert (
                said.endswith("SHA-256 ab12cd34ef56).")
                or "2 of 3)." in said
                or re.search(r"2 (од|od) 3\)\.$", said)
            )
            assert not re.search(r"[{}]|None|\(\)|  | \)|\.\.", said), said


@pytest.mark.parametrize("state", ["masked", "withheld", "hidden", "absent"])
def test_no_number_is_said_that_the_document_does_not_hold(state: str) -> None:
    for one in figures(STATES[state], number=None, sha256=SHA256):
        assert one.value is None
        assert (one.numerator, one.denominator) == (None, None)
        assert one.state in {"masked", "withheld", "absent", "not_measured"}


def test_what_is_not_measured_is_said_so_whatever_the_document_holds() -> None:
    said = first(STATES["shown"], "P7").sentence
    assert "not measured. Actions with a due date are not recorded in the service (" in said["en"]
    assert "ne meri se. Radnje sa rokom" in said["sr-Latn"]


def test_a_count_is_said_with_when_where_and_out_of_what() -> None:
    said = document(table("people", [cell("bor", "total", "in_coordination", 12)]))
    assert first(said, "N1").sentence == {
        "sr-Cyrl": "У трећем тромесечју 2026. године у тиму Бор – особе у координацији: 12 особа "
        "(заштићен број; издање 3, SHA-256 ab12cd34ef56).",
        "sr-Latn": "U trećem tromesečju 2026. godine u timu Bor – osobe u koordinaciji: 12 osoba "
        "(zaštićen broj; izdanje 3, SHA-256 ab12cd34ef56).",
        "en": "In the third quarter of 2026, team Bor – people in coordination: 12 people "
        "(protected number; release 3, SHA-256 ab12cd34ef56).",
    }


@pytest.mark.parametrize(
    ("mask", "tier", "latin_", "english"),
    [
        ("0-4", "B", "0 do 4 osobe", "0 to 4 people"),
        ("<10", "C", "manje od 10 osoba", "fewer than 10 people"),
    ],
)
def test_a_masked_count_is_said_as_what_is_known_of_it(
    mask: str, tier: str, latin_: str, english: str
) -> None:
    said = document(table("people", [cell("total", "total", "new", None, mask)]), tier=tier, period="2026")
    figure = first(said, "N3")
    assert (figure.value, figure.mask, figure.state) == (None, mask, "masked")
    assert f"nove osobe: {latin_} (" in figure.sentence["sr-Latn"]
    assert f": {english} (" in figure.sentence["en"]


def shares(part: int | None, of_: int | None, *, tier: str = "B") -> Figure:
    cells = [cell("bor", "total", "accepted", part), cell("bor", "total", "answer_counts", of_)]
    return first(document(table("referral_results", cells), tier=tier, period="2026"), "P2")


@pytest.mark.parametrize(
    ("part", "whole_", "tier", "value"),
    [
        (12, 36, "B", 33),
        (15, 20, "B", 75),
        (15, 19, "B", None),
        (30, 49, "C", None),
        (30, 50, "C", 60),
        (None, 40, "B", None),
        (3, None, "B", None),
        (43, 40, "B", 100),
    ],
)
def test_a_share_stands_only_over_two_published_numbers_that_are_large_enough(
    part: int | None, whole_: int | None, tier: str, value: int | None
) -> None:
    figure = shares(part, whole_, tier=tier)
    assert figure.value == value
    assert figure.state == ("shown" if value is not None else "withheld")
    assert ("удео се не исказује" in figure.sentence["sr-Cyrl"]) == (value is None)


def test_a_share_says_of_how_many_and_in_the_right_form() -> None:
    assert ": 42 %, 13 od 31 upućivanja (" in shares(13, 31).sentence["sr-Latn"]
    assert ": 42 %, 13 of 31 referrals (" in shares(13, 31).sentence["en"]
    assert NOUNS["person"].serbian(31, after_of=True) == "особе"


@pytest.mark.parametrize(
    ("number", "forms"),
    [
        (1, "особа упућивање дан месец"),
        (2, "особе упућивања дана месеца"),
        (5, "особа упућивања дана месеци"),
        (11, "особа упућивања дана месеци"),
        (12, "особа упућивања дана месеци"),
        (21, "особа упућивање дан месец"),
        (23, "особе упућивања дана месеца"),
        (111, "особа упућивања дана месеци"),
        (0, "особа упућивања дана месеци"),
    ],
)
def test_numbers_and_nouns_agree(number: int, forms: str) -> None:
    nouns = ("person", "referral", "days", "months")
    assert " ".join(NOUNS[noun].serbian(number) for noun in nouns) == forms


def test_a_median_is_in_whole_days_or_is_not_shown() -> None:
    said = document(
        medians=[{"id": "P1", "row": "bor", "value": 4}, {"id": "P1", "row": "total", "value": None}]
    )
    told = [one.sentence["sr-Latn"] for one in of(said, "P1", part="")]
    assert "medijana 4 dana (" in told[0]
    assert "medijana se ne iskazuje (" in told[1]


def test_what_our_town_lacks_is_said_by_service() -> None:
    cells = [cell("bor", "WV", "gap", None, "0-4"), cell("bor", "total", "gap", 22)]
    told = [one.sentence["sr-Latn"] for one in of(document(table("gaps", cells)), "A8")]
    assert "nedostajuće usluge, žene i nasilje: 0 do 4 potrebe" in told[0]
    assert "nedostajuće usluge: 22 potrebe" in told[1]


def test_tables_by_age_are_no_places() -> None:
    people = table("people", [cell("total", "total", "in_coordination", 40)])
    ages = table("age_sex", [cell("lt25", "total", "in_coordination", 8)], rows="age_group", columns="sex")
    assert [one.row for one in of(document(ages, people), "N1")] == ["total"]


def test_two_towns_that_are_published_together_are_both_named() -> None:
    said = document(table("people", [cell("bor", "total", "new", 60)]), tier="C", period="2026")
    said["scope"] |= {"teams": ["majdanpek"], "groups": {"bor": ["bor", "majdanpek"]}}
    assert "U 2026. godini u timovima Bor i Majdanpek – " in first(said, "N3").sentence["sr-Latn"]


def test_a_number_without_persons_is_not_called_protected() -> None:
    count = {"id": "A4", "row": "total", "value": 0.85, "unit": "ratio"}
    said = first(document(counts=[count]), "A4").sentence
    assert ": 0,85 (broj bez podataka o osobama; " in said["sr-Latn"]
    assert ": 0.85 (no data on persons; " in said["en"]


def test_an_unknown_rate_is_of_everybody_in_coordination() -> None:
    cells = [cell("total", "total", "unknown_primary_drug", 6), cell("total", "total", "in_coordination", 60)]
    (figure,) = of(document(table("unknown_rates", cells, rows="nation")), "D2")
    assert (figure.value, figure.column, figure.denominator) == (10, "primary_drug", 60)
    assert "udeo nepoznatih vrednosti, glavna supstanca: 10 %, 6 od 60 osoba" in figure.sentence["sr-Latn"]


def test_confidence_follows_its_rule() -> None:
    known = [cell("total", "total", "unknown_sex", 20), cell("total", "total", "in_coordination", 100)]
    cells = [cell("total", "total", "women", 30), cell("total", "total", "sex_known", 45), *known]
    said = document(table("main", cells), period="2026")
    assert first(said, "W4").confidence == "fair"
    said["scope"]["not_included"] = ["sabac", "loznica", "vranje"]
    assert first(said, "W4").confidence == "weak"
    said["scope"]["not_included"] = []
    cells[1]["n"], known[0]["n"] = 400, 2
    assert first(said, "W4").confidence == "firm"
    assert first(said, "P7").confidence == ""
