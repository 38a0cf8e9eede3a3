"""Every operation of statistics, asked by every role and by its machine token: the answer the table of roles gives.

A permission is not shown by who may: so each who may not is asked, too, and what stands there afterwards is compared.
"""

from typing import Any, Final

import pytest

from backend.statistics.models import QuarterLock, ServiceTally
from backend.statistics.releases.models import Release
from backend.teams.models import User
from permissions.roles import ROLES
from tests.api.client import Api, browser_for, client_for
from tests.backend.statistics.releases import rows
from tests.backend.statistics.tallying import exchange, locked, month
from tests.world import Town, national

V1: Final = "/api/v1"
# Of which organisation of the town somebody is; the roles that are not named here are national ones.
SEATS: Final = {
    "coordinator": "centre",
    "deputy_coordinator": "clinic",
    "member": "clinic",
    "partner_worker": "partner",
    "municipal_lead": "",
    "data_protection_officer": "",
}
OFFICE: Final = ("national_analyst", "release_officer")
IN_TEAM: Final = ("coordinator", "deputy_coordinator", "member", "municipal_lead")


class Place:
    """One town with a locked quarter, and the releases of the installation that matter here."""

    def __init__(self) -> None:
        self.town = Town()
        self.quarter = locked(self.town, month(30))
        self.office, self.everybody = rows.waiting(), rows.for_all()
        self.service = exchange(self.town)

    def somebody(self, role: str) -> User:
        """Return a new person: whoever asks for much that is absent is taken for somebody who probes."""
        if role not in SEATS:
            return national(role)
        organisation = getattr(self.town, SEATS[role]) if SEATS[role] else None
        return self.town.worker(role, organisation)


@pytest.fixture(scope="module")
def place(database: Any) -> Place:
    return Place()


def answers(place: Place, role: str) -> list[Api]:
    """Return who asks: the person and a machine for that person. Some roles have no machines."""
    user = place.somebody(role)
    return [browser_for(user), client_for(user)] if role != "platform_admin" else [browser_for(user)]


@pytest.mark.parametrize("role", ROLES)
def test_what_is_for_the_office_is_absent_for_everybody_else(place: Place, role: str) -> None:
    at = f"{V1}/releases/{place.office.pk}"
    absent = f"{V1}/releases/00000000-0000-4000-8000-000000000000"
    for api in answers(place, role):
        for tail in ("", "/manifest", "/figures", "/export?as=json"):
            found, none = api.get(at + tail), api.get(absent + tail)
            assert none.status == 404
            if role in OFFICE:
                assert found.status == 200, (tail, found.raw)
            else:
                assert same(found, none), tail
        listed = api.get(f"{V1}/releases", query={"tier": "B"})
        assert (listed.status, listed.json["results"] == []) == (200, role not in OFFICE)


def same(one: Any, other: Any) -> bool:
    """Say whether two answers are the same but for the number of the request."""
    said = [{**dict(each.json), "request_id": "", "instance": ""} for each in (one, other)]
    headers = [
        {name: value for name, value in each.headers.items() if name not in {"X-Request-Id", "RateLimit"}}
        for each in (one, other)
    ]
    return one.status == other.status and said[0] == said[1] and headers[0].keys() == headers[1].keys()


@pytest.mark.parametrize("role", ROLES)
def test_the_gate_is_for_officers_and_the_workbook_for_the_office(place: Place, role: str) -> None:
    for api in answers(place, role):
        gate = api.get(f"{V1}/releases/{place.office.pk}/gate")
        assert gate.status == {"release_officer": 200, "national_analyst": 403}.get(role, 404)
        tdi = api.get(f"{V1}/releases/{place.everybody.pk}/tdi")
        assert tdi.status == (409 if role in OFFICE else 403)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_signed_in_reads_what_is_for_all(place: Place, role: str) -> None:
    at = f"{V1}/releases/{place.everybody.pk}"
    for api in answers(place, role):
        assert [api.get(at + tail).status for tail in ("", "/figures", "/export?as=csv")] == [200] * 3
        assert api.get(f"{at}/manifest").status == (200 if role in OFFICE else 403)


