"""A coded item takes codes of its list, a year four digits, a list at most its number of values: nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cases.items import ItemValue, as_year, faults, normal, together_faults
from backend.reference.lists import codes

pytestmark = pytest.mark.pure
YEAR = 2026
ITEMS = tuple(codes("tdi_fields"))
CODED = tuple(
    item for item in ITEMS if codes("tdi_fields")[item].attributes["max_values"] == "1" and item != "year"
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)


def found(items: dict[str, ItemValue]) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in faults(items, this_year=YEAR)]


@pytest.mark.parametrize("item", CODED)
def test_each_code_of_a_list_is_taken_and_no_other(item: str) -> None:
    listed = codes(codes("tdi_fields")[item].attributes["code_list"])
    for code in listed:
        if item != "primary_drug":
            assert found({item: code}) == []
    assert found({item: "no-such-code"}) == [(f"/items/{item}", "unknown_code")]
    assert found({item: ["1"]}) == [(f"/items/{item}", "unknown_code")]
    assert found({item: 1}) == [(f"/items/{item}", "unknown_code")]
    assert found({item: None}) == []


@pytest.mark.parametrize("code", codes("substances"))
def test_a_substance_is_primary_or_secondary_as_its_row_allows(code: str) -> None:
    row = codes("substances")[code]
    assert (found({"primary_drug": code}) == []) == row.is_yes("allowed_primary")
    assert (found({"secondary_drugs": [code]}) == []) == row.is_yes("allowed_secondary")


def test_alcohol_is_never_the_primary_drug() -> None:
    assert found({"primary_drug": "80"}) == [("/items/primary_drug", "unknown_code")]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("11", ("/items/secondary_drugs", "not_a_list")),
        (["11", "12", "13", "14"], ("/items/secondary_drugs", "too_many")),
        (["11", "11"], ("/items/secondary_drugs", "repeated")),
        (["none", "11"], ("/items/secondary_drugs", "repeated")),
        (["11", "x"], ("/items/secondary_drugs/1", "unknown_code")),
        ([11], ("/items/secondary_drugs/0", "unknown_code")),
    ],
)
def test_a_list_of_substances_is_short_and_distinct(value: ItemValue, fault: tuple[str, str]) -> None:
    assert fault in found({"secondary_drugs": value})


@pytest.mark.parametrize("year", [1949, 2027, "20x6", "02026", "2026 ", True, 2026.0, "٢٠٢٦"])
def test_a_year_is_four_digits_and_not_in_the_future(year: ItemValue) -> None:
    assert found({"year": year}) == [("/items/year", "not_a_year")]


@pytest.mark.parametrize("year", [1950, 2026, "1999"])
def test_a_year_is_sealed_as_a_number(year: ItemValue) -> None:
    assert found({"year": year}) == []
    assert normal("year", year) == as_year(year) == int(str(year))


def test_other_items_are_sealed_as_given() -> None:
    assert normal("sex", "1") == "1"
    assert normal("secondary_drugs", ["12", "11"]) == ["12", "11"]


def test_an_unknown_item_is_named_safely_in_its_pointer() -> None:
    assert found({"jmbg": "1"}) == [("/items/jmbg", "unknown_field")]
    assert found({"a/b~c": "1"}) == [("/items/a~1b~0c", "unknown_field")]
    [(pointer, _code)] = found({"x" * 500: "1"})
    assert len(pointer) < 80


def test_the_primary_drug_is_not_a_secondary_one() -> None:
    items: dict[str, ItemValue] = {"primary_drug": "11", "secondary_drugs": ["12", "11"]}
    assert [fault.code for fault in together_faults(items)] == ["same_as_primary"]
    assert list(together_faults({"primary_drug": "11", "secondary_drugs": ["12"]})) == []
    assert list(together_faults({"secondary_drugs": ["12"]})) == []


@given(st.dictionaries(st.sampled_from(ITEMS) | st.text(max_size=8), anything, max_size=5))
def test_no_value_whatsoever_breaks_the_check_and_what_passes_can_be_sealed(
    items: dict[str, ItemValue],
) -> None:
    wrong = {fault.pointer.split("/")[2] for fault in faults(items, this_year=YEAR)}
    for item, value in items.items():
        if item in ITEMS and item not in wrong:
            assert json.dumps(normal(item, value))
