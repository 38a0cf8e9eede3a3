"""The access matrix of people, agreements, tokens and the directory: every role at every door, with the
answer expected.

A row is one request. A cell is the status for that role, in the order of ROLES. 200/201 are allowed, 403 is
refused to
somebody who may know of the object, 404 to everybody else. A cell that is wrong says which role leaked or
was locked out.
"""

from typing import Any, Final

import pytest

from backend.directory import services
from backend.directory.models import Service
from backend.teams import invitations, tokens
from backend.teams.models import Membership
from tests.api.client import Api, browser_for
from tests.world import BUILDER, Town, actor, make_user, national, seat

ROLES: Final = (
    "coordinator",
    "deputy",
    "nurse",
    "social_worker",
    "partner_worker",
    "lead",
    "officer",
    "national_analyst",
    "release_officer",
    "directory_admin",
    "key_custodian",
    "platform_admin",
    "elsewhere",
    "nobody",
)
NATIONAL: Final = ROLES[7:12]


class Place:
    """One town with one of everything, and a browser for each role."""

    def __init__(self) -> None:
        self.town = Town()
        town = self.town
        self.member = Membership.objects.get(user=town.worker("member", town.clinic))
        self.service = services.add_service(actor(town.nurse), organisation=town.clinic, code="HR-DIC")
        self.token = tokens.issue(
            BUILDER, name="t", acting_for=town.nurse, team=town.team, operations=["case.view_coded"]
        )[0]
        self.invitation = invitations.invite(
            actor(town.coordinator), role="member", team=town.team, organisation=town.clinic
        )[0]
        self.browsers = {role: browser_for(self._person(role)) for role in ROLES}

    def _person(self, role: str) -> Any:
        if role in NATIONAL:
            return national(role)
        if role == "elsewhere":
            return Town().coordinator
        return make_user() if role == "nobody" else getattr(self.town, role)

    def ask(self, role: str, method: str, path: str, body: Any) -> int:
        filled = {
            "team": self.town.team.id,
            "clinic": self.town.clinic.id,
            "ward": self.town.ward.id,
            "member": self.member.id,
            "service": self.service.id,
            "token": self.token.id,
            "invitation": self.invitation.id,
        }
        at = "/api/v1" + path.format(**filled)
        said = _filled(body, filled)
        headers = {"If_Match": '"999"'} if method == "PATCH" else {}
        api: Api = self.browsers[role]
        return api.send(method, at, said, **headers).status


def _filled(body: Any, values: dict[str, Any]) -> Any:
    if isinstance(body, dict):
        return {name: _filled(value, values) for name, value in body.items()}
    return str(values[body[1:]]) if isinstance(body, str) and body.startswith("$") else body


@pytest.fixture(scope="module")
def place(database: object) -> Place:
    return Place()


# A body that cannot be accepted (422 or 409 or 412) shows who came past the permission, and changes nothing.
PAST = {412, 422, 409}

