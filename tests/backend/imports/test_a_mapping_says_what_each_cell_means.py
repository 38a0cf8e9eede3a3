"""A row becomes coded facts by the mapping alone; a value it does not know refuses the row, by name of the column."""

from collections import Counter
from pathlib import Path

import pytest

from backend.imports.errors import RowRefused, Unreadable
from backend.imports.mapping import Mapping, parse_mapping
from backend.imports.tables import Row, read_rows
from backend.reference.lists import codes

ROOT = Path(__file__).parents[3]
TEDS = ROOT / "backend/imports/mappings/teds_a_2023.yaml"
SAMPLE = ROOT / "backend/demo/data/teds_a_2023_sample1000_labelled.csv"

SMALL = """
version: 1
name: small
row_key: id
urgency: urgent
given_by: person
minors: {column: age, values: [young], given_by: guardian}
items:
  sex: {column: sex, values: {m: "1", f: "2", "": "99"}}
  secondary_drugs: {columns: [second, third], values: {weed: "72", "": null}, empty: none}
needs: [{code: housing, column: home, when: ["no"]}]
flags: [{code: homelessness, column: home, when: ["no"]}]
referral: {need: housing, column: home, values: {"no": SO-SHE, "yes": null}}
ignored: [race]
"""


def row(**cells: str) -> Row:
    blank = dict.fromkeys(("sex", "second", "third", "home", "age"), "")
    return Row(2, {"id": "1"} | blank | cells)


@pytest.fixture
def small() -> Mapping:
    return parse_mapping(SMALL)


def test_a_row_becomes_coded_facts(small: Mapping) -> None:
    case = small.apply(row(sex="f", second="weed", home="no", age="young"))
    assert case.items == {"sex": "2", "secondary_drugs": ["72"]}
    assert (case.needs, case.flags) == (["housing"], ["homelessness"])
    assert (case.service_code, case.referral_need) == ("SO-SHE", "housing")
    assert (case.urgency, case.given_by) == ("urgent", "guardian")


def test_nothing_said_becomes_not_known_or_none_as_the_mapping_says(small: Mapping) -> None:
    case = small.apply(row())
    assert case.items == {"sex": "99", "secondary_drugs": ["none"]}
    assert (case.needs, case.service_code, case.referral_need, case.given_by) == ([], "", "", "person")


def test_the_same_substance_twice_is_named_once(small: Mapping) -> None:
    assert small.apply(row(second="weed", third="weed")).items["secondary_drugs"] == ["72"]


def test_every_unknown_value_is_named_by_its_column_and_never_quoted(small: Mapping) -> None:
    with pytest.raises(RowRefused) as refused:
        small.apply(row(sex="Ana Primerović", home="perhaps"))
    assert [(reason.column, reason.code) for reason in refused.value.reasons] == [
        ("sex", "value_unknown"),
        ("home", "value_unknown"),
    ]
    assert "Ana" not in str(refused.value)


@pytest.mark.parametrize(("key", "code"), [("", "row_key_missing"), ("x" * 65, "row_key_too_long")])
def test_a_row_without_a_usable_key_is_refused(small: Mapping, key: str, code: str) -> None:
    with pytest.raises(RowRefused) as refused:
        small.apply(row(id=key))
    assert refused.value.reasons[0].code == code


def test_a_column_nobody_decided_about_stops_the_import(small: Mapping) -> None:
    header = ["id", "sex", "second", "third", "home", "age", "race"]
    small.check_header(header)
    with pytest.raises(Unreadable, match="column_unknown: name"):
        small.check_header([*header, "name"])


def test_a_missing_column_stops_the_import(small: Mapping) -> None:
    with pytest.raises(Unreadable, match="column_missing: age, home"):
        small.check_header(["id", "sex", "second", "third"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list",
        "a: [",
        "1: 2",
        "name: x",
        SMALL + "\nextra: 1",
        SMALL.replace('values: {m: "1", f: "2", "": "99"}', "values: 3"),
        SMALL.replace("{column: sex, ", "{"),
        SMALL.replace('{m: "1"', "{m: 1"),
    ],
)
def test_a_broken_mapping_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_mapping(text)
    assert refused.value.code == "bad_mapping"


def teds() -> Mapping:
    return parse_mapping(TEDS.read_text(encoding="utf-8"))


def test_the_teds_mapping_knows_every_column_and_value_of_the_sample() -> None:
    header, rows = read_rows(SAMPLE.read_bytes())
    mapping = teds()
    mapping.check_header(header)
    cases = [mapping.apply(line) for line in rows]
    assert len({case.row_key for case in cases}) == 1000
    assert Counter(case.items["sex"] for case in cases) == {"1": 643, "2": 356, "99": 1}
    assert Counter(case.given_by for case in cases) == {"person": 980, "guardian": 20}
    assert Counter(case.service_code for case in cases)["TX-OPC"] == 522


def test_primary_alcohol_becomes_a_need_because_tdi_has_no_row_for_it() -> None:
    _, rows = read_rows(SAMPLE.read_bytes())
    drinkers = [case for case in map(teds().apply, rows) if "alcohol_gambling" in case.needs]
    assert len(drinkers) == 319
    assert all("primary_drug" not in case.items for case in drinkers)


def test_every_code_of_the_teds_mapping_is_in_the_reference_lists() -> None:
    plan = teds().plan
    substances = codes("substances")
    for item in ("primary_drug", "secondary_drugs"):
        assert {code for code in plan["items"][item]["values"].values() if code} <= substances.keys()
    assert {rule["code"] for rule in plan["needs"]} <= codes("needs").keys()
    assert {rule["code"] for rule in plan["flags"]} <= codes("risk_flags").keys()
    assert set(plan["referral"]["values"].values()) <= codes("services").keys()
