"""/services: found by need, place and free places; kept by its own organisation."""

from typing import Any

import pytest

from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.world import Town, national

PATH = "/api/v1/services"


@pytest.fixture
def nurse(town: Town) -> Api:
    return client_for(town.nurse)


def body(town: Town, **values: Any) -> dict[str, Any]:
    return {"organisation": str(town.clinic.id), "code": "HR-DIC", **values}


def found(api: Api, town: Town, **query: str) -> set[str]:
    answer = api.get(PATH, query={"organisation": str(town.clinic.id), **query})
    assert answer.status == 200
    return {row["code"] for row in answer.json["results"]}


def test_an_organisation_enters_its_service(town: Town, nurse: Api) -> None:
    schedule = [{"byday": "MO,TU", "opens_at": "08:00", "closes_at": "16:00"}]
    made = nurse.post(PATH, body(town, name="Dnevni centar", schedule=schedule, area_served=["70734"]))
    assert made.status == 201
    assert made.json["schedule"] == schedule
    assert made.json["organisation_name"] == town.clinic.name
    assert nurse.post(PATH, body(town)).code == "service_exists"
    changed = nurse.patch(made.headers["Location"], {"eligibility": "18+"}, If_Match='"1"')
    assert (changed.status, changed.json["eligibility"], changed.headers["ETag"]) == (200, "18+", '"2"')
    assert nurse.patch(made.headers["Location"], {"eligibility": "x"}, If_Match='"1"').code == "stale_version"


def test_it_is_found_by_need_place_and_free_places(town: Town, nurse: Api) -> None:
    made = nurse.post(PATH, body(town, code="HR-NSP", area_served=["70734"]))
    nurse.post(PATH, body(town, code="SO-FOO"))
    assert found(nurse, town, need="basic_needs") == {"SO-FOO"}
    assert found(nurse, town, code="HR-NSP,SO-FOO") == {"HR-NSP", "SO-FOO"}
    assert found(nurse, town, municipality="70734") == {"HR-NSP", "SO-FOO"}
    assert found(nurse, town, municipality="71269") == {"SO-FOO"}
    assert found(nurse, town, free="true") == set()
    taken = nurse.post(f"{made.headers['Location']}/capacity", {"free": 2})
    assert (taken.status, taken.json["capacity_free"]) == (200, 2)
    assert taken.json["capacity_confirmed_at"]
    assert found(nurse, town, free="true") == {"HR-NSP"}
    assured = nurse.post(f"{made.headers['Location']}/assure", {})
    assert assured.json["assured_at"]


@pytest.mark.parametrize("query", [{"need": "money"}, {"code": "X"}, {"free": "1"}, {"name__contains": "a"}])
def test_only_declared_filters_with_known_codes(nurse: Api, query: dict[str, str]) -> None:
    assert nurse.get(PATH, query=query).status == 400


@pytest.mark.parametrize(
    ("values", "pointer", "code"),
    [
        ({"code": "NO-SUCH"}, "/code", "unknown_code"),
        ({"code": "HR-OUT", "address": "Trg 1"}, "/address", "never_published"),
        ({"eligibility": "Zvati Mariju, 064 123 4567"}, "/eligibility", "identifier_found"),
        (
            {"schedule": [{"byday": "XX", "opens_at": "08:00", "closes_at": "9"}]},
            "/schedule/0/byday",
            "invalid",
        ),
        ({"organisation": "3b241101-e2bb-4255-8caf-4136c566a962"}, "/organisation", "unknown_id"),
        ({"capacity_free": 3}, "/capacity_free", "unknown_field"),
        ({"area_served": ["1"]}, "/area_served/0", "unknown_code"),
    ],
)
def test_wrong_input_is_named(
    town: Town, nurse: Api, values: dict[str, Any], pointer: str, code: str
) -> None:
    answer = nurse.post(PATH, body(town, **values))
    assert answer.status == 422
    assert (pointer, code) in {(one["pointer"], one["code"]) for one in answer.json["errors"]}


def test_nobody_keeps_anothers_entry(town: Town, nurse: Api) -> None:
    made = nurse.post(PATH, body(town))
    at = made.headers["Location"]
    for who in (town.social_worker, town.partner_worker, town.lead):
        api = browser_for(who)
        assert api.get(at).status == 200
        assert api.post(PATH, body(town, code="HR-NSP")).code == "forbidden"
        assert api.patch(at, {"name": "x"}, If_Match='"1"').code == "forbidden"
        assert api.post(f"{at}/capacity", {"free": 1}).code == "forbidden"
        assert api.post(f"{at}/assure", {}).code == "forbidden"
    office = browser_for(national("directory_admin"))
    assert office.patch(at, {"name": "Centar"}, If_Match='"1"').status == 200
    assert office.post(f"{at}/capacity", {"free": 1}).code == "forbidden"


@pytest.mark.parametrize("free", [-1, 10_001, "x", None, 1.5])
def test_capacity_is_a_number_of_places(town: Town, nurse: Api, free: Any) -> None:
    at = nurse.post(PATH, body(town)).headers["Location"]
    assert nurse.post(f"{at}/capacity", {"free": free}).status == 422


def test_the_number_of_queries(town: Town, nurse: Api, counted: Counted) -> None:
    with counted("services_create"):
        made = nurse.post(PATH, body(town))
    with counted("services_list"):
        assert nurse.get(PATH).status == 200
    with counted("services_retrieve"):
        assert nurse.get(made.headers["Location"]).status == 200
    with counted("services_capacity"):
        assert nurse.post(f"{made.headers['Location']}/capacity", {"free": 1}).status == 200
