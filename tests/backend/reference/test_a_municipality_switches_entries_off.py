"""Entries can be switched off for one municipality and on again; nothing can be invented."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from backend.reference.lists import LISTS, UnknownCode, codes
from backend.reference.models import Switched
from backend.reference.switches import in_use, is_in_use, switch_off, switch_on

pytestmark = pytest.mark.database

TOWNS = iter(LISTS["municipalities"].by_key)


@pytest.fixture
def town() -> str:
    """A municipality no other test of this file touches."""
    return next(TOWNS)


def test_everything_is_in_use_at_first(town: str) -> None:
    assert in_use(town, list_name="needs") == LISTS["needs"].entries
    assert is_in_use(town, list_name="needs", code="housing")


def test_an_entry_can_be_switched_off_and_on_again(town: str) -> None:
    assert switch_off(town, list_name="needs", code="housing")
    assert not is_in_use(town, list_name="needs", code="housing")
    assert [entry.code for entry in in_use(town, list_name="needs")] == list(codes("needs"))[1:]
    assert switch_on(town, list_name="needs", code="housing")
    assert is_in_use(town, list_name="needs", code="housing")


def test_switching_twice_is_switching_once(town: str) -> None:
    assert switch_off(town, list_name="needs", code="housing")
    since = Switched.objects.get(municipality_code=town).since
    assert not switch_off(town, list_name="needs", code="housing")
    assert Switched.objects.get(municipality_code=town).since == since
    assert switch_on(town, list_name="needs", code="housing")
    assert not switch_on(town, list_name="needs", code="housing")


def test_another_town_and_another_list_do_not_notice(town: str) -> None:
    switch_off(town, list_name="need_statuses", code="withdrawn")
    assert is_in_use(next(TOWNS), list_name="need_statuses", code="withdrawn")
    assert is_in_use(town, list_name="transfer_statuses", code="withdrawn")


def test_a_code_of_one_item_is_the_same_however_it_is_named(town: str) -> None:
    assert switch_off(town, list_name="tdi_items:labour", code="1")
    assert not switch_off(town, list_name="tdi_items", code="labour:1")
    assert not is_in_use(town, list_name="tdi_items", code="labour:1")
    assert not is_in_use(town, list_name="tdi_items:labour", code="1")
    assert is_in_use(town, list_name="tdi_items:education", code="1")
    assert switch_on(town, list_name="tdi_items", code="labour:1")


@pytest.mark.parametrize(
    ("list_name", "code"), [("needs", "invented"), ("invented", "housing"), ("needs", ""), ("tdi_items", "1")]
)
def test_what_does_not_exist_cannot_be_switched(town: str, list_name: str, code: str) -> None:
    with pytest.raises(UnknownCode):
        switch_off(town, list_name=list_name, code=code)
    with pytest.raises(UnknownCode):
        switch_on(town, list_name=list_name, code=code)
    assert not Switched.objects.filter(municipality_code=town).exists()


def test_a_town_that_does_not_exist_switches_nothing() -> None:
    with pytest.raises(UnknownCode):
        switch_off(uuid4().hex[:8], list_name="needs", code="housing")


def test_an_unknown_code_is_not_in_use_and_an_unknown_list_is_an_error(town: str) -> None:
    assert not is_in_use(town, list_name="needs", code="invented")
    with pytest.raises(UnknownCode):
        is_in_use(town, list_name="invented", code="housing")
    with pytest.raises(UnknownCode):
        in_use(town, list_name="invented")


def test_the_database_keeps_one_switch_for_an_entry(town: str) -> None:
    switch_off(town, list_name="needs", code="housing")
    with pytest.raises(IntegrityError), transaction.atomic():
        Switched.objects.create(
            municipality_code=town, list_name="needs", code="housing", since=timezone.now()
        )
