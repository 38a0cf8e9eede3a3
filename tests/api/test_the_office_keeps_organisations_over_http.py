"""/organisations, /memoranda and /sharing-agreements: the Office's registers, and how they bite at once."""

from typing import Any

import pytest

from backend.teams.models import Memorandum, User
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.world import Town, ago, ahead, national

ORGANISATIONS, MEMORANDA, AGREEMENTS = (
    f"/api/v1/{name}" for name in ("organisations", "memoranda", "sharing-agreements")
)


@pytest.fixture(scope="module")
def admin_user(database: object) -> User:
    return national("directory_admin")


@pytest.fixture
def office(admin_user: User) -> Api:
    return browser_for(admin_user)


def moment(when: Any) -> str:
    return str(when.isoformat())


def test_the_office_enters_and_changes_an_organisation(office: Api) -> None:
    said = {"name": "Удружење Пут", "sector": "cso", "municipality": "71269", "phone": "015 123 456"}
    made = office.post(ORGANISATIONS, said)
    assert made.status == 201
    assert made.json == {
        "id": made.json["id"],
        "has_accounts": True,
        "is_active": True,
        "version": 1,
        **said,
    }
    at = made.headers["Location"]
    changed = office.patch(at, {"municipality": None, "phone": ""}, If_Match='"1"')
    assert (changed.json["municipality"], changed.json["phone"], changed.headers["ETag"]) == (None, "", '"2"')
    assert office.patch(at, {"name": "x"}, If_Match='"1"').code == "stale_version"
    assert office.patch(at, {"name": "x"}).code == "precondition_required"


def test_everybody_sees_organisations_and_only_the_office_keeps_them(town: Town) -> None:
    at = f"{ORGANISATIONS}/{town.clinic.id}"
    for who in ("coordinator", "nurse", "lead", "officer", "partner_worker"):
        api = browser_for(getattr(town, who))
        assert api.get(at).status == 200
        assert api.patch(at, {"name": "x"}, If_Match='"1"').code == "forbidden"
        assert api.post(ORGANISATIONS, {"name": "x", "sector": "cso"}).code == "forbidden"


def test_a_worker_of_a_closed_organisation_is_out(town: Town, office: Api) -> None:
    nurse = client_for(town.nurse)
    assert nurse.get("/api/v1/me").status == 200
    at = f"{ORGANISATIONS}/{town.clinic.id}"
    assert office.patch(at, {"is_active": False}, If_Match='"1"').status == 200
    assert nurse.get("/api/v1/me").status == 401


def test_organisations_are_filtered(town: Town, office: Api) -> None:
    assert town.clinic.id
    assert town.centre.id

    def found(**query: str) -> set[str]:
        return {row["id"] for row in office.get(ORGANISATIONS, query=query).json["results"]}

    sitting = found(team=str(town.team.id))
    assert sitting == {str(town.clinic.id), str(town.centre.id)}
    assert found(team=str(town.team.id), sector="health") == {str(town.clinic.id)}
    assert found(team=str(town.clinic.id)) == set()
    for wrong in ({"sector": "police"}, {"team": "x"}, {"is_active": "maybe"}):
        assert office.get(ORGANISATIONS, query=wrong).code == "invalid_parameter"


def test_a_partners_token_dies_with_the_memorandum(town: Town, office: Api) -> None:
    partner = client_for(town.partner_worker, team=town.team)
    assert partner.get("/api/v1/me").status == 200
    row = Memorandum.objects.get(organisation=town.partner)
    ended = office.patch(f"{MEMORANDA}/{row.id}", {"valid_until": moment(ago(seconds=1))}, If_Match='"1"')
    assert ended.status == 200
    answer = partner.get("/api/v1/me")
    assert (answer.status, answer.code) == (401, "invalid_credentials")
    assert browser_for(town.partner_worker).get("/api/v1/me").json["seats"] == []


def test_a_memorandum_is_entered_and_found(town: Town, office: Api) -> None:
    said = {"organisation": str(town.ward.id), "number": "12/2026", "valid_until": moment(ahead(days=30))}
    made = office.post(MEMORANDA, said)
    assert made.status == 201
    listed = office.get(MEMORANDA, query={"organisation": str(town.ward.id), "live": "true"}).json["results"]
    assert [row["id"] for row in listed] == [made.json["id"]]
    wrong = office.post(MEMORANDA, {**said, "valid_until": moment(ago(days=1))})
    assert [one["code"] for one in wrong.json["errors"]] == ["before_valid_from"]
    absent = office.post(MEMORANDA, {**said, "organisation": str(town.team.id)})
    assert [one["code"] for one in absent.json["errors"]] == ["unknown_id"]


def test_an_agreement_is_entered_and_ended(town: Town, office: Api) -> None:
    said = {"team": str(town.team.id), "organisation": str(town.ward.id)}
    made = office.post(AGREEMENTS, said)
    assert made.status == 201
    assert made.json["valid_until"] is None
    worker = browser_for(town.worker("member", town.ward))
    assert worker.get("/api/v1/me").json["seats"] != []
    interval = {"valid_from": moment(ago(days=2)), "valid_until": moment(ago(days=1))}
    assert office.patch(made.headers["Location"], interval, If_Match='"1"').status == 200
    assert worker.get("/api/v1/me").json["seats"] == []


@pytest.mark.parametrize("who", ["coordinator", "nurse", "lead", "partner_worker"])
@pytest.mark.parametrize("path", [MEMORANDA, AGREEMENTS])
def test_the_registers_are_the_offices_alone(town: Town, who: str, path: str) -> None:
    api = browser_for(getattr(town, who))
    said = {"team": str(town.team.id), "organisation": str(town.ward.id), "number": "1"}
    assert api.get(path).code == "forbidden"
    assert api.post(path, said).code == "forbidden"


def test_a_token_does_no_more_than_its_operations(town: Town) -> None:
    api = client_for(town.nurse, operations=["case.view_coded"])
    assert api.get(ORGANISATIONS).code == "forbidden"
    assert client_for(town.nurse, operations=["directory.view"]).get(ORGANISATIONS).status == 200


def test_the_number_of_queries(town: Town, office: Api, counted: Counted) -> None:
    at = f"{ORGANISATIONS}/{town.clinic.id}"
    with counted("organisations_list"):
        assert office.get(ORGANISATIONS).status == 200
    with counted("organisations_retrieve"):
        assert office.get(at).status == 200
    with counted("organisations_create"):
        assert office.post(ORGANISATIONS, {"name": "Put", "sector": "cso"}).status == 201
    with counted("memoranda_list"):
        assert office.get(MEMORANDA).status == 200
    said = {"team": str(town.team.id), "organisation": str(town.centre.id)}
    with counted("sharing_agreements_create"):
        assert office.post(AGREEMENTS, said).status == 201
