"""Organisations, teams, memoranda and agreements: who enters and changes them."""

from typing import Any
from uuid import uuid4

import pytest

from backend.errors import Conflict, Invalid, Stale
from backend.teams import agreements, organisations
from backend.teams.models import Municipality, Organisation
from permissions.scope import Forbidden, NotFound
from tests.world import Town, actor, ago, ahead, national


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def office() -> Any:
    return actor(national("directory_admin"))


OTHERS = ["coordinator", "nurse", "lead", "officer", "partner_worker"]


def test_the_office_enters_an_organisation_found_in_either_script(office: Any) -> None:
    made = organisations.create_organisation(office, name="Удружење Ђурђевак", sector="cso")
    assert made.sort_key == "udruzenje djurdjevak"
    organisations.change_organisation(office, made, changes={"name": "Đurđevak"}, version=1)
    assert (made.sort_key, made.version) == ("djurdjevak", 2)
    with pytest.raises(Stale):
        organisations.change_organisation(office, made, changes={"name": "x"}, version=1)


@pytest.mark.parametrize("changes", [{"sector": "police"}, {"sort_key": "x"}, {"id": "x"}])
def test_a_wrong_sector_or_field_is_refused(office: Any, town: Town, changes: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        organisations.change_organisation(office, town.clinic, changes=changes)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_manages_organisations(town: Town, who: str) -> None:
    by = actor(getattr(town, who))
    with pytest.raises(Forbidden):
        organisations.create_organisation(by, name="x", sector="health")
    with pytest.raises(Forbidden):
        organisations.change_organisation(by, town.clinic, changes={"name": "x"})
    assert Organisation.objects.get(pk=town.clinic.pk).version == 1


def test_an_organisation_that_is_switched_off_has_no_workers(town: Town, office: Any) -> None:
    assert actor(town.nurse).seats
    organisations.change_organisation(office, town.clinic, changes={"is_active": False})
    assert actor(town.nurse).seats == ()


def test_a_memorandum_lets_a_partner_work_until_it_ends(town: Town, office: Any) -> None:
    worker = town.worker("partner_worker", town.ward)
    assert actor(worker).seats == ()
    made = agreements.register_memorandum(office, organisation=town.ward, number="12/2026")
    assert actor(worker).seats
    agreements.change_memorandum(
        office, made, changes={"valid_from": ago(days=9), "valid_until": ago(days=1)}, version=made.version
    )
    assert actor(worker).seats == ()


def test_an_agreement_seats_an_organisation_in_a_team(town: Town, office: Any) -> None:
    worker = town.worker("member", town.ward)
    assert actor(worker).seats == ()
    made = agreements.register_agreement(
        office, team=town.team, organisation=town.ward, valid_until=ahead(days=9)
    )
    assert actor(worker).seats
    agreements.change_agreement(office, made, changes={"valid_from": ahead(days=2)})
    assert actor(worker).seats == ()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_registers_or_changes_them(town: Town, office: Any, who: str) -> None:
    by = actor(getattr(town, who))
    with pytest.raises(Forbidden):
        agreements.register_memorandum(by, organisation=town.ward, number="1")
    with pytest.raises(Forbidden):
        agreements.register_agreement(by, team=town.team, organisation=town.ward)
    made = agreements.register_memorandum(office, organisation=town.ward, number="1")
    with pytest.raises((Forbidden, NotFound)):
        agreements.change_memorandum(by, made, changes={"valid_until": ahead(days=1)})


def test_an_interval_ends_after_it_begins(town: Town, office: Any) -> None:
    with pytest.raises(Invalid):
        agreements.register_memorandum(office, organisation=town.ward, number="1", valid_until=ago(days=1))
    made = agreements.register_agreement(office, team=town.team, organisation=town.ward)
    with pytest.raises(Invalid):
        agreements.change_agreement(office, made, changes={"valid_until": ago(days=1)})
    with pytest.raises(Invalid):
        agreements.change_agreement(office, made, changes={"organisation": town.clinic})


def test_the_platform_founds_a_team_and_nobody_else() -> None:
    place = Municipality.objects.get(code="70734")
    values: dict[str, Any] = {
        "slug": f"t-{uuid4().hex[:8]}",
        "prefix": uuid4().hex[:2].upper() + "",
        "municipality": place,
        "labels": {"en": "T", "sr-Latn": "T", "sr-Cyrl": "Т"},
    }
    values["prefix"] = "9" + values["slug"][2]
    with pytest.raises(Forbidden):
        organisations.create_team(actor(Town().coordinator), **values)
    made = organisations.create_team(actor(national("platform_admin")), **values)
    assert made.label_sr_cyrl == "Т"
    with pytest.raises(Conflict, match="team_exists"):
        organisations.create_team(actor(national("platform_admin")), **values)


def test_every_municipality_of_the_register_is_there() -> None:
    assert Municipality.objects.count() > 100
    assert Municipality.objects.get(code="71269").name_sr_latn == "Šabac"
