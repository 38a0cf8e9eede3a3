"""/service-tallies: recorded by the own organisation, corrected until its quarter is locked, seen by nobody else."""

from typing import Any

import pytest

from tests.api.audit import Audit
from tests.api.client import Api, client_for
from tests.api.conftest import Counted
from tests.backend.statistics.tallying import exchange, locked, month
from tests.world import Town, national

PATH = "/api/v1/service-tallies"
MONTH = f"{month(4):%Y-%m}"


@pytest.fixture
def outreach(town: Town) -> Api:
    return client_for(town.outreach)


def body(town: Town, service: Any, **values: Any) -> dict[str, Any]:
    given = {"team": str(town.team.id), "service": str(service.id), "item": "syringes_out", "month": MONTH}
    return {**given, "amount": 40, **values}


def test_it_is_recorded_read_corrected_and_locked(town: Town, outreach: Api, audit: Audit) -> None:
    service = exchange(town)
    made = outreach.post(PATH, body(town, service))
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    assert made.json["organisation"] == str(town.society.id)
    assert (made.json["month"], made.json["amount"]) == (MONTH, 40)
    where = made.headers["Location"]
    assert outreach.get(where).json == made.json
    assert outreach.post(PATH, body(town, service)).code == "tally_exists"
    assert outreach.patch(where, {"amount": 41}).status == 428
    assert outreach.patch(where, {"amount": 41}, If_Match='"1"').json["amount"] == 41
    assert outreach.patch(where, {"amount": 42}, If_Match='"1"').code == "stale_version"
    locked(town, month(4))
    refused = outreach.patch(where, {"amount": 42}, If_Match='"2"')
    assert (refused.status, refused.code) == (409, "quarter_locked")
    verbs = [one["verb"] for one in audit.entries(actor_id=town.outreach.id)]
    assert verbs.count("service_tally.recorded") == verbs.count("service_tally.changed") == 1


def test_the_list_is_narrowed_by_what_is_declared(town: Town, outreach: Api, counted: Counted) -> None:
    service = exchange(town)
    outreach.post(PATH, body(town, service))
    outreach.post(PATH, body(town, service, item="syringes_back", month=f"{month(5):%Y-%m}"))

    def items(**query: str) -> list[str]:
        return [row["item"] for row in outreach.get(PATH, query=query).json["results"]]

    with counted("service_tallies_list"):
        assert items() == ["syringes_out", "syringes_back"]
    assert items(month=MONTH) == items(item="syringes_out") == ["syringes_out"]
    assert items(service=str(service.id), team=str(town.team.id)) == ["syringes_out", "syringes_back"]
    assert items(organisation=str(town.clinic.id)) == []
    assert items(ordering="oldest") == ["syringes_back", "syringes_out"]
    for query in (
        {"amount": "40"},
        {"month": "2026-13"},
        {"month": "2026-1"},
        {"item": "money"},
        {"month": f"{MONTH}-01"},
    ):
        assert outreach.get(PATH, query=query).status == 400


def test_others_of_the_town_and_elsewhere_see_nothing_of_it(town: Town, outreach: Api) -> None:
    made = outreach.post(PATH, body(town, exchange(town)))
    other = Town()
    for user in (town.nurse, town.coordinator, other.outreach):
        api = client_for(user)
        assert api.get(made.headers["Location"]).status == 404
        assert api.get(PATH).json["results"] == []
    for user in (town.lead, national("national_analyst"), national("directory_admin")):
        assert client_for(user).get(PATH).status == 403


def test_nobody_records_for_somebody_else(town: Town) -> None:
    service = exchange(town)
    for user in (town.nurse, town.coordinator):
        assert client_for(user).post(PATH, body(town, service)).status == 403
    other = Town()
    assert client_for(other.outreach).post(PATH, body(other, service)).status == 403


def test_hostile_bodies_are_refused_by_name(town: Town, outreach: Api) -> None:
    right = body(town, exchange(town))
    wrong: list[tuple[str, Any]] = [
        *(("amount", value) for value in (-1, 1_000_001, 1.5, True, None, "many", [1])),
        *(("month", value) for value in ("2026-09-01", "2026-00", f"{MONTH}\n", 202609, "2099-01", None)),
        *(("item", value) for value in ("naloxone_kits", "money", None, {})),
        *(("service", value) for value in ("00000000-0000-4000-8000-000000000000", "x", None)),
        *(("team", value) for value in ("bor", 7)),
        ("person", "x"),
    ]
    for name, value in wrong:
        answer = outreach.post(PATH, {**right, name: value})
        assert answer.status == 422, (name, value)
        assert {one["pointer"] for one in answer.json["errors"]} == {f"/{name}"}, (name, value)
    assert outreach.get(PATH).json["results"] == []


def test_only_the_amount_changes(town: Town, outreach: Api) -> None:
    made = outreach.post(PATH, body(town, exchange(town)))
    for wrong in ({"month": MONTH}, {"item": "syringes_back"}, {"team": str(town.team.id)}):
        assert outreach.patch(made.headers["Location"], {"amount": 1, **wrong}, If_Match='"1"').status == 422
