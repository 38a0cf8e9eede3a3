"""Classes come from the lists: each item, need, flag, service and question has the one that its row names."""

import re

import pytest

from backend.cases import classes
from backend.reference.lists import UnknownCode, codes

pytestmark = pytest.mark.pure


def test_only_two_classes_open_by_role() -> None:
    assert classes.coded() == {"basic_profile", "needs"}


def test_every_class_but_the_narrative_has_a_row() -> None:
    assert len(classes.stored()) == 8
    assert set(codes("data_classes")) - set(classes.stored()) == {classes.NARRATIVE}


@pytest.mark.parametrize("item", codes("tdi_fields"))
def test_each_item_has_a_stored_class(item: str) -> None:
    assert classes.item_class(item) in classes.stored()


@pytest.mark.parametrize("need", codes("needs"))
def test_each_need_reveals_a_class_beyond_the_coded_ones(need: str) -> None:
    assert classes.need_class(need) in set(classes.stored()) - classes.coded()


@pytest.mark.parametrize("flag", codes("risk_flags"))
def test_each_flag_is_sealed_with_its_class(flag: str) -> None:
    assert classes.flag_class(flag) in set(classes.stored()) - classes.coded()


def test_a_service_may_reveal_nothing_or_a_class() -> None:
    found = {classes.service_class(code) for code in codes("services")}
    assert None in found
    assert found - {None} == classes.service_classes()
    assert classes.service_classes() <= set(classes.stored())


def test_confidential_services_are_those_of_the_list() -> None:
    sealed = {code for code in codes("services") if classes.is_confidential(code)}
    assert sealed == {
        code for code, row in codes("services").items() if row.attributes["confidential"] == "yes"
    }
    assert sealed


def test_a_question_about_the_service_reveals_no_class() -> None:
    found = {classes.question_class(code) for code in codes("questions")}
    assert None in found
    assert found - {None} <= set(classes.stored())


@pytest.mark.parametrize(
    "ask", [classes.item_class, classes.need_class, classes.flag_class, classes.service_class]
)
def test_an_unknown_code_belongs_nowhere(ask: object) -> None:
    with pytest.raises(UnknownCode):
        ask("no-such-code")  # type: ignore[operator]


def test_the_codes_that_reveal_detention_are_those_of_the_notes_and_the_prison_unit() -> None:
    noted = {
        code: match[1]
        for code, row in codes("tdi_fields").items()
        if (match := re.search(r"code (\d+) reveals", row.attributes["note"]))
    }
    assert noted | {"centre_type": "3"} == classes.REVEALS_DETENTION
    for item in classes.REVEALS_DETENTION:
        assert classes.NOT_KNOWN in codes(f"tdi_items:{item}")


def test_a_need_that_is_a_diagnosis_says_so_in_its_note() -> None:
    noted = {code for code, row in codes("needs").items() if "reveals a diagnosis" in row.attributes["note"]}
    assert noted == classes.REVEALS_DIAGNOSIS


def test_the_narrow_sectors_and_items_exist() -> None:
    assert set(codes("sectors")) >= classes.ONLY_NEED_REFERRED
    for by_class in classes.ONLY_ITEMS.values():
        for data_class, items in by_class.items():
            assert {classes.item_class(item) for item in items} == {data_class}
