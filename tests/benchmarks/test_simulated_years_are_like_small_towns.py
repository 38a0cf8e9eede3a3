"""What goes through the gate in simulation is what it claims: small counts, true intervals, consistent knowledge."""

import random
from collections import Counter
from statistics import mean

import pytest

from backend.statistics.disclosure.known import Number
from benchmarks import simulated_years as years
from benchmarks.statistics_gate import released, told

DRAWS = random.Random(11)
FACTS = years.facts_of_a_year(DRAWS)
TRUTH = years.counted(FACTS)
INSIDERS = years.insiders(FACTS, DRAWS)
OFFICE = [number for quarter in years.QUARTERS for number in years.quarterly(FACTS, quarter)]
PUBLIC = years.yearly(FACTS)


def everything() -> list[Number]:
    return [*years.rules(), *OFFICE, *PUBLIC]


def test_towns_have_about_as_many_facts_as_their_size() -> None:
    draws = random.Random(1)
    quarters = [
        Counter(fact.town for fact in years.facts_of_a_year(draws) if fact.quarter == 1) for _ in range(60)
    ]
    for town, size in years.A_QUARTER.items():
        assert mean(quarter[town] for quarter in quarters) == pytest.approx(size, rel=0.15)


def test_most_cells_of_a_quarter_are_small() -> None:
    small = [atom for atom in {atom for number in OFFICE for atom in number.atoms} if TRUTH[atom] < 5]
    assert len(small) > 200


def test_the_same_seed_gives_the_same_year() -> None:
    assert years.facts_of_a_year(random.Random(5)) == years.facts_of_a_year(random.Random(5))
    assert years.facts_of_a_year(random.Random(5)) != years.facts_of_a_year(random.Random(6))


def test_every_fact_counts_once_in_each_table() -> None:
    for table in years.DIMENSIONS:
        assert sum(count for atom, count in TRUTH.items() if atom.startswith(f"{table}|")) == len(FACTS)


def test_record_keys_run_over_all_of_them() -> None:
    keys = [fact.record_key for fact in FACTS]
    assert 0 <= min(keys) < 100
    assert 4000 < max(keys) < 4096


def test_the_true_counts_fit_every_published_number_and_rule() -> None:
    assert all(number.low <= number.value(TRUTH) <= number.high for number in everything())


def test_what_an_insider_knows_keeps_to_the_rules_too() -> None:
    for own in INSIDERS.values():
        assert all(number.low <= number.value(own) <= number.high for number in years.rules())


def test_an_insider_knows_its_share_in_many_cells() -> None:
    for most, own in zip(years.KNOWN, INSIDERS.values(), strict=True):
        assert sum(count == most for count in own.values()) > 20


def test_names_are_unique_and_rules_have_none() -> None:
    names = [number.name for number in [*OFFICE, *PUBLIC]]
    assert len(names) == len(set(names))
    assert all(not number.name for number in years.rules())


def test_the_total_of_a_town_is_the_same_number_in_every_table() -> None:
    totals = {number.name: (number.low, number.high) for number in OFFICE if number.name.endswith("|total")}
    for town in years.A_QUARTER:
        assert len({totals[f"B1:{table}|{town}|total"] for table in years.DIMENSIONS}) == 1


def test_a_quarter_counts_its_quarter_and_the_year_all_four() -> None:
    assert {atom.split("|")[1] for number in years.quarterly(FACTS, 2) for atom in number.atoms} == {"2"}
    assert {atom.split("|")[1] for number in PUBLIC for atom in number.atoms} == {"1", "2", "3", "4"}


@pytest.mark.parametrize(("each", "together"), [(49, True), (50, False)])
def test_the_two_smallest_towns_are_published_together_unless_both_have_enough(
    each: int, together: bool
) -> None:
    facts = [years.Fact(town, 1, ("HR", "unmet", "cso"), 7) for town in ("bor", "majd") for _ in range(each)]
    towns = {number.name.split("|")[1] for number in years.yearly(facts)}
    assert ("bor+majd" in towns) is together
    assert ("majd" in towns) is not together


def test_a_line_about_a_year_says_what_was_withheld_and_whether_it_passed() -> None:
    year = released(3, quarters=(2,))
    office, public = year.withheld
    assert f"withheld B {office}/176 C {public}/63" in told(year)