@pytest.mark.parametrize("role", ROLES)
def test_only_the_office_prepares_and_no_machine_publishes(place: Place, role: str) -> None:
    before = Release.objects.count(), place.office.status
    person, *machines = answers(place, role)
    for api in (person, *machines):
        asked = api.post(f"{V1}/releases", {"tier": "B", "period": "1900-Q1"})
        assert (asked.status, asked.code if role in OFFICE else "") == (
            (409, "nothing_locked") if role in OFFICE else (403, "")
        )
    seen = 403 if role in OFFICE else 404
    for verb in ("approve", "decline"):
        assert [api.post(f"{V1}/releases/{place.office.pk}/{verb}", {}).status for api in machines] == [
            seen
        ] * len(machines)
        if role != "release_officer":
            assert person.post(f"{V1}/releases/{place.office.pk}/{verb}", {}).status == seen
    place.office.refresh_from_db()
    assert (Release.objects.count(), place.office.status) == before


@pytest.mark.parametrize("role", ROLES)
def test_figures_and_locks_of_a_team_are_for_the_team(place: Place, role: str) -> None:
    figures, lock = f"{V1}/statistics/teams/{place.town.team.pk}", f"{V1}/quarters/{place.quarter.pk}"
    for api in answers(place, role):
        assert api.get(figures).status == (200 if role in IN_TEAM else 404)
        assert api.get(lock).status == (200 if role in IN_TEAM else 404)
        listed = api.get(f"{V1}/quarters", query={"team": str(place.town.team.pk)})
        assert listed.status == (200 if role in IN_TEAM else 403)


@pytest.mark.parametrize("role", ROLES)
def test_only_the_coordinator_in_person_locks(place: Place, role: str) -> None:
    body = {"team": str(place.town.team.pk), "quarter": place.quarter.quarter}
    person, *machines = answers(place, role)
    asked = person.post(f"{V1}/quarters", body)
    assert asked.status == (409 if role == "coordinator" else 403)
    assert [api.post(f"{V1}/quarters", body).status for api in machines] == [403] * len(machines)
    assert QuarterLock.objects.filter(team=place.town.team).count() == 1


@pytest.mark.parametrize("role", [role for role in ROLES if role != "partner_worker"])
def test_nobody_tallies_for_an_organisation_of_others(place: Place, role: str) -> None:
    body = {"team": str(place.town.team.pk), "service": str(place.service.pk), "item": "syringes_out"}
    for api in answers(place, role):
        assert (
            api.post(f"{V1}/service-tallies", {**body, "month": f"{month(4):%Y-%m}", "amount": 1}).status
            == 403
        )
        listed = api.get(f"{V1}/service-tallies")
        assert listed.status == 403 or listed.json["results"] == []
    assert not ServiceTally.objects.filter(service=place.service).exists()


def test_a_machine_has_only_the_operations_it_was_given(place: Place) -> None:
    analyst, coordinator = place.somebody("national_analyst"), place.somebody("coordinator")
    narrow = client_for(analyst, operations=["statistics.public"])
    assert narrow.get(f"{V1}/releases/{place.everybody.pk}").status == 200
    assert narrow.get(f"{V1}/releases/{place.office.pk}").status == 404
    assert narrow.post(f"{V1}/releases", {"tier": "B", "period": "1900-Q1"}).status == 403
    blind = client_for(coordinator, operations=["case.view_coded"])
    assert blind.get(f"{V1}/statistics/teams/{place.town.team.pk}").status == 404
    assert blind.get(f"{V1}/quarters").status == 403
    assert blind.get(f"{V1}/releases").status == 403


def test_without_the_second_factor_nobody_prepares_approves_or_locks(place: Place) -> None:
    team = str(place.town.team.pk)
    for role, path, body in (
        ("national_analyst", "/releases", {"tier": "B", "period": "1900-Q1"}),
        ("release_officer", f"/releases/{place.office.pk}/approve", {}),
        ("coordinator", "/quarters", {"team": team, "quarter": place.quarter.quarter}),
    ):
        assert browser_for(place.somebody(role), second=False).post(V1 + path, body).status in {401, 403}
    place.office.refresh_from_db()
    assert place.office.status == "prepared"