#  method  path                              body             who comes past permission           who gets 404
MATRIX: Final = [
    ("GET", "/me", None, set(ROLES), set()),
    ("GET", "/teams", None, set(ROLES) - {"nobody"}, set()),
    ("GET", "/teams/{team}", None, set(ROLES) - {"nobody"}, {"nobody"}),
    ("POST", "/teams", {"slug": "?"}, {"platform_admin"}, set()),
    ("GET", "/organisations", None, set(ROLES) - {"nobody"}, set()),
    ("GET", "/organisations/{clinic}", None, set(ROLES) - {"nobody"}, {"nobody"}),
    ("POST", "/organisations", {"sector": "?"}, {"directory_admin"}, set()),
    ("PATCH", "/organisations/{clinic}", {}, {"directory_admin"}, {"nobody"}),
    ("GET", "/memoranda", None, {"directory_admin"}, set()),
    ("POST", "/memoranda", {"number": 1}, {"directory_admin"}, set()),
    ("GET", "/sharing-agreements", None, {"directory_admin"}, set()),
    ("POST", "/sharing-agreements", {"team": "?"}, {"directory_admin"}, set()),
    ("GET", "/services", None, set(ROLES) - {"nobody"}, set()),
    ("GET", "/services/{service}", None, set(ROLES) - {"nobody"}, {"nobody"}),
    ("PATCH", "/services/{service}", {}, {"nurse", "deputy", "directory_admin"}, {"nobody"}),
    ("POST", "/services/{service}/capacity", {"free": -1}, {"nurse", "deputy"}, {"nobody"}),
    ("GET", "/tokens", None, {"coordinator", "elsewhere", "lead"}, set()),
    ("GET", "/tokens/{token}", None, {"coordinator"}, set(ROLES) - {"coordinator"}),
    ("POST", "/tokens", {"name": ""}, {"coordinator", "elsewhere"}, set()),
    (
        "GET",
        "/invitations/{invitation}",
        None,
        {"coordinator", "deputy", "nurse", "lead", "platform_admin"},
        {
            "social_worker",
            "partner_worker",
            "officer",
            "national_analyst",
            "release_officer",
            "directory_admin",
            "key_custodian",
            "elsewhere",
            "nobody",
        },
    ),
    (
        "GET",
        "/members/{member}",
        None,
        {"coordinator", "deputy", "nurse", "lead", "officer", "platform_admin"},
        {
            "social_worker",
            "partner_worker",
            "national_analyst",
            "release_officer",
            "directory_admin",
            "key_custodian",
            "elsewhere",
            "nobody",
        },
    ),
    (
        "POST",
        "/members/{member}/start-acting",
        {"reason": "?"},
        {"coordinator", "lead"},
        {
            "social_worker",
            "partner_worker",
            "national_analyst",
            "release_officer",
            "directory_admin",
            "key_custodian",
            "elsewhere",
            "nobody",
        },
    ),
]


def _expected(method: str, role: str, allowed: set[str], absent: set[str]) -> set[int]:
    if role in allowed:
        return {200} if method == "GET" else PAST
    return {404} if role in absent else {403}


CASES: Final = [
    pytest.param(
        (method, path, body), role, _expected(method, role, allowed, absent), id=f"{method} {path} {role}"
    )
    for method, path, body, allowed, absent in MATRIX
    for role in ROLES
]


@pytest.mark.parametrize(("request_", "role", "expected"), CASES)
def test_the_door_opens_for_whom_the_table_names(
    place: Place, request_: tuple[str, str, Any], role: str, expected: set[int]
) -> None:
    status = place.ask(role, *request_)
    assert status in expected, f"{role} leaked or was locked out of {request_[:2]}: {status}"


@pytest.mark.parametrize(("method", "path"), sorted({(row[0], row[1]) for row in MATRIX}))
def test_without_signing_in_every_door_is_shut(place: Place, method: str, path: str) -> None:
    at = "/api/v1" + path.format(team=1, clinic=1, ward=1, member=1, service=1, token=1, invitation=1)
    assert Api().send(method, at, {}).status == 401
    assert browser_for(place.town.coordinator, second=False).send(method, at, {}).status == 401


def test_nothing_was_changed_by_asking(place: Place) -> None:
    for row in (place.member, place.service, place.token, place.invitation):
        before = row.version  # type: ignore[attr-defined]
        row.refresh_from_db()
        assert row.version == before  # type: ignore[attr-defined]
    assert isinstance(place.service, Service)


@pytest.mark.parametrize("role", ["nurse", "coordinator", "partner_worker"])
def test_a_steward_gains_only_the_own_organisation(role: str) -> None:
    town = Town()
    organisation = {"nurse": town.clinic, "coordinator": town.centre, "partner_worker": town.partner}[role]
    steward = make_user()
    values = {} if role == "partner_worker" else {"team": town.team}
    kind = "partner_worker" if role == "partner_worker" else "member"
    seat(steward, kind, organisation=organisation, organisation_steward=True, **values)
    api = browser_for(steward)
    place = {"role": kind, "organisation": str(organisation.id)}
    place |= {name: str(found.id) for name, found in values.items()}
    assert api.post("/api/v1/invitations", place).status == 201
    foreign = {**place, "organisation": str(town.society.id)}
    assert api.post("/api/v1/invitations", foreign).status == 403
    assert (
        api.post("/api/v1/invitations", {"role": "municipal_lead", "team": str(town.team.id)}).status == 403
    )
