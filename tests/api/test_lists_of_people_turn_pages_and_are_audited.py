"""Lists of this floor: pages, orders, counts, and what the audit says of a reading."""

from typing import Any

import pytest

from audit.models import NATIONAL
from backend.directory import services
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.world import Town, actor, make_organisation, national

MEMBERS, ORGANISATIONS, SERVICES = (f"/api/v1/{name}" for name in ("members", "organisations", "services"))


@pytest.fixture
def crowd(town: Town) -> Town:
    for _number in range(7):
        town.worker("member", town.clinic)
    return town


def walk(api: Api, path: str, **query: str) -> list[dict[str, Any]]:
    """Return every row, page by page, following `next`."""
    rows: list[dict[str, Any]] = []
    answer = api.get(path, query=query)
    while True:
        assert answer.status == 200
        rows += answer.json["results"]
        following = answer.json["next"]
        if following is None:
            return rows
        answer = api.get(following.removeprefix("http://testserver"))


def test_the_pages_together_are_the_whole_once(crowd: Town) -> None:
    api = client_for(crowd.coordinator)
    whole = walk(api, MEMBERS, page_size="100")
    paged = walk(api, MEMBERS, page_size="2")
    assert [row["id"] for row in paged] == [row["id"] for row in whole]
    assert len({row["id"] for row in paged}) == len(paged) == 8


def test_the_newest_come_first(crowd: Town) -> None:
    rows = walk(client_for(crowd.coordinator), MEMBERS, page_size="3")
    begun = [row["valid_from"] for row in rows]
    assert begun == sorted(begun, reverse=True)


def test_going_back_gives_the_page_before(crowd: Town) -> None:
    api = client_for(crowd.coordinator)
    first = api.get(MEMBERS, query={"page_size": "3"}).json
    second = api.get(first["next"].removeprefix("http://testserver")).json
    again = api.get(second["previous"].removeprefix("http://testserver")).json
    assert again["results"] == first["results"]


def test_the_number_of_all_is_told_when_asked_for(crowd: Town) -> None:
    api = client_for(crowd.coordinator)
    assert "count" not in api.get(MEMBERS).json
    assert api.get(MEMBERS, query={"count": "true", "page_size": "2"}).json["count"] == 8


@pytest.mark.parametrize(
    "query",
    [
        {"page_size": "0"},
        {"page_size": "101"},
        {"page_size": "x"},
        {"count": "yes"},
        {"cursor": "made-up"},
        {"ordering": "user__password"},
        {"page": "2"},
        {"user__username": "a"},
        {"role": "member\u0000"},
        {"role": ""},
        {"team": "1"},
        {"live": "1"},
    ],
)
def test_what_is_not_declared_is_a_bad_request(town: Town, query: dict[str, str]) -> None:
    assert client_for(town.coordinator).get(MEMBERS, query=query).status == 400


def test_a_cursor_of_one_list_opens_no_other(crowd: Town) -> None:
    api = browser_for(crowd.coordinator)
    following = api.get(MEMBERS, query={"page_size": "2"}).json["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]
    assert api.get(ORGANISATIONS, query={"cursor": cursor}).code == "invalid_cursor"
    assert api.get(MEMBERS, query={"cursor": cursor, "role": "member"}).code == "invalid_cursor"


def test_organisations_come_by_name_in_either_script() -> None:
    office = browser_for(national("directory_admin"))
    town = Town()
    for name in ("Ђурђевак", "Dunav", "Đavolja varoš", "Čuvari", "Цер"):
        made = office.post(ORGANISATIONS, {"name": name, "sector": "health"}).json
        said = {"team": str(town.team.id), "organisation": made["id"]}
        assert office.post("/api/v1/sharing-agreements", said).status == 201
    rows = walk(office, ORGANISATIONS, team=str(town.team.id), page_size="2")
    assert [row["name"] for row in rows] == ["Цер", "Čuvari", "Đavolja varoš", "Ђурђевак", "Dunav"]


def test_services_come_by_code(town: Town) -> None:
    by = actor(town.nurse)
    for code in ("SO-FOO", "HR-NSP", "HR-DIC"):
        services.add_service(by, organisation=town.clinic, code=code)
    rows = walk(client_for(town.nurse), SERVICES, organisation=str(town.clinic.id), page_size="1")
    assert [row["code"] for row in rows] == ["HR-DIC", "HR-NSP", "SO-FOO"]


def test_reading_a_list_leaves_one_entry_with_the_ids(crowd: Town, audit: Audit) -> None:
    api = client_for(crowd.coordinator)
    answer = api.get(MEMBERS, query={"role": "member", "page_size": "3"})
    (entry,) = audit.entries(verb="membership.listed")
    assert (entry["log"], entry["actor_id"], entry["actor_kind"]) == (
        crowd.team.id,
        crowd.coordinator.id,
        "token",
    )
    assert entry["said"]["object_ids"] == [row["id"] for row in answer.json["results"]]
    assert entry["said"]["facts"]["filters"] == ["role=member"]
    assert entry["acting_for"] == crowd.coordinator.id


def test_reading_one_leaves_one_entry(town: Town, audit: Audit) -> None:
    api = client_for(town.coordinator)
    found = api.get(MEMBERS).json["results"][0]["id"]
    assert api.get(f"{MEMBERS}/{found}").status == 200
    (entry,) = audit.entries(verb="membership.read")
    assert (entry["object_id"], entry["log"]) == (found, town.team.id)


def test_what_belongs_to_no_team_is_read_into_the_national_log(town: Town, audit: Audit) -> None:
    api = client_for(town.nurse)
    assert api.get(ORGANISATIONS).status == 200
    assert api.get(f"{ORGANISATIONS}/{town.clinic.id}").status == 200
    found = audit.entries(actor_id=town.nurse.id)
    assert {(one["verb"], one["log"]) for one in found} == {
        ("organisation.listed", NATIONAL),
        ("organisation.read", NATIONAL),
    }


def test_a_name_in_a_foreign_id_tells_nothing(town: Town) -> None:
    stranger = make_organisation("health", team=Town().team)
    api = client_for(town.coordinator)
    known = api.get(MEMBERS, query={"organisation": str(stranger.id)})
    absent = api.get(MEMBERS, query={"organisation": str(town.team.id)})
    assert known.raw == absent.raw


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Held already"),
        ("sr-Latn", "Uloga već postoji"),
        ("sr-Cyrl", "Улога већ постоји"),
        ("bs", "Uloga već postoji"),
    ],
)
def test_a_refusal_speaks_the_callers_language(town: Town, language: str, title: str) -> None:
    said = {
        "username": town.nurse.username,
        "role": "member",
        "team": str(town.team.id),
        "organisation": str(town.clinic.id),
    }
    answer = browser_for(town.coordinator).post(MEMBERS, said, Accept_Language=language)
    assert (answer.code, answer.json["title"]) == ("already_held", title)
