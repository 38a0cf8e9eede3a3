"""The coded facts of invented people fit together, item by item."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cases import classes, items
from backend.cases.items import ItemValue
from backend.demo.profiles import (
    AGE_WEIGHTS,
    AGES,
    DRUG_WEIGHTS,
    DRUGS,
    EARLIEST_YEAR,
    FIRST_USE,
    OPIOIDS,
    profile,
)
from backend.reference.lists import code_exists, codes, entry

pytestmark = pytest.mark.pure
YEAR = 2026
chances = st.integers(0, 10**9)


def drawn(chance: int, year: int = YEAR) -> dict[str, ItemValue]:
    return profile(Random(chance), year=year)


@given(chances)
def test_the_same_chance_draws_the_same_person(chance: int) -> None:
    assert drawn(chance) == drawn(chance)


@given(chances)
def test_every_item_is_one_of_the_list_with_a_value_of_its_codes(chance: int) -> None:
    found = drawn(chance)
    assert set(found) <= set(codes("tdi_fields"))
    assert list(items.faults(found, this_year=YEAR)) == []


@given(chances)
def test_nothing_is_left_unknown_or_empty(chance: int) -> None:
    assert not {None, "", "99"} & {value for value in drawn(chance).values() if isinstance(value, str | None)}


@given(chances, st.integers(EARLIEST_YEAR, 2100))
def test_a_treatment_began_in_a_year_that_has_been(chance: int, year: int) -> None:
    began = drawn(chance, year)["year"]
    assert isinstance(began, int)
    assert EARLIEST_YEAR <= began <= year


@given(chances)
def test_whoever_lives_with_children_lives_with_a_partner_or_with_them(chance: int) -> None:
    found = drawn(chance)
    assert (found["with_children"] == "2") == (found["living_with"] == "3")


@given(chances)
def test_whoever_injects_has_injected_lately_and_says_since_when(chance: int) -> None:
    found = drawn(chance)
    injects = found["route"] == "1"
    assert (found["injecting"] == "2.3") is injects
    assert ("years_since_first_injection" in found) is injects
    assert injects or found["sharing"] == "1"


@given(chances)
def test_only_who_uses_opioids_is_in_agonist_treatment(chance: int) -> None:
    found = drawn(chance)
    if found["ost_status"] == "3":
        assert found["primary_drug"] in OPIOIDS


@given(chances)
def test_the_other_drugs_are_other_drugs(chance: int) -> None:
    found = drawn(chance)
    secondary = found["secondary_drugs"]
    assert isinstance(secondary, list)
    assert found["primary_drug"] not in secondary
    assert secondary == ["none"] or "none" not in secondary
    assert len(secondary) <= 3
    assert (found["polydrug_problem"] == "1") == (len(secondary) > 1)


@given(chances)
def test_nobody_is_shown_in_detention(chance: int) -> None:
    """Detention shows only to recipients with its class; the demo has nobody there, so nothing has to be hidden."""
    found = drawn(chance)
    assert all(found.get(item) != code for item, code in classes.REVEALS_DETENTION.items())


@given(chances)
def test_every_class_of_a_profile_is_one_that_a_case_stores(chance: int) -> None:
    assert {classes.item_class(item) for item in drawn(chance)} <= set(classes.stored())


def test_weights_belong_to_values() -> None:
    assert len(AGES) == len(AGE_WEIGHTS)
    assert len(DRUGS) == len(DRUG_WEIGHTS)


@pytest.mark.parametrize("age", AGES)
def test_every_age_is_in_the_list(age: str) -> None:
    assert code_exists("tdi_items", f"age_band:{age}")


@pytest.mark.parametrize("age", FIRST_USE)
def test_every_age_of_first_use_is_in_the_list(age: str) -> None:
    assert code_exists("tdi_items", f"age_first_use_band:{age}")


@pytest.mark.parametrize("drug", list(DRUGS))
def test_every_drug_may_be_the_primary_one_and_is_used_in_a_way_that_there_is(drug: str) -> None:
    assert entry("substances", drug).is_yes("allowed_primary")
    assert code_exists("tdi_items", f"route:{DRUGS[drug]}")


@pytest.mark.parametrize("drug", sorted(OPIOIDS))
def test_an_opioid_is_one(drug: str) -> None:
    assert entry("substances", drug).attributes["tdi_group"] == "1"


def test_a_thousand_people_are_not_all_alike() -> None:
    people = [drawn(chance) for chance in range(1000)]
    ages = Counter(str(found["age_band"]) for found in people)
    women = sum(found["sex"] == "2" for found in people)
    assert set(ages) == set(AGES)
    assert ages.most_common(1)[0][0] in {"25-29", "30-34", "35-39"}
    assert 150 < women < 300
    assert len({str(found["primary_drug"]) for found in people}) == len(DRUGS)
