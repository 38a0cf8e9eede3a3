"""The data README says how many rows each file holds; the packaged files must agree with it."""

import re
from dataclasses import FrozenInstanceError

import pytest
import yaml

from backend.reference import lists
from backend.reference.lists import (
    DATA,
    LANGUAGES,
    LISTS,
    STEP_TABLES,
    UnknownCode,
    code_exists,
    codes,
    entry,
)
from backend.reference.rows import read_table

pytestmark = pytest.mark.pure

README = (DATA / "README.md").read_text(encoding="utf-8")
ROWS = {name: int(count) for name, count in re.findall(r"^\| `(\w+)\.csv` \| (\d+) \|", README, re.MULTILINE)}


def test_the_readme_names_every_file_and_every_file_is_there() -> None:
    assert set(ROWS) == {path.stem for path in DATA.glob("*.csv")}
    assert len(ROWS) == 41


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_file_holds_the_rows_the_readme_counts(name: str) -> None:
    assert len(read_table(DATA / f"{name}.csv").rows) == ROWS[name]


def test_every_file_but_the_tables_of_steps_is_a_list() -> None:
    assert set(LISTS) == set(ROWS) - STEP_TABLES
    assert len(LISTS) == 38


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_keeps_every_row_in_order_under_its_key(name: str) -> None:
    code_list = LISTS[name]
    assert (code_list.name, code_list.version) == (name, lists.VERSION)
    assert len(code_list.entries) == len(code_list.by_key) == ROWS[name]
    assert [found.position for found in code_list.entries] == list(range(ROWS[name]))
    assert list(code_list.by_key) == [found.key for found in code_list.entries]
    assert all(tuple(found.labels) == LANGUAGES for found in code_list.entries)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_loses_no_cell(name: str) -> None:
    table = read_table(DATA / f"{name}.csv")
    for row, found in zip(table.rows, LISTS[name].entries, strict=True):
        kept = {found.code, found.item, *found.labels.values(), *found.attributes.values()}
        assert set(row.values()) <= kept | {""}
        assert all(found.attributes[column] == row[column] for column in found.attributes)


def test_a_list_is_read_once() -> None:
    assert LISTS["needs"] is LISTS["needs"]
    assert codes("needs") is codes("needs") is LISTS["needs"].by_key


def test_lists_and_entries_cannot_be_changed() -> None:
    housing = entry("needs", "housing")
    with pytest.raises(FrozenInstanceError):
        housing.code = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        housing.labels["en"] = "other"  # type: ignore[index]
    with pytest.raises(TypeError):
        LISTS["needs"].by_key["other"] = housing  # type: ignore[index]


def test_an_entry_gives_its_labels_and_attributes() -> None:
    housing = entry("needs", "housing")
    assert dict(housing.labels) == {
        "en": "Housing and shelter",
        "sr-Latn": "Stanovanje i smeštaj",
        "sr-Cyrl": "Становање и смештај",
    }
    assert housing.values("service_groups") == ("SO", "RE")
    assert housing.values("statistics_restriction") == ()
    assert entry("sectors", "health").is_yes("case_partner")
    assert not entry("sectors", "probation").is_yes("case_partner")


def test_codes_are_text_and_stay_as_written() -> None:
    assert code_exists("tdi_drug_rows", "2.1")
    assert not code_exists("tdi_drug_rows", "2.10")
    assert not code_exists("referral_statuses", "in_progress")
    assert code_exists("referral_statuses", "in-progress")
    assert not code_exists("referral_statuses", "")
    assert not code_exists("referral_statuses", "Requested")


def test_one_item_of_a_list_can_be_asked_for_by_itself() -> None:
    assert list(codes("tdi_items:sex")) == ["1", "2", "99"]
    assert codes("tdi_items:sex")["1"] is codes("tdi_items")["sex:1"]
    assert len(codes("tdi_items")) == 152


@pytest.mark.parametrize(
    "name", ["", "nothing", "tdi_items:nothing", "../needs", "referral_transitions", "needs:housing"]
)
def test_an_unknown_list_or_item_is_an_error_not_an_empty_answer(name: str) -> None:
    with pytest.raises(UnknownCode):
        codes(name)


def test_an_unknown_code_is_named_in_the_error() -> None:
    with pytest.raises(UnknownCode, match="no code 'nothing' in 'needs'"):
        entry("needs", "nothing")


def test_municipalities_have_three_labels_like_every_list() -> None:
    loznica = entry("municipalities", "70734")
    assert dict(loznica.labels) == {"en": "Loznica", "sr-Latn": "Loznica", "sr-Cyrl": "Лозница"}
    assert loznica.attributes["district"] == "Mačvanski"
    assert "name_sr_latn" not in loznica.attributes


def test_the_note_with_commas_is_one_cell() -> None:
    note = entry("business_statuses", "appointment-set").attributes["note"]
    assert note == "the date is sealed, seen by both sides only, wiped after seven days"


def test_the_instruments_come_along() -> None:
    found = {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in DATA.glob("instruments/*.yaml")
    }
    assert set(found) == {"assist", "audit", "audit-c", "barc-10", "dudit", "phq-9", "sds"}
    assert all(document["id"] == name for name, document in found.items())
